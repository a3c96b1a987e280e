"""A panel by pair: every pair a block of cells, in which the correction for three-way effects is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from servanda.errors import RequestError
from servanda.measures.ties.fit.fitted import Fitted
from servanda.measures.ties.fit.panel import Panel
from servanda.measures.ties.fit.ways import PAIR, Bools, Floats, Whole

ORDERED = "exporter-importer"
THREE = ({"exporter-year", "importer-year", ORDERED}, {"exporter-year", "importer-year", PAIR})


@dataclass(frozen=True, slots=True)
class Blocks:
    """The cube of a panel: fitted means `mean`, scores `score` (response less mean), both (parties, parties, years),
    and covariates less effects `x` (k, parties, parties, years); 0 where there is no row.
    """

    mean: Floats
    score: Floats
    x: Floats
    is_ordered: bool

    @property
    def parties(self) -> int:
        """How many parties."""
        return int(self.mean.shape[0])

    def sides(self) -> list[list[Flows]]:
        """Of each side that bears effects, its flows.

        Ordered pairs: exporters with their effects by year, then importers with theirs. Unordered pairs share one
        effect between both directions, so that a party bears both kinds at once: 2 x years cells with each partner,
        and with itself one cell a year that bears both.
        """
        if self.is_ordered:
            turned = Flows(self.mean.swapaxes(0, 1), self.score.swapaxes(0, 1), self.x.swapaxes(1, 2), 1)
            return [[Flows(self.mean, self.score, self.x, 1)], [turned]]
        at = np.arange(self.parties)
        apart = 1.0 - np.eye(self.parties)[:, :, None]
        mean, score = (np.concatenate([one, one.swapaxes(0, 1)], axis=2) * apart for one in (self.mean, self.score))
        x = np.concatenate([self.x, self.x.swapaxes(1, 2)], axis=3)
        own = Flows(self.mean[at, at][:, None], self.score[at, at][:, None], self.x[:, at, at][:, :, None], 2)
        return [[Flows(mean, score, x, 1), own]]


@dataclass(frozen=True, slots=True)
class Flows:
    """Mean and score (parties, partners, cells) and covariates (k, parties, partners, cells) of flows that bear the
    effects of the party. Each cell bears `effects` of them, which stand one after the other.
    """

    mean: Floats
    score: Floats
    x: Floats
    effects: int


def blocks(panel: Panel, fitted: Fitted) -> Blocks:
    """The blocks of a panel; raises RequestError where the effects are not the three that the correction is for."""
    names = {way.name for way in panel.ways}
    if names not in THREE or len(panel.ways) != 3:
        raise RequestError(
            "the correction is derived for exporter-year, importer-year and pair effects (pair or exporter-importer) "
            f"and for no others; these are {', '.join(sorted(names))}"
        )
    shape = (len(panel.parties), len(panel.parties), len(panel.years))
    exporters, importers, years = panel.at
    cells = (exporters * shape[1] + importers) * shape[2] + years
    if np.unique(cells).size != cells.size:
        raise RequestError("the correction needs one row for each exporter, importer and year; add up what is finer")

    def block(row: Floats) -> Floats:
        made = np.zeros(shape[0] * shape[1] * shape[2])
        made[cells] = row
        return made.reshape(shape)

    x = np.stack([block(row) for row in fitted.x])
    return Blocks(block(fitted.w), block(fitted.residual), x, ORDERED in names)


@dataclass(frozen=True, slots=True)
class Cells:
    """Blocks of one shape: means and scores (pairs, cells), covariates (pairs, cells, k), and of every cell the number
    of its exporter's and of its importer's effect.
    """

    mean: Floats
    score: Floats
    x: Floats
    exporter: Whole
    importer: Whole

    def of(self, some: slice) -> Cells:
        """Some of the pairs."""
        return Cells(self.mean[some], self.score[some], self.x[some], self.exporter[some], self.importer[some])


def cells(held: Blocks) -> list[Cells]:
    """Every pair with its cells: of one length where pairs are ordered; else both directions in one block, and a
    party's trade with itself in blocks of half the length.
    """
    n = held.parties
    ones, others = (one.ravel() for one in np.indices((n, n)))
    if held.is_ordered:
        return [_cells(held, [(ones, others)], held.mean.sum(axis=2).ravel() > 0)]
    both = held.mean.sum(axis=2)
    apart = (ones < others) & ((both + both.T).ravel() > 0)
    own = (ones == others) & (both.ravel() > 0)
    return [_cells(held, [(ones, others), (others, ones)], apart), _cells(held, [(ones, others)], own)]


def _cells(held: Blocks, directions: list[tuple[Whole, Whole]], keep: Bools) -> Cells:
    n, years = held.parties, held.mean.shape[2]
    year = np.arange(years)
    flows = [(one[keep], other[keep]) for one, other in directions]
    return Cells(
        mean=np.concatenate([held.mean[flow] for flow in flows], axis=1),
        score=np.concatenate([held.score[flow] for flow in flows], axis=1),
        x=np.concatenate([held.x[:, one, other].transpose(1, 2, 0) for one, other in flows], axis=1),
        exporter=np.concatenate([one[:, None] * years + year for one, _ in flows], axis=1),
        importer=np.concatenate([(n + other[:, None]) * years + year for _, other in flows], axis=1),
    )


def information(every: list[Cells], many: int) -> Floats:
    """The expected Hessian of the exporter's and importer's effects, pair effects profiled out: (many, many).

    Sum over pairs of d'Hd with H = diag(mean) - mean mean' / sum of mean.
    """
    made = sparse.csr_matrix((many, many))
    for held in every:
        pairs, length = held.mean.shape
        mean = held.mean.ravel()
        at = np.arange(pairs * length)
        columns = np.concatenate([held.exporter.ravel(), held.importer.ravel()])
        design = sparse.csr_matrix((np.ones(2 * at.size), (np.concatenate([at, at]), columns)), (at.size, many))
        weighted = design.multiply(mean[:, None]).tocsr()
        pair = sparse.csr_matrix((np.ones(at.size), (at // length, at)), (pairs, at.size))
        summed = pair @ weighted
        whole = np.maximum(held.mean.sum(axis=1), 1e-300)
        made = made + design.T @ weighted - summed.T @ summed.multiply(1 / whole[:, None]).tocsr()
    dense: Floats = made.toarray()
    return dense
