"""How near each product is to what an exporter sells with an advantage already.

Hidalgo, Klinger, Barabasi and Hausmann 2007, The Product Space Conditions the Development of Nations, Science 317, p.
484 and supporting text, eq. 1 to 3: proximity of two products = the lesser of the two conditional shares of exporters
that have both; density of a product for an exporter = the share of all proximity to it that lies in products held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError

Array = NDArray[np.float64]
NEAREST = 5


@dataclass(frozen=True, slots=True)
class Relatedness:
    """`held` (exporters x products): 1 with an advantage; `proximity` (products x products), 0 to itself; `density`
    (exporters x products) from 0 to 1, empty (NaN) for a product that nobody's other products come with.
    """

    exporters: tuple[str, ...]
    products: tuple[str, ...]
    held: Array
    proximity: Array
    density: Array


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an exporter is from a list of products: of `listed` that the table knows it has `held`; `density` is the
    mean over those it lacks (None where it lacks none), `nearest` the codes it lacks with the highest, best first.
    """

    exporter: str
    listed: int
    held: int
    density: float | None
    nearest: tuple[tuple[str, float], ...]

    @property
    def distance(self) -> float | None:
        """1 - density."""
        return None if self.density is None else 1.0 - self.density


def relatedness(
    exporters: NDArray[np.str_], products: NDArray[np.str_], advantage: Array, least: float = 1.0
) -> Relatedness:
    """From rows of exporter, product and revealed comparative advantage (all of one length), of one year.

    A product is not counted as near to itself. Raises RequestError where nobody has an advantage.
    """
    has = advantage >= least
    if not has.any():
        raise RequestError(f"no exporter has a comparative advantage of {least:g} in any product; nothing is near here")
    names_c, at_c = np.unique(exporters, return_inverse=True)
    names_p, at_p = np.unique(products, return_inverse=True)
    held = np.zeros((len(names_c), len(names_p)))
    held[at_c[has], at_p[has]] = 1.0
    both, many = held.T @ held, held.sum(axis=0)
    most = np.maximum(many[:, None], many[None, :])
    proximity = np.divide(both, most, out=np.zeros_like(both), where=most > 0)
    np.fill_diagonal(proximity, 0.0)
    whole = proximity.sum(axis=0)
    density = np.divide(
        held @ proximity, whole[None, :], out=np.full(held.shape, np.nan), where=np.broadcast_to(whole > 0, held.shape)
    )
    return Relatedness(tuple(names_c.tolist()), tuple(names_p.tolist()), held, proximity, density)


def reach(made: Relatedness, exporter: str, listed: Sequence[str]) -> Reach:
    """How far an exporter is from a list of products, by codes or their first digits.

    A product of the table is of the list where its code begins with one of those listed. Raises RequestError where the
    exporter is not in the table, or no product of it is of the list.
    """
    if exporter not in made.exporters:
        raise RequestError(
            f"no exporter {exporter} in the table; its codes are such as {', '.join(made.exporters[:5])}"
        )
    of_list = np.array([code.startswith(tuple(listed)) for code in made.products])
    if not of_list.any():
        raise RequestError(
            f"no product of the table begins with {', '.join(listed[:5])}; its codes are such as "
            f"{', '.join(made.products[:5])}"
        )
    row = made.exporters.index(exporter)
    held = made.held[row] > 0
    wanting = of_list & ~held & np.isfinite(made.density[row])
    places = sorted(np.flatnonzero(wanting).tolist(), key=lambda place: -made.density[row, place])
    density = float(made.density[row, wanting].mean()) if places else None
    nearest = tuple((made.products[place], float(made.density[row, place])) for place in places[:NEAREST])
    return Reach(exporter, int(of_list.sum()), int((of_list & held).sum()), density, nearest)
