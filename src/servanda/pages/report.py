"""The review as one file that a ministry could circulate: HTML or PDF, with its sources as numbered notes."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from servanda import __version__
from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.source import Source
from servanda.pages.charts import INK, Chart
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.options import Cited, cited, every
from servanda.pages.overview import charts
from servanda.pages.plain import plain
from servanda.pages.render import HERE, environment, style
from servanda.review.items import Item
from servanda.review.review import Review
from servanda.review.wording import day, share


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment of a thread, or one claim about it, with the number of its note."""

    id: str
    date: str
    kind: str
    words: str
    note: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thread with all that was promised and found."""

    item: Item
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PaperAsk(Ask):
    """Links inside one file: to a thread or a commitment by its anchor, else nowhere."""

    live: bool = False

    def link(self, path: str, **query: Any) -> str:
        """The anchor that stands for an address."""
        parts = path.strip("/").split("/")
        if len(parts) == 3 and parts[1] in ("threads", "commitments"):
            return f"#{parts[1][0]}-{parts[2]}"
        return f"#area-{query['area']}" if "area" in query else "#contents"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The review, its charts, every thread, and the notes in the order in which they are cited."""

    title: str
    review: Review
    charts: dict[str, Chart]
    chapters: tuple[Chapter, ...]
    notes: tuple[Source, ...]
    packages: tuple[Cited, ...]
    ask: PaperAsk = field(repr=False)

    def html(self) -> str:
        """One HTML file that needs nothing beside it."""
        template = environment().get_template("report.html")
        return template.render(page=self, ask=self.ask, style=style(), here=self.review.case)

    def pdf(self) -> bytes:
        """One PDF, tagged, with contents, page numbers and notes."""
        import typst

        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "report.typ").write_text(
                (HERE / "assets" / "report.typ").read_text(encoding="utf-8"), encoding="utf-8"
            )
            (root / "data.json").write_text(json.dumps(self._data(), ensure_ascii=False), encoding="utf-8")
            for name, chart in self.charts.items():
                (root / f"{name}.svg").write_text(
                    chart.svg.replace("currentColor", "#222222").replace(INK, "#222222"), encoding="utf-8"
                )
            made = datetime.combine(self.review.as_of, time(), UTC)  # not this moment: the same review, the same bytes
            return bytes(typst.compile(str(root / "report.typ"), root=str(root), timestamp=made))

    def _data(self) -> dict[str, Any]:
        review = self.review
        names = {**review.names, "both": "both", "third body": "third body"}
        return {
            "title": review.title,
            "as_of": day(review.as_of),
            "entries": review.entries,
            "version": __version__,
            "counts": review.counts,
            "state": [one.text for one in review.state],
            "findings": [one.text for one in review.findings[len(review.state) :]],
            "charts": sorted(self.charts),
            "captions": {name: f"{chart.title}. {chart.source}." for name, chart in self.charts.items()},
            "alts": {name: chart.says for name, chart in self.charts.items()},
            "areas": [
                {"name": name, "findings": [one.text for one in area.findings]} for name, area in review.areas.items()
            ],
            "owed": plain(review.owed),
            "overdue": [self._row(item, names) for item in review.overdue],
            "delivery": [
                [one.name, share(one)]
                for one in (
                    review.delivery.delivered,
                    review.delivery.delivered_of_known,
                    review.delivery.delivered_or_partly_of_known,
                    review.delivery.lapsed_of_known,
                    review.delivery.unknown,
                )
            ],
            "packages": plain(self.packages),
            "chapters": [{"item": self._row(one.item, names), "lines": plain(one.lines)} for one in self.chapters],
            "notes": plain(self.notes),
            "searches": plain(review.sources.searches),
            "conflicts": plain(review.sources.conflicts),
            "warnings": list(review.sources.warnings),
        }

    def _row(self, item: Item, names: dict[str, str]) -> dict[str, Any]:
        return {**plain(item), "owner_name": names.get(item.owed_by, item.owed_by)}


def report(library: Library, ask: Ask) -> ReportPage:
    """The report of the case that is asked for."""
    case = ask.case or ""
    area = ask.one("area") or None
    review = library.review(case, ask.as_of, area, ask.one("peers") == "1")
    return paper(review, library.record(case, ask.as_of), cited(every(library), review))


def paper(review: Review, record: Record, packages: tuple[Cited, ...]) -> ReportPage:
    """The report of a review, the record it was made from and the packages it cites."""
    notes: dict[tuple[str | None, str], int] = {}
    listed: list[Source] = []

    def note(source: Source) -> int:
        key = (source.url, source.title)
        if key not in notes:
            listed.append(source)
            notes[key] = len(listed)
        return notes[key]

    evidence = record.evidence_on()
    chapters = []
    for item in sorted(
        review.items, key=lambda one: (one.area, -one.days_overdue, one.first_promised.first, one.thread)
    ):
        lines = []
        for name in item.commitments:
            one = record.commitments[name]
            lines.append(Line(name, str(record.documents[one.document].date), "promised", one.says, note(one.source)))
            for row in evidence[name]:
                if row.date is None or row.date.first <= review.as_of:
                    lines.append(Line(row.id, str(row.date or "undated"), str(row.shows), row.claim, note(row.source)))
        chapters.append(Chapter(item, tuple(lines)))
    ask = PaperAsk(review.as_of, True, review.case)
    title, notes_in_order = f"{review.title}: the review", tuple(listed)
    return ReportPage(title, review, charts(review), tuple(chapters), notes_in_order, packages, ask)


def save(path: Path, body: str | bytes) -> Path:
    """Write a file whole or not at all; raises RequestError where it cannot be written."""
    beside = path.parent / f"{path.name}.part"
    try:
        beside.write_bytes(body if isinstance(body, bytes) else body.encode())
        beside.replace(path)
    except OSError as fault:
        beside.unlink(missing_ok=True)
        raise RequestError(f"cannot write {path}: {fault.strerror}; choose another place") from fault
    return path
