"""The verb: a scenario and the tables it stands on in, a result of plain values with its intervals out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios import linked, shock
from servanda.scenarios.batch import many
from servanda.scenarios.lines import changed
from servanda.scenarios.partial import Effects, Lines, carriers, check, effects
from servanda.scenarios.result import Drivers, LineResult, Number, Result, Year
from servanda.scenarios.scenario import Kind, Scenario
from servanda.scenarios.uncertainty import Model, Parameter, intervals, tornado
from servanda.scenarios.world import World

Array = NDArray[np.float64]
Parameters = tuple[Parameter, ...]
Groups = tuple[NDArray[np.intp], NDArray[np.intp]]
MARKET = ("imports", "creation", "diversion", "revenue", "surplus", "welfare")
AT_ONCE = 20_000
"""Draws times lines that are worked on at a time: more fall out of the processor's cache and are slower."""
CARRY = 0.8


@dataclass(frozen=True, slots=True)
class Held:
    """What a scenario runs on: product lines, the world's trade (economies, exporters in rows) or its sectors; `inputs`
    name every file with the SHA-256 of its bytes; `assumed` says what was taken for granted on the way.
    """

    lines: Lines | None
    economies: tuple[str, ...]
    trade: Array | None
    world: World | None
    inputs: tuple[tuple[str, str], ...]
    assumed: tuple[str, ...]
    unit: str
    exposure: shock.Exposure | None = None


def run(scenario: Scenario, held: Held, version: str) -> Result:
    """The result; the same to the last digit for the same scenario, tables and version. Raises RequestError."""
    if scenario.kind is Kind.PARTIAL:
        return _partial(scenario, held, version)
    if scenario.kind is Kind.SECTORS:
        return _sectors(scenario, held, version)
    return (_shock if scenario.kind is Kind.SHOCK else _equilibrium)(scenario, held, version)


