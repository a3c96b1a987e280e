"""Without the part that measures everything else works, and what needs it says so in a sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("duckdb", "ibis", "pyarrow"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
"""
PAGES = """
from starlette.testclient import TestClient
from servanda.faces.web.app import build
with TestClient(build(sys.argv[1]), base_url="http://127.0.0.1") as web:
    for address in sys.argv[2:]:
        answer = web.get(address)
        print(answer.status_code, address, "servanda[measures]" in answer.text)
"""
COMMAND = """
from servanda.faces.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


def ran(script: str, *arguments: str, store: Path) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "SERVANDA_STORE": f"sqlite:///{store}"}
    words = [sys.executable, "-c", WITHOUT + script, *arguments]
    return subprocess.run(words, capture_output=True, text=True, env=settings, timeout=300, check=False)


@pytest.fixture(scope="module")
def store(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("plain") / "register.sqlite"
    shutil.copyfile(seeded, made)
    return made


def test_the_pages_of_the_record_need_no_tables(store: Path) -> None:
    plain = ["/ind-kor", "/ind-kor/threads/cepa-upgrade", "/ind-kor/dialogue", "/ind-kor/contribute"]
    chapters = [f"/ind-kor/{name}" for name in ("trade", "region", "technology", "people", "scenarios")]
    made = ran(PAGES, str(store), *plain, *chapters, store=store)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines() == [
        *(f"200 {address} False" for address in plain), *(f"400 {address} True" for address in chapters),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["review", "IND", "KOR"], 0),
        (["dialogue", "agenda", "IND", "KOR"], 0),
        (["roadmap", "show"], 0),
        (["scenario", "list"], 0),
        (["scenario", "run", "ind-kor/request-list"], 6),
        (["compute", "rca", "--table", "none.csv"], 6),
        (["match", "institutions", "IND", "KOR", "--table", "none.csv", "--until", "2020"], 6),
    ],
    ids=lambda one: "-".join(one[:2]) if isinstance(one, list) else None,
)
def test_a_command_works_or_names_the_part_that_it_needs(store: Path, said: list[str], code: int) -> None:
    made = ran(COMMAND, *said, store=store)
    assert made.returncode == code, made.stderr
    assert ("pip install 'servanda[measures]'" in made.stderr) == (code == 6)
