"""Invented product lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from servanda.scenarios.partial import Lines

INFINITE = np.inf


def one(**changes: float) -> Lines:
    """A line of 100 from the exporter and 200 from others, a rate of 20 per cent that falls to nothing."""
    values = {
        "trade": 100.0, "others": 200.0, "general": 0.2, "before": 0.2, "after": 0.0, "used": 1.0, "demand": 1.2,
        "substitution": 1.5, "supply": INFINITE, "barrier_before": 0.0, "barrier_after": 0.0, **changes,
    }  # fmt: skip
    return Lines(("L1",), ("chemicals",), ("AAA",), ("BBB",), **{name: np.array([one]) for name, one in values.items()})


def drawn(seed: int, many: int = 50) -> Lines:
    """Lines of both directions of a pair."""
    draw = np.random.default_rng(seed)
    general = draw.uniform(0, 0.4, many)
    before = general * draw.uniform(0, 1, many)
    forth = draw.random(many) < 0.5
    return Lines(
        tuple(f"L{number:04}" for number in range(many)),
        tuple(draw.choice(["textiles", "steel", "food"], many).tolist()),
        tuple(np.where(forth, "AAA", "BBB").tolist()),
        tuple(np.where(forth, "BBB", "AAA").tolist()),
        np.exp(draw.normal(0, 2, many)), np.exp(draw.normal(1, 2, many)), general, before,
        before * draw.uniform(0, 1, many), draw.uniform(0.3, 1, many), draw.uniform(0.3, 3, many),
        draw.uniform(1.1, 6, many), draw.uniform(0.5, 20, many), np.zeros(many), np.zeros(many),
    )  # fmt: skip


def put(lines: Lines, **changes: object) -> Lines:
    """The lines with other columns."""
    return replace(lines, **changes)  # type: ignore[arg-type]
