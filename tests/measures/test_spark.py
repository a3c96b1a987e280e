"""The same expressions on Apache Spark give the same numbers as on DuckDB: the table algebra is written once."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from servanda.measures.technology.joint import institutions, pairs, parties
from servanda.measures.trade.balance import balance
from servanda.measures.trade.barriers import barriers
from servanda.measures.trade.complementarity import complementarity
from servanda.measures.trade.concentration import concentration
from servanda.measures.trade.fiscal import fiscal
from servanda.measures.trade.intensity import intensity
from servanda.measures.trade.intraindustry import by_product, intra_industry, marginal
from servanda.measures.trade.mirror import mirror
from servanda.measures.trade.named import named
from servanda.measures.trade.potential import Further, potential
from servanda.measures.trade.rca import rca
from servanda.measures.trade.tariffs import tariffs
from servanda.sources.duck import tables
from servanda.sources.works import alpha3, works
from tests.measures.technology.test_joint import EXPECTED, counted, partitions

PAIR = ("C0", "C1")
Held = dict[str, Any]


def handed(seed: int = 5) -> dict[str, pa.Table]:
    """Every table that the measures ask for, invented."""
    draw = np.random.default_rng(seed)
    parties, goods, years = [f"C{one}" for one in range(8)], [f"{one:04}" for one in range(101, 131)], (2018, 2019)
    every = [
        (one, other, what, year)
        for one in parties
        for other in parties
        for what in goods
        for year in years
        if one != other
    ]
    some = [row for row in every if draw.random() < 0.3]
    flows = {
        name: [row[place] for row in some] for place, name in enumerate(("exporter", "importer", "product", "year"))
    }
    value = draw.lognormal(5, 2, len(some))
    reports = [(one, other, way, what, 2018, float(draw.lognormal(4, 1))) for one, other in (PAIR, PAIR[::-1])
               for way in ("export", "import") for what in goods if draw.random() < 0.8]  # fmt: skip
    pairs = [(one, other) for one in parties for other in parties if one != other]
    return {
        "flows": pa.table({**flows, "value": value}),
        "reports": _table(reports, ("reporter", "partner", "flow", "product", "year", "value")),
        "months": _table([("export", 2018 + n // 12, n % 12 + 1, float(n)) for n in range(30)], ("flow", "year", "month", "value")),
        "rates": _table([("all", other, what, "mfn", float(draw.integers(0, 20))) for other in parties for what in goods[:25]]
                        + [("C0", "C1", what, "preferential", 1.0) for what in goods[:9]],
                        ("exporter", "importer", "product", "regime", "rate")),
        "distances": _table([(*pair, float(draw.uniform(500, 15000))) for pair in pairs[:-6]], ("exporter", "importer", "distance")),
        "growth": _table([(one, float(draw.uniform(1, 1.4)), 1.02) for one in parties], ("country", "gdp", "population")),
        "rules": _table([("C1", "C0", "B technical", "01"), ("C1", "C0", "D defence", "0102"), ("C0", "C1", "D defence", "012")],
                        ("imposed_by", "affects", "kind", "product")),
        "lists": _table([("some", "010", 2018), ("others", "0115", 2018)], ("name", "product", "since")),
    }  # fmt: skip


def _table(rows: list[tuple[Any, ...]], names: tuple[str, ...]) -> pa.Table:
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


def _side(flows: Any, side: str) -> Any:
    return flows.group_by(["year", side, "product"]).aggregate(value=flows.value.sum())


def _further(held: Held) -> Further:
    mfn = held["rates"].filter(held["rates"].regime == "mfn").drop("regime")
    return Further(mfn, held["distances"], held["growth"], price=2.0, income=1.3, is_net=True)


MEASURES: dict[str, Callable[[Held], Any]] = {
    "rca": lambda held: rca(_side(held["flows"], "exporter")),
    "concentration": lambda held: concentration(_side(held["flows"], "exporter"), "exporter", "product"),
    "complementarity": lambda held: complementarity(_side(held["flows"], "exporter"), _side(held["flows"], "importer")),
    "balance": lambda held: balance(
        held["reports"].group_by(["reporter", "partner", "flow", "year"]).aggregate(value=held["reports"].value.sum()), *PAIR
    ),
    "potential of a pair": lambda held: potential(held["flows"], PAIR, _further(held)),
    "potential of all": lambda held: potential(held["flows"], traded=True),
    "intensity": lambda held: intensity(held["flows"]),
    "intra-industry": lambda held: intra_industry(held["flows"], *PAIR),
    "intra-industry by product": lambda held: by_product(held["flows"], *PAIR),
    "intra-industry, marginal": lambda held: marginal(held["flows"], *PAIR, 2018, 2019),
    "mirror": lambda held: mirror(held["reports"], PAIR),
    "fiscal": lambda held: fiscal(held["months"], 4),
    "tariffs": lambda held: tariffs(held["rates"], held["flows"], PAIR),
    "barriers": lambda held: barriers(held["rules"], held["flows"]),
    "named": lambda held: named(held["flows"], held["lists"], PAIR),
}  # fmt: skip


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pyspark = pytest.importorskip("pyspark.sql", reason="the same on Spark needs pip install 'servanda[spark]'")
    os.environ.setdefault("PYARROW_IGNORE_TIMEZONE", "1")
    session = (
        pyspark.SparkSession.builder.master("local[2]").appName("servanda tests")
        .config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "UTC").getOrCreate()
    )  # fmt: skip
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def on_spark(spark: Any) -> Held:
    import ibis

    base = ibis.pyspark.connect(spark)
    for name, table in handed().items():
        spark.createDataFrame(table).createOrReplaceTempView(name)
    return {name: base.table(name) for name in handed()}


@pytest.fixture(scope="module")
def on_duckdb() -> Held:
    made = handed()
    return dict(zip(made, tables(**made), strict=True))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", list(MEASURES))
def test_the_same_numbers(name: str, on_spark: Held, on_duckdb: Held) -> None:
    here, there = (MEASURES[name](held).to_pyarrow() for held in (on_duckdb, on_spark))
    assert here.column_names == there.column_names and here.num_rows == there.num_rows > 0
    keys = [one for one in here.column_names if not pa.types.is_floating(here.schema.field(one).type)]
    mine, theirs = (
        sorted(table.to_pylist(), key=lambda row: [str(row[one]) for one in keys]) for table in (here, there)
    )
    for one, other in zip(mine, theirs, strict=True):
        for column, value in one.items():
            if isinstance(value, float):
                assert math.isclose(value, other[column], rel_tol=1e-9, abs_tol=1e-9), f"{column}: {one} and {other}"
            else:
                assert value == other[column], f"{column}: {one} and {other}"


@pytest.mark.filterwarnings("ignore")
def test_works_of_a_snapshot_give_the_same_numbers(spark: Any, tmp_path: Path) -> None:
    """From the same partitions: institutions of each work, and joint papers of every two parties."""
    folder = partitions(tmp_path)
    here, there = works(folder), works(folder, spark)
    assert counted(pairs(parties(there), alpha3()).to_pyarrow()) == EXPECTED
    rows = [{tuple(row.values()) for row in institutions(held).to_pyarrow().to_pylist()} for held in (here, there)]
    assert rows[0] == rows[1] and len(rows[0]) == 9
