"""The dialogue of a pair: its series and meetings, and the agenda that the record suggests today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.dialogue.draft import Draft, build
from servanda.dialogue.may import Deed, may
from servanda.dialogue.open import other, when_next
from servanda.dialogue.weigh import rules
from servanda.dialogue.work import agenda
from servanda.model.dialogue import Meeting, Rhythm, Role, Series, Speaker
from servanda.model.words import Area
from servanda.pages.frame import Ask
from servanda.pages.library import Library

SIDES_BESIDE = ("reviewer",)


@dataclass(frozen=True, slots=True)
class Speaking:
    """As whom a visitor speaks. `is_alone` where there are no accounts: then name and side come with the address."""

    speaker: Speaker | None
    is_alone: bool
    who: str
    side: str
    sides: dict[str, str]

    def may(self, deed: Deed, parties: tuple[str, ...], track: str | None = None) -> bool:
        """Whether the visitor may do that; nobody who has not said as whom they speak may do more than read."""
        return self.speaker is not None and may(self.speaker, deed, parties, track)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list of its series."""

    meeting: Meeting
    items: int
    settled: int


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series with its meetings, and when and where the rhythm has the next."""

    series: Series
    meetings: tuple[MeetingRow, ...]
    next_day: str
    next_host: str


@dataclass(frozen=True, slots=True)
class DialoguePage:
    """The series of a pair and the drafted agenda; what was typed comes back where it could not be taken."""

    title: str
    case: str
    series: tuple[SeriesRow, ...]
    draft: Draft
    names: dict[str, str]
    deeds: frozenset[str]
    speaking: Speaking
    rhythms: tuple[str, ...]
    areas: tuple[str, ...]
    roles: tuple[str, ...]
    problem: str
    typed: Mapping[str, tuple[str, ...]]


def speaking(library: Library, ask: Ask, speaker: Speaker | None, is_alone: bool) -> Speaking:
    """As whom the visitor of a page speaks, in a case."""
    record = library.record(ask.case or "", ask.as_of)
    sides = names(library, record.case.parties) | {"reviewer": "independent reviewer"}
    if not is_alone:
        return Speaking(speaker, False, speaker.name if speaker else "", speaker.party or "" if speaker else "", sides)
    who, side = ask.one("who").strip(), ask.one("side")
    return Speaking(alone(who, side, tuple(record.case.parties)), True, who, side, sides)


def alone(who: str, side: str, parties: tuple[str, ...]) -> Speaker | None:
    """Who speaks alone on a laptop: a co-chair of the side that they choose, or the reviewer; None before they say."""
    if not who or side not in (*parties, *SIDES_BESIDE):
        return None
    if side in parties:
        return Speaker(who, side, Role.CO_CHAIR)
    return Speaker(who, None, Role.REVIEWER)


def dialogue(
    library: Library, ask: Ask, said: Speaking, problem: str = "", typed: Mapping[str, tuple[str, ...]] | None = None
) -> DialoguePage:
    """The page of the dialogue of a case."""
    record = library.record(ask.case or "", ask.as_of)
    rows = []
    for series in record.series.values():
        held = sorted((one for one in record.meetings.values() if one.series == series.id), key=lambda one: one.number)
        last = held[-1] if held else None
        meetings = []
        for one in reversed(held):
            items = agenda(record, one.id)
            meetings.append(MeetingRow(one, len(items), sum(item.is_settled for item in items)))
        day = when_next(last, series.rhythm).isoformat() if last else ""
        host = other(record.case.parties, last.host if last else None)
        rows.append(SeriesRow(series, tuple(meetings), day, host))
    key = ("draft", record.case.id, record.entries, ask.as_of)
    draft = library.kept(key, lambda: build(record, library.words, rules(library.content), ask.as_of))
    return DialoguePage(
        f"Dialogue of {record.case.title}", record.case.id, tuple(rows), draft, names(library, record.case.parties),
        deeds(said, record.case.parties), said, tuple(Rhythm), tuple(Area),
        tuple(role for role in Role if role is not Role.ADMINISTRATOR), problem, typed or {},
    )  # fmt: skip


def names(library: Library, parties: tuple[str, ...]) -> dict[str, str]:
    """The short names of the parties by their codes."""
    return {code: library.words.named(code).short for code in parties}


def deeds(said: Speaking, parties: tuple[str, ...], track: str | None = None) -> frozenset[str]:
    """What the visitor may do, by the names of the deeds."""
    return frozenset(deed.name for deed in Deed if said.may(deed, parties, track))
