"""Trade among all countries of a table, domestic trade included: every pair once, as a square."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from servanda.sources.flows import matrix
from servanda.sources.table import Column, Sort, TableFault

Array = NDArray[np.float64]


def square(path: Path) -> tuple[tuple[str, ...], Array, Array]:
    """Countries, trade (exporters in rows) and the change of its log by costs.

    Columns exporter, importer, trade, log_cost_effect. Raises TableFault for a pair that is missing: a zero is written.
    """
    countries, trade, (effect,) = squares(path, (Column("log_cost_effect", Sort.NUMBER),))
    return countries, trade, effect


def squares(path: Path, beside: Sequence[Column]) -> tuple[tuple[str, ...], Array, tuple[Array, ...]]:
    """Countries, trade, and each further column, all of one shape; raises TableFault for a pair that is missing."""
    columns = [Column("exporter"), Column("importer"), Column("trade", Sort.NUMBER, 0), *beside]
    made = matrix(path, columns, ["exporter", "importer"])
    sellers, buyers = np.array(made["exporter"].to_pylist()), np.array(made["importer"].to_pylist())
    countries = np.unique(np.concatenate([sellers, buyers]))
    rows, places = np.searchsorted(countries, sellers), np.searchsorted(countries, buyers)
    trade = np.full((len(countries), len(countries)), np.nan)
    trade[rows, places] = made["trade"].to_numpy()
    further = []
    for column in beside:
        held = np.zeros_like(trade)
        held[rows, places] = made[column.name].to_numpy()
        further.append(held)
    gaps = np.argwhere(np.isnan(trade))
    if len(gaps):
        told = ", ".join(f"{countries[one]} to {countries[other]}" for one, other in gaps[:5])
        home = [str(name) for name, value in zip(countries, np.diag(trade), strict=True) if np.isnan(value)]
        more = f"; domestic trade is missing for {', '.join(home[:5])}" if home else ""
        raise TableFault(path.name, [f"{len(gaps)} pairs have no row ({told}); write 0 where nothing is sold{more}"])
    return tuple(str(name) for name in countries), trade, tuple(further)
