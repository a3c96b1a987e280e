"""All ties in one list: sorted by the ratio, judged by the interval alone, and silent ones last with their reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from servanda.model.reading import Reading
from servanda.review.areas.ties import Tie, ties_review
from servanda.review.review import Review, review
from servanda.settings import shipped_content
from servanda.store.connect import Store


@pytest.fixture(scope="module")
def held(seeded: Path) -> Review:
    store = Store(f"sqlite:///{seeded}")
    made = review(store, shipped_content(), ("IND", "KOR"), date(2026, 11, 23))
    store.close()
    return made


def tie(what: str, share: float | None, low: float | None = None, high: float | None = None) -> Tie:
    gap = Reading("untapped share", "share", value=share, low=low, high=high, used=1, expected=1,
                  reason=None if share is not None else "no table")  # fmt: skip
    return Tie(what, "units", "trade", "somebody", gap)


TIES = (
    tie("papers", -1.0, -2.0, -0.5),
    tie("visitors", None),
    tie("goods", 0.4, -0.1, 0.6),
    tie("residents", 0.9, 0.7, 0.99),
    tie("seats", 0.5),
)


def test_the_interval_alone_says_less_or_more() -> None:
    assert [one.verdict for one in TIES] == ["more", "unknown", "either", "less", "unknown"]
    assert TIES[0].bounds == pytest.approx((1.5, 3.0)) and TIES[3].bounds == pytest.approx((0.01, 0.3))
    assert tie("nothing there", 1.0, 1.0, 1.0).ratio == 0


def test_the_list_and_its_sentences(held: Review) -> None:
    made = ties_review(held, TIES)
    assert [one.what for one in made.ties] == ["residents", "seats", "goods", "papers", "visitors"]
    counted, ends = made.findings
    assert counted.text == (
        "Of 4 ties of India and Korea that can be judged, beside what two such parties have: 1 below (residents); 1 above "
        "(papers); 1 where it cannot be said (goods); 1 without an interval (seats); nothing can be expected from the "
        "tables that are held of: visitors."
    )
    assert ends.text == (
        "Weakest beside what would be expected: residents, 0.1 times (95 % interval 0.01 to 0.3); strongest: papers, 2 "
        "times (95 % interval 1.5 to 3)."
    )


def test_a_pair_without_figures_is_told_so(held: Review) -> None:
    made = ties_review(held, (tie("visitors", None),))
    assert len(made.findings) == 1 and "No tie of India and Korea can be judged" in made.findings[0].text


def test_both_parties_are_told_by_one_rule(held: Review) -> None:
    turned = replace(held, parties=held.parties[::-1])
    assert [one.what for one in ties_review(turned, TIES).ties] == [one.what for one in ties_review(held, TIES).ties]
