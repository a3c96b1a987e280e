"""How the two and the powers vote, and on whom each leans: the published figures, and what must add up."""

from __future__ import annotations

import pytest

from servanda.review.areas.region.alignment import DEFINITIONS, Alignment, alignment
from servanda.review.areas.region.choices import region_choices
from servanda.sources.shipped import shipped

PAIR = ("IND", "KOR")


@pytest.fixture(scope="module")
def held() -> Alignment:
    return alignment(PAIR, region_choices())


def test_two_published_scores_of_one_pair_and_year_stand_under_their_names(held: Alignment) -> None:
    (one,) = [row for row in held.together if (row.a, row.b, row.year, row.votes_of) == ("IND", "KOR", 2020, "all")]
    assert one.figures["half"] == pytest.approx(0.724, abs=5e-4)
    assert one.figures["strict"] == pytest.approx(0.583, abs=5e-4)
    assert one.figures["kappa"] == pytest.approx(0.13, abs=5e-3)
    assert one.figures["pi"] == pytest.approx(0.11, abs=5e-3)


def test_a_pair_begins_when_the_second_becomes_a_member(held: Alignment) -> None:
    years = [row.year for row in held.together if (row.a, row.b) == PAIR]
    assert min(years) == 1991


def test_every_pair_stands_once_a_session_and_set(held: Alignment) -> None:
    keys = [(row.a, row.b, row.year, row.votes_of) for row in held.together]
    assert len(keys) == len(set(keys))
    assert all(row.a < row.b and set(row.figures) == set(DEFINITIONS) for row in held.together)


def test_intervals_hold_their_points(held: Alignment) -> None:
    assert all(row.low < row.point < row.high for row in held.stands)


def test_parts_of_trade_add_up_over_all_partners(held: Alignment) -> None:
    table = shipped("trade/economies").table.to_pylist()
    own = [row for row in table if row["year"] == 2011 and row["exporter"] != row["importer"]]
    whole = sum(row["trade"] for row in own if "IND" in (row["exporter"], row["importer"]))
    for one in held.leanings:
        if (one.party, one.year) == ("IND", 2011):
            assert one.of_trade == pytest.approx(one.trade / whole)
            assert one.of_product is not None and one.of_product < one.of_trade


def test_the_order_of_the_parties_changes_nothing(held: Alignment) -> None:
    turned = alignment(PAIR[::-1], region_choices())
    assert (turned.together, turned.stands, turned.leanings) == (held.together, held.stands, held.leanings)


def test_a_power_may_be_one_of_the_two() -> None:
    made = alignment(("IND", "USA"), region_choices())
    assert {row.partner for row in made.leanings if row.party == "IND"} == {"USA", "CHN", "RUS", "JPN"}
    assert len({(row.member, row.year, row.votes_of) for row in made.stands}) == len(made.stands)


def test_a_pair_that_no_table_holds_is_empty() -> None:
    made = alignment(("ZEM", "RUR"), region_choices())
    assert (made.together, made.leanings) == ((), ())
