"""Net import shares: by hand, whatever the unit, and a gap that is no nil."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.measures.region.energy import bought_abroad
from tests.properties import examples, given


def row(year: int, production: float | None, consumption: float | None, fuel: str = "oil") -> dict[str, Any]:
    return {"party": "Z", "fuel": fuel, "year": year, "production": production, "consumption": consumption}


def test_by_hand_and_the_newest_year_of_both() -> None:
    rows = [row(2021, None, 90), row(2020, 20, 80), row(2019, 10, 100), row(2020, 1, 1, "gas"), row(2022, 0, 80)]
    made = bought_abroad(rows, "Z", "oil", 2021)
    assert (made.value, made.period, made.used, made.expected) == (0.75, "2020", 2, 3)
    assert made.steps["path"] == {2019: 0.9, 2020: 0.75} and bought_abroad(rows, "Z", "oil", 2022).value == 1


def test_who_sells_more_than_it_buys_is_below_nil_and_a_gap_is_a_reason() -> None:
    assert bought_abroad([row(2020, 300, 100)], "Z", "oil", 2020).value == -2
    assert bought_abroad([row(2020, None, 100)], "Z", "oil", 2020).reason == (
        "oil of Z has no year with both production and consumption by 2020"
    )
    assert bought_abroad([row(2020, 5, 0)], "Z", "oil", 2020).value is None
    assert bought_abroad([], "Z", "coal", 2020).reason == "coal of Z has no row by 2020"


@given(production=st.floats(0, 1e5), consumption=st.floats(0.1, 1e5), unit=st.floats(0.01, 100))
@examples(40)
def test_the_unit_changes_nothing(production: float, consumption: float, unit: float) -> None:
    one = bought_abroad([row(2020, production, consumption)], "Z", "oil", 2020).value
    other = bought_abroad([row(2020, production * unit, consumption * unit)], "Z", "oil", 2020).value
    assert one is not None and one <= 1 and other == pytest.approx(one, abs=1e-9)
