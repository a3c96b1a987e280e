"""Hypothesis's decorators with types: pyproject.toml leaves hypothesis out of what mypy follows."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import hypothesis
from hypothesis import strategies

Test = TypeVar("Test", bound=Callable[..., None])
Drawn = Callable[..., Any]

PROVE = "SERVANDA_PROVE" in os.environ
"""Whether the longer proofs are run: `make prove`."""


def given(*drawn: Any, **named: Any) -> Callable[[Test], Test]:
    """Run the test on many drawn values."""
    decorator: Callable[[Test], Test] = hypothesis.given(*drawn, **named)
    return decorator


def examples(count: int) -> Callable[[Test], Test]:
    """How many values are drawn: ten times as many in the longer proofs."""
    decorator: Callable[[Test], Test] = hypothesis.settings(max_examples=count * 10 if PROVE else count)
    return decorator


def composite(function: Drawn) -> Drawn:
    """A strategy that draws from others."""
    made: Drawn = strategies.composite(function)
    return made
