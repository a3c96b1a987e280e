"""Weekly lists, saved by hand: series by season, films apart, codes and places checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.errors import RequestError, SourceFault
from servanda.review.areas.people.watched import watched
from servanda.sources.added import added
from servanda.sources.ask import plan
from servanda.sources.declared import source
from servanda.sources.fetch import add
from servanda.sources.snapshots import state
from tests.sources.pieces import tidied

HEAD = "country_name\tcountry_iso2\tweek\tcategory\tweekly_rank\tshow_title\tseason_title\tcumulative_weeks_in_top_10\n"
ROWS = (
    "India\tIN\t2022-01-02\tTV\t1\tAlpha\tAlpha: Season 1\t1\nIndia\tIN\t2022-01-02\tTV\t2\tBeta\tN/A\t1\n"
    "India\tIN\t2022-01-02\tFilms\t1\tGamma\tN/A\t1\nSouth Korea\tKR\t2022-01-02\tTV\t1\tBeta\tN/A\t3\n"
    "South Korea\tKR\t2022-01-02\tTV\t2\tAlpha\tAlpha: Season 2\t3\n"
)


def test_a_season_is_a_title_and_films_are_left_out(tmp_path: Path) -> None:
    made = tidied(tmp_path, "netflix", ("all-weeks-countries.tsv", HEAD + ROWS))
    assert [(row["party"], row["place"], row["title"]) for row in made.table.to_pylist()] == [
        ("IND", 1, "Alpha: Alpha: Season 1"), ("IND", 2, "Beta"), ("KOR", 1, "Beta"), ("KOR", 2, "Alpha: Alpha: Season 2"),
    ]  # fmt: skip
    assert made.left_out == {"rows of films": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ROWS + "India\tIN\t2022-01-02\tTV\t1\tDelta\tN/A\t1\n", "stand twice"),
        (HEAD + "India\tIN\t2022-01-02\tTV\t11\tDelta\tN/A\t1\n", "'place' is more than 10"),
        (HEAD + "India\tIN\t2022-01-02\tTV\tfirst\tDelta\tN/A\t1\n", "'weekly_rank' is no place in 1 row: row 2: 'first'"),
        ("country\tweek\nIN\t2022-01-02\n", "is it the file of all weeks"),
    ],
)  # fmt: skip
def test_what_is_off_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "netflix", ("a.tsv", text))


def test_it_is_had_by_hand_and_told_from_then_on(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="had by hand"):
        plan(source("netflix"), None, {})
    root, file = tmp_path / "data", tmp_path / "all-weeks-countries.tsv"
    assert watched(("IND", "KOR"), added("netflix", root), date(2026, 1, 1)) is None and state(root, "netflix") == ()
    file.write_text(HEAD + ROWS, encoding="utf-8")
    add(file, source("netflix"), root, "2026-11-23", "2026-11-23T12:00:00+00:00")
    found = watched(("IND", "KOR"), added("netflix", root), date(2026, 1, 1))
    assert found is not None and found.value == 1 and len(state(root, "netflix")[1:]) == 1
    early = watched(("IND", "KOR"), added("netflix", root), date(2021, 1, 1))
    assert early is not None and early.reason == "no list of IND or KOR is held"
