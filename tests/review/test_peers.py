"""Beside other pairs: only what the wording shows, with the warning, by the same area and the same day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from servanda.model.commitment import COMPONENTS
from servanda.model.words import Area, Shown
from servanda.register.keep import bring_in
from servanda.register.words import words
from servanda.review.peers import NOT_COMPARED, WARNING
from servanda.review.review import build, review
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store
from tests.review.made import LISTS, TODAY, Said, record_of
from tests.small import FILES, write_small

COMPARED = {"concrete", *COMPONENTS, "restated"}


def test_the_shipped_pairs_side_by_side(seeded: Path) -> None:
    store = Store(store_url(str(seeded)))
    whole = review(store, shipped_content(), ("IND", "KOR"), TODAY, with_peers=True)
    made = whole.peers
    assert made is not None
    assert [pair.case for pair in made.pairs] == ["ind-kor", "ind-jpn", "kor-vnm"]
    for pair in made.pairs:
        assert set(pair.readings) == COMPARED
        own = review(store, shipped_content(), pair.case.upper().split("-"), TODAY)
        assert pair.readings["concrete"] == own.concreteness.concrete
        assert pair.no_evidence == own.delivery.unknown
        assert (pair.threads, pair.warnings) == (own.counts["threads"], own.sources.warnings)
    store.close()


def test_rates_of_delivery_are_left_out_and_it_is_said_why() -> None:
    done = ((Shown.COMPLETED, "2012"),)
    made = build(record_of(Said("a", "2010", shown=done)), LISTS, TODAY, None, [record_of(Said("b", "2010"))]).peers
    assert made is not None
    assert made.warning == WARNING
    assert "searched differently" in made.warning
    assert made.not_compared == NOT_COMPARED
    assert {"delivered", "no evidence found", "days to delivery", "overdue"} <= set(made.not_compared)
    for pair in made.pairs:
        names = {one.name for one in pair.readings.values()}
        assert not any(word in name for name in names for word in ("delivered", "delivery", "lapsed", "days", "odds"))
    # The pair with a delivery and the pair without look the same: nothing of delivery came in.
    one, other = made.pairs
    assert one.readings == other.readings
    assert one.no_evidence != other.no_evidence


def test_one_area_is_held_against_the_same_area_of_the_others() -> None:
    here = record_of(Said("a", "2010", area=Area.TRADE))
    there = record_of(Said("b", "2010", area=Area.TRADE), Said("c", "2010", area=Area.PEOPLE), case="d")
    elsewhere = record_of(Said("e", "2010", area=Area.PEOPLE), case="e")
    made = build(here, LISTS, TODAY, "trade", [there, elsewhere]).peers
    assert made is not None
    assert [(pair.case, pair.threads) for pair in made.pairs] == [("c", 1), ("d", 1)]


def test_a_pair_without_a_promise_by_then_is_no_peer() -> None:
    made = build(record_of(Said("a", "2010")), LISTS, date(2015, 1, 1), None, [record_of(Said("b", "2020"))]).peers
    assert made is not None
    assert len(made.pairs) == 1


@pytest.mark.parametrize(("when", "beside"), [(date(2026, 2, 1), ()), (date(2026, 4, 1), ("lap-rur",))])
def test_a_pair_that_was_entered_later_is_not_yet_known(
    store: Store, tmp_path: Path, when: date, beside: tuple[str, ...]
) -> None:
    content = write_small(tmp_path / "content")
    bring_in(store, content, "a", "b", "2026-01-01T00:00:00+00:00")
    parties = content / "words" / "parties.yml"
    parties.write_text(parties.read_text() + "- {code: LAP, name: Laputa, short: Laputa, of: Laputan}\n")
    words.cache_clear()
    for name, text in FILES.items():
        if name.startswith("cases/"):
            path = content / name.replace("zem-rur", "lap-rur").replace("/D-", "/L-")
            path.parent.mkdir(parents=True, exist_ok=True)
            moved = text.replace("zem-rur", "lap-rur").replace("ZEM", "LAP").replace("D-20", "L-20")
            for kind in ("Z0", "ZE", "ZF", "ZB"):
                moved = moved.replace(kind, f"L{kind}")
            path.write_text(dedent(moved).lstrip(), encoding="utf-8")
    bring_in(store, content, "a", "b", "2026-03-01T00:00:00+00:00", only=["lap-rur"])
    made = review(store, content, ("ZEM", "RUR"), when, with_peers=True).peers
    assert tuple(pair.case for pair in (made.pairs[1:] if made else ())) == beside
