"""How concrete the promises are, how many restate an earlier one, how old the oldest open thread is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from servanda.model.commitment import COMPONENTS
from servanda.model.period import When
from servanda.model.reading import Reading
from servanda.model.status import Status
from servanda.model.words import Action, Instrument
from servanda.register.threads import Strand
from servanda.review.shares import share


@dataclass(frozen=True, slots=True)
class Concreteness:
    """Counted by threads, in the wording in force; `in_commitments` counts every wording by itself.

    `concrete` asks for a deliverable together with a date or a number. `most_repeated` is None where threads tie.
    """

    threads: int
    commitments: int
    parts: dict[str, Reading]
    concrete: Reading
    in_commitments: dict[str, Reading]
    actions: dict[str, int]
    instruments: dict[str, int]
    restated: Reading
    repeated_threads: Reading
    most_repeated: str | None
    most_repeated_times: int
    oldest_open: str | None
    oldest_open_since: When | None


def concreteness(found: Sequence[Strand]) -> Concreteness:
    """The readings over the given threads."""
    wordings = [strand.latest for strand in found]
    commitments = [one for strand in found for one in strand.members]
    most = max(found, key=lambda strand: (len(strand.members), strand.thread), default=None)
    open_ones = [strand for strand in found if Status(strand.ruling.status).is_open]
    oldest = min(open_ones, key=lambda strand: (strand.made[0], strand.thread), default=None)
    restated = len(commitments) - len(found)
    ties = [strand for strand in found if most and len(strand.members) == len(most.members)]
    repeats = most is not None and len(most.members) > 1 and len(ties) == 1
    return Concreteness(
        threads=len(found),
        commitments=len(commitments),
        parts={
            part: share(f"threads that name: {part}", sum(one.components()[part] for one in wordings), len(found))
            for part in COMPONENTS
        },
        concrete=share(
            "threads with a deliverable and a date or number", sum(one.is_concrete for one in wordings), len(found)
        ),
        in_commitments={
            part: share(
                f"commitments that name: {part}", sum(one.components()[part] for one in commitments), len(commitments)
            )
            for part in COMPONENTS
        },
        actions=_counts((str(one.action) for one in commitments), [str(word) for word in Action]),
        instruments=_counts((str(one.instrument) for one in commitments), [str(word) for word in Instrument]),
        restated=share("commitments that restate an earlier one", restated, len(commitments)),
        repeated_threads=share(
            "threads promised more than once", sum(len(strand.members) > 1 for strand in found), len(found)
        ),
        most_repeated=most.thread if most and repeats else None,
        most_repeated_times=len(most.members) if most and repeats else 0,
        oldest_open=oldest.thread if oldest else None,
        oldest_open_since=oldest.dates[0] if oldest else None,
    )


def _counts(found: object, order: list[str]) -> dict[str, int]:
    held = Counter(found)  # type: ignore[call-overload]
    return {word: held[word] for word in order}
