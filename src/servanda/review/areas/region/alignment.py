"""How a pair and the powers vote, and on whom each depends, by the tables that are held. No record, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from servanda.model.data import TableCard
from servanda.review.areas.chosen import Pair
from servanda.review.areas.region.choices import RegionChoices
from servanda.sources.shipped import shipped

FIRST = 1945
"""Session 1 met in 1946."""
DEFINITIONS = {
    "half": "half a point for an abstention",
    "strict": "the same vote",
    "s": "S of Signorino and Ritter",
    "kappa": "kappa, chance taken off by each side's own votes",
    "pi": "pi, chance taken off by both sides' votes",
}
SETS = {"all": "all recorded votes", "final": "votes on final passage"}


@dataclass(frozen=True, slots=True)
class Together:
    """How two vote in a session: every definition, on so many divided roll calls of one set."""

    a: str
    b: str
    year: int
    votes_of: str
    votes: int
    figures: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one stands in a session, with the 95 % interval."""

    member: str
    year: int
    votes_of: str
    point: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Leaning:
    """The part of a partner in one's trade in a year: of all its trade abroad (Barbieri 1996), and beside its gross
    domestic product (Oneal and Russett 1997), the last empty where no size is known; USD million."""

    party: str
    partner: str
    year: int
    trade: float
    of_trade: float
    of_product: float | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """All of it, with the cards of the tables behind."""

    together: tuple[Together, ...]
    stands: tuple[Stand, ...]
    leanings: tuple[Leaning, ...]
    cards: dict[str, TableCard]


def alignment(pair: Pair, choices: RegionChoices) -> Alignment:
    """What the tables that `choices` names hold of the pair and of the powers; a power that is one of the two is the
    partner."""
    powers = [one for one in choices.powers if one not in pair]
    votes, points = shipped(choices.agreement), shipped(choices.points)
    flows, size = shipped(choices.flows), shipped(choices.size)
    return Alignment(
        _together(votes.table, pair, powers),
        _stands(points.table, (*pair, *powers)),
        _leanings(flows.table, _sizes(size.table, choices.gdp), pair, powers),
        {choices.agreement: votes.card, choices.points: points.card, choices.flows: flows.card,
         choices.size: size.card},
    )  # fmt: skip


def _together(table: pa.Table, pair: Pair, powers: Iterable[str]) -> tuple[Together, ...]:
    wanted = {tuple(sorted(pair)), *(tuple(sorted((party, power))) for party in pair for power in powers)}
    ways = pc.binary_join_element_wise(table["a"], table["b"], "-")
    held = table.filter(pc.is_in(ways, pa.array(["-".join(one) for one in sorted(wanted)])))
    rows = [
        Together(row["a"], row["b"], FIRST + row["session"], row["votes_of"], row["votes"],
                 {name: row[name] for name in DEFINITIONS})
        for row in held.to_pylist()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.votes_of, row.a, row.b, row.year)))


def _stands(table: pa.Table, members: Iterable[str]) -> tuple[Stand, ...]:
    held = table.filter(pc.is_in(table["member"], pa.array(list(members))))
    rows = [
        Stand(row["member"], FIRST + row["session"], row["votes_of"], row["point"], row["low"], row["high"])
        for row in held.to_pylist()
    ]
    return tuple(sorted(rows, key=lambda row: (row.votes_of, row.member, row.year)))


def _leanings(
    table: pa.Table, sizes: dict[tuple[str, int], float], pair: Pair, powers: Iterable[str]
) -> tuple[Leaning, ...]:
    abroad = table.filter(pc.not_equal(table["exporter"], table["importer"]))
    made: list[Leaning] = []
    for party in pair:
        partners = [next(one for one in pair if one != party), *powers]
        traded: dict[tuple[str, int], float] = {}
        whole: dict[int, float] = {}
        own = pc.or_(pc.equal(abroad["exporter"], party), pc.equal(abroad["importer"], party))
        for row in abroad.filter(own).to_pylist():
            other = row["importer"] if row["exporter"] == party else row["exporter"]
            traded[other, row["year"]] = traded.get((other, row["year"]), 0.0) + row["trade"]
            whole[row["year"]] = whole.get(row["year"], 0.0) + row["trade"]
        made += [
            Leaning(party, partner, year, value, value / whole[year], _beside(value, sizes.get((party, year))))
            for (partner, year), value in traded.items()
            if partner in partners
        ]
    return tuple(sorted(made, key=lambda one: (one.party, one.partner, one.year)))


def _sizes(table: pa.Table, gdp: str) -> dict[tuple[str, int], float]:
    """Gross domestic product by party and year, in USD million."""
    held: list[dict[str, Any]] = table.filter(pc.equal(table["indicator"], gdp)).to_pylist()
    return {(row["party"], row["year"]): row["value"] / 1e6 for row in held}


def _beside(value: float, size: float | None) -> float | None:
    return value / size if size else None
