"""Dependence: by hand, laws, and a composite that any weights leave within its parts."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from servanda.measures.region.dependence import dependence, profile
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
