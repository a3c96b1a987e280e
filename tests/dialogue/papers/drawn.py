"""A meeting with two items of the invented case, and Word files edited as people and their programs edit them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from servanda.dialogue.papers.word import minutes_docx
from servanda.model.dialogue import Item, ItemState, Meeting, Participant, Resolution, Role
from servanda.model.party import Party
from servanda.model.period import Deadline, When
from servanda.model.words import Action, Area
from servanda.register.words import Words
from tests.properties import composite
from tests.strategies import agenda_items, resolutions

WORDS = Words(
    {
        "ZEM": Party("ZEM", "Republic of Zembla", "Zembla", "Zemblan"),
        "RUR": Party("RUR", "Kingdom of Ruritania", "Ruritania", "Ruritanian"),
    },
    {},
)
MEETING = Meeting(
    "zem-rur.talks.1",
    "zem-rur",
    "zem-rur.talks",
    1,
    When.parse("2021-06-10"),
    "ZEM",
    participants=(Participant("A. Chair", Role.CO_CHAIR, "ZEM"), Participant("B. Chair", Role.CO_CHAIR, "RUR")),
)
SAIL = Resolution(
    "Open the ferry line", ("ZEM", "RUR"), "Ministry of Transport", Area.TRADE, Action.SPECIFIC, Deadline.parse("2021-12"),
    "a ferry line", "joint committee",
)  # fmt: skip
POETS = Resolution(
    "Send three poets", ("RUR",), "Academy of Ruritania", Area.PEOPLE, Action.CONTINUING, Deadline.parse("yearly"), "poets"
)  # fmt: skip
FERRY = Item(
    f"{MEETING.id}.01", "zem-rur", MEETING.id, 1, "The ferry", "late", 30, commitments=("Z001",),
    state=ItemState.DECIDED, decision="The ferry sails.", resolutions=(SAIL, POETS),
)  # fmt: skip
AMBER = Item(f"{MEETING.id}.02", "zem-rur", MEETING.id, 2, "The levy on amber", "reported", 20, barriers=("ZB1",))
ITEMS = [FERRY, AMBER]


def sent(items: list[Item] | None = None) -> bytes:
    """The minutes as they go out."""
    return minutes_docx(MEETING, ITEMS if items is None else items, WORDS)


def parts(raw: bytes) -> dict[str, bytes]:
    """The parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def packed(held: dict[str, bytes]) -> bytes:
    """Parts as a file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in held.items():
            archive.writestr(name, body)
    return out.getvalue()


def edited(raw: bytes, edit: Callable[[Any], None]) -> bytes:
    """The file with an edit made through another program's eyes: python-docx reads it, changes it, writes it."""
    from docx import Document

    paper = Document(io.BytesIO(raw))
    edit(paper)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def row(paper: Any, table: int, label: str, time: int = 1) -> Any:
    """The row of a label in a table, the first or a later one."""
    found = [one for one in paper.tables[table].rows if one.cells[0].text == label]
    return found[time - 1]


def written(table: int, label: str, words: str, time: int = 1) -> Callable[[Any], None]:
    """An edit that writes words into a cell."""

    def edit(paper: Any) -> None:
        row(paper, table, label, time).cells[1].text = words

    return edit


def xml(raw: bytes, pattern: str, instead: str, part: str = "word/document.xml") -> bytes:
    """The file with its letters changed, as a program would that writes them otherwise."""
    held = parts(raw)
    text = held[part].decode()
    changed, times = re.subn(pattern, instead, text, flags=re.DOTALL)
    assert times, f"{pattern} is not in {part}"
    return packed({**held, part: changed.encode()})


def without_memory(raw: bytes) -> bytes:
    """The file as a program leaves it that keeps the words only."""
    held = {name: body for name, body in parts(raw).items() if "customXml" not in name and "custom.xml" not in name}
    for name in ("word/_rels/document.xml.rels", "_rels/.rels", "[Content_Types].xml"):
        held[name] = re.sub(rb"<(?:Relationship|Override|Default) [^>]*custom[^>]*/>", b"", held[name], flags=re.I)
    return packed(held)


@composite
def agendas(draw: st.DrawFn) -> list[Item]:
    """Some items of the meeting, with words that hurt."""
    made = []
    for place in range(1, draw(st.integers(1, 3)) + 1):
        one = draw(agenda_items)
        held = tuple(draw(st.lists(resolutions, max_size=2)))
        made.append(replace(one, id=f"{MEETING.id}.{place:02}", meeting=MEETING.id, place=place, resolutions=held))
    return made
