"""Dependence: by hand, laws, and a composite that any weights leave within its parts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st

from servanda.measures.region.dependence import (
    Partners,
    concentrated,
    dependence,
    lean,
    profile,
    weightings,
    whole_years,
)
from servanda.model.reading import Reading
from tests.properties import examples, given

PAIR = ("Z", "R")


def test_by_hand() -> None:
    made = dependence(PAIR, 2020, 20, {"Z": 80, "R": 400}, {"Z": 1000, "R": 500})
    assert [one.value for one in made.of_trade] == [0.25, 0.05]
    assert [one.value for one in made.of_product] == [0.02, 0.04], "the other definition turns the two round"
    assert made.salience.value == pytest.approx((0.25 * 0.05) ** 0.5)
    assert made.symmetry.value == pytest.approx(0.8)
    assert made.interdependence.value == pytest.approx(0.8 * (0.25 * 0.05) ** 0.5)


sizes = st.floats(1, 1e6)


@given(between=st.floats(0, 1), a=sizes, b=sizes)
@examples(50)
def test_the_order_of_the_pair_changes_nothing_of_the_pair_and_the_money_nothing_at_all(
    between: float, a: float, b: float
) -> None:
    one = dependence(PAIR, 2020, between, {"Z": a, "R": b}, {})
    turned = dependence(("R", "Z"), 2020, between, {"Z": a, "R": b}, {})
    dear = dependence(PAIR, 2020, 7 * between, {"Z": 7 * a, "R": 7 * b}, {})
    for name in ("salience", "symmetry", "interdependence"):
        value = getattr(one, name).value
        assert value == pytest.approx(getattr(turned, name).value) == getattr(turned, name).value
        assert value == pytest.approx(getattr(dear, name).value, abs=1e-12) and -1e-12 <= value <= 1 + 1e-12
    assert one.interdependence.value is not None and one.salience.value is not None
    assert one.interdependence.value <= one.salience.value + 1e-12


def test_what_lacks_is_a_reason() -> None:
    made = dependence(PAIR, 2020, 20, {"Z": 80}, {"Z": 0, "R": 500})
    assert made.of_trade[1].reason == "no trade of R in 2020" and made.salience.reason == "no trade of R in 2020"
    assert made.of_product[0].reason == "no product of Z in 2020" and made.of_product[1].value == 0.04


def part(name: str, value: float | None) -> Reading:
    return Reading(name, "share", value, reason="not held" if value is None else None)


@given(shares=st.lists(st.floats(0, 1), min_size=1, max_size=5), data=st.data())
@examples(60)
def test_whatever_the_weights_the_composite_lies_within_its_range(shares: list[float], data: st.DataObject) -> None:
    parts = [part(f"p{place}", share) for place, share in enumerate(shares)]
    weights = {one.name: data.draw(st.floats(0, 10)) for one in parts}
    if not sum(weights.values()):
        return
    every, own = profile("lean", parts).composite, profile("lean", parts, weights)
    assert every.low is not None and every.high is not None and own.composite.value is not None
    assert every.low - 1e-12 <= own.composite.value <= every.high + 1e-12
    assert (every.low, every.high) == pytest.approx((min(shares), max(shares)))
    assert sum(own.weights.values()) == pytest.approx(1)


def test_a_part_without_a_figure_is_left_out_and_named() -> None:
    made = profile(
        "lean", [part("trade", 0.2), part("energy", None), part("arms", 0.6)], {"trade": 1, "energy": 5, "arms": 3}
    )
    assert made.composite.value == pytest.approx(0.5) and made.weights == {"trade": 0.25, "arms": 0.75}
    assert made.composite.steps["without"] == ("energy",) and (made.composite.used, made.composite.expected) == (2, 3)
    assert profile("lean", [part("energy", None)]).composite.reason == "no part has a figure: energy: not held"
    with pytest.raises(ValueError, match="weights are for the parts"):
        profile("lean", [part("trade", 0.2)], {"students": 1})


def test_a_share_of_a_partner_and_of_a_group_by_hand() -> None:
    own = Partners("Z", "2020", {"R": 30.0, "A": 10.0, "B": 20.0}, rest=40.0)
    assert lean(own, {"R"}, "trade").value == 0.3
    group = lean(own, {"A", "B", "C", "Z"}, "trade")
    assert (
        group.value == pytest.approx(0.3)
        and group.high == pytest.approx(0.7)
        and (group.used, group.expected) == (2, 3)
    )
    assert lean(own, {"A", "B"}, "trade").high is None, "all members told apart: no range"
    few = lean(own, {"A", "C", "D"}, "trade")
    assert few.reason == "1 of 3 members told apart, with all others at most 50.0 %"


def test_what_is_not_told_apart_is_a_reason_with_its_bound_and_never_nil() -> None:
    held = {"R": 50.0, "A": 10.0}
    assert lean(Partners("Z", "2020", held, 40.0), {"X"}, "s").reason == "not told apart, among others at most 40.0 %"
    ranked = Partners("Z", "2020", held, 40.0, is_ranked=True)
    assert lean(ranked, {"X"}, "s").reason == "not told apart, among others at most 10.0 %"
    assert lean(Partners("Z", "2020", held), {"X"}, "s").reason == "not in the table"
    assert lean(Partners("Z", "2020", held, is_closed=True), {"X"}, "s").value == 0
    silent = Partners("Z", "2020", held, 40.0, silent={"X": "X reports nobody"})
    assert lean(silent, {"X"}, "s").reason == "X reports nobody"
    assert lean(Partners("Z", "2020", {}), {"X"}, "s").reason == "nothing of Z in 2020"


@given(held=st.lists(st.floats(0.1, 1e4), min_size=1, max_size=6), rest=st.floats(0, 1e4), money=st.floats(0.1, 100))
@examples(50)
def test_shares_add_up_and_concentration_keeps_its_bounds(held: list[float], rest: float, money: float) -> None:
    own = Partners("Z", "2020", {f"P{place}": value for place, value in enumerate(held)}, rest)
    dear = Partners("Z", "2020", {name: money * value for name, value in own.held.items()}, money * rest)
    shares = [lean(own, {name}, "s").value or 0.0 for name in own.held]
    assert sum(shares) + rest / own.whole == pytest.approx(1)
    one, other = concentrated(own), concentrated(dear)
    assert one.value is not None and other.value == pytest.approx(one.value)
    high = one.value if one.high is None else one.high
    assert one.value <= high <= 1 + 1e-12 and high >= 1 / (len(held) + (rest > 0)) - 1e-12
    assert one.steps["covered"] == pytest.approx(sum(shares))


def test_a_year_in_which_a_large_partner_did_not_report_is_passed_over() -> None:
    years = {2017: {"A": 60.0, "B": 38.0, "C": 2.0}, 2018: {"A": 61.0, "B": 39.0}, 2019: {"B": 90.0, "C": 9.0}}
    assert whole_years(years) == (2017, 2018), "C was small and may have gone to nothing; A was not"
    assert whole_years({}) == ()


def test_the_share_of_weightings_is_that_of_drawn_weights() -> None:
    draw = np.random.default_rng(20261126)
    for parts in (1, 2, 3, 6):
        one, other = draw.random(parts), draw.random(parts)
        weights = draw.dirichlet(np.ones(parts), 100_000)
        assert weightings(one.tolist(), other.tolist()) == pytest.approx(
            (weights @ (one - other) > 0).mean(), abs=0.006
        )


@given(shares=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=6))
@examples(60)
def test_one_side_or_the_other_leans_more_but_for_ties(shares: list[tuple[float, float]]) -> None:
    one, other = [a for a, _ in shares], [b for _, b in shares]
    way, back = weightings(one, other), weightings(other, one)
    assert -1e-12 <= way <= 1 + 1e-12
    assert way + back == pytest.approx(0 if one == other else 1)
    if all(a > b for a, b in shares):
        assert way == 1


def test_weights_by_hand() -> None:
    assert weightings([0.4, 0.1], [0.1, 0.2]) == pytest.approx(0.75), "0.3 w > 0.1 (1 - w) for w above a quarter"
    with pytest.raises(ValueError, match="nothing to weigh"):
        weightings([], [])
