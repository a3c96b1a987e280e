"""Worth of deals: layers, currencies and gaps."""

from __future__ import annotations

from servanda.measures.defence.deals import Layer, worth


def layer(deal: str, value: float, unit: str = "USD million") -> Layer:
    return Layer(deal, "the buyer's contract", value, unit, "2024")


def test_deals_in_one_unit_are_added() -> None:
    reading = worth([layer("guns", 253), layer("boats", 40)])
    assert (reading.value, reading.unit, reading.used) == (293, "USD million", 2)


def test_layers_of_one_deal_are_never_added() -> None:
    reading = worth([layer("guns", 253), layer("guns", 900), layer("boats", 40)])
    assert reading.value is None and reading.reason == "guns: layers of one deal are not added"


def test_currencies_are_never_added_and_nothing_is_no_nil() -> None:
    assert worth([layer("guns", 253), layer("boats", 40, "Rs crore")]).reason == (
        "amounts in Rs crore and USD million are not added"
    )
    assert worth([]).reason == "no amount was published"
