"""One package: what it would do, for whom, by which lines, how sure that is, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from servanda import __version__
from servanda.errors import PageMissing, RequestError, ValueProblem, nearest
from servanda.model.document import Document
from servanda.model.plain import to_plain
from servanda.pages.charts import Chart, slug
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.lines import intervals_of
from servanda.pages.scenarios import ABROAD, SAID, of_case, result_of
from servanda.scenarios.held import SECTORS, hold
from servanda.scenarios.result import Drivers, LineResult, Number, Result
from servanda.scenarios.run import run
from servanda.scenarios.scenario import Change, Kind, Scenario
from servanda.scenarios.shelf import Found
from servanda.scenarios.tariffs import MOST, Formula
from servanda.sources.shipped import shipped
from servanda.store.yaml import text

LONGEST = 120
RATE = "rate-"
"""Fields of the address that change a line: rate-IND-c14=5 is five per cent at the border of IND."""


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """A package, its result, what each line is called, and what was changed here."""

    title: str
    name: str
    result: Result
    numbers: dict[str, tuple[Number, ...]]
    said: dict[str, str]
    goods: dict[str, str]
    names: dict[str, str]
    lines: tuple[LineResult, ...]
    drivers: tuple[Drivers, ...]
    documents: tuple[Document, ...]
    charts: dict[str, Chart]
    own: dict[str, float]
    kind: str

    @property
    def twin(self) -> dict[str, Any]:
        """What the JSON of the page holds."""
        return {"title": self.title, "own": self.own, "result": self.result}

    @property
    def file(self) -> str:
        """The package as a file that `servanda scenario run` takes, with the rates that were changed here."""
        return text(to_plain(self.result.scenario))


def scenario(library: Library, ask: Ask, name: str) -> ScenarioPage:
    """The package that is asked for, with the rates of the address in place of its own."""
    case = ask.case or ""
    record = library.record(case, ask.as_of)
    found = of_case(library, case)
    if name not in found:
        near = nearest(name, found)
        hint = f"nearest is {near[0]}" if near else f"there are {', '.join(found) or 'none'}"
        raise PageMissing(f"no scenario '{name}' of this pair; {hint}")
    own, called = _own(ask.query, found[name].scenario), " ".join(ask.one("called").split())[:LONGEST]
    made = _run(library, found[name], own) if own else result_of(library, found[name])
    if called:
        made = replace(made, scenario=replace(made.scenario, title=called, id=slug(called) or name))
    goods = shipped(SECTORS).card.words
    names = {one: library.words.named(one).short for one in record.case.parties}
    numbers = {party: tuple(one for one in made.numbers if one.party == party) for party in record.case.parties}
    drivers = tuple(one for one in made.drivers if one.name in ("balance", "real_income", "uncovered"))
    title = f"{made.scenario.title}{', changed' if own and not called else ''}"
    said = SAID if made.scenario.kind is Kind.PARTIAL else ABROAD
    charts = _charts(made, numbers, names, drivers, said)
    return ScenarioPage(
        title=title,
        name=name,
        result=made,
        numbers=numbers,
        said=said,
        goods=goods,
        names=names,
        lines=tuple(sorted(made.lines, key=lambda line: -abs(line.imports))),
        drivers=drivers,
        documents=tuple(record.documents[one] for one in made.scenario.idea.documents if one in record.documents),
        charts=charts,
        own=own,
        kind=made.scenario.kind.value,
    )


def _own(query: Mapping[str, tuple[str, ...]], asked: Scenario) -> dict[str, float]:
    """The rates that the address names, in per cent, by importer and line; raises RequestError for what is none."""
    found = {}
    for field, values in query.items():
        said = values[0].strip() if values else ""
        if not field.startswith(RATE) or not said:
            continue
        who, _, code = field.removeprefix(RATE).partition("-")
        try:
            rate = float(said.replace(",", "."))
        except ValueError as fault:
            raise RequestError(f"'{said[:40]}' is no rate; write per cent, such as 5 or 7.5") from fault
        if asked.kind is not Kind.PARTIAL or who not in asked.parties or not code:
            raise RequestError(f"{field} is none of this package's lines; write {RATE}{asked.parties[0]}-c14=5")
        if not 0 <= rate <= 100 * MOST:
            raise RequestError(f"a rate of {rate:g} per cent cannot be; write one between 0 and {100 * MOST:g}")
        found[f"{who}-{code}"] = rate
    return found


def _run(library: Library, found: Found, own: Mapping[str, float]) -> Result:
    """The package with the rates that were written over those that it has."""
    more = []
    for line, rate in own.items():
        who, _, code = line.partition("-")
        more.append(Change(who, (code,), Formula.RATE, rate / 100))

    def make() -> Result:
        asked, held = hold(found, library.content)
        try:
            return run(replace(asked, changes=(*asked.changes, *more), exceptions=()), held, __version__)
        except ValueProblem as fault:
            raise RequestError(str(fault)) from fault

    return library.reckoned(("scenario", found.name, *sorted(own.items())), make)


def _charts(
    made: Result,
    numbers: dict[str, tuple[Number, ...]],
    names: dict[str, str],
    drivers: tuple[Drivers, ...],
    said: Mapping[str, str],
) -> dict[str, Chart]:
    """What each party would see, and what drives it."""
    source = f"Servanda {made.version}, {made.scenario.draws:,} draws, seed {made.scenario.seed}"
    unit = next((one.unit for its in numbers.values() for one in its), "")
    rows: list[dict[str, Any]] = [
        {"row": f"{names[party]}: {said[one.name]}", "value": one.interval.value, "low": one.interval.low,
         "high": one.interval.high}
        for party, its in numbers.items()
        for one in its
        if one.unit == unit  # one axis, one unit; the others stand in the table
    ]  # fmt: skip
    title = f"{made.scenario.title}: what would change, with 95 in 100 draws"
    drawn = [intervals_of("scenario-result", title, f"change, {unit}", source, rows)]
    bars: list[dict[str, Any]] = [
        {"row": f"{names[one.party]}, {said[one.name]}: {bar.parameter}", "value": (bar.low + bar.high) / 2,
         "low": min(bar.low, bar.high), "high": max(bar.low, bar.high)}
        for one in drivers
        if unit == next((held.unit for held in numbers[one.party] if held.name == one.name), "")
        for bar in one.bars
    ]  # fmt: skip
    title = "What drives it: the result at both ends of one parameter, the others at their middle"
    drawn.append(intervals_of("scenario-drivers", title, f"change, {unit}", source, bars))
    return {one.name: one for one in drawn if one is not None}
