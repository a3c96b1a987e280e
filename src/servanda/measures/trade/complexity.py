"""Complexity of exporters and of products from who exports what with an advantage.

Hidalgo and Hausmann 2009, The building blocks of economic complexity (diversity, ubiquity); Hausmann et al. 2014, The
Atlas of Economic Complexity, p. 24 (ECI and PCI as second eigenvectors); Tacchella et al. 2012, A New Metrics for
Countries' Fitness and Products' Complexity, eq. 1 (fitness).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError

Array = NDArray[np.float64]
ROUNDS = 20
"""Rounds of fitness, as the reference implementation of economic complexity in R has by default."""
ALONE = 1 - 1e-9
"""A second eigenvalue above this means that exporters fall into groups that share no product."""


@dataclass(frozen=True, slots=True)
class Complexity:
    """The indices of one year. Exporters and products that have no advantage at all are left out, and named."""

    exporters: tuple[str, ...]
    products: tuple[str, ...]
    diversity: Array
    ubiquity: Array
    eci: Array
    pci: Array
    fitness: Array
    product_fitness: Array
    without: tuple[str, ...]


def complexity(
    exporters: NDArray[np.str_], products: NDArray[np.str_], advantage: Array, least: float = 1.0, rounds: int = ROUNDS
) -> Complexity:
    """The indices from rows of exporter, product and revealed comparative advantage (all of one length).

    An advantage is an RCA of at least `least`. ECI has mean 0 and standard deviation 1 over exporters; PCI is on the
    scale on which ECI is the mean PCI of an exporter's products, as the Growth Lab's own code has it. Raises
    RequestError where nobody has an advantage, or where exporters fall apart into groups.
    """
    held = advantage >= least
    names_c, at_c = np.unique(exporters, return_inverse=True)
    names_p, at_p = np.unique(products, return_inverse=True)
    matrix = np.zeros((len(names_c), len(names_p)))
    matrix[at_c[held], at_p[held]] = 1.0
    return of_matrix(names_c, names_p, matrix, least, rounds)


def of_values(
    exporters: NDArray[np.str_], products: NDArray[np.str_], value: Array, least: float = 1.0, rounds: int = ROUNDS
) -> Complexity:
    """The indices from a matrix of export values (exporters x products, in one unit), of which it takes the RCA.

    The same as from rows by trade/rca, in a tenth of the time for a full year.
    """
    sold, world = value.sum(axis=1), value.sum(axis=0)
    some_c, some_p = sold > 0, world > 0
    if not some_c.any():
        return of_matrix(exporters, products, np.zeros_like(value), least, rounds)
    ratio = value / np.where(some_c, sold, 1.0)[:, None]
    ratio /= np.where(some_p, world, np.inf)[None, :] / world.sum()
    matrix = ((ratio >= least) & (value > 0)).astype(np.float64)
    return of_matrix(exporters, products, matrix, least, rounds)


def of_matrix(
    exporters: NDArray[np.str_], products: NDArray[np.str_], matrix: Array, least: float = 1.0, rounds: int = ROUNDS
) -> Complexity:
    """The indices from a matrix of ones and zeros (exporters x products)."""
    some_c, some_p = matrix.any(axis=1), matrix.any(axis=0)
    if not some_c.any():
        raise RequestError(
            f"no exporter has a comparative advantage of {least:g} in any product; nothing is complex here"
        )
    gone = sorted([*exporters[~some_c].tolist(), *products[~some_p].tolist()])
    matrix = matrix[np.ix_(some_c, some_p)]
    eci, pci = eigen(matrix)
    fit, quality = fitness(matrix, rounds)
    return Complexity(
        tuple(exporters[some_c].tolist()), tuple(products[some_p].tolist()), matrix.sum(axis=1), matrix.sum(axis=0),
        eci, pci, fit, quality, tuple(gone),
    )  # fmt: skip


def eigen(matrix: Array) -> tuple[Array, Array]:
    """ECI and PCI of a matrix of ones and zeros (exporters x products), every row and column with a one.

    From the smaller side: the symmetric D^-1/2 M U^-1 M' D^-1/2 has the eigenvalues of D^-1 M U^-1 M', whose second
    eigenvector is the ECI; PCI = U^-1 M' ECI. The sign is the one with which diverse exporters are complex.
    """
    # All eigenvectors by NumPy, not the two by SciPy: that brings a second BLAS, and the threads of the two in each
    # other's way cost more than the other vectors.
    diversity, ubiquity = matrix.sum(axis=1), matrix.sum(axis=0)
    if min(matrix.shape) < 2:
        raise RequestError("complexity compares exporters: give at least two exporters and two products")
    root = np.sqrt(diversity)
    scaled = matrix / root[:, None] / np.sqrt(ubiquity)[None, :]
    if matrix.shape[0] <= matrix.shape[1]:
        values, vectors = np.linalg.eigh(scaled @ scaled.T)
        eci = vectors[:, -2] / root
    else:
        values, vectors = np.linalg.eigh(scaled.T @ scaled)
        eci = matrix @ (vectors[:, -2] / np.sqrt(ubiquity)) / diversity
    if values[-2] > ALONE:
        raise RequestError(
            "the exporters fall into groups that share no product, so none is more complex than another; "
            "compute each group by itself"
        )
    pci = matrix.T @ eci / ubiquity / max(values[-2], 1e-300)
    if np.corrcoef(diversity, eci)[0, 1] < 0:
        eci, pci = -eci, -pci
    mean, spread = eci.mean(), eci.std()
    return (eci - mean) / spread, (pci - mean) / spread


def fitness(matrix: Array, rounds: int = ROUNDS) -> tuple[Array, Array]:
    """Fitness of exporters and of products after so many rounds, each with mean 1 (Tacchella et al. 2012, eq. 1)."""
    fit, quality = np.ones(matrix.shape[0]), np.ones(matrix.shape[1])
    for _ in range(rounds):
        new = matrix @ quality
        quality = 1.0 / (matrix.T @ (1.0 / np.maximum(fit, 1e-300)))
        fit = new / new.mean()
        quality = quality / quality.mean()
    return fit, quality
