"""The tiny invented case made hostile, and made bare; and every page that a case has."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from servanda.pages.barriers import barriers
from servanda.pages.commitment import commitment
from servanda.pages.commitments import commitments
from servanda.pages.contribute import contribution
from servanda.pages.defence import defence
from servanda.pages.figures import figures
from servanda.pages.frame import Ask
from servanda.pages.home import home
from servanda.pages.library import Library
from servanda.pages.method import method
from servanda.pages.overview import overview
from servanda.pages.people import people
from servanda.pages.region import region
from servanda.pages.render import html
from servanda.pages.roadmaps import roadmaps
from servanda.pages.scenarios import scenarios
from servanda.pages.sources import sources
from servanda.pages.technology import technology
from servanda.pages.threads import thread, threads
from servanda.pages.ties import ties
from servanda.pages.timeline import timeline
from servanda.pages.trade import trade
from servanda.settings import shipped_content
from servanda.store.yaml import read, write
from tests.small import write_small

CASE = "zem-rur"
DAY = date(2026, 11, 23)
SOME = 50
"""Of a long list of commitments or threads, one in so many has its page built."""
HOSTILE = """ <script>alert("1")</script> & 'it' {{ 7*7 }} *x* #link("x") $y$ [b] \\ @n-1"""
SCRIPT = "javascript:alert(1)"
TEXTS = frozenset(
    ["basis", "by", "claim", "coding_note", "deliverable", "detail", "event", "mechanism", "metric", "name", "note",
     "of", "owner", "place", "products", "promised_fix", "reported_by", "said", "says", "short", "since", "subject",
     "title", "unit", "what", "what_came_of_it", "where"]
)  # fmt: skip
"""The fields that hold free words."""
LISTS = frozenset(["limits", "not_found", "warnings", "claims", "bodies", "aliases"])
SOURCE = {"title": "Paper", "publisher": "press", "url": SCRIPT}
FIGURES = [
    *(
        {"id": f"ZF{year}", "metric": "ferry.passengers[all]", "unit": "1.000 persons [x]", "period": str(year),
         "confidence": "confirmed by press", "value": 1.5 * (year - 2000), "source": SOURCE, "note": "about"}
        for year in range(2018, 2022)
    ),
    {"id": "ZF8", "metric": "ferry.passengers[all]", "unit": "tons", "period": "2020", "value": 3,
     "confidence": "confirmed by press", "subject": "agreement"},
    {"id": "ZF7", "metric": "mood", "unit": "words", "period": "2020", "said": "good",
     "confidence": "confirmed by press", "source": SOURCE},
    {"id": "ZF6", "metric": "poets", "unit": "persons", "period": "2020", "note": "sought",
     "confidence": "confirmed by press"},
]  # fmt: skip
EVENT = {
    "id": "ZE2", "date": "2020-05-01", "event": "A visit", "kind": "visit", "detail": "Long", "source": SOURCE,
    "confidence": "confirmed by press",
}  # fmt: skip


def write_hostile(folder: Path) -> Path:
    """The case with more kinds of noun, HOSTILE after every text and SCRIPT for every address."""
    _with_lists(write_small(folder))
    case = folder / "cases" / CASE
    _change(case / "figures.yml", lambda rows: FIGURES)
    _change(case / "events.yml", lambda rows: [*rows, EVENT])
    _change(case / "barriers.yml", lambda rows: [{**rows[0], "what_came_of_it": "none", "promised_fix": "a fix",
                                                  "since": "2001"}])  # fmt: skip
    _change(case / "case.yml", lambda row: {**row, "warnings": ["Read with care"],
                                           "conflicts": [{"topic": "length", "claims": ["1 km", "2 km"]}]})  # fmt: skip
    for path in [*case.rglob("*.yml"), folder / "words" / "parties.yml"]:
        _change(path, _hostile)
    _change(case / "threads.yml", lambda rows: {name: words + HOSTILE for name, words in rows.items()})
    return folder


def write_bare(folder: Path) -> Path:
    """The case without figures, barriers, events, evidence or assessments."""
    _with_lists(write_small(folder))
    case = folder / "cases" / CASE
    for name in ("figures.yml", "barriers.yml", "events.yml"):
        (case / name).unlink()
    for path in (case / "documents").glob("*.yml"):
        _change(path, lambda row: {**row, "commitments": [
            {name: value for name, value in one.items() if name not in ("evidence", "assessments")}
            for one in row["commitments"]
        ]})  # fmt: skip
    return folder


def _with_lists(folder: Path) -> None:
    for path in (shipped_content() / "words").glob("*.yml"):
        if not (folder / "words" / path.name).exists():
            shutil.copyfile(path, folder / "words" / path.name)


def _change(path: Path, change: Callable[[Any], Any]) -> None:
    write(path, change(read(path, path.name)))


def _hostile(thing: Any, name: str = "") -> Any:
    if isinstance(thing, dict):
        return {key: SCRIPT if key == "url" else _hostile(value, key) for key, value in thing.items()}
    if isinstance(thing, list):
        return [one + HOSTILE if name in LISTS and isinstance(one, str) else _hostile(one, name) for one in thing]
    return thing + HOSTILE if name in TEXTS and isinstance(thing, str) and thing != "pair" else thing


def built(library: Library, case: str, day: date = DAY) -> dict[str, tuple[str, Any]]:
    """Every page of a case, by address: the template and the page."""
    ask = Ask(day, True, case)
    made: dict[str, tuple[str, Any]] = {
        "/": ("home", home(library, Ask(day, True))),
        "/method": ("method", method(library, Ask(day, True))),
        "/commitments": ("commitments", commitments(library, Ask(day, True))),
        f"/{case}?peers=1": ("overview", overview(library, Ask(day, True, case, {"peers": ("1",)}))),
    }
    builders: tuple[Callable[[Library, Ask], Any], ...] = (
        overview, commitments, threads, timeline, figures, barriers, sources, ties, trade, region, technology, people, scenarios, roadmaps,
        defence,
    )  # fmt: skip
    for build in builders:
        made[f"/{case}/{build.__name__}"] = (build.__name__, build(library, ask))
    made[f"/{case}/contribute"] = ("contribute", contribution(library, ask))
    record = library.record(case, day)
    promised = [one.id for one in record.commitments.values() if record.documents[one.document].date.first <= day]
    for name in promised[::SOME]:
        made[f"/{case}/commitments/{name}"] = ("commitment", commitment(library, ask, name))
    for item in library.review(case, day).items[::SOME]:
        name = item.thread.split(".", 1)[1]
        made[f"/{case}/threads/{name}"] = ("thread", thread(library, ask, name))
    return made


def shown(library: Library, case: str, day: date = DAY) -> dict[str, str]:
    """Every page of a case as HTML, by address."""
    return {
        address: html(page, template, Ask(day, True, None if address in ("/", "/method", "/commitments") else case))
        for address, (template, page) in built(library, case, day).items()
    }
