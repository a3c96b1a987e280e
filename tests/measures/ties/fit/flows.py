"""Invented flows for tests: drawn by a seed, with parameters that are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from servanda.measures.ties.fit.ways import Bools, Floats, Whole


def cells(parties: int, years: int, apart: bool = True) -> tuple[Whole, Whole, Whole]:
    """Exporter, importer and year of every flow, numbered from 0."""
    one, other, year = (
        part.ravel() for part in np.meshgrid(np.arange(parties), np.arange(parties), np.arange(years), indexing="ij")
    )
    keep = one != other if apart else np.ones(one.size, dtype=bool)
    return one[keep], other[keep], year[keep]


def as_table(at: Sequence[Whole], columns: Mapping[str, Floats], keep: Bools | None = None) -> pa.Table:
    """A table of flows with parties P00, P01 and so on, and years from 2000."""
    names = np.array([f"P{number:02d}" for number in range(int(max(at[0].max(), at[1].max())) + 1)])
    held = {"exporter": names[at[0]], "importer": names[at[1]], "year": at[2] + 2000, **columns}
    return pa.table({name: column if keep is None else column[keep] for name, column in held.items()})


def gravity(seed: int, parties: int = 9, years: int = 4, zeros: float = 0.2, keep: float = 1.0) -> pa.Table:
    """Flows with effects of every kind, a covariate by year, two of the pair, some zeros and some rows missing."""
    draw = np.random.default_rng(seed)
    at = one, other, year = cells(parties, years, apart=False)
    dist = np.exp(draw.normal(7, 0.6, (parties, parties)))
    dist = ((dist + dist.T) / 2)[one, other]
    rta = (draw.random((parties, parties)) < 0.4)[one, other] & (year >= 2)
    size = draw.normal(size=(2, parties, years))
    index = size[0][one, year] + size[1][other, year] - 0.7 * np.log(dist) + 0.4 * rta + 8
    trade = np.exp(index) * draw.gamma(2.0, 0.5, one.size)
    trade[draw.random(one.size) < zeros] = 0
    columns = {
        "trade": trade,
        "dist": dist,
        "rta": rta.astype(float),
        "tariff": draw.normal(size=one.size),
        "border": (one != other).astype(float),
    }
    held = draw.random(one.size) < keep
    return as_table(at, columns, held)
