"""A gravity equation with three-way effects and clustered errors on a full cube of a million rows, beside pyfixest.

Each runs in a process of its own that reads the same Parquet file, estimates twice and tells the second time, its
highest memory and what it found; coefficients and errors of the two must agree. pyfixest is no part of the project:
install it (with pyarrow) anywhere and name that Python in SERVANDA_PYFIXEST; else only our own figures are given.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row

PARTIES, YEARS, SEED = 200, 25, 20260
RUNS = 3
FASTER, SMALLER, CLOSE = 2.0, 2.0, 1e-6
TERMS = ("rta", "tariff", "ties")


def rows() -> Iterator[Row]:
    """Time and memory of both, and how many times faster and smaller ours is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cube.parquet"
        draw(path)
        peer = _peer()
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(_told("own", sys.executable, path))
            if peer is not None:
                theirs.append(_told("pyfixest", peer, path))
    seconds, memory = (tuple(float(one[name]) for one in ours) for name in ("seconds", "mb"))
    if not theirs:
        yield Row("three-way PPML, 995,000 rows", "s", None, seconds)
        yield Row("three-way PPML: memory", "MB", None, memory)
        return
    _agree(ours[0], theirs[0])
    slow, large = (tuple(float(one[name]) for one in theirs) for name in ("seconds", "mb"))
    yield Row(
        "three-way PPML, 995,000 rows: half of pyfixest",
        "s",
        statistics.median(slow) / FASTER,
        seconds,
        is_a_peers=True,
    )
    yield Row("peer, pyfixest", "s", None, slow)
    yield Row(
        "three-way PPML: memory, half of pyfixest's", "MB", statistics.median(large) / SMALLER, memory, is_a_peers=True
    )
    yield Row("peer, pyfixest: memory", "MB", None, large)


def dominates() -> str:
    return (
        "A third goes into the table (groups, rows that carry nothing), a sixth into covariates that are sums of "
        "effects, the rest into five to seven reweighted regressions, each of which reads the weights thirty times. "
        "Coefficients and errors of both agree to 1e-6."
    )


def draw(path: Path) -> None:
    """Flows between PARTIES over YEARS, none at home, with effects of every kind, zeros, and three covariates."""
    import pyarrow as pa
    import pyarrow.parquet

    random = np.random.default_rng(SEED)
    shape = (PARTIES, PARTIES, YEARS)
    one, other, year = (part.ravel() for part in np.indices(shape))
    keep = one != other
    one, other, year = one[keep], other[keep], year[keep]
    begun = random.integers(2, YEARS + 12, shape[:2])
    rta = (year >= np.minimum(begun, begun.T)[one, other]).astype(float)
    tariff, ties = random.normal(size=one.size), random.normal(size=shape[:2])[one, other] * year / YEARS
    size = random.normal(size=(2, PARTIES, YEARS))
    pair = 1.5 * random.normal(size=shape[:2])
    mean = np.exp(size[0][one, year] + size[1][other, year] + pair[one, other] + 0.3 * rta - 0.2 * tariff + 0.1 * ties)
    trade = np.where(random.random(one.size) < np.exp(-3 * mean), 0, mean * random.gamma(1.0, 1.0, one.size))
    names = np.array([f"P{number:03d}" for number in range(PARTIES)])
    columns = {"exporter": names[one], "importer": names[other], "year": year + 1995, "trade": trade}
    pyarrow.parquet.write_table(pa.table({**columns, "rta": rta, "tariff": tariff, "ties": ties}), path)


def own(path: Path) -> dict[str, Any]:
    """Our estimate, the table read and checked included."""
    from servanda.measures.ties.fit.estimate import estimate
    from servanda.measures.ties.fit.specification import columns, key, specification
    from servanda.sources.table import columns_of, read

    effects = "exporter-year,importer-year,exporter-importer"
    asked = specification(" + ".join(TERMS), effects, "exporter-importer", "default")
    held = columns_of(path)
    table = read(path, columns(asked, held), key(asked, held))
    begun = time.perf_counter()
    found = estimate(table, asked)
    return {
        "seconds": time.perf_counter() - begun,
        "estimates": [found.of(name).estimate for name in TERMS],
        "errors": [found.of(name).std_error for name in TERMS],
    }


def pyfixest(path: Path) -> dict[str, Any]:
    """The same by pyfixest, joined columns as numbers, which is its fastest way."""
    pandas, peer = import_module("pandas"), import_module("pyfixest")
    warnings.simplefilter("ignore")
    held = pandas.read_parquet(path)
    codes = {name: held[name].astype("category").cat.codes.astype("int64") for name in ("exporter", "importer")}
    held["out"] = codes["exporter"] * 100 + held["year"] - 1995
    held["into"] = codes["importer"] * 100 + held["year"] - 1995
    held["pair"] = codes["exporter"] * 1000 + codes["importer"]
    held = held.drop(columns=["exporter", "importer", "year"])
    begun = time.perf_counter()
    found = peer.fepois(f"trade ~ {' + '.join(TERMS)} | out + into + pair", held, vcov={"CRV1": "pair"})
    return {
        "seconds": time.perf_counter() - begun,
        "estimates": [float(found.coef()[name]) for name in TERMS],
        "errors": [float(found.se()[name]) for name in TERMS],
    }


def _peer() -> str | None:
    """The interpreter that has pyfixest."""
    named = os.environ.get("SERVANDA_PYFIXEST")
    return named or (sys.executable if find_spec("pyfixest") else None)


def _told(which: str, interpreter: str, path: Path) -> dict[str, Any]:
    """What a process of its own tells."""
    code = [interpreter, "-m", "benchmarks.gravity", which, str(path)]
    top = Path(__file__).parents[1]
    found = subprocess.run(code, cwd=top, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def _agree(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    for name in ("estimates", "errors"):
        off = float(np.max(np.abs(np.array(ours[name]) - np.array(theirs[name]))))
        assert off < CLOSE, f"{name} differ by {off:.2g}: {ours[name]} and {theirs[name]}"


def main(which: str, path: Path) -> None:
    """Estimate twice: the first call of either pays for imports, and of pyfixest for compiling."""
    ways = {"own": own, "pyfixest": pyfixest}
    ways[which](path)
    found = ways[which](path)
    print(json.dumps({**found, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
