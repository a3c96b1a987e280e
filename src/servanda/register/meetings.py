"""The dialogue of a case as YAML: a file a series, its meetings in it, their items in them; and the replies.

cases/<case>/dialogue/<slug>.yml   a series, its meetings, their items
cases/<case>/replies.yml           a party's words on an assessment
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servanda.model.case import Record
from servanda.model.dialogue import Item, Meeting, Reply, Series
from servanda.model.plain import to_plain
from servanda.store.door import Door

REPLIES = "replies.yml"


def nouns(door: Door, folder: Path, case: str) -> Iterator[Any]:
    """Every series, meeting, item and reply of a case's folder."""
    for path in sorted((folder / "dialogue").glob("*.yml")):
        yield from _series(door, path, case)
    file = folder / REPLIES
    if file.exists():
        for place, row in enumerate(door.rows(door.open(file), door.name(file), "")):
            yield door.noun(Reply, _with(row, case=case), door.name(file), f"[{place}]")


def _series(door: Door, path: Path, case: str) -> Iterator[Any]:
    file, plain = door.name(path), door.open(path)
    if not isinstance(plain, dict):
        door.note(file, "", "expected a series of meetings; write 'title: ...' and 'rhythm: yearly'")
        return
    name = f"{case}.{path.stem}"
    meetings = door.rows(plain.pop("meetings", None), file, "meetings")
    yield door.noun(Series, _with(plain, id=name, case=case), file)
    for place, given in enumerate(meetings):
        row = dict(given) if isinstance(given, dict) else given
        where = f"meetings[{place}]"
        items = door.rows(row.pop("items", None), file, f"{where}.items") if isinstance(row, dict) else []
        meeting = door.noun(Meeting, _with(row, case=case, series=name), file, where)
        yield meeting
        for number, one in enumerate(items):
            held = _with(one, case=case, meeting=meeting.id if meeting else "?")
            yield door.noun(Item, held, file, f"{where}.items[{number}]")


def files(folder: Path, record: Record) -> dict[Path, Any]:
    """The files that hold the dialogue, with what stands in them."""
    made: dict[Path, Any] = {}
    for series in record.series.values():
        plain = _without(to_plain(series), "id", "case")
        meetings = sorted((one for one in record.meetings.values() if one.series == series.id), key=_number)
        if meetings:
            plain["meetings"] = [_meeting(record, one) for one in meetings]
        made[folder / "dialogue" / f"{series.id.removeprefix(f'{series.case}.')}.yml"] = plain
    if record.replies:
        made[folder / REPLIES] = [_without(to_plain(one), "case") for one in record.replies.values()]
    return made


def _meeting(record: Record, meeting: Meeting) -> dict[str, Any]:
    plain = _without(to_plain(meeting), "case", "series")
    items = sorted((one for one in record.agenda.values() if one.meeting == meeting.id), key=lambda one: one.id)
    if items:
        plain["items"] = [_without(to_plain(one), "case", "meeting") for one in items]
    return plain


def check(door: Door, record: Record) -> None:
    """Note every name that leads nowhere."""
    case = f"cases/{record.case.id}"
    for meeting in record.meetings.values():
        file = file_of(record, meeting)
        door.known(file, f"{meeting.id}.host", meeting.host, record.case.parties, "party")
        if meeting.document:
            door.known(file, f"{meeting.id}.document", meeting.document, record.documents, "document")
    for item in record.agenda.values():
        file = file_of(record, item)
        for name in item.commitments:
            door.known(file, f"{item.id}.commitments", name, record.commitments, "commitment")
        for name in item.barriers:
            door.known(file, f"{item.id}.barriers", name, record.barriers, "barrier")
        if item.carried:
            door.known(file, f"{item.id}.carried", item.carried, record.agenda, "item")
    for reply in record.replies.values():
        door.known(f"{case}/{REPLIES}", f"{reply.id}.assessment", reply.assessment, record.assessments, "assessment")
        door.known(f"{case}/{REPLIES}", f"{reply.id}.party", reply.party, record.case.parties, "party")


def file_of(record: Record, noun: Series | Meeting | Item | Reply) -> str:
    """The file in which a noun of the dialogue stands."""
    case = record.case.id
    if isinstance(noun, Reply):
        return f"cases/{case}/{REPLIES}"
    meeting = record.meetings.get(noun.meeting) if isinstance(noun, Item) else None
    name = noun.id if isinstance(noun, Series) else noun.series if isinstance(noun, Meeting) else ""
    name = meeting.series if meeting else name
    return f"cases/{case}/dialogue/{name.removeprefix(f'{case}.')}.yml"


def _number(meeting: Meeting) -> tuple[int, str]:
    return meeting.number, meeting.id


def _with(row: Any, **fields: Any) -> Any:
    return {**row, **fields} if isinstance(row, dict) else row


def _without(plain: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in fields}
