"""What the shipped tables hold of a pair: the same for both parties, and a reason where they hold nothing."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from servanda.review.areas.trade.choices import trade_choices
from servanda.review.areas.trade.flows import OTHERS, REST, Flows, _between, _of_year, _world, flows
from servanda.sources.shipped import shipped

PAIR = ("IND", "KOR")
PEERS = (("IND", "JPN"), ("IDN", "KOR"))


@pytest.fixture(scope="module")
def held() -> Flows:
    return flows(PAIR, trade_choices(), PEERS)


def test_the_year_is_the_sum_of_its_sectors(held: Flows) -> None:
    for seller in PAIR:
        last = [one.value for one in held.yearly if one.exporter == seller and one.year == held.year]
        sectors = [one for one in held.sectors if one.exporter == seller]
        assert sum(one.actual for one in sectors) == pytest.approx(last[0])
        assert sum(one.share for one in sectors) == pytest.approx(1)
        assert all(one.unused == pytest.approx(max(0.0, one.potential - one.actual)) for one in sectors)


def test_potential_adds_up_to_what_is_sold(held: Flows) -> None:
    """Ease is what the two trade over what they would if each product's share were as in the world."""
    for seller in PAIR:
        sectors = [one for one in held.sectors if one.exporter == seller]
        assert sum(one.potential for one in sectors) == pytest.approx(sum(one.actual for one in sectors))


def test_the_world_of_a_pair_has_the_totals_of_the_world() -> None:
    choices = trade_choices()
    between = _between(shipped(choices.sectors).table, PAIR, choices.goods)
    sold, bought = shipped(choices.sold), shipped(choices.bought)
    world = _world(PAIR, between, sold, bought, choices.goods, 2011)
    exports = _of_year(sold.table, "exporter", 2011)
    imports = _of_year(bought.table, "importer", 2011)
    for code in choices.goods:
        rows = world.filter(pc.equal(world["product"], code))
        whole = sum(value for (_, product), value in exports.items() if product == code)
        assert pc.sum(rows["value"]).as_py() == pytest.approx(whole, rel=0.01)
        for party in PAIR:
            its = pc.sum(rows.filter(pc.equal(rows["exporter"], party))["value"]).as_py() or 0.0
            assert its == pytest.approx(exports.get((party, code), 0.0), rel=0.01, abs=2)
            its = pc.sum(rows.filter(pc.equal(rows["importer"], party))["value"]).as_py() or 0.0
            assert its == pytest.approx(imports.get((party, code), 0.0), rel=0.01, abs=2)
    assert set(world["exporter"].to_pylist()) == {*PAIR, OTHERS}
    assert set(world["importer"].to_pylist()) == {*PAIR, REST}


def test_every_gap_has_a_value_and_its_peers(held: Flows) -> None:
    for asked, gap in held.gaps:
        assert gap.value is not None and asked.table in held.cards
        assert {tuple(one["pair"]) for one in gap.steps["rank"]["peers"]} == set(PEERS)


def test_the_order_of_the_parties_changes_nothing(held: Flows) -> None:
    turned = flows(PAIR[::-1], trade_choices(), PEERS)
    assert turned.yearly == held.yearly
    for one, other in zip(turned.sectors, held.sectors, strict=True):
        assert (one.exporter, one.importer, one.code, one.name) == (
            other.exporter,
            other.importer,
            other.code,
            other.name,
        )
        # Sums are made by several threads, and their last digit is not always the same.
        assert (one.actual, one.share, one.potential, one.unused) == pytest.approx(
            (other.actual, other.share, other.potential, other.unused), rel=1e-9, abs=1e-9
        )
    assert [gap.value for _, gap in turned.gaps] == pytest.approx([gap.value for _, gap in held.gaps])


def test_a_pair_that_no_table_holds_has_reasons() -> None:
    made = flows(("KOR", "VNM"), trade_choices(), ())
    assert made.year is None and not made.sectors and made.missing is not None and "VNM" in made.missing
    assert [gap.reason for _, gap in made.gaps] == ["the table holds no flow of VNM"] * 2
    assert [one.name for one in made.agreements][-1] == "Korea Vietnam"
