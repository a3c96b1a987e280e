"""Which year a figure speaks of: whole years only, calendar or fiscal."""

from __future__ import annotations

import pytest

from servanda.model.figure import Figure


@pytest.mark.parametrize(
    ("period", "year", "fiscal"),
    [
        ("2018", 2018, False),
        ("FY2018-19", 2018, True),
        # A month, and a year that may be either: neither is a whole year of which the basis is known.
        ("2018-03", None, False),
        ("2023-24", None, False),
        ("FY2018", None, True),
        ("2021 Jan-Jun", None, False),
        ("to Sep 2019", None, False),
        ("２０１８", None, False),
    ],
)
def test_only_a_whole_year_is_a_year(period: str, year: int | None, fiscal: bool) -> None:
    figure = Figure("F1", "c", "trade", "USD bn", period, "high", 1.0)
    assert (figure.year, figure.is_fiscal) == (year, fiscal)
