"""The published worlds of Yotov, Piermartini, Monteiro and Larch 2016, chapter 2: trade as their gravity equations fit it."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from servanda.measures.ties.fit.estimate import Estimate, estimate
from servanda.measures.ties.fit.specification import specification
from servanda.scenarios.equilibrium import Array
from tests.measures.shared import SHARED

DISTANCE, BORDER_SHARED, BORDER = -0.7912879, 0.6736456, -2.47445
"""The published coefficients of log distance, contiguity and an international border (official Stata log)."""
Mask = NDArray[np.bool_]
YEARS = (1986, 1990, 1994, 1998, 2002, 2006)


def margins_met(cost: Array, sold: Array, bought: Array) -> Array:
    """Costs scaled by sellers and buyers until both margins hold: what Poisson with both effects fits."""
    buys = np.ones(len(sold))
    for _ in range(20_000):
        sells = sold / (cost @ buys)
        new = bought / (cost.T @ sells)
        if np.abs(new / buys - 1).max() < 1e-14:
            break
        buys = new
    return np.asarray(cost * np.outer(sells, buys))


def squares(rows: pa.Table, *columns: str) -> tuple[tuple[str, ...], list[Array]]:
    """Countries, and each column as a square, exporters in rows."""
    sellers, buyers = (np.array(rows[name].to_pylist()) for name in ("exporter", "importer"))
    names = np.unique(sellers)
    at = np.searchsorted(names, sellers), np.searchsorted(names, buyers)
    made = []
    for name in columns:
        one = np.zeros((len(names), len(names)))
        one[at] = rows[name].to_numpy()
        made.append(one)
    return tuple(str(name) for name in names), made


@lru_cache(maxsize=1)
def borders() -> tuple[tuple[str, ...], Array, Array]:
    """2006: countries, fitted trade, and the effect of all borders that fall away."""
    rows = pq.read_table(SHARED("trade/agtpa_applications.parquet"), filters=[("year", "=", 2006)])
    names, (trade, dist, shared) = squares(rows, "trade", "dist", "cntg")
    abroad = 1 - np.eye(len(names))
    cost = np.exp(DISTANCE * np.log(dist) + BORDER_SHARED * shared + BORDER * abroad)
    return names, margins_met(cost, trade.sum(axis=1), trade.sum(axis=0)), -BORDER * abroad


def one_border(one: str, other: str) -> tuple[tuple[str, ...], Array, Array]:
    """2006, where only the border between two falls."""
    names, trade, effect = borders()
    only = np.zeros_like(effect)
    places = names.index(one), names.index(other)
    only[places], only[places[::-1]] = -BORDER, -BORDER
    return names, trade, only


@lru_cache(maxsize=1)
def nafta() -> tuple[tuple[str, ...], Array, Array, float]:
    """1994: countries, fitted trade, the effect of ending the agreement of CAN, MEX and USA, and its coefficient.

    The book's two stages: pair effects, symmetric and one for all domestic trade, from the panel with the agreement;
    pairs that never trade from a gravity equation on those effects.
    """
    rows = pq.read_table(SHARED("trade/agtpa_applications.parquet"), filters=[("year", "in", YEARS)])
    home = np.array(rows["exporter"].to_pylist()) == np.array(rows["importer"].to_pylist())
    pair = np.where(home, 0, rows["pair_id"].to_numpy())
    rows = rows.set_column(rows.schema.get_field_index("pair_id"), "pair_id", pa.array(pair.astype(str)))
    fitted = estimate(rows, specification("rta", "exporter-year,importer-year,pair_id", "none", "none"))
    effect = fitted.of("rta").estimate
    rows = rows.append_column("tie", pa.array(_ties(rows, pair, effect)))
    names, (trade, tie, rta, dist, *other) = squares(
        rows.filter(pa.compute.equal(rows["year"], 1994)), "trade", "tie", "rta", "dist", "cntg", "lang", "clny"
    )
    known = (tie > 0) & ~np.eye(len(names), dtype=bool)
    second = _second(names, tie, dist, other, known)
    slopes = [second.of(name).estimate for name in ("log(dist)", "cntg", "lang", "clny")]
    cost = np.exp(slopes[0] * np.log(dist) + sum(s * one for s, one in zip(slopes[1:], other, strict=True)))
    held, filled = np.where(known, tie, 0), np.where(known, cost, 0)
    sells, buys = np.ones(len(names)), np.ones(len(names))
    for _ in range(5000):
        sells = held.sum(axis=1) / (filled @ buys)
        buys = held.sum(axis=0) / (filled.T @ sells)
    tie = np.where(tie > 0, tie, cost * np.outer(sells, buys))
    members = np.isin(names, ["CAN", "MEX", "USA"])
    ends = -effect * rta * np.outer(members, members)
    made = margins_met(tie * np.exp(effect * rta), trade.sum(axis=1), trade.sum(axis=0))
    return names, made, ends, effect


def _ties(rows: pa.Table, pair: Array, effect: float) -> Array:
    """Each row's pair effect: effects of three ways found by meeting their sums in turn; domestic trade has 1."""
    year, trade = rows["year"].to_numpy(), rows["trade"].to_numpy()
    ways = []
    for codes in (np.array(rows["exporter"].to_pylist()), np.array(rows["importer"].to_pylist())):
        joined = np.char.add(codes, year.astype(str))
        ways.append(np.unique(joined, return_inverse=True)[1])
    pairs, third = np.unique(pair, return_inverse=True)
    ways.append(third)
    sums = [np.bincount(way, trade) for way in ways]
    factors = [np.where(one > 0, 1.0, 0.0) for one in sums]
    given = np.exp(effect * rows["rta"].to_numpy())
    for _ in range(3000):
        before = factors[2]
        for place in range(3):
            others = given * np.prod([factors[k][ways[k]] for k in range(3) if k != place], axis=0)
            whole = np.bincount(ways[place], others)
            factors[place] = np.where(sums[place] > 0, sums[place] / np.where(whole > 0, whole, 1), 0)
        if np.abs(factors[2] - before).max() < 1e-11 * before.max():
            break
    return np.asarray((factors[2] / factors[2][np.searchsorted(pairs, 0)])[third])


def _second(names: tuple[str, ...], tie: Array, dist: Array, other: list[Array], known: Mask) -> Estimate:
    at = np.nonzero(known)
    columns: dict[str, Any] = {
        "exporter": np.array(names)[at[0]],
        "importer": np.array(names)[at[1]],
        "trade": tie[at],
        "dist": dist[at],
        **{name: one[at] for name, one in zip(("cntg", "lang", "clny"), other, strict=True)},
    }
    return estimate(
        pa.table(columns), specification("log(dist) + cntg + lang + clny", "exporter,importer", "none", "none")
    )


def published(scenario: str) -> dict[str, dict[str, float]]:
    """The published changes, in per cent, by country."""
    with SHARED("agtpa_ge_results.csv", "reference").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["scenario"] == scenario]
    return {row["country"]: {key: float(value) for key, value in row.items() if key[:7] == "change_"} for row in rows}
