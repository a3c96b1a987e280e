"""What moved since each promise, in words: a row for each thing that is counted, with its table and years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.model.data import TableCard
from servanda.pages.held import cited
from servanda.review.areas.technology.promises import Move, Promise, What
from servanda.review.wording import count, either
from servanda.sources.products import product_list


@dataclass(frozen=True, slots=True)
class Row:
    """What is counted, a year before and after, how many times as much, the world's, and its table."""

    what: str
    before: str
    after: str
    times: str
    world: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """A promise with its rows; `says` is what the list of promises shows of it."""

    thread: str
    title: str
    year: int
    says: str
    rows: tuple[Row, ...]


def told(since: tuple[Promise, ...], names: Mapping[str, str], cards: Mapping[str, TableCard]) -> tuple[Told, ...]:
    """Every promise in words; `names` of parties, `cards` of the shipped tables."""
    return tuple(
        Told(one.thread, one.title, one.year, _says(one), tuple(_row(move, names, cards) for move in one.moves))
        for one in since
    )


def _says(one: Promise) -> str:
    if not one.subjects:
        return "names no technology of the list, so that nothing can be said"
    known = sum(move.reading.value is not None for move in one.moves)
    words = either(list(one.subjects))
    return f"{words}; {known} of {count(len(one.moves), 'figure')}" if known else f"{words}; no figure yet"


def _row(move: Move, names: Mapping[str, str], cards: Mapping[str, TableCard]) -> Row:
    made = move.reading
    source = f"{cards[move.table].title}: {cited(cards, move.table)}" if move.table else move.cite or "no table"
    what = _what(move, names, cards)
    if made.value is None:
        return Row(what, "", "", f"no figure: {made.reason}", "", source)
    steps = made.steps
    times = f"{made.value:.2f}"
    if made.low is not None and made.high is not None:
        times += f" ({made.low:.2f} to {made.high:.2f})"
    world = "" if steps["world"] is None else f"{steps['world']:.2f}"
    unit = f" {_unit(move, cards)}"
    return Row(what, f"{_amount(steps['before'])}{unit} ({_years(steps['before_years'])})",
               f"{_amount(steps['after'])}{unit} ({_years(steps['after_years'])})", times, world, source)  # fmt: skip


def _what(move: Move, names: Mapping[str, str], cards: Mapping[str, TableCard]) -> str:
    whose = [names[party] for party in move.parties]
    if move.what is What.JOINT:
        return f"Joint papers on {move.subject}" if move.subject else "Joint papers, all fields"
    if move.what is What.PAPERS:
        return (
            f"Papers of {whose[0]} in {either(list(move.of))}" if move.of else f"Papers of {whose[0]} on {move.subject}"
        )
    if move.what is What.PATENTS:
        return f"Patent families of {whose[0]} in {either(list(move.of))}"
    way = f"Exports of {whose[0]} to {whose[1]}"
    if move.table is None:
        return f"{way}: {product_list(move.of[0]).title}"
    return f"{way}, sectors that make such goods: {either([cards[move.table].words[one] for one in move.of])}"


def _unit(move: Move, cards: Mapping[str, TableCard]) -> str:
    """In what an amount is counted."""
    if move.what is What.EXPORTS:
        return cards[move.table].unit if move.table else "USD"
    return "papers" if move.what is not What.PATENTS else "families"


def _amount(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _years(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"
