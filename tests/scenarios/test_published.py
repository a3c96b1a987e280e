"""The published equilibrium of a world without borders (Yotov, Piermartini, Monteiro and Larch 2016, chapter 2, 2006).

Exports with incomes fixed agree to the thousandth of a per cent. With incomes adjusted the book estimates anew in every
round and stops once estimates move little, while the equilibrium here is exact to 1e-12; how far the two are apart is what
the bounds say. That the book's stop is the whole of it was not proven.
"""

from __future__ import annotations

import csv
from functools import lru_cache

import numpy as np
import pyarrow.parquet as pq
import pytest

from servanda.scenarios.equilibrium import Array, conditional, full
from tests.measures.shared import SHARED

DISTANCE, BORDER_SHARED, BORDER = -0.7912879, 0.6736456, -2.47445
"""The published coefficients of log distance, contiguity and an international border (official Stata log)."""
SIGMA = 7.0


@lru_cache(maxsize=1)
def world() -> tuple[tuple[str, ...], Array, Array]:
    """Countries, trade as the published gravity equation fits it, and the effect of borders that fall away."""
    rows = pq.read_table(SHARED("trade/agtpa_applications.parquet"), filters=[("year", "=", 2006)]).to_pylist()
    names = sorted({row["exporter"] for row in rows})
    place = {name: number for number, name in enumerate(names)}
    trade, cost = np.zeros((len(names), len(names))), np.zeros((len(names), len(names)))
    for row in rows:
        at = place[row["exporter"]], place[row["importer"]]
        trade[at] = row["trade"]
        cost[at] = np.exp(
            DISTANCE * np.log(row["dist"]) + BORDER_SHARED * row["cntg"] + BORDER * (row["exporter"] != row["importer"])
        )
    # Poisson with effects of exporters and importers meets both margins: fitted trade is that of the costs, scaled.
    sells, buys = np.ones(len(names)), np.ones(len(names))
    for _ in range(5000):
        sells = trade.sum(axis=1) / (cost @ buys)
        buys = trade.sum(axis=0) / (cost.T @ sells)
    return tuple(names), cost * np.outer(sells, buys), -BORDER * (1 - np.eye(len(names)))


@lru_cache(maxsize=1)
def published() -> dict[str, dict[str, float]]:
    with SHARED("agtpa_ge_results.csv", "reference").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["scenario"].startswith("app1_")]
    return {
        row["country"]: {name: float(value) for name, value in row.items() if name.startswith("change_")}
        for row in rows
    }


def apart(made: Array, name: str) -> Array:
    """How far each country's change, in per cent, is from the published one."""
    names, held = world()[0], published()
    assert set(names) == set(held)
    return np.array([(value - 1) * 100 - held[code][name] for code, value in zip(names, made, strict=True)])


def test_exports_with_incomes_fixed() -> None:
    assert apart(conditional(*world(), SIGMA - 1).exports, "change_Xi_CDL") == pytest.approx(0, abs=0.002)


def test_everything_with_incomes_adjusted() -> None:
    made = full(*world(), SIGMA - 1, numeraire="DEU", is_bought=True)
    growth = np.abs(apart(made.real_income, "change_rGDP_FULL"))
    assert np.median(growth) < 0.09 and growth.max() < 0.61
    exports = np.array([published()[code]["change_Xi_FULL"] for code in world()[0]])
    ratio = np.abs(made.exports / (1 + exports / 100) - 1)
    assert np.median(ratio) < 0.003 and ratio.max() < 0.022
    assert np.median(np.abs(apart(made.price, "change_price_FULL"))) < 0.15
    assert np.median(np.abs(apart(made.price_index, "change_IMR_FULL"))) < 0.15
