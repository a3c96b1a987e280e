"""Complexity of 200 exporters and 5,000 products, beside the two packages in use, and twenty years in one call.

Each runs in a process of its own that reads the same Parquet file and tells the time from the rows in memory to ECI and
PCI; the indices of ecomplexity must be ours to 1e-9. economic-complexity iterates twenty times in place of taking the
eigenvector: its ranks are ours, its numbers only near. Neither is part of the project: install both with pyarrow
anywhere and name that Python in SERVANDA_COMPLEXITY; else only our own figures are given.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row

EXPORTERS, PRODUCTS, YEARS, SEED = 200, 5000, 20, 20261
RUNS, SLOW_RUNS = 9, 3
FASTER, CLOSE, NEAR = 100.0, 1e-9, 0.99


def rows() -> Iterator[Row]:
    """Time of each, and of twenty years of ours."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = Path(folder) / "year.parquet", Path(folder) / "years.parquet"
        draw(one, 1)
        draw(many, YEARS)
        peer = os.environ.get("SERVANDA_COMPLEXITY")
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(_told("own", sys.executable, one))
            if peer:
                theirs.append(_told("economic", peer, one))
        slow = [_told("ecomplexity", peer, one) for _ in range(SLOW_RUNS)] if peer else []
        years = [_told("own", sys.executable, many) for _ in range(SLOW_RUNS)]
    if slow:
        _agree(ours[0], slow[0], theirs[0])
        slowest, near = statistics.median(_seconds(slow)) / FASTER, statistics.median(_seconds(theirs))
        what = "complexity, 200 x 5,000"
        yield Row(f"{what}: a hundredth of ecomplexity", "s", slowest, _seconds(ours), is_a_peers=True)
        yield Row(f"{what}: no slower than economic-complexity", "s", near, _seconds(ours), is_a_peers=True)
        yield Row("peer, ecomplexity", "s", None, _seconds(slow))
        yield Row("peer, economic-complexity (twenty iterations)", "s", None, _seconds(theirs))
    else:
        yield Row("complexity, 200 x 5,000", "s", None, _seconds(ours))
    yield Row(f"complexity, {YEARS} years of 200 x 5,000 in one call", "s", None, _seconds(years))


def dominates() -> str:
    return (
        "Most of it goes into sums over a million rows of words; the eigenvectors of a 200 x 200 matrix take a few "
        "milliseconds. ECI and PCI are ecomplexity's to 1e-9."
    )


def draw(path: Path, years: int) -> None:
    """Exports of every product by every exporter, many of them nothing, nested as those of the world are."""
    import pyarrow as pa
    import pyarrow.parquet

    random = np.random.default_rng(SEED)
    names = np.array([f"X{number:03}" for number in range(EXPORTERS)])
    codes = np.array([f"{100000 + number}" for number in range(PRODUCTS)])
    able, hard = random.normal(size=EXPORTERS), random.normal(size=PRODUCTS)
    parts = []
    for year in range(years):
        reach = able[:, None] - hard[None, :] + random.normal(size=(EXPORTERS, PRODUCTS))
        value = np.where(reach > 0, np.exp(5 + able[:, None] + random.normal(size=reach.shape)), 0.0)
        parts.append(
            pa.table(
                {
                    "year": np.full(value.size, 2000 + year),
                    "exporter": np.repeat(names, PRODUCTS),
                    "product": np.tile(codes, EXPORTERS),
                    "value": value.ravel(),
                }
            )
        )
    pyarrow.parquet.write_table(pa.concat_tables(parts), path)


def own(path: Path) -> dict[str, Any]:
    """Ours."""
    import pyarrow.parquet

    from servanda.faces.cli.subject.complexity import indices

    held = pyarrow.parquet.read_table(path)
    begun = time.perf_counter()
    made = indices(held)
    seconds = time.perf_counter() - begun
    last = made[0][1]
    return {"seconds": seconds, "eci": _named(last.exporters, last.eci), "pci": _named(last.products, last.pci)}


def ecomplexity(path: Path) -> dict[str, Any]:
    """The Growth Lab's package in Python."""
    held = import_module("pandas").read_parquet(path)
    names = {"time": "year", "loc": "exporter", "prod": "product", "val": "value"}
    begun = time.perf_counter()
    made = import_module("ecomplexity").ecomplexity(held, names, verbose=False)
    seconds = time.perf_counter() - begun
    sides = (
        made.drop_duplicates(one).dropna(subset=[index]) for one, index in (("exporter", "eci"), ("product", "pci"))
    )
    eci, pci = sides
    return {"seconds": seconds, "eci": dict(zip(eci["exporter"], eci["eci"], strict=True)),
            "pci": dict(zip(pci["product"], pci["pci"], strict=True))}  # fmt: skip


def economic(path: Path) -> dict[str, Any]:
    """Datawheel's package."""
    held, peer = import_module("pandas").read_parquet(path), import_module("economic_complexity")
    begun = time.perf_counter()
    wide = held.pivot(index="exporter", columns="product", values="value").fillna(0)
    eci, pci = peer.complexity(peer.rca(wide[wide.columns[wide.sum() > 0]]))
    return {"seconds": time.perf_counter() - begun, "eci": eci.to_dict(), "pci": pci.to_dict()}


def _named(names: tuple[str, ...], values: Any) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


def _seconds(told: list[dict[str, Any]]) -> tuple[float, ...]:
    return tuple(float(one["seconds"]) for one in told)


def _told(which: str, interpreter: str, path: Path) -> dict[str, Any]:
    """What a process of its own tells."""
    code = [interpreter, "-m", "benchmarks.complexity", which, str(path)]
    found = subprocess.run(code, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def _agree(ours: dict[str, Any], exact: dict[str, Any], near: dict[str, Any]) -> None:
    for name in ("eci", "pci"):
        both = sorted(set(ours[name]) & set(exact[name]))
        off = max(abs(ours[name][one] - exact[name][one]) for one in both)
        assert both and off < CLOSE, f"{name} differ by {off:.2g} from ecomplexity's"
    both = sorted(set(ours["eci"]) & set(near["eci"]))
    alike = float(np.corrcoef([ours["eci"][one] for one in both], [near["eci"][one] for one in both])[0, 1])
    assert abs(alike) > NEAR, f"ECI correlates {alike:.4f} with economic-complexity's"


def main(which: str, path: Path) -> None:
    """Compute; ours and economic-complexity twice, for the first call of either pays for imports."""
    warnings.simplefilter("ignore")
    ways = {"own": own, "ecomplexity": ecomplexity, "economic": economic}
    if which != "ecomplexity":
        ways[which](path)
    print(json.dumps(ways[which](path)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
