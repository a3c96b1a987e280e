"""Where published tables lie that are no part of the project; a test that needs one skips where it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def SHARED(name: str, folder: str = "data") -> Path:
    """A file of the shared folder; skips the test where there is none."""
    named = os.environ.get("SERVANDA_SHARED")
    root = Path(named) if named else Path(__file__).parents[3] / "shared"
    found = root / folder / name
    if not found.exists():
        pytest.skip(f"the published table {name} is not here (SERVANDA_SHARED)")
    return found
