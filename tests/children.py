"""Runs Python in a child process: as nobody where a test needs somebody whom permission bits stop, and to be killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOBODY = 65534


def command(code: str, *words: str, as_nobody: bool = False) -> list[str]:
    """The command that runs the code; root, whom no permission bit stops, can run it as nobody."""
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [*(become if as_nobody and os.geteuid() == 0 else []), sys.executable, "-c", code, *words]


def run(code: str, *words: str, as_nobody: bool = False) -> str:
    """What the code prints; a traceback fails the test."""
    done = subprocess.run(
        command(code, *words, as_nobody=as_nobody), capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter and only its owner may write: pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="servanda-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(folder)
