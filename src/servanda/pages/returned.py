"""Minutes that came back from Word: every change, to be taken or not."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.dialogue.papers.back import Returned
from servanda.model.dialogue import Item, Meeting
from servanda.pages.dialogue import Speaking, deeds, names
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.meeting import meeting_of


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """The changes of a file, and the file itself, so that what is taken is what was shown."""

    title: str
    case: str
    meeting: Meeting
    found: Returned
    items: dict[str, Item]
    file: str
    names: dict[str, str]
    deeds: frozenset[str]
    speaking: Speaking
    problem: str = ""


def returned(
    library: Library, ask: Ask, name: str, said: Speaking, found: Returned, file: str, problem: str = ""
) -> ReturnedPage:
    """The page of what came back. `file` holds its bytes as base 64."""
    record = library.record(ask.case or "", ask.as_of)
    held = meeting_of(record, name)
    title = f"Changes in the minutes of {record.series[held.series].title}, meeting {held.number}"
    items = {one.id: one for one in record.agenda.values() if one.meeting == name}
    return ReturnedPage(
        title, record.case.id, held, found, items, file, names(library, record.case.parties),
        deeds(said, record.case.parties), said, problem,
    )  # fmt: skip
