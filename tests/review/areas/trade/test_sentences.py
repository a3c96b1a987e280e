"""The chapter on trade: sentences that the figures carry, and none where there is no figure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.trade.choices import trade_choices
from servanda.review.areas.trade.flows import flows
from servanda.review.areas.trade.sentences import TradeReview, trade_review
from servanda.review.review import build
from servanda.settings import shipped_content
from tests.small import write_small

DAY = date(2026, 11, 23)


def of(case: str, content: Path, day: date = DAY) -> TradeReview:
    record, lists, choices = read_case(content, case), words(content), trade_choices()
    review = build(record, lists, day)
    return trade_review(
        record, review, lists, flows(review.parties, choices, choices.peers.get(case, ())), choices.sectors_of
    )


@pytest.fixture(scope="module")
def shipped() -> dict[str, TradeReview]:
    return {case: of(case, shipped_content()) for case in ("ind-kor", "ind-jpn", "kor-vnm")}


def test_a_deficit_of_one_side_is_a_surplus_of_the_other(shipped: dict[str, TradeReview]) -> None:
    said = {one.id: one.text for one in shipped["ind-kor"].findings}
    assert "a deficit of" in said["balance-IND"] and "a surplus of" in said["balance-KOR"]


def test_only_what_the_interval_tells_is_said_of_a_direction(shipped: dict[str, TradeReview]) -> None:
    for made in shipped.values():
        for asked, gap in made.held.gaps:
            (said,) = [one.text for one in made.findings if one.id == f"expected-{asked.table}"]
            for way in gap.steps.get("directions", ()):
                seller, buyer = way["exporter"], next(one for one in made.parties if one != way["exporter"])
                told = way["low"] > 0 or way["high"] < 0
                assert (f"{made.names[seller]} sold {made.names[buyer]}" in said) == told


def test_where_no_table_holds_the_pair_a_reason_is_said(shipped: dict[str, TradeReview]) -> None:
    made = shipped["kor-vnm"]
    said = [one for one in made.findings if one.id.startswith("expected")]
    assert said and all("has no figure" in one.text and one.readings[0].reason for one in said)
    assert not any(one.id.startswith("unused") for one in made.findings)


def test_targets_stand_beside_what_was_published(shipped: dict[str, TradeReview]) -> None:
    made = shipped["ind-kor"]
    assert [(one.year, one.value) for one in made.targets] == [(2014, 30.0), (2015, 40.0), (2030, 50.0)]
    assert all(one.value < 50 for one in made.totals) and len(made.totals) > 10


def test_a_case_without_figures_has_a_chapter_all_the_same(tmp_path: Path) -> None:
    content = write_small(tmp_path / "content")
    made = of("zem-rur", content, date(2024, 1, 1))
    assert [one.id for one in made.findings] == ["expected-trade/economies", "expected-trade/manufacturing", "barriers"]
    assert made.published == () and made.held.missing


def test_a_barrier_meets_the_sector_of_its_goods_in_the_direction_it_hinders(shipped: dict[str, TradeReview]) -> None:
    made = shipped["ind-kor"]
    assert len(made.hindered) == sum(force for force, _ in made.barriers.values()) - sum(
        len(one.barrier.imposed_by) > 1 for one in made.hindered
    )
    for one in made.hindered:
        for sector in one.sectors:
            assert sector.importer in one.barrier.imposed_by and sector.exporter in one.barrier.affects
    steel = [one for one in made.hindered if one.barrier.hs == ("72",)]
    assert steel and all(sector.name == "Basic Metals and Fabricated Metal" for one in steel for sector in one.sectors)
    weights = [sum(sector.unused for sector in one.sectors) for one in made.hindered]
    assert weights == sorted(weights, reverse=True)


def test_rival_figures_of_the_use_of_an_agreement_are_all_there(shipped: dict[str, TradeReview]) -> None:
    values = {one.value for one in shipped["ind-kor"].uses}
    assert {79.5, 55.2, 41.7, 49.5, 31.5} <= values


def test_every_chapter_of_goods_has_one_sector() -> None:
    choices = trade_choices()
    chapters = [f"{number:02}" for number in range(1, 98) if number != 77]
    assert all(len(choices.sectors_of([code])) == 1 for code in chapters)
    assert set(choices.chapters) == set(choices.goods) and choices.sectors_of(["8542", "8703.10"]) == ("c14", "c15")
