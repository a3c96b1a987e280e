"""Fixed effects as groups of rows: each way of grouping gives every row the number of its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]

PAIR = "pair"
"""The pair whichever way the flow goes; exporter-importer keeps the two directions apart."""


@dataclass(frozen=True, slots=True)
class Way:
    """One set of fixed effects. `codes` (n,) is the group of each row, from 0 to `count` - 1; a group may be empty."""

    name: str
    codes: Whole
    count: int

    def kept(self, keep: Bools) -> Way:
        """The same groups over fewer rows."""
        return Way(self.name, self.codes[keep], self.count)


def combine(name: str, parts: Sequence[Whole]) -> Way:
    """The groups in which every part agrees, numbered in the order of the parts. Each part is (n,), from 0."""
    codes = parts[0].astype(np.int64)
    for part in parts[1:]:
        codes = codes * (int(part.max()) + 1) + part
        codes = _dense(codes)
    codes = _dense(codes)
    return Way(name, codes, int(codes.max()) + 1 if codes.size else 0)


def unordered(exporters: Whole, importers: Whole) -> Whole:
    """The pair of each row (n,), the same for both directions. Both are numbers of one list of parties."""
    many = int(max(exporters.max(), importers.max())) + 1 if exporters.size else 1
    return _dense(np.minimum(exporters, importers) * many + np.maximum(exporters, importers))


def populated(way: Way) -> int:
    """How many of the groups have rows."""
    return int(np.count_nonzero(np.bincount(way.codes, minlength=way.count)))


def _dense(codes: Whole) -> Whole:
    """The same groups, numbered without gaps. Counting is quicker than sorting where the numbers are not too many."""
    top = int(codes.max()) + 1 if codes.size else 0
    if top > 20 * codes.size + 1000:
        return np.unique(codes, return_inverse=True)[1].astype(np.int64)
    there = np.zeros(top, dtype=np.int64)
    there[codes] = 1
    return (np.cumsum(there) - 1)[codes]
