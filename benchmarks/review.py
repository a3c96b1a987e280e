"""The review from the shell: cold on the shipped record, and of one pair among 100,000 commitments."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Row, side_by_side
from benchmarks.synthetic import DAY, build, pair_ids
from servanda.settings import shipped_content

TARGET_COLD_S, TARGET_LARGE_S, TARGET_MB = 2.5, 3.0, 400.0
RUNS, LARGE_RUNS = 7, 5
_REVIEW = "import sys; from servanda.faces.cli.app import main; sys.argv = ['servanda', *sys.argv[1:]]; main()"
# The peak is that of the one child which this short-lived parent waits for.
_PEAK = (
    "import json, resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    "print(json.dumps(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024))"
)


def rows() -> Iterator[Row]:
    """Seconds from the shell's prompt to the last line, beside what starting a common library takes."""
    with tempfile.TemporaryDirectory() as folder:
        small = f"sqlite:///{Path(folder) / 'register.sqlite'}"
        yield from _cold(small)
        yield from _large(_content(Path(folder) / "content"))


def _large(content: Path) -> Iterator[Row]:
    store, command = build().url, _review(*pair_ids()[700].upper().split("-"))
    taken = side_by_side(LARGE_RUNS, [("large", _shell(command, store, content))])
    yield Row("servanda review of a pair among 100,000 commitments", "s", TARGET_LARGE_S, tuple(taken["large"]))
    peaks = tuple(_peak(command, store, content) for _ in range(3))
    yield Row("the same: memory of the process", "MB", TARGET_MB, peaks)


def _content(folder: Path) -> Path:
    """The shipped words, with the invented states among the parties; no cases."""
    shutil.copytree(shipped_content() / "words", folder / "words")
    (folder / "cases").mkdir()
    codes = sorted({code for pair in pair_ids() for code in pair.upper().split("-")})
    with (folder / "words" / "parties.yml").open("a", encoding="utf-8") as parties:
        parties.writelines(f"\n- {{code: {code}, name: State of {code}, short: {code}, of: {code}}}" for code in codes)
    return folder


def _cold(store: str) -> Iterator[Row]:
    things: list[tuple[str, Callable[[], object]]] = [
        ("review", _shell(_review("IND", "KOR"), store)),
        ("first", _forgetful(_shell(_review("IND", "KOR"), store))),
    ]
    peer = [sys.executable, "-c", "import pandas"]
    if subprocess.run(peer, capture_output=True, check=False).returncode == 0:
        things.append(("pandas", _shell(peer, store)))
    taken = side_by_side(RUNS, things)
    yield Row("servanda review IND KOR, cold", "s", TARGET_COLD_S, tuple(taken["review"]))
    yield Row("the same, nothing kept from an earlier review", "s", TARGET_COLD_S, tuple(taken["first"]))
    if "pandas" in taken:
        yield Row("yardstick: python -c 'import pandas'", "s", None, tuple(taken["pandas"]))


def dominates() -> str:
    """How much of a cold review is the reading of modules."""
    bare = [sys.executable, "-c", "from servanda.faces.cli.app import main"]
    begun = sorted(side_by_side(RUNS, [("start", _shell(bare, "sqlite://"))])["start"])[RUNS // 2]
    return f"Of a cold review, {begun:.2f} s go before its first line of work: Python and the modules it reads."


def _forgetful(run: Callable[[], object]) -> Callable[[], object]:
    """The same with an empty cache, so that the statistics library is imported and asked."""

    def forget() -> object:
        before = os.environ.get("SERVANDA_CACHE")
        with tempfile.TemporaryDirectory() as folder:
            os.environ["SERVANDA_CACHE"] = folder
            try:
                return run()
            finally:
                os.environ.pop("SERVANDA_CACHE")
                if before is not None:
                    os.environ["SERVANDA_CACHE"] = before

    return forget


def _review(*parties: str) -> list[str]:
    return [sys.executable, "-c", _REVIEW, "review", *parties]


def _shell(command: Sequence[str], store: str, content: Path | None = None) -> Callable[[], object]:
    def run() -> object:
        ran = subprocess.run(command, env=_environment(store, content), capture_output=True, check=False, text=True)
        if ran.returncode:
            raise RuntimeError(f"{' '.join(command[3:] or command)} ended with {ran.returncode}: {ran.stderr[-400:]}")
        return ran

    return run


def _peak(command: Sequence[str], store: str, content: Path | None = None) -> float:
    measured = [sys.executable, "-c", _PEAK, *command]
    ran = subprocess.run(measured, env=_environment(store, content), capture_output=True, check=True, text=True)
    peak: float = json.loads(ran.stdout)
    return peak


def _environment(store: str, content: Path | None) -> dict[str, str]:
    fixed = {"SERVANDA_STORE": store, "SERVANDA_TODAY": DAY.isoformat()}
    return {**os.environ, **fixed, "SERVANDA_CONTENT": str(content or shipped_content())}