def _partial(scenario: Scenario, held: Held, version: str) -> Result:
    if held.lines is None:
        raise RequestError("a partial equilibrium needs product lines")
    lines = changed(held.lines, scenario)
    check(lines)
    made = effects(lines, lines.demand, lines.substitution, lines.supply)
    parameters = _parameters(scenario)
    heads, weights = _market(scenario, lines)
    names, groups_ = _groups(lines)
    shown = carriers(made.imports, CARRY)

    def model(rows: Array) -> Array:
        parts = [
            _results(lines, scenario, part, weights, groups_)
            for part in np.array_split(rows, max(1, len(rows) * len(lines) // AT_ONCE))
        ]
        return np.concatenate(parts)

    found = intervals(model, parameters, scenario.draws, np.random.default_rng(scenario.seed))
    numbers = [Number(name, party, "", held.unit, one) for (name, party), one in zip(heads, found, strict=False)]
    groups = [
        Number("imports", party, group, held.unit, one)
        for (party, group), one in zip(names, found[len(heads) :], strict=True)
    ]
    return Result(
        scenario, version, held.inputs, tuple(numbers), tuple(groups), _lines(lines, made),
        tuple((lines.code[one], lines.importer[one]) for one in shown), tuple(_years(scenario, held.lines)),
        _drivers(model, parameters, heads), scenario.leaves_out, held.assumed,
    )  # fmt: skip


def _parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    """Elasticities move together over all lines: how far is a factor on what each line has."""
    bands = [(name, getattr(scenario, name)) for name in ("demand", "substitution", "supply")]
    return tuple(Parameter(name, band, True) for name, band in bands if band is not None)


def _results(lines: Lines, scenario: Scenario, rows: Array, weights: dict[str, Array], groups: Groups) -> Array:
    factors = {one.name: rows[:, place] / one.band.value for place, one in enumerate(_parameters(scenario))}
    elastic = [
        getattr(lines, name) * factors.get(name, np.ones(len(rows)))[:, None]
        for name in ("demand", "substitution", "supply")
    ]
    made = effects(lines, *elastic)
    heads = [_metric(made, name) @ weight for name, weight in weights.items()]
    order, begins = groups
    return np.hstack([np.stack(heads, axis=1), np.add.reduceat(made.imports[:, order], begins, axis=1)])


def _metric(made: Effects, name: str) -> Array:
    kind = name.partition(":")[0]
    return np.asarray(getattr(made, "imports" if kind in ("exports", "balance") else kind))


def _market(scenario: Scenario, lines: Lines) -> tuple[list[tuple[str, str]], dict[str, Array]]:
    """Names of the numbers, with the weight of each line in it."""
    heads, weights = [], {}
    importers, exporters = np.array(lines.importer), np.array(lines.exporter)
    for party in scenario.parties:
        buys, sells = (importers == party).astype(float), (exporters == party).astype(float)
        for name, weight in (("exports", sells), ("balance", sells - buys), *((one, buys) for one in MARKET)):
            heads.append((name, party))
            weights[f"{name}:{party}"] = weight
    return heads, weights


def _groups(lines: Lines) -> tuple[list[tuple[str, str]], Groups]:
    """(importer, group) in order; how lines are sorted so that groups lie together, and where each begins."""
    pairs = list(zip(lines.importer, lines.group, strict=True))
    names = list(dict.fromkeys(pairs))
    place = {name: number for number, name in enumerate(names)}
    belongs = np.array([place[one] for one in pairs])
    order = np.argsort(belongs, kind="stable")
    return names, (order, np.searchsorted(belongs[order], np.arange(len(names))))


def _lines(lines: Lines, made: Effects) -> tuple[LineResult, ...]:
    columns = [getattr(made, name) for name in ("imports", "creation", "diversion", "revenue", "surplus", "welfare")]
    return tuple(
        LineResult(
            lines.code[one], lines.importer[one], lines.exporter[one], float(lines.trade[one]),
            float(lines.before[one]), float(lines.after[one]), *(float(column[one]) for column in columns),
        )
        for one in range(len(lines))
    )  # fmt: skip


def _years(scenario: Scenario, lines: Lines) -> Iterator[Year]:
    for year in scenario.years:
        at = changed(lines, scenario, year)
        made = effects(at, at.demand, at.substitution, at.supply)
        importers, exporters = np.array(at.importer), np.array(at.exporter)
        for party in scenario.parties:
            buys, sells = importers == party, exporters == party
            exports, imports = float(made.imports[sells].sum()), float(made.imports[buys].sum())
            yield Year(year, party, exports, imports, exports - imports, float(made.revenue[buys].sum()),
                       float(made.welfare[buys].sum()))  # fmt: skip


def _drivers(model: Model, parameters: tuple[Parameter, ...], heads: list[tuple[str, str]]) -> tuple[Drivers, ...]:
    wanted = [
        place
        for place, (name, _) in enumerate(heads)
        if name in ("balance", "welfare", "real_income", "exports", "uncovered")
    ]
    return tuple(Drivers(*heads[place], tuple(tornado(model, parameters, place))) for place in wanted)


def _equilibrium(scenario: Scenario, held: Held, version: str) -> Result:
    if held.trade is None:
        raise RequestError("an equilibrium needs the trade of all economies")
    missing = [one for one in scenario.parties if one not in held.economies]
    if missing:
        raise RequestError(f"{', '.join(missing)} is none of the economies of the table ({', '.join(held.economies)})")
    one, other = (held.economies.index(party) for party in scenario.parties)
    if held.trade[one, other] + held.trade[other, one] == 0:
        raise RequestError(
            f"{' and '.join(scenario.parties)} do not trade in the table; nothing scales that is nothing"
        )
    pattern = np.zeros((1, *held.trade.shape))
    pattern[0, one, other] = pattern[0, other, one] = 1.0
    first = ("effect", scenario.effect) if scenario.effect is not None else ("cost", scenario.cost)
    parameters = tuple(
        Parameter(name, band, name == "theta") for name, band in (first, ("theta", scenario.theta)) if band is not None
    )
    trade = held.trade

    def model(rows: Array) -> Array:
        move, theta = rows[:, 0], rows[:, 1]
        if first[0] == "cost":
            if (move >= 1).any():
                raise RequestError("a cost of trading cannot fall by all of it; write 0.05 for 5 per cent")
            move = -theta * np.log1p(-move)
        made = many(held.economies, trade, pattern, move[:, None], theta)
        return np.hstack([100 * (made.real_income - 1), 100 * (made.exports - 1), 100 * (made.imports - 1)])

    heads = [(name, party) for name in ("real_income", "exports", "imports") for party in held.economies]
    found = intervals(model, parameters, scenario.draws, np.random.default_rng(scenario.seed))
    numbers = [Number(name, party, "", "per cent", one) for (name, party), one in zip(heads, found, strict=True)]
    order = {party: place for place, party in enumerate(scenario.parties)}
    numbers.sort(key=lambda number: order.get(number.party, 2))
    drivers = [
        replace(one, bars=tuple(one.bars))
        for one in _drivers(model, parameters, heads)
        if one.party in scenario.parties
    ]
    return Result(
        scenario,
        version,
        held.inputs,
        tuple(numbers),
        (),
        (),
        (),
        (),
        tuple(drivers),
        scenario.leaves_out,
        held.assumed,
    )


def _sectors(scenario: Scenario, held: Held, version: str) -> Result:
    if held.world is None or held.lines is None or scenario.theta is None:
        raise RequestError("an equilibrium of sectors needs the uses of all economies and the rates of the pair")
    moved, walls = linked.moved(held.world, scenario, held.lines)
    model, heads = linked.model(moved, walls, scenario.parties), linked.heads(moved, scenario.parties)
    return _listed(scenario, held, version, heads, model, (Parameter("theta", scenario.theta, True),))


def _shock(scenario: Scenario, held: Held, version: str) -> Result:
    if held.exposure is None:
        raise RequestError("a shock needs the uses of all economies")
    heads, model = shock.heads(held.exposure), shock.model(held.exposure)
    return _listed(scenario, held, version, heads, model, shock.parameters(scenario))


def _listed(
    scenario: Scenario, held: Held, version: str, heads: list[shock.Head], model: Model, parameters: Parameters
) -> Result:
    found = intervals(model, parameters, scenario.draws, np.random.default_rng(scenario.seed))
    made = [
        Number(name, party, goods, held.unit if is_money else "per cent", one)
        for (name, party, goods, is_money), one in zip(heads, found, strict=True)
    ]
    whole = [(name, party) for name, party, goods, _ in heads if not goods]
    return Result(
        scenario, version, held.inputs, tuple(one for one in made if not one.goods),
        tuple(one for one in made if one.goods), (), (), (), _drivers(model, parameters, whole), scenario.leaves_out,
        held.assumed,
    )  # fmt: skip
