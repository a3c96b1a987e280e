"""Answers that depend on a question alone and take long, kept in the user's cache folder under a hash of the question.

A folder that cannot be written only costs time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from servanda.settings import cache

KEPT = 400
"""Answers kept before the oldest are let go."""


def kept(question: list[Any], ask: Callable[[], list[Any]]) -> list[Any]:
    """The answer, asked for only where it is not kept; both are what JSON holds, and the question holds all that the
    answer depends on, versions of libraries included."""
    said = json.dumps(question, separators=(",", ":"))
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
