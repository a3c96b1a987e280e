"""python -m benchmarks.run [NAME ...]: measure all, or those named (search, review, gravity ...); keep results.md."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks import complexity, dialogue, equilibrium, gravity, links, pages, potential, reading, review, search
from benchmarks.measure import Row

RESULTS = Path(__file__).parent / "results.md"


class Benchmark(NamedTuple):
    """Rows of figures, and one sentence on where the time goes."""

    name: str
    rows: Callable[[], Iterable[Row]]
    dominates: Callable[[], str]


BENCHMARKS = (
    Benchmark("search", search.rows, search.dominates),
    Benchmark("review", review.rows, review.dominates),
    Benchmark("pages", pages.rows, pages.dominates),
    Benchmark("reading", reading.rows, reading.dominates),
    Benchmark("dialogue", dialogue.rows, dialogue.dominates),
    Benchmark("gravity", gravity.rows, gravity.dominates),
    Benchmark("equilibrium", equilibrium.rows, equilibrium.dominates),
    Benchmark("complexity", complexity.rows, complexity.dominates),
    Benchmark("potential", potential.rows, potential.dominates),
    Benchmark("links", links.rows, links.dominates),
)


def main(names: list[str]) -> int:
    """Run the benchmarks named, or all, and put their sections in place of the old ones; 1 where a target is missed."""
    known = [one.name for one in BENCHMARKS]
    if wrong := sorted(set(names) - set(known)):
        print(f"no benchmark '{wrong[0]}'; there are {', '.join(known)}", file=sys.stderr)
        return 2
    kept, missed = sections(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}, 0
    for one in BENCHMARKS:
        if not names or one.name in names:
            before = os.getloadavg()[0]
            found = list(one.rows())
            missed += sum(row.is_met is False for row in found)
            kept[one.name] = "\n".join([_measured(before), "", *_table(found), "", one.dominates()])
            print(f"## {one.name}\n\n{kept[one.name]}\n")
            RESULTS.write_text(written(kept, known), encoding="utf-8")
    return 1 if missed else 0


def sections(text: str) -> dict[str, str]:
    """What stands under each heading of the second rank, without the heading."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return {name.strip(): body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def written(kept: dict[str, str], order: list[str]) -> str:
    """The page: sections in that order, others after them."""
    names = [*(one for one in order if one in kept), *(one for one in kept if one not in order)]
    head = (
        "# How fast it is\n\nWritten by `python -m benchmarks.run [NAME ...]`, which replaces the sections named. What "
        "stands side by side was run in turn, round by round, in one run. A target is met where 95 of 100 runs (of few "
        "runs: all) are under it; one that a peer sets in the same run, where the median is.\n"
    )
    return head + "".join(f"\n## {name}\n\n{kept[name]}\n" for name in names)


def _measured(load: float) -> str:
    return f"Measured on {datetime.now(UTC).date().isoformat()} on {machine()}, load {load:.1f} before."


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield "| what | target | median | p95 | runs | met |"
    yield "|---|---:|---:|---:|---:|---|"
    for row in rows:
        target = "" if row.target is None else f"< {row.target:.4g} {row.unit}"
        met = {None: "", True: "yes", False: "**no**"}[row.is_met]
        median, p95 = _figure(row.median, row.unit), _figure(row.p95, row.unit)
        yield f"| {row.what} | {target} | {median} | {p95} | {len(row.values)} | {met} |"


def _figure(value: float, unit: str) -> str:
    return f"{value:.2f} s" if unit == "s" else f"{value:.0f} {unit}"


def machine() -> str:
    """The machine in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    named = [line for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return named[0].partition(":")[2].strip() if named else platform.processor() or "processor not named"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
