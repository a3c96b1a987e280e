"""What scenarios run on: lines of a file of one's own, the shipped tables, the published rates of a case."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from servanda.errors import ContentError, RequestError
from servanda.scenarios.lines import goods_without_rate, of_sectors, of_table
from servanda.scenarios.linked import world
from servanda.scenarios.run import Held
from servanda.scenarios.scenario import Kind, Rate, Scenario
from servanda.scenarios.shelf import RATES, Found
from servanda.scenarios.shock import exposure
from servanda.sources.lines import lines as own_lines
from servanda.sources.shipped import shipped
from servanda.store.door import Door

SECTORS, BOUGHT, ECONOMIES = "trade/sectors", "trade/imports", "trade/economies"
MONEY = "USD million"
USES, ADDED = "trade/uses", "trade/added"
SAME_MIX = "Every sector of an economy buys its inputs in the same mix: who uses an input is not in the table."
STILL = "Prices stand still, and nobody but the partner steps in for what is cut."
ELSEWHERE = "The partner can redirect a share of what it sells to all others; what it loses itself is a row of its own."
MARKET = (
    "Revenue, surplus and welfare are those of the importing side; what sellers gain or lose at home is not in them."
)


def hold(found: Found, content: Path) -> tuple[Scenario, Held]:
    """The scenario with the rates of its case where it has none, and the tables that it runs on."""
    scenario, inputs, assumed = found.scenario, [(found.path.name, _hash(found.path))], list[str]()
    if scenario.kind is Kind.EQUILIBRIUM:
        assumed.append("Goods are told apart by origin or by producer's skill; deficits keep their share of income.")
        economies, trade = _world(scenario, content)
        inputs.append((ECONOMIES, _shipped_hash(ECONOMIES, content)))
        return scenario, Held(None, economies, trade, None, tuple(inputs), tuple(assumed), "per cent")
    if scenario.kind is Kind.SHOCK:
        inputs.append((USES, _shipped_hash(USES, content)))
        found_ = exposure(scenario, _in(shipped(USES, content).table, scenario.period))
        return scenario, Held(None, (), None, None, tuple(inputs), (STILL, ELSEWHERE), MONEY, found_)
    if scenario.lines is not None:
        path = found.path.parent / scenario.lines
        table = own_lines(path)
        inputs.append((scenario.lines, _hash(path)))
        return scenario, Held(of_table(scenario, table), (), None, None, tuple(inputs), (MARKET,), "money of the lines")
    if not scenario.rates:
        rates, path_ = _rates(content, scenario.parties)
        scenario = replace(scenario, rates=rates)
        if path_ is not None:
            inputs.append((path_.relative_to(content).as_posix(), _hash(path_)))
    sold, bought = shipped(SECTORS, content).table, shipped(BOUGHT, content).table
    inputs += [(name, _shipped_hash(name, content)) for name in (SECTORS, BOUGHT)]
    lines = of_sectors(scenario, sold, bought)
    assumed += _said(scenario, sold)
    made = None
    if scenario.kind is Kind.SECTORS:
        uses, added = (_in(shipped(name, content).table, scenario.period) for name in (USES, ADDED))
        inputs += [(name, _shipped_hash(name, content)) for name in (USES, ADDED)]
        made, said = world(scenario, uses, added)
        assumed = [SAME_MIX, said, "Between all other pairs there are no tariffs.", *assumed[:1], *assumed[2:]]
    return scenario, Held(lines, (), None, made, tuple(inputs), tuple(assumed), MONEY)


def _said(scenario: Scenario, sold: pa.Table) -> list[str]:
    """What running on sectors takes for granted."""
    said = [
        f"Lines are whole sectors of {scenario.period}, each with one published average rate: no tariff line is seen.",
        MARKET,
        "The share of lines that are free is taken for the share of trade that is, in every sector alike.",
    ]
    left = goods_without_rate(scenario, sold)
    if left:
        said.append(f"Sectors without a rate are in no line: {', '.join(left)}.")
    return said + [f"{one.importer}, {', '.join(one.goods)}: {one.note}" for one in scenario.rates if one.note]


def _rates(content: Path, parties: tuple[str, str]) -> tuple[tuple[Rate, ...], Path | None]:
    """The published rates that a case of the two holds; none where no case does."""
    for path in sorted((content / "scenarios").glob(f"*/{RATES}")):
        door = Door(content)
        rows = door.rows(door.open(path), door.name(path), "")
        made = [door.noun(Rate, row, door.name(path), f"[{place}]") for place, row in enumerate(rows)]
        door.close()
        if {one.importer for one in made} == set(parties):
            return tuple(made), path
    return (), None


def _world(scenario: Scenario, content: Path) -> tuple[tuple[str, ...], Any]:
    table = _in(shipped(ECONOMIES, content).table, scenario.period)
    sells, buys = (np.array(table[name].to_pylist()) for name in ("exporter", "importer"))
    names = np.unique(sells)
    trade = np.zeros((len(names), len(names)))
    trade[np.searchsorted(names, sells), np.searchsorted(names, buys)] = table["trade"].to_numpy()
    return tuple(str(one) for one in names), trade


def _in(table: pa.Table, year: int) -> pa.Table:
    found = table.filter(pc.equal(table["year"], year))
    if not found.num_rows:
        held = sorted(set(table["year"].to_pylist()))
        raise RequestError(f"the shipped table has no year {year}; it holds {held[0]} to {held[-1]}")
    return found


def _shipped_hash(name: str, content: Path) -> str:
    return _hash(content / "tables" / f"{name}.parquet")


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as fault:
        raise ContentError([f"{path.name}: cannot be read ({fault.strerror})"]) from fault
