"""A register to read and the day fixed, for every face."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

DAY = "2026-11-23"
SERVANDA = [sys.executable, "-m", "servanda"]


@pytest.fixture(scope="session")
def shelf(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of the shipped cases, for one worker; only to be read."""
    path = tmp_path_factory.mktemp("shelf") / "register.sqlite"
    shutil.copyfile(seeded, path)
    return path


@pytest.fixture
def at_noon(fixed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment fixed as well: what is written now is known on the day."""
    monkeypatch.setenv("SERVANDA_NOW", f"{DAY}T12:00:00+00:00")


@pytest.fixture(autouse=True)
def fixed(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The register, the day and the user that every command here has."""
    for name in [name for name in os.environ if name.startswith("SERVANDA_")] + ["NO_COLOR", "FORCE_COLOR"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SERVANDA_STORE", str(shelf))
    monkeypatch.setenv("SERVANDA_TODAY", DAY)
    monkeypatch.setenv("SERVANDA_WHO", "a tester")
