"""From 100,000 papers to ranked pairs of institutions, joint papers of parties from a million rows, and the usual
scores of links beside networkx on the same pairs.

networkx is no part of the project: install it anywhere and name that Python in SERVANDA_NETWORKX; else only our own
figures are given. It runs in a process of its own and tells its seconds and its scores, which must agree.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row

PAPERS, INSTITUTIONS, PARTIES, SEED = 100_000, 20_000, 60, 20261
ROWS = 1_000_000
PAIRS = 200_000
RUNS = 3
FASTER, CLOSE = 20.0, 1e-9
SECONDS, JOINED = 20.0, 5.0


def rows() -> Iterator[Row]:
    """Seconds of each, and how many times faster than networkx."""
    with tempfile.TemporaryDirectory() as folder:
        path, asked = Path(folder) / "papers.parquet", Path(folder) / "asked.npz"
        draw(path)
        yield Row(
            f"{PAPERS:,} papers to ranked pairs with reasons", "s", SECONDS, tuple(_ranked(path) for _ in range(RUNS))
        )
        yield Row(f"{ROWS:,} rows to joint papers of parties", "s", JOINED, tuple(_together() for _ in range(RUNS)))
        ours, found = _scores(path, asked)
        peer = _peer()
        if peer is None:
            yield Row(f"four scores of {PAIRS:,} pairs", "s", None, ours)
            return
        theirs = [_told(peer, asked) for _ in range(RUNS)]
        _agree(found, np.load(asked.with_suffix(".theirs.npz")))
        slow = tuple(float(one["seconds"]) for one in theirs)
        yield Row(
            f"four scores of {PAIRS:,} pairs: a {FASTER:.0f}th of networkx",
            "s",
            statistics.median(slow) / FASTER,
            ours,
            is_a_peers=True,
        )
        yield Row("peer, networkx", "s", None, slow)


def dominates() -> str:
    return (
        "Most of the way from papers to pairs goes into what is seen of the pairs that are drawn to learn from; "
        "scores are products of sparse rows. networkx asks two sets for each pair in Python. Scores agree to 1e-9."
    )


def draw(path: Path) -> None:
    """Papers of one to six institutions, a few of which write most, over twelve years."""
    import pyarrow as pa
    import pyarrow.parquet

    random = np.random.default_rng(SEED)
    many = random.integers(1, 7, PAPERS)
    paper = np.repeat(np.arange(PAPERS), many)
    place = np.minimum((random.pareto(0.9, len(paper)) * 40).astype(np.int64), INSTITUTIONS - 1)
    names = np.array([f"Institution {number:05d}" for number in range(INSTITUTIONS)])
    party = np.array([f"P{number % PARTIES:02d}" for number in range(INSTITUTIONS)])
    year = random.integers(2008, 2020, PAPERS)[paper]
    columns = {"paper": paper.astype(str), "institution": names[place], "country": party[place], "year": year}
    pyarrow.parquet.write_table(pa.table(columns), path)


def _ranked(path: Path) -> float:
    from servanda.measures.technology.links import links, rank
    from servanda.measures.technology.network.graph import Papers
    from servanda.sources.papers import papers

    begun = time.perf_counter()
    held = Papers(*papers(path))
    made = rank(held, 2019, ("P00", "P01"))
    assert not isinstance(made, str), made
    links(held, made)
    return time.perf_counter() - begun


def _together() -> float:
    from servanda.measures.technology.collaboration import together

    random = np.random.default_rng(SEED)
    paper, party = random.integers(0, ROWS // 3, ROWS), random.integers(0, 200, ROWS)
    begun = time.perf_counter()
    together(paper, party, 200)
    return time.perf_counter() - begun


def _scores(path: Path, asked: Path) -> tuple[tuple[float, ...], dict[str, Any]]:
    """Our seconds and scores of pairs drawn blindly; the links and the pairs are left for the peer."""
    from servanda.measures.technology.network.graph import Papers, graph
    from servanda.measures.technology.network.scores import baselines
    from servanda.sources.papers import papers

    until = graph(Papers(*papers(path)), 2019)
    random = np.random.default_rng(SEED + 1)
    one, other = random.integers(0, len(until.degree), (2, PAIRS))
    apart = one != other
    one, other = one[apart], other[apart]
    linked = until.links.tocoo()
    upper = linked.row < linked.col
    np.savez(asked, row=linked.row[upper], col=linked.col[upper], one=one, other=other, many=len(until.degree))
    taken = []
    for _ in range(RUNS + 1):
        begun = time.perf_counter()
        found = baselines(until, one, other)
        taken.append(time.perf_counter() - begun)
    return tuple(taken[1:]), found


def networkx(asked: Path) -> dict[str, Any]:
    """The same scores by networkx, its network built before the clock starts."""
    peer, held = import_module("networkx"), np.load(asked)
    made = peer.Graph()
    made.add_nodes_from(range(int(held["many"])))
    made.add_edges_from(zip(held["row"].tolist(), held["col"].tolist(), strict=True))
    pairs = list(zip(held["one"].tolist(), held["other"].tolist(), strict=True))
    begun = time.perf_counter()
    found = {
        "common neighbours": [len(list(peer.common_neighbors(made, a, b))) for a, b in pairs],
        "Adamic-Adar": [score for _, _, score in peer.adamic_adar_index(made, pairs)],
        "resource allocation": [score for _, _, score in peer.resource_allocation_index(made, pairs)],
        "preferential attachment": [score for _, _, score in peer.preferential_attachment(made, pairs)],
    }
    seconds = time.perf_counter() - begun
    scores: dict[str, Any] = {name: np.array(of, dtype=float) for name, of in found.items()}
    np.savez(asked.with_suffix(".theirs.npz"), **scores)
    return {"seconds": seconds}


def _peer() -> str | None:
    """The interpreter that has networkx."""
    return os.environ.get("SERVANDA_NETWORKX") or (sys.executable if find_spec("networkx") else None)


def _told(interpreter: str, asked: Path) -> dict[str, Any]:
    code = [interpreter, "-m", "benchmarks.links", str(asked)]
    found = subprocess.run(code, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def _agree(ours: dict[str, Any], theirs: Any) -> None:
    for name in theirs.files:
        off = float(np.max(np.abs(ours[name] - theirs[name])))
        assert off < CLOSE * max(float(np.abs(theirs[name]).max()), 1.0), f"{name} differs by {off:.2g}"


if __name__ == "__main__":
    print(json.dumps(networkx(Path(sys.argv[1]))))
