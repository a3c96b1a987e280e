"""What every benchmark is made of: runs side by side, and rows of what they took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured. `unit` is "ms", "s" or "MB"; a peer or a yardstick has no target.

    A target of our own holds where 95 of 100 runs are under it; one that a peer sets in the same run (`is_a_peers`),
    which is as noisy as ours, where the median is under it.
    """

    what: str
    unit: str
    target: float | None
    values: tuple[float, ...]
    is_a_peers: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 runs do not exceed; of few runs, the largest."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]

    @property
    def is_met(self) -> bool | None:
        """Whether 95 of 100 runs, or beside a peer the median, are under the target."""
        return None if self.target is None else (self.median if self.is_a_peers else self.p95) < self.target


def side_by_side(runs: int, things: Sequence[tuple[str, Callable[[], object]]]) -> dict[str, list[float]]:
    """Seconds of each thing: every round runs each once, so that a busy machine is as unkind to one as to the other."""
    taken: dict[str, list[float]] = {name: [] for name, _ in things}
    for _, thing in things:
        thing()  # the first call pays for imports and cold caches: benchmarks of those start a process of their own
    for _ in range(runs):
        for name, thing in things:
            begun = time.perf_counter()
            thing()
            taken[name].append(time.perf_counter() - begun)
    return taken


def in_ms(seconds: Sequence[float]) -> tuple[float, ...]:
    return tuple(1000 * one for one in seconds)
