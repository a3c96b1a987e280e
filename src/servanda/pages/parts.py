"""Parts that stand on tables: opened when somebody asks for them, so that the rest neither needs nor waits for them."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from servanda.errors import ExtraMissing

NEEDS = ("duckdb", "ibis", "pyarrow")
"""What the extra that measures brings."""


def part(module: str, what: str) -> ModuleType:
    """The module; raises ExtraMissing, which says `what` needs it, where the extra that measures is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.split(".")[0] in NEEDS:
            raise ExtraMissing(what, "measures") from missing
        raise
