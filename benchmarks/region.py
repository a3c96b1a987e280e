"""How long the roll calls of the General Assembly take: `python benchmarks/region.py --from FOLDER`.

FOLDER holds the votes as the recipe of the shipped tables reads them (review/recipes/region.py). Medians of several
runs: agreement of every pair in every session, and ideal points of every member in every session. No other package for
Python has a dynamic model of ordinal votes; what stands beside it is the run that the published points took, by its
own account "overnight".
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from servanda.measures.region.agreement import agreement
from servanda.measures.region.ideal import ideal_points
from servanda.review.recipes.region import POSITIVE, Rolls

RUNS = 3
TARGETS = {"agreement of all pairs and sessions": 5.0, "ideal points of all sessions": 60.0}


def timed(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Medians of the seconds that the work took by the clock, and of the processor."""
    taken, worked = [], []
    for _ in range(runs):
        begun, busy = time.perf_counter(), time.process_time()
        work()
        taken.append(time.perf_counter() - begun)
        worked.append(time.process_time() - busy)
    return statistics.median(taken), statistics.median(worked)


def main() -> None:
    """Print a table in Markdown."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--from", dest="folder", type=Path, required=True)
    asked.add_argument("--runs", type=int, default=RUNS)
    given = asked.parse_args()
    rolls = Rolls(given.folder, "all")
    load = os.getloadavg()[0]
    work: dict[str, Callable[[], object]] = {
        "agreement of all pairs and sessions": lambda: [
            one.session for one in agreement(rolls.single, rolls.session, rolls.member, rolls.vote)
        ],
        "ideal points of all sessions": lambda: ideal_points(
            rolls.rollcall, rolls.session, rolls.member, rolls.vote, POSITIVE
        ),
    }
    print(f"{(rolls.vote > 0).sum():,} votes; {os.cpu_count()} cores, load {load:.1f} before; median of {given.runs}\n")
    print("| what | seconds | of the processor | target |\n|---|---|---|---|")
    for name, one in work.items():
        taken, worked = timed(one, given.runs)
        print(f"| {name} | {taken:.1f} | {worked:.1f} | {TARGETS[name]:g} |", flush=True)


if __name__ == "__main__":
    main()
