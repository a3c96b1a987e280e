"""From tables to product lines: the shipped sectors of a pair, or a table of somebody's own; and a scenario on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.partial import Lines
from servanda.scenarios.scenario import ALL, Scenario
from servanda.scenarios.tariffs import Cut, new_rate, staged

Array = NDArray[np.float64]


def of_sectors(scenario: Scenario, sold: pa.Table, bought: pa.Table) -> Lines:
    """A line for each good that has a rate, both ways: trade of the pair, and what the importer buys from all others.

    `sold`: exporter, importer, product, year, value; `bought`: importer, product, year, value of all imports. Flows
    below zero (inventories) are taken as none.
    """
    wanted = {(rate.importer, good): rate for rate in scenario.rates for good in rate.goods}
    if not wanted:
        raise RequestError("no rates are known for this pair; write them under 'rates', or give 'lines' of your own")
    trade = {
        (row["exporter"], row["importer"], row["product"]): max(float(row["value"]), 0.0)
        for row in _in(sold, scenario.period)
    }  # fmt: skip
    whole = {
        (row["importer"], row["product"]): max(float(row["value"]), 0.0)
        for row in _in(bought, scenario.period)
    }  # fmt: skip
    if not trade:
        raise RequestError(f"the shipped sectors have no year {scenario.period}; they hold 1995 to 2011")
    rows = [
        (
            importer,
            good,
            rate,
            trade.get((_other(scenario, importer), importer, good), 0.0),
            whole.get((importer, good), 0.0),
        )
        for (importer, good), rate in wanted.items()
    ]
    many = len(rows)
    values = np.array([row[3] for row in rows])
    general = np.array([row[2].general for row in rows])
    before = general * (1 - np.array([row[2].free for row in rows]))
    zero = np.zeros(many)
    return Lines(
        tuple(row[1] for row in rows), tuple(row[1] for row in rows), tuple(row[0] for row in rows),
        tuple(_other(scenario, row[0]) for row in rows), values,
        np.maximum(np.array([row[4] for row in rows]) - values, 0.0), general, before, before,
        np.array([row[2].used for row in rows]), *_elasticities(scenario, many), zero, zero,
    )  # fmt: skip


def of_table(scenario: Scenario, table: pa.Table) -> Lines:
    """Lines of a table of somebody's own (sources/lines.py); elasticities that it has not are the scenario's."""
    many, held = table.num_rows, table.column_names

    def column(name: str, otherwise: Array) -> Array:
        if name not in held:
            return otherwise
        found = np.array([np.nan if one is None else one for one in table[name].to_pylist()], dtype=float)
        return np.where(np.isnan(found), otherwise, found)

    general = column("general", np.zeros(many))
    before = column("before", general)
    demand, substitution, supply = _elasticities(scenario, many)
    codes = tuple(str(one) for one in table["code"].to_pylist())
    groups = tuple(str(one) for one in table["group"].to_pylist()) if "group" in held else codes
    importers, exporters = (tuple(str(one) for one in table[name].to_pylist()) for name in ("importer", "exporter"))
    strange = {*importers, *exporters} - set(scenario.parties)
    if strange:
        raise RequestError(
            f"the lines name {', '.join(sorted(strange)[:5])}; the scenario is about {' and '.join(scenario.parties)}"
        )
    return Lines(
        codes, groups, importers, exporters, column("trade", np.zeros(many)), column("others", np.zeros(many)), general,
        before, column("after", before), column("used", np.ones(many)), column("demand", demand),
        column("substitution", substitution), column("supply", supply), column("barrier_before", np.zeros(many)),
        column("barrier_after", column("barrier_before", np.zeros(many))),
    )  # fmt: skip


def changed(lines: Lines, scenario: Scenario, year: int | None = None) -> Lines:
    """The lines with the scenario's changes, all of them done, or as far as they are in a year; exceptions stay.

    Raises RequestError for a change or an exception that meets no line.
    """
    after, barrier_before, barrier_after = lines.after.copy(), lines.barrier_before.copy(), lines.barrier_after.copy()
    kept = np.zeros(len(lines), dtype=bool)
    for one in scenario.exceptions:
        kept |= _meets(lines, one.importer, one.goods, "an exception")
    for change in scenario.changes:
        at = _meets(lines, change.importer, change.goods, "a change") & ~kept
        if change.formula is not None:
            new = new_rate(lines.before, Cut(change.formula, change.by, change.towards))
            if year is not None:
                new = staged(lines.before, new, year, np.full(len(lines), float(change.years)))
            after = np.where(at, new, after)
        if change.barrier_before != change.barrier_after:
            barrier_before = np.where(at, change.barrier_before, barrier_before)
            barrier_after = np.where(at, change.barrier_after, barrier_after)
    return replace(lines, after=after, barrier_before=barrier_before, barrier_after=barrier_after)


def goods_without_rate(scenario: Scenario, sold: pa.Table) -> list[str]:
    """What the pair trades and has no rate for, so that it is in no line: services, as a rule."""
    known = {good for rate in scenario.rates for good in rate.goods}
    pair = set(scenario.parties)
    found: Sequence[str] = [
        row["product"] for row in _in(sold, scenario.period)
        if {row["exporter"], row["importer"]} == pair and row["product"] not in known
    ]  # fmt: skip
    return sorted(set(found))


def _in(table: pa.Table, year: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["year"], year)).to_pylist()
    return rows


def _other(scenario: Scenario, party: str) -> str:
    return scenario.parties[1] if party == scenario.parties[0] else scenario.parties[0]


def _elasticities(scenario: Scenario, many: int) -> tuple[Array, Array, Array]:
    # Without a band, demand and substitution are not used (an equilibrium of sectors), and supply is endless.
    bands = ((scenario.demand, 1.0), (scenario.substitution, 1.0), (scenario.supply, np.inf))
    demand, substitution, supply = (np.full(many, none if one is None else one.value) for one, none in bands)
    return demand, substitution, supply


def _meets(lines: Lines, importer: str, goods: tuple[str, ...], what: str) -> NDArray[np.bool_]:
    """Lines of an importer whose code begins with, or whose group is, one of the goods."""
    made = np.array(
        [
            who == importer and (ALL in goods or group in goods or any(_is_under(code, one) for one in goods))
            for who, code, group in zip(lines.importer, lines.code, lines.group, strict=True)
        ]
    )
    if not made.any():
        raise RequestError(
            f"an {what} of {importer} for {', '.join(goods[:5])} meets no line; see the codes in the table"
        )
    return made


def _is_under(code: str, good: str) -> bool:
    """Whether a code is that of the good or, of a number such as HS 72, one beneath it."""
    return code == good or (good.isdigit() and code.startswith(good))
