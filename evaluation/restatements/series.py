"""What share of each series of statements is new: every commitment sought in all earlier statements of its series.

Read by the weights that ship: no person has looked at these rows, and restatement is told at the chosen threshold, whose
precision and completeness results.md gives. A statement is compared with those of earlier days only: with their
commitments, and with all else that the first model of restatement takes for an act undertaken or reported.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.publish import publish
from evaluation.reading.gold import shared, texts
from evaluation.reading.measure import table
from servanda.model.proposal import Kind, Proposed
from servanda.review.shares import wilson
from servanda.texts.many import Job, read_many
from servanda.texts.restate import THRESHOLD, Earlier, Promise, shipped

HERE = Path(__file__).parent
Row = dict[str, Any]
SERIES: tuple[tuple[str, Callable[[set[str]], bool]], ...] = (
    ("India and the United States", lambda makers: makers == {"IND", "USA"}),
    ("the Quad", lambda makers: "QUAD" in makers),
    ("Australia and India", lambda makers: makers == {"AUS", "IND"}),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement of a series: how many commitments it has, and how many of them an earlier one had."""

    day: date
    kind: str
    commitments: int
    again: int
    first: bool


def follow(rows: Sequence[Row], readings: dict[str, tuple[Proposed, ...]]) -> list[Told]:
    """The statements of one series in the order of their days."""
    ordered = sorted(rows, key=lambda row: (row["date"], row["id"]))
    told = []
    for row in ordered:
        day = date.fromisoformat(row["date"])
        before = [
            Promise(f"{other['id']}#{one.start}-{one.end}", one.text, date.fromisoformat(other["date"]))
            for other in ordered
            if other["date"] < row["date"]
            for one in readings[other["id"]]
            if one.kind is Kind.COMMITMENT or (not one.is_heading and shipped().acts(one.text) > 0)
        ]
        index = Earlier(before) if before else None
        promised = _promised(readings[row["id"]])
        again = sum(index.find(one.text, day) is not None for one in promised) if index else 0
        told.append(Told(day, row["kind"].replace("_", " "), len(promised), again, index is None))
    return told


def _promised(found: Iterable[Proposed]) -> list[Proposed]:
    return [one for one in found if one.kind is Kind.COMMITMENT]


def section(name: str, told: Sequence[Told]) -> list[str]:
    """A series as Markdown: the whole in a sentence, then statement by statement."""
    later = [one for one in told if not one.first]
    many, again = sum(one.commitments for one in later), sum(one.again for one in later)
    lines = [f"## {name}", ""]
    if many:
        low, high = wilson(many - again, many)
        lines.append(
            f"Of {many} commitments read in {len(later)} statements after the first, {many - again} are new: "
            f"{1 - again / many:.0%} (95 % interval {low:.0%} to {high:.0%}); for {again} an earlier statement of the "
            "series holds the same act."
        )
    else:
        lines.append("No commitment was read in a statement after the first.")
    rows = [
        [str(one.day), one.kind, str(one.commitments), "first" if one.first else str(one.again),
         "" if one.first or not one.commitments else f"{1 - one.again / one.commitments:.0%}"]
        for one in told
    ]  # fmt: skip
    return [*lines, "", *table(("day", "kind", "commitments", "said before", "share new"), rows), ""]


def report() -> str:
    """Every series."""
    rows = list(texts(shared()).values())
    chosen = {name: [row for row in rows if test(set(row["parties_hint"] or ()))] for name, test in SERIES}
    wanted = {row["id"]: row for some in chosen.values() for row in some}
    jobs = [
        Job(row["id"], row["text"], tuple(row["parties_hint"]), date.fromisoformat(row["date"]), row["title"])
        for row in wanted.values()
    ]
    print(f"reading {len(jobs)} statements of {len(SERIES)} series", file=sys.stderr, flush=True)
    readings = dict(read_many(jobs))
    lines = [
        f"Restatement at a probability of {THRESHOLD} and more; a statement is compared with all of earlier days in its "
        "series that the corpus holds, which is not all that were made: what is new here may have been said elsewhere.",
        "",
    ]
    for name, some in chosen.items():
        lines += section(name, follow(some, readings))
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Print the report and write it; where the texts are missing, say so."""
    publish(HERE / "series.md", "What is new in a series of statements", report)


if __name__ == "__main__":
    main()
