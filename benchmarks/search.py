"""Search and facets over 100,000 commitments, beside the same questions asked with plain LIKE scans."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, text

from benchmarks.measure import Row, in_ms, side_by_side
from benchmarks.synthetic import DAY, SEED, build, invented_words, pair_ids
from servanda.store import search
from servanda.store.connect import Store
from servanda.store.search import FACETS, Query

TARGET_MS, TARGET_MB = 150.0, 400.0
RUNS, PEER_RUNS = 25, 3


def queries() -> dict[str, Query]:
    """The mixed set: one query of each kind."""
    plain = Query(day=DAY)
    words = invented_words(SEED)
    return {
        "no filter": plain,
        "a word that most have": replace(plain, words="joint"),
        "a word that few have": replace(plain, words=words[-10]),
        "two words": replace(plain, words="joint students"),
        "one letter": replace(plain, words="a"),
        "one facet picked": replace(plain, chosen={"area": ("trade",)}),
        "two facets picked": replace(plain, chosen={"area": ("trade", "energy"), "instrument": ("contract",)}),
        "a status picked": replace(plain, chosen={"status": ("delivered",)}),
        "a pair": replace(plain, chosen={"case_id": (pair_ids()[700],)}),
        "overdue only": replace(plain, overdue=True),
        "a word, overdue, a facet": replace(plain, words="statement", overdue=True, chosen={"action": ("specific",)}),
        "as known in 2010": replace(plain, day=date(2010, 5, 1)),
        "page 40": replace(plain, page=40),
        "by due date": replace(plain, sort="due"),
        "by due date, past the dated": replace(plain, sort="due", page=1500),
        "by id": replace(plain, sort="id"),
    }


def rows() -> Iterator[Row]:
    """Each kind of query, all together, the memory of a process that asks them, and the peer."""
    store = Store(build().url)
    with store.read() as unit:
        asked = {kind: (lambda query=query: search.find(unit, query)) for kind, query in queries().items()}
        ours = side_by_side(RUNS, list(asked.items()))
        scans = {kind: (lambda query=query: _by_scan(unit, query)) for kind, query in queries().items()}
        theirs = side_by_side(PEER_RUNS, list(scans.items()))
    store.close()
    for kind, taken in ours.items():
        yield Row(f"search: {kind}", "ms", TARGET_MS, in_ms(taken))
        yield Row(f"peer, LIKE scan: {kind}", "ms", None, in_ms(theirs[kind]))
    yield Row("search: all kinds together", "ms", TARGET_MS, in_ms([one for taken in ours.values() for one in taken]))
    yield Row("search: memory of the process", "MB", TARGET_MB, (_memory(),))


def dominates() -> str:
    """Where the time of a search goes."""
    store = Store(build().url)
    with store.read() as unit:
        plain, worded = Query(day=DAY), Query(day=DAY, words="joint")
        parts = [
            ("read", lambda: search._read(unit)),
            ("all", lambda: search.find(unit, plain)),
            ("worded", lambda: search.find(unit, worded)),
        ]
        took = {name: 1000 * sorted(taken)[RUNS // 2] for name, taken in side_by_side(RUNS, parts).items()}
    store.close()
    return (
        f"Of a search without words ({took['all']:.0f} ms), reading the packed standings takes {took['read']:.0f} ms; "
        f"the rest is arithmetic on their columns. A word that most have adds {took['worded'] - took['all']:.0f} ms, "
        "in the full-text index."
    )


def _by_scan(unit: Connection, query: Query) -> None:
    """The page, the total and the six counts as one would write them first: a scan for each."""
    order = {"-made": "made DESC, c.ref", "due": "due IS NULL, due, c.ref", "id": "c.ref"}[query.sort]
    limit = f"ORDER BY {order} LIMIT {query.size} OFFSET {(query.page - 1) * query.size}"
    unit.execute(text(f"SELECT c.ref, case_id, status, due {_scan(query)} {limit}"), _values(query)).all()
    unit.execute(text(f"SELECT count(*) {_scan(query)}"), _values(query)).scalar()
    for name in FACETS:
        counted = f"SELECT {name}, count(*) {_scan(query, name)} GROUP BY {name}"
        unit.execute(text(counted), _values(query)).all()


def _scan(query: Query, leave_out: str = "") -> str:
    said = ["start <= :day AND stop > :day"]
    said += [f"words LIKE :word{place}" for place, _ in enumerate(query.words.split())]
    said += [
        f"{name} IN ({', '.join(f':{name}{place}' for place, _ in enumerate(words))})"
        for name, words in query.chosen.items()
        if name != leave_out
    ]
    if query.overdue:
        said.append("due < :day AND status NOT IN ('delivered', 'lapsed', 'superseded')")
    return f"FROM commitments c JOIN standings s ON s.ref = c.ref WHERE {' AND '.join(said)}"


def _values(query: Query) -> dict[str, str]:
    found = {"day": query.day.isoformat()}
    found |= {f"word{place}": f"%{word}%" for place, word in enumerate(query.words.split())}
    return found | {f"{name}{place}": word for name, words in query.chosen.items() for place, word in enumerate(words)}


def _memory() -> float:
    """The most memory, in MB, that a process needs which opens the register and asks every query once."""
    ran = subprocess.run([sys.executable, "-m", "benchmarks.search"], capture_output=True, check=True, text=True)
    peak: float = json.loads(ran.stdout)["peak_mb"]
    return peak


def _ask_all() -> None:
    import resource

    store = Store(build().url)
    with store.read() as unit:
        for query in queries().values():
            search.find(unit, query)
    print(json.dumps({"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    _ask_all()
