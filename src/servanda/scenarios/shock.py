"""A supplier cuts what it sells: who loses what, and how much of it the partner could send from its own trade.

Bookkeeping and no equilibrium: prices stand still, nobody else steps in, and the partner could redirect the share
`shift` of what it sells to everybody else in that sector. What the cut costs the partner itself is its own row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.scenario import ALL, Scenario
from servanda.scenarios.uncertainty import Model, Parameter

Array = NDArray[np.float64]
NUMBERS = ("lost", "lost_inputs", "replaced", "uncovered")
Head = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Exposed:
    """One party by sector: what it buys of the supplier, as input too, its inputs from everywhere, what the partner
    sells to all others; money."""

    party: str
    bought: Array
    inputs: Array
    all_inputs: float
    elsewhere: Array


@dataclass(frozen=True, slots=True)
class Exposure:
    """Both parties, and the sectors that are cut."""

    sectors: tuple[str, ...]
    parties: tuple[Exposed, Exposed]


def exposure(scenario: Scenario, uses: pa.Table) -> Exposure:
    """From uses of one year (exporter, importer, product, intermediate, final); what is below nothing is a change of
    stocks and counts as nothing. Raises RequestError for a supplier or a sector that is not in the table."""
    rows = uses.to_pylist()
    sellers, every = {row["exporter"] for row in rows}, sorted({row["product"] for row in rows}, key=_number)
    for name in (scenario.supplier or "", *scenario.parties):
        if name not in sellers:
            raise RequestError(f"the table of uses names no {name}; it holds {', '.join(sorted(sellers))}")
    wanted = tuple(every) if ALL in scenario.goods else tuple(one for one in every if one in scenario.goods)
    strange = [one for one in scenario.goods if one not in (*every, ALL)]
    if strange:
        raise RequestError(f"the table of uses has no sector {', '.join(strange)}; it has {', '.join(every)}")
    place = {one: at for at, one in enumerate(wanted)}
    made = []
    for party in scenario.parties:
        partner = next(one for one in scenario.parties if one != party)
        bought, inputs, elsewhere = (np.zeros(len(wanted)) for _ in range(3))
        whole = 0.0
        for row in rows:
            as_input = max(row["intermediate"], 0)
            if row["importer"] == party:
                whole += as_input
            if row["product"] not in place:
                continue
            at, value = place[row["product"]], as_input + max(row["final"], 0)
            if row["importer"] == party and row["exporter"] == scenario.supplier:
                bought[at] += value
                inputs[at] += as_input
            if row["exporter"] == partner and row["importer"] not in (party, partner):
                elsewhere[at] += value
        made.append(Exposed(party, bought, inputs, whole, elsewhere))
    return Exposure(wanted, (made[0], made[1]))


def _number(code: str) -> tuple[str, int]:
    digits = "".join(one for one in code if one.isdigit())
    return code.rstrip("0123456789"), int(digits or 0)


def heads(found: Exposure) -> list[Head]:
    """Name, party, sector (none for all of them) and whether it is money, in the order of the model's results."""
    whole = [(name, one.party, "", name != "lost_inputs") for one in found.parties for name in NUMBERS]
    return whole + [("uncovered", one.party, code, True) for one in found.parties for code in found.sectors]


def parameters(scenario: Scenario) -> tuple[Parameter, ...]:
    """The cut and what the partner can redirect, as shares."""
    bands = (("cut", scenario.cut), ("shift", scenario.shift))
    return tuple(Parameter(name, band, False) for name, band in bands if band is not None)


def model(found: Exposure) -> Model:
    """From (draws, 2) of cut and shift, kept between nothing and all, to the results of `heads`."""

    def run(rows: Array) -> Array:
        cut, shift = (np.clip(rows[:, at], 0, 1)[:, None] for at in range(2))
        whole, parts = [], []
        for one in found.parties:
            lost = cut * one.bought
            replaced = np.minimum(lost, shift * one.elsewhere)
            of_inputs = 100 * (cut * one.inputs).sum(axis=1) / one.all_inputs
            whole += [lost.sum(axis=1), of_inputs, replaced.sum(axis=1), (lost - replaced).sum(axis=1)]
            parts.append(lost - replaced)
        return np.column_stack([*whole, *parts])

    return run
