"""Who is likely to write a first paper together: the chance of every pair of institutions that has none.

Learned from the past of the same table: what was seen of pairs some years before the year asked, and who of them met
until then. The chance is of a first joint paper in as many years after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from servanda.measures.technology.network.chances import chances, learn
from servanda.measures.technology.network.firm import same_firm
from servanda.measures.technology.network.graph import Array, Graph, Papers, Whole, graph
from servanda.measures.technology.network.scores import partners, shared_topics

AHEAD = 3
"""Years ahead for which a chance is given, and of the past from which it is learned."""
TOLD = 5_000
"""So many pairs, the likeliest, have their reasons in full; the others have the numbers alone."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pairs by their chance, the likeliest first: numbers of institutions, chance with its bounds, and whether both
    are of one firm. `base` is the mean chance of these pairs; `learned_from` how many first joint papers it was learned
    from.
    """

    one: Whole
    other: Whole
    chance: Array
    low: Array
    high: Array
    firm: Array
    base: float
    learned_from: int
    network: Graph


def rank(
    held: Papers, until: int, sides: tuple[str, str] | None = None, least: float = 1.0, ahead: int = AHEAD
) -> Ranked | str:
    """Every pair without a joint paper until a year, of institutions with `least` papers; of two parties where these
    are named. A reason in place of an answer where too few pairs met in the past to learn from.
    """
    now, before = graph(held, until), graph(held, until - ahead)
    learned = learn(held, before, now, least=min(least, 3.0))
    if learned is None:
        return (f"fewer than 10 pairs had their first joint paper from {until - ahead + 1} to {until}: "
                "there is nothing to learn from")  # fmt: skip
    one, other = _pairs(held, now, sides, least)
    chance, low, high = chances(learned, now, held, one, other)
    order = np.lexsort((other, one, -chance))
    one, other = one[order], other[order]
    chance, low, high = chance[order], low[order], high[order]
    firm = np.array([same_firm(held.names[a], held.names[b]) for a, b in zip(one, other, strict=True)], dtype=float)
    mean = float(chance.mean()) if len(chance) else 0.0
    return Ranked(one, other, chance, low, high, firm, mean, learned.met, now)


def links(held: Papers, made: Ranked) -> pa.Table:
    """a, b, score, reasons, a_country, b_country, same_firm: a row a pair, the likeliest first."""
    numbers = range(len(made.one))
    return pa.table(
        {
            "a": [held.names[place] for place in made.one],
            "b": [held.names[place] for place in made.other],
            "score": pa.array(made.chance, pa.float64()),
            "reasons": ["; ".join(reasons(held, made, number, number < TOLD)) for number in numbers],
            "a_country": [str(held.parties[place]) for place in made.one],
            "b_country": [str(held.parties[place]) for place in made.other],
            "same_firm": pa.array(made.firm > 0, pa.bool_()),
        }
    )


def reasons(held: Papers, made: Ranked, number: int, in_full: bool = True) -> list[str]:
    """Why a pair stands where it stands, in words; with names of partners and topics where `in_full`."""
    one, other, of = int(made.one[number]), int(made.other[number]), made.network
    told = [f"{of.papers[one]:,.0f} and {of.papers[other]:,.0f} papers",
            f"{of.degree[one]:,.0f} and {of.degree[other]:,.0f} partners"]  # fmt: skip
    if in_full:
        both = partners(of, one, other, most=10_000)
        if both:
            names = ", ".join(held.names[place] for place in both[:3])
            few = "among them " if len(both) > 3 else ""
            told.insert(0, f"{len(both)} partner{'s' if len(both) != 1 else ''} in common, {few}{names}")
        else:
            told.insert(0, "no partner in common")
        topics = shared_topics(of, held, one, other)
        if topics:
            told.insert(1, f"both write on {', '.join(topics)}")
    if made.firm[number]:
        told.insert(0, "parts of one firm, which is no cooperation between parties")
    told.append(f"{made.chance[number] / max(made.base, 1e-12):,.1f} times the mean chance of these pairs")
    return told


def _pairs(held: Papers, now: Graph, sides: tuple[str, str] | None, least: float) -> tuple[Whole, Whole]:
    grown = now.papers >= least
    if sides:
        left, right = (np.flatnonzero(grown & (held.parties == side)).astype(np.int64) for side in sides)
        one, other = np.repeat(left, len(right)), np.tile(right, len(left))
    else:
        every = np.flatnonzero(grown).astype(np.int64)
        first, second = np.triu_indices(len(every), 1)
        one, other = every[first], every[second]
    if not len(one):
        return one, other
    apart = np.asarray(now.links[one, other]).ravel() == 0
    return one[apart], other[apart]
