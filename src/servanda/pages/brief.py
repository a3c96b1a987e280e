"""The brief of a meeting as one file to carry along: HTML or PDF. Its Word file is made in dialogue/papers/word.py."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from servanda import __version__
from servanda.dialogue.papers.brief import Brief, Talk
from servanda.dialogue.papers.points import Point
from servanda.dialogue.papers.word import CAVEAT, heads, source_line, standing
from servanda.pages.plain import plain
from servanda.pages.render import HERE, environment, style, web_address
from servanda.review.wording import day


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of an item with its points."""

    head: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One item with its parts, in order."""

    talk: Talk
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """A brief as it is shown: for whom, its items, its sources with addresses that a browser may follow."""

    title: str
    standing: str
    caveat: str
    brief: Brief
    chapters: tuple[Chapter, ...]
    sources: tuple[tuple[str, str | None, str], ...]

    def html(self) -> str:
        """One HTML file that needs nothing beside it."""
        return environment().get_template("brief.html").render(page=self, style=style())

    def pdf(self) -> bytes:
        """One PDF, tagged, with page numbers and numbered sources."""
        import typst

        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            words = (HERE / "assets" / "brief.typ").read_text(encoding="utf-8")
            (root / "brief.typ").write_text(words, encoding="utf-8")
            (root / "data.json").write_text(json.dumps(self._data(), ensure_ascii=False), encoding="utf-8")
            made = datetime.combine(self.brief.as_of, time(), UTC)  # not this moment: the same brief, the same bytes
            return bytes(typst.compile(str(root / "brief.typ"), root=str(root), timestamp=made))

    def _data(self) -> dict[str, Any]:
        one = self.brief
        return {
            "title": one.title, "heading": one.heading, "standing": self.standing, "caveat": self.caveat,
            "held": one.held, "as_of": day(one.as_of), "entries": one.entries, "version": __version__,
            "reader": one.reader, "chapters": plain(self.chapters), "notes": list(one.notes),
            "conflicts": plain(one.conflicts), "warnings": list(one.warnings), "sources": plain(self.sources),
        }  # fmt: skip


def page(made: Brief) -> BriefPage:
    """A brief as a page."""
    chapters = tuple(
        Chapter(talk, tuple(Part(head, getattr(talk, name)) for name, head in heads(made) if getattr(talk, name)))
        for talk in made.talks
    )
    sources = tuple((source_line(one), web_address(one.url), one.url or "No address.") for one in made.sources)
    title = f"{made.title}: {made.heading}"
    return BriefPage(title[:1].upper() + title[1:], standing(made), CAVEAT, made, chapters, sources)
