"""The published index of capacity to influence, as a user adds it: both directions, and the leap of aid told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.review.areas.region.sway import Sway, both_ways, sway
from servanda.sources.added import added
from servanda.sources.declared import sources
from servanda.sources.fetch import add
from tests.measures.shared import SHARED

PAIR, POWERS = ("IND", "KOR"), ("CHN", "USA")
NAMES = {"IND": "India", "KOR": "Korea"}
HEAD = "iso3a,iso3b,year,fbic,bandwidth,dependence,ln_aidaballaidb_ma\n"
ROWS = (
    "IND,KOR,2022,0.08,0.4,0.1,0.0\n"
    "IND,KOR,2023,0.16,0.4,0.23,1.6\n"
    "KOR,IND,2023,0.08,0.4,0.1,0.01\n"
    "USA,IND,2023,0.26,0.5,0.3,0.2\n"
    "CHN,JPN,2023,0.3,0.5,0.3,0.0\n"
)


def of(root: Path, text: str = HEAD + ROWS, year: int = 2026) -> Sway:
    file = root / "fbic.csv"
    file.write_text(text, encoding="utf-8")
    add(file, sources()["fbic"], root, "2026-11-20", "2026-11-20T00:00:00+00:00")
    return sway(PAIR, POWERS, added("fbic", root), year)


def test_both_directions_and_the_powers_stand_beside_each_other_and_the_leap_is_told(tmp_path: Path) -> None:
    made = of(tmp_path)
    assert [(one.a, one.b, one.year) for one in made.last] == [
        ("IND", "KOR", 2023), ("KOR", "IND", 2023), ("USA", "IND", 2023),
    ]  # fmt: skip
    own = made.last[0]
    assert own.by_aid == pytest.approx(0.4 * 0.12 * 1.6 / 4.1227694 / 0.58199161)
    assert [one.is_artefact for one in made.last] == [False, False, False]


def test_where_the_share_of_aid_makes_the_index_the_sentence_says_what_is_left(tmp_path: Path) -> None:
    made = of(tmp_path, HEAD + ROWS.replace("0.16,0.4,0.23,1.6", "0.10,0.4,0.23,1.6"))
    assert made.last[0].is_artefact
    finding = both_ways(made, PAIR, NAMES)
    assert finding is not None and "32 % is its share in what little aid Korea gets" in finding.text
    assert "without it, it is 0.068" in finding.text


def test_a_file_without_the_parts_says_that_leaps_cannot_be_told(tmp_path: Path) -> None:
    made = of(
        tmp_path, "iso3a,iso3b,year,fbic,bandwidth,dependence\nIND,KOR,2023,0.1,0.4,0.2\nKOR,IND,2023,0.1,0.4,0.2\n"
    )
    assert made.last[0].by_aid is None
    finding = both_ways(made, PAIR, NAMES)
    assert finding is not None and "cannot be told apart" in finding.text


def test_nothing_added_or_nothing_by_the_day_is_a_reason(tmp_path: Path) -> None:
    none = sway(PAIR, POWERS, added("fbic", tmp_path), 2026)
    assert none.missing is not None and "servanda add FILE --source fbic" in none.missing
    assert both_ways(none, PAIR, NAMES) is None
    assert of(tmp_path, year=2000).missing == "the file that was added holds neither of the two by 2000"


def test_the_published_values_of_the_pair_come_through(tmp_path: Path) -> None:
    made = of(tmp_path, SHARED("region/fbic_18countries_1999_2023.csv").read_text(encoding="utf-8"))
    known = {(one.a, one.b): one for one in made.last}
    assert known["IND", "KOR"].index == pytest.approx(0.1691, abs=5e-5) and known["IND", "KOR"].year == 2023
    assert known["KOR", "IND"].index == pytest.approx(0.0831, abs=5e-5)
    assert known["USA", "KOR"].index == pytest.approx(0.4645, abs=5e-5)
