"""Complexity: a slower road to the same numbers, what must hold, and the published reference."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.measures.trade.complexity import complexity, eigen, fitness, of_values
from servanda.measures.trade.rca import rca
from servanda.sources.duck import computed, tables
from tests.measures.shared import SHARED


def drawn(seed: int, exporters: int = 12, products: int = 30) -> Any:
    """A matrix of ones and zeros, every row and column with a one, connected by one product that all sell."""
    made = (np.random.default_rng(seed).random((exporters, products)) < 0.35).astype(float)
    made[:, 0] = 1
    made[0, :] = 1
    return made


@pytest.mark.parametrize("shape", [(12, 30), (30, 12)])
def test_the_slow_road_gives_the_same(shape: tuple[int, int]) -> None:
    """The eigenvector of the matrix of products, by the general solver, as the Growth Lab's own code goes."""
    matrix = drawn(1, *shape)
    diversity, ubiquity = matrix.sum(axis=1), matrix.sum(axis=0)
    steps = (matrix / diversity[:, None]).T @ (matrix / ubiquity[None, :])
    values, vectors = np.linalg.eig(((matrix / ubiquity[None, :]).T) @ (matrix / diversity[:, None]))
    assert steps.shape == (shape[1], shape[1])
    product = np.real(vectors[:, np.argsort(np.real(values))[-2]])
    country = (matrix / diversity[:, None]) @ product
    if np.corrcoef(diversity, country)[0, 1] < 0:
        product, country = -product, -country
    eci, pci = eigen(matrix)
    assert eci == pytest.approx((country - country.mean()) / country.std(), abs=1e-9)
    assert pci == pytest.approx((product - country.mean()) / country.std(), abs=1e-9)


def test_eci_is_the_mean_complexity_of_what_an_exporter_sells() -> None:
    matrix = drawn(2)
    eci, pci = eigen(matrix)
    assert (eci.mean(), eci.std()) == (pytest.approx(0, abs=1e-12), pytest.approx(1))
    assert matrix @ pci / matrix.sum(axis=1) == pytest.approx(eci)


def test_names_and_order_do_not_matter() -> None:
    matrix = drawn(3)
    order = np.random.default_rng(4).permutation(matrix.shape[0])
    assert eigen(matrix[order])[0] == pytest.approx(eigen(matrix)[0][order])
    assert fitness(matrix[order])[0] == pytest.approx(fitness(matrix)[0][order])


def test_from_values_as_from_rows() -> None:
    """The matrix of values gives what rows of RCA by the expression give."""
    draw = np.random.default_rng(6)
    names, codes = np.array([f"C{one:02}" for one in range(15)]), np.array([f"p{one:02}" for one in range(40)])
    value = np.where(draw.random((15, 40)) < 0.6, draw.lognormal(3, 2, (15, 40)), 0.0)
    value[3], value[:, 7] = 0.0, 0.0
    flows = {"exporter": np.repeat(names, 40).tolist(), "product": np.tile(codes, 15).tolist(), "value": value.ravel()}
    rows = computed(rca(tables(flows=pa.table(flows))[0]))
    long = complexity(
        np.array(rows["exporter"].to_pylist()), np.array(rows["product"].to_pylist()), rows["rca"].to_numpy()
    )
    wide = of_values(names, codes, value)
    assert long.exporters == wide.exporters and long.products == wide.products
    assert wide.eci == pytest.approx(long.eci) and wide.pci == pytest.approx(long.pci)
    assert wide.fitness == pytest.approx(long.fitness)
    assert {"C03", "p07"} <= set(wide.without)


def test_nothing_known() -> None:
    names = np.array(["A", "B"])
    with pytest.raises(RequestError, match="no exporter has a comparative advantage of 1"):
        complexity(names, np.array(["x", "y"]), np.array([0.5, 0.2]))


def test_groups_that_share_no_product_are_not_ranked() -> None:
    matrix = np.kron(np.eye(2), np.ones((3, 4))).astype(np.float64)
    matrix[0, 0] = 0
    with pytest.raises(RequestError, match="fall into groups that share no product"):
        eigen(matrix)


def test_who_has_no_advantage_is_named() -> None:
    rows = [("A", "x", 2.0), ("A", "y", 1.5), ("B", "x", 1.2), ("C", "y", 0.5), ("C", "x", 0.1)]
    made = complexity(
        np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    )
    assert made.without == ("C",) and made.exporters == ("A", "B")
    assert made.diversity.tolist() == [2, 1] and made.ubiquity.tolist() == [2, 1]


def test_the_published_fitness() -> None:
    table = pq.read_table(SHARED("trade/ec_world_exports_sitc4_avg1998_2000.parquet"))
    (flows,) = tables(flows=table.rename_columns(["exporter", "product", "value"]))
    rows = computed(rca(flows))
    made = complexity(
        np.array(rows["exporter"].to_pylist()), np.array(rows["product"].to_pylist()), rows["rca"].to_numpy()
    )
    mine = dict(zip(made.exporters, made.fitness.tolist(), strict=True))
    with SHARED("trade/ec_reference_eci_country.csv").open(encoding="utf-8") as file:
        theirs = {row["country"]: float(row["eci"]) for row in csv.DictReader(file)}
    both = sorted(set(mine) & set(theirs))
    assert len(both) == len(theirs)
    assert np.corrcoef([mine[code] for code in both], [theirs[code] for code in both])[0, 1] > 0.999999999
    diversity = dict(zip(made.exporters, made.diversity.tolist(), strict=True))
    assert (diversity["IND"], diversity["KOR"]) == (297, 214)
    assert (round(mine["IND"], 3), round(mine["KOR"], 3)) == (2.152, 1.761)
