"""The verbs of assessment: each party turns its own key, a reviewer a third; agreed only where both say the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from servanda.dialogue.may import Deed
from servanda.dialogue.work import begin_at
from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.dialogue import Reply, Role, Speaker
from servanda.model.evidence import Assessment
from servanda.model.period import When
from servanda.model.words import Kind
from servanda.register.words import Words
from servanda.store import entries
from servanda.store.connect import Store

REVIEWER = "reviewer"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """What one key says of a commitment: its latest assessment, or None, and the replies to it."""

    key: str
    assessment: Assessment | None
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key beside the others. `agreed` is the verdict where both parties say the same, else None."""

    commitment: str
    columns: tuple[Column, ...]
    agreed: str | None
    difference: str


def keys(record: Record, commitment: str, names: Mapping[str, str] | None = None) -> Keys:
    """The keys on a commitment, the reviewer's apart: a third opinion makes no agreement. `names` by the keys."""
    called = names or {}
    columns = tuple(_column(record, commitment, key) for key in (*record.case.parties, REVIEWER))
    verdicts = [one.assessment.verdict if one.assessment else None for one in columns[:-1]]
    if None in verdicts:
        silent = [called.get(one.key, one.key) for one in columns[:-1] if one.assessment is None]
        return Keys(
            commitment, columns, None, f"{' and '.join(silent)} {'has' if len(silent) == 1 else 'have'} not assessed it"
        )
    if len(set(verdicts)) == 1:
        return Keys(commitment, columns, verdicts[0], "")
    told = ", ".join(
        f"{called.get(one.key, one.key)}: {one.assessment.verdict}" for one in columns[:-1] if one.assessment
    )
    return Keys(commitment, columns, None, f"the parties differ ({told})")


def _column(record: Record, commitment: str, key: str) -> Column:
    held = [one for one in record.assessments.values() if one.commitment == commitment and one.key == key]
    last = max(held, key=lambda one: int(one.id.rsplit("-", 1)[1]), default=None)
    replies = [one for one in record.replies.values() if last is not None and one.assessment == last.id]
    return Column(key, last, tuple(sorted(replies, key=lambda one: one.id)))


def assess(
    store: Store, words: Words, commitment: str, verdict: str, basis: str, speaker: Speaker, at: str
) -> Assessment:
    """Turn the speaker's key on a commitment: their party's or the reviewer's. An earlier turn stays in the record."""
    with store.write() as unit:
        work = begin_at(unit, Kind.COMMITMENT, commitment, speaker, at)
        is_reviewer = speaker.role is Role.REVIEWER
        work.must(Deed.REVIEW if is_reviewer else Deed.ASSESS)
        if verdict not in words.lists["verdicts"]:
            raise RequestError(f"'{verdict}' is no verdict; write one of {', '.join(words.lists['verdicts'])}")
        if not basis.strip() or len(basis) > LONGEST:
            raise RequestError(f"say on what the verdict rests, in at most {LONGEST} characters")
        key = REVIEWER if is_reviewer else str(speaker.party)
        day = When.parse(at[:10])
        name = _next(work.unit, work.record.case.id, Kind.ASSESSMENT, f"{commitment}-{key}-")
        search = work.searched(f"assessments of {key} {at[:10]}", "Assessments of the parties, as they give them.")
        made = Assessment(
            name,
            work.record.case.id,
            commitment,
            key,
            speaker.name,
            verdict,
            day,
            " ".join(basis.split()),
            search=search,
        )
        work.put(Kind.ASSESSMENT, made)
        work.done(f"{key} assesses {commitment}: {verdict}")
        return made


def reply(store: Store, assessment: str, says: str, speaker: Speaker, at: str) -> Reply:
    """A party's words on an assessment that is not its own."""
    with store.write() as unit:
        held = assessment.rsplit("-", 2)[0]
        work = begin_at(unit, Kind.COMMITMENT, held, speaker, at)
        work.must(Deed.REPLY)
        about = work.record.assessments.get(assessment)
        if about is None:
            raise RequestError(f"no assessment '{assessment}' to reply to")
        if about.key == speaker.party:
            raise RequestError("this is your own side's assessment; assess again instead of replying to it")
        if not says.strip() or len(says) > LONGEST:
            raise RequestError(f"write the reply, in at most {LONGEST} characters")
        name = _next(unit, work.record.case.id, Kind.REPLY, f"{assessment}-reply-")
        made = Reply(
            name, about.case, about.commitment, assessment, str(speaker.party), speaker.name, " ".join(says.split()), at
        )
        work.put(Kind.REPLY, made)
        work.done(f"{speaker.party} replies to {assessment}")
        return made


def _next(unit: Any, case: str, kind: Kind, stem: str) -> str:
    """The next id with that beginning: numbers are never used again."""
    ends = [ref.removeprefix(stem) for ref in entries.refs(unit, case, kind) if ref.startswith(stem)]
    used = [int(end) for end in ends if end.isdigit()]
    return f"{stem}{max(used, default=0) + 1}"
