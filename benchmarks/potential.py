"""RCA and export potential of all pairs over a year of 5,000 products and a million flows, from the file to the answer.

In a process of its own, on two threads, the table read and checked; its highest memory is told. Then both directions of
one pair, with every product that is not traded yet.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row

FLOWS, PARTIES, PRODUCTS, SEED = 1_000_000, 200, 5000, 20262
RUNS = 3
SECONDS, MEGABYTES = 10.0, 4096.0


def rows() -> Iterator[Row]:
    """Time and memory of all pairs, and time of one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "flows.parquet"
        draw(path)
        whole, pair = ([_told(which, path) for _ in range(RUNS)] for which in ("all", "pair"))
    yield Row("RCA and potential of all pairs, 1,000,000 flows", "s", SECONDS, _of(whole, "seconds"))
    yield Row("the same: memory", "MB", MEGABYTES, _of(whole, "mb"))
    yield Row("potential of one pair, all products", "s", None, _of(pair, "seconds"))


def dominates() -> str:
    return (
        "Checking the table and summing it each take a part; what a pair would trade is one product of two sparse "
        "matrices. Of all pairs the answer holds the million flows that there are: with what is not traded yet it "
        "would have eighty million rows."
    )


def draw(path: Path) -> None:
    """Flows among PARTIES of PRODUCTS, each once, in no order."""
    import pyarrow as pa
    import pyarrow.parquet

    random = np.random.default_rng(SEED)
    one, other, what = (random.integers(0, most, int(1.02 * FLOWS)) for most in (PARTIES, PARTIES, PRODUCTS))
    key = np.unique(((one * PARTIES + other) * PRODUCTS + what)[one != other])
    key = random.permutation(key)[:FLOWS]
    names = np.array([f"X{number:03}" for number in range(PARTIES)])
    codes = np.array([f"{100000 + number}" for number in range(PRODUCTS)])
    table = {
        "exporter": names[key // (PARTIES * PRODUCTS)],
        "importer": names[key // PRODUCTS % PARTIES],
        "product": codes[key % PRODUCTS],
        "value": random.lognormal(5, 2, len(key)),
    }
    pyarrow.parquet.write_table(pa.table(table), path)


def every(path: Path) -> int:
    """RCA of every exporter, and the potential of all pairs."""
    from servanda.measures.trade.potential import potential
    from servanda.measures.trade.rca import rca
    from servanda.sources.duck import computed, tables
    from servanda.sources.flows import flows

    (trade,) = tables(flows=flows(path))
    sold = trade.group_by(["exporter", "product"]).aggregate(value=trade.value.sum())
    made: int = computed(rca(sold)).num_rows
    return made + int(potential(trade, traded=True).to_pyarrow().num_rows)


def one(path: Path) -> int:
    """Both directions of one pair."""
    from servanda.measures.trade.potential import potential
    from servanda.sources.duck import tables
    from servanda.sources.flows import flows

    (trade,) = tables(flows=flows(path))
    return int(potential(trade, ("X000", "X001")).to_pyarrow().num_rows)


def _of(told: list[dict[str, Any]], name: str) -> tuple[float, ...]:
    return tuple(float(row[name]) for row in told)


def _told(which: str, path: Path) -> dict[str, Any]:
    """What a process of its own tells."""
    code = [sys.executable, "-m", "benchmarks.potential", which, str(path)]
    found = subprocess.run(code, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def main(which: str, path: Path) -> None:
    """Compute once, imports included."""
    begun = time.perf_counter()
    rows_made = {"all": every, "pair": one}[which](path)
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows_made, "seconds": seconds, "mb": memory}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
