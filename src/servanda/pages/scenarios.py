"""The lab: what could be changed between a pair, each package with whose idea it is, and up to four side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from servanda import __version__
from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.lines import intervals_of
from servanda.pages.options import Option, Package, every
from servanda.scenarios.held import hold
from servanda.scenarios.result import Number, Result
from servanda.scenarios.run import run
from servanda.scenarios.scenario import Kind
from servanda.scenarios.shelf import Found

MOST = 4
"""So many packages stand side by side."""
SHOWN = ("balance", "exports", "imports", "revenue", "surplus", "welfare", "real_income", "lost", "lost_inputs",
         "replaced", "uncovered")  # fmt: skip
SAID = {
    "balance": "balance with the other",
    "exports": "sold to the other",
    "imports": "bought from the other",
    "creation": "trade created",
    "diversion": "trade diverted from others",
    "revenue": "tariff revenue",
    "surplus": "buyers' surplus",
    "welfare": "welfare of the importing side",
    "real_income": "real income",
    "lost": "lost of what it buys from the supplier",
    "lost_inputs": "lost of all its inputs",
    "replaced": "of that, what the other could send",
    "uncovered": "left without cover",
}
"""What the numbers of a result are, in words."""
ABROAD = SAID | {
    "exports": "sold to all the world", "imports": "bought from all the world", "sold": "sold to the other",
}  # fmt: skip
"""The same of an equilibrium, which counts trade with all the world."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one package; None where its model does not give it."""

    number: Number | None


@dataclass(frozen=True, slots=True)
class Row:
    """One number of one party over the packages that are compared."""

    name: str
    said: str
    party: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ScenariosPage:
    """Every package of the case; those that are compared, number by number."""

    title: str
    packages: tuple[Package, ...]
    names: dict[str, str]
    compared: tuple[Result, ...]
    rows: tuple[Row, ...]
    charts: dict[str, Chart]


def scenarios(library: Library, ask: Ask) -> ScenariosPage:
    """The packages of the case that is asked for; `with` in the query names those that stand side by side."""
    case = ask.case or ""
    record = library.record(case, ask.as_of)
    found = of_case(library, case)
    wanted = [one for one in ask.query.get("with", ()) if one in found][:MOST]
    names = {one: library.words.named(one).short for one in record.case.parties}
    packages = tuple(_package(ask, name, one, name in wanted) for name, one in found.items())
    made = tuple(result_of(library, found[name]) for name in wanted)
    rows = _rows(made, record.case.parties)
    charts = {one.name: one for one in (_compared(made, rows, names),) if one is not None}
    return ScenariosPage(f"Scenarios: {record.case.title}", packages, names, made, rows, charts)


def _package(ask: Ask, name: str, found: Found, is_chosen: bool) -> Package:
    asked, address = found.scenario, ask.link(f"/{ask.case}/scenarios/{name}")
    return Package(name, asked.title, asked.idea.says, asked.kind.value, address, is_chosen)


def of_case(library: Library, case: str) -> dict[str, Found]:
    """The scenarios of a case by the name that an address has."""
    return {one.name.partition("/")[2]: one for one in every(library) if one.name.partition("/")[0] == case}


def changing(library: Library, ask: Ask, threads: Collection[str]) -> tuple[Option, ...]:
    """The packages that would change one of the threads."""
    made = []
    for name, found in of_case(library, ask.case or "").items():
        asked = found.scenario
        if not {f"{ask.case}.{one}" for one in asked.idea.threads} & set(threads):
            continue
        numbers = result_of(library, found).numbers if asked.kind is Kind.PARTIAL else ()
        made.append(Option(_package(ask, name, found, False), tuple(one for one in numbers if one.name == "balance")))
    return tuple(made)


def result_of(library: Library, found: Found) -> Result:
    """What a package gives, run once."""

    def make() -> Result:
        scenario, held = hold(found, library.content)
        return run(scenario, held, __version__)

    return library.reckoned(("scenario", found.name), make)


def _rows(made: tuple[Result, ...], parties: tuple[str, str]) -> tuple[Row, ...]:
    rows = []
    for kind, said in ((Kind.PARTIAL, SAID), (Kind.EQUILIBRIUM, ABROAD), (Kind.SECTORS, ABROAD), (Kind.SHOCK, SAID)):
        held = [
            {(one.name, one.party): one for one in result.numbers} if result.scenario.kind is kind else {}
            for result in made
        ]
        rows += [
            Row(name, said[name], party, tuple(Cell(one.get((name, party))) for one in held))
            for party in parties
            for name in SHOWN
            if any((name, party) in one for one in held)
        ]
    return tuple(rows)


def _compared(made: tuple[Result, ...], rows: tuple[Row, ...], names: dict[str, str]) -> Chart | None:
    """The balance of each party under each package that works line by line."""
    drawn: list[dict[str, Any]] = []
    for row in rows:
        if row.name != "balance":
            continue
        for result, cell in zip(made, row.cells, strict=True):
            if cell.number is not None and result.scenario.kind is Kind.PARTIAL:
                at = cell.number.interval
                drawn.append(
                    {"row": f"{names[row.party]}: {result.scenario.title}", "value": at.value, "low": at.low,
                     "high": at.high}
                )  # fmt: skip
    title = "What each package would do to the balance, with 95 in 100 draws"
    return intervals_of("scenarios-balance", title, "change, USD million", "Servanda, scenarios of the case", drawn)
