"""The audit of the pins: a weakness fails, and silence is never taken for a clean bill."""

import importlib.util
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]


def audit() -> Any:
    spec = importlib.util.spec_from_file_location("audit", TOP / "requirements" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CLEAN = {"name": "click", "version": "8.4", "vulns": []}
WEAK = {"name": "jinja2", "version": "3.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.2"]}]}
SILENT = {"name": "rich", "skip_reason": "not found"}


def test_a_known_weakness_fails_and_names_what_mends_it() -> None:
    status, told = audit().verdict([CLEAN, WEAK, SILENT])
    assert status == 1 and "jinja2 3.1: PYSEC-1 (mended in 3.2)" in told


def test_where_nobody_could_be_asked_it_says_so_and_claims_nothing() -> None:
    for found in ([], [SILENT]):
        status, told = audit().verdict(found)
        assert status == 0 and "not audited" in told and "no known" not in told


def test_what_the_service_does_not_know_is_named() -> None:
    assert audit().verdict([CLEAN, SILENT]) == (
        0,
        "no known weakness in 1 pinned packages; not known to the service: rich",
    )


def test_make_check_audits() -> None:
    recipe = (TOP / "Makefile").read_text(encoding="utf-8").split("\ncheck:")[1].split("\n\n")[0]
    assert "requirements/audit.py" in recipe
