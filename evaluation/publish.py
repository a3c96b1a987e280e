"""A report that is printed and kept beside its labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evaluation.reading.gold import Missing


def publish(file: Path, title: str, report: Callable[[], str]) -> None:
    """Print a report and write it; where the texts are missing, say so and leave the file as it is."""
    try:
        text = report()
    except Missing as missing:
        print(f"not measured: {missing}")
        return
    print(text)
    file.write_text(f"# {title}\n\nMade by `make evaluate`; do not edit.\n\n{text}", encoding="utf-8")
