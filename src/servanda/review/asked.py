"""What is asked of the statistics library, and its answers, kept.

Importing scipy.stats takes longer than all the rest of a review. Its answers depend on the question alone, so each is
kept in the user's cache folder under a hash of the question and the library's version; a folder that cannot be
written only costs time.
"""

from __future__ import annotations

import hashlib
import json
import math
import warnings
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from servanda.settings import cache

KEPT = 400
"""Answers kept before the oldest are let go."""


def survival(days: Sequence[int], delivered: Sequence[bool]) -> list[tuple[int, float, float, float]]:
    """Kaplan-Meier by scipy.stats.ecdf: after each number of days the share not delivered, with log-log 95 % bounds.

    Where the bounds are not defined (at 0 and 1) the share stands in their place.
    """

    def ask() -> list[Any]:
        import numpy as np
        from scipy.stats import CensoredData, ecdf

        lasted, done = np.array(days), np.array(delivered, dtype=bool)
        found = ecdf(CensoredData(uncensored=lasted[done], right=lasted[~done])).sf
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            bounds = found.confidence_interval(0.95, method="log-log")
        left = [float(share) for share in found.probabilities]
        low = [float(share) for share in bounds.low.probabilities]
        high = [float(share) for share in bounds.high.probabilities]
        return [
            [int(at), share, share if math.isnan(under) else under, share if math.isnan(over) else over]
            for at, share, under, over in zip(found.quantiles, left, low, high, strict=True)
        ]

    answer = _kept(["survival", list(days), [bool(one) for one in delivered]], ask)
    return [(int(at), share, low, high) for at, share, low, high in answer]


def conditional_odds(table: Sequence[Sequence[int]]) -> tuple[float | None, float, float | None]:
    """Conditional odds ratio of a two by two table with its exact 95 % bounds, by scipy.stats.contingency.

    None where the estimate or the upper bound is infinite.
    """

    def ask() -> list[Any]:
        from scipy.stats.contingency import odds_ratio

        result = odds_ratio([list(row) for row in table], kind="conditional")
        bounds = result.confidence_interval(0.95)
        numbers = (float(result.statistic), float(bounds.low), float(bounds.high))
        return [number if math.isfinite(number) else None for number in numbers]

    estimate, low, high = _kept(["odds", [list(row) for row in table]], ask)
    return estimate, low, high


@lru_cache(maxsize=1)
def _scipy() -> str:
    return version("scipy")  # which opens a file: asked once


def _kept(question: list[Any], ask: Callable[[], list[Any]]) -> list[Any]:
    said = json.dumps([_scipy(), *question], separators=(",", ":"))
    path = cache() / "answers" / f"{hashlib.sha256(said.encode()).hexdigest()}.json"
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(held, dict) and held.get("question") == said and isinstance(held.get("answer"), list):
            return list(held["answer"])
    except (OSError, ValueError):
        pass
    answer = ask()
    _keep(path, {"question": said, "answer": answer})
    return answer


def _keep(path: Path, held: dict[str, Any]) -> None:
    beside = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(held), encoding="utf-8")
        beside.replace(path)
        answers = sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)
        for old in answers[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
