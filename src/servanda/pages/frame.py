"""What every page has: where it stands, the day it speaks of, and where its links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Promises",
        (
            ("", "Overview"),
            ("commitments", "Commitments"),
            ("threads", "Threads"),
            ("timeline", "Time line"),
            ("figures", "Figures"),
            ("barriers", "Barriers"),
            ("sources", "Sources"),
        ),
    ),
    (
        "Areas",
        (
            ("ties", "All ties"),
            ("trade", "Trade"),
            ("technology", "Technology"),
            ("region", "Region"),
            ("defence", "Defence"),
            ("people", "People"),
        ),
    ),
    (
        "Dialogue",
        (
            ("scenarios", "Scenarios"),
            ("roadmaps", "Roadmaps"),
            ("dialogue", "Meetings"),
            ("follow-up", "Follow-up"),
            ("contribute", "Contribute"),
        ),
    ),
)
"""The sections of a case: what was promised, what happened in each area, what the two do about it."""
CHAPTERS = frozenset(name for group, its in GROUPS if group == "Areas" for name, _ in its)
"""The areas that have a chapter, by address."""
SECTIONS: tuple[tuple[str, str], ...] = tuple(one for _, its in GROUPS for one in its)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a visitor asks for: case, day and query of the address. `fixed` is True where a day was chosen.

    `token` is what a form must bring back, so that no other site can send it; `signed` the name of who is signed in.
    """

    as_of: date
    fixed: bool = False
    case: str | None = None
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    live: bool = True
    token: str = ""
    signed: str = ""

    def one(self, name: str, otherwise: str = "") -> str:
        """The first value of a query field."""
        values = self.query.get(name, ())
        return values[0] if values else otherwise

    def link(self, path: str, **query: Any) -> str:
        """The address of another page, for the same day."""
        asked = {name: value for name, value in query.items() if value not in (None, "", ())}
        if self.fixed:
            asked["as_of"] = self.as_of.isoformat()
        return f"{path}?{urlencode(asked, doseq=True)}" if asked else path

    def section(self, name: str) -> str:
        """The address of a section of the case."""
        return self.link(f"/{self.case}/{name}" if name else f"/{self.case}")

    def beside(self, name: str) -> str:
        """The address of a file beside this page, for what the page was asked."""
        kept: dict[str, Any] = {one: list(values) for one, values in self.query.items() if one != "format"}
        return self.link(f"/{self.case}/{name}" if self.case else f"/{name}", **kept)

    def with_(self, **changes: Any) -> str:
        """The same page with some fields of the query changed; a page number never survives a change of filter."""
        gone = ("format",) if changes.keys() == {"format"} else ("page", "format")
        kept: dict[str, Any] = {name: list(values) for name, values in self.query.items() if name not in gone}
        for name, value in changes.items():
            if value in (None, "", (), []):
                kept.pop(name, None)
            else:
                kept[name] = value
        if self.fixed:
            kept["as_of"] = self.as_of.isoformat()
        return "?" + urlencode(kept, doseq=True)
