"""A scenario on sectors that buy from each other: the pair's tariffs move, and all economies answer (sectors.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.lines import changed
from servanda.scenarios.partial import Lines, check
from servanda.scenarios.scenario import Scenario
from servanda.scenarios.sectors import slope, solve
from servanda.scenarios.tariffs import paid
from servanda.scenarios.uncertainty import Model
from servanda.scenarios.world import World, without_negatives

Array = NDArray[np.float64]
KEPT = 12
"""Economies that stay by themselves, the largest beside the two; all others are one, so that draws do not take long."""
REST = "ROW"
NUMBERS = ("real_income", "exports", "imports", "sold", "balance", "revenue")


def world(scenario: Scenario, uses: pa.Table, added: pa.Table) -> tuple[World, str]:
    """The world before, in sectors, and what was done to make it: no tariffs but those that the scenario names.

    `uses`: exporter, importer, product, year, intermediate, final; `added`: party, product, year, value_added.
    """
    sells, buys, goods = (np.array(uses[name].to_pylist()) for name in ("exporter", "importer", "product"))
    sectors = sorted(set(goods.tolist()), key=lambda code: (len(code), code))
    size = dict.fromkeys(sells.tolist(), 0.0)
    total = uses["intermediate"].to_numpy() + uses["final"].to_numpy()
    for name, value in zip(sells.tolist(), total.tolist(), strict=True):
        size[name] += value
    missing = [one for one in scenario.parties if one not in size]
    if missing:
        raise RequestError(f"{', '.join(missing)} is none of the economies of the table ({', '.join(sorted(size))})")
    largest = [one for one in sorted(size, key=lambda name: -size[name]) if one not in (*scenario.parties, REST)]
    parties = (*scenario.parties, *largest[: KEPT - 2], REST)
    place = {name: parties.index(name) if name in parties else len(parties) - 1 for name in size}
    row = {good: number for number, good in enumerate(sectors)}
    at = (
        [place[one] for one in sells.tolist()],
        [row[one] for one in goods.tolist()],
        [place[one] for one in buys.tolist()],
    )
    shape = (len(parties), len(sectors), len(parties))
    final, many, share = without_negatives(uses["final"].to_numpy().astype(float))
    cubes = []
    for values in (uses["intermediate"].to_numpy().astype(float), final):
        cube = np.zeros(shape)
        np.add.at(cube, at, values)
        cubes.append(cube)
    value = np.zeros(shape[:2])
    for one in added.to_pylist():
        if one["party"] in place and one["product"] in row:
            value[place[one["party"]], row[one["product"]]] += float(one["value_added"])
    zero = np.zeros(shape)
    made = World(tuple(parties), tuple(sectors), cubes[0], cubes[1], value, zero, zero, zero, np.ones(len(sectors)))
    said = f"{many} negative final uses ({share:.2%} of all) are taken as nothing; all but {KEPT} economies are one."
    return made, said


def moved(world_: World, scenario: Scenario, lines: Lines) -> tuple[World, Array]:
    """The world with the tariffs of the lines before and after, and the fall of barriers as a log of the price."""
    after = changed(lines, scenario)
    check(after)
    rates = [world_.tariff_before.copy(), world_.tariff_after.copy()]
    walls = np.zeros(world_.effect.shape)
    old, new = (paid(one, after.general, after.used) for one in (after.before, after.after))
    for number, (code, exporter, importer) in enumerate(zip(after.code, after.exporter, after.importer, strict=True)):
        at = (world_.parties.index(exporter), world_.sectors.index(code), world_.parties.index(importer))
        rates[0][at], rates[1][at] = old[number], new[number]
        walls[at] = np.log1p(after.barrier_after[number]) - np.log1p(after.barrier_before[number])
    return replace(world_, tariff_before=rates[0], tariff_after=rates[1]), walls


def model(world_: World, walls: Array, parties: tuple[str, str]) -> Model:
    """From draws of theta (draws, 1) to the numbers of both parties, then output by sector of both, in per cent; what
    is sold to the other, the balance with it and revenue are in money."""

    def of(rows: Array) -> Array:
        found = []
        middle = float(np.median(rows[:, 0]))
        near = slope(replace(world_, theta=np.full(len(world_.sectors), middle), effect=-middle * walls))
        for theta in rows[:, 0]:
            elastic = np.full(len(world_.sectors), theta)
            made = solve(replace(world_, theta=elastic, effect=-theta * walls), near)
            places = [world_.parties.index(one) for one in parties]
            gained = made.after.sum(axis=1) - made.before.sum(axis=1)
            row: list[Any] = []
            for here, there in (places, places[::-1]):
                ratios = [100 * (getattr(made, name)[here] - 1) for name in ("real_income", "exports", "imports")]
                sold, bought = gained[here, there], gained[there, here]
                row += [*ratios, sold, sold - bought, made.revenue[here]]
            found.append([*row, *(100 * (made.output[places] - 1)).ravel()])
        return np.array(found, dtype=float)

    return of


def heads(world_: World, parties: tuple[str, str]) -> list[tuple[str, str, str, bool]]:
    """Name, party, goods and whether it is money, in the order of the model's results."""
    money = ("sold", "balance", "revenue")
    named = [(name, party, "", name in money) for party in parties for name in NUMBERS]
    return named + [("output", party, good, False) for party in parties for good in world_.sectors]
