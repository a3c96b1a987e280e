"""Trade of a pair: what was promised about it, beside what the two sell each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from servanda.model.case import Record
from servanda.model.figure import Barrier, Figure
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.register.words import Words
from servanda.review.areas.chapter import Chapter, head
from servanda.review.areas.trade.choices import Expecting
from servanda.review.areas.trade.flows import Flows, Sector
from servanda.review.areas.trade.published import BILLIONS, Balanced, Published, balances, published
from servanda.review.ground import counted
from servanda.review.review import Review
from servanda.review.series import known_figures
from servanda.review.wording import either, percent

AREA = "trade"
IN_FORCE = "in force"
TOTAL, TARGET = "bilateral goods trade", "trade target"
"""The metrics by which the record holds both directions together, and what was promised of them."""
USE = re.compile(r"\buse (?:of|by|rate)\b")
"""How a metric says that it is of the use of an agreement."""
NAMED = 3
"""So many sectors are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Both directions together, in USD billion: as published for a whole year, or as promised by one."""

    figure: str
    period: str
    year: int
    fiscal: bool
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Hindered:
    """A barrier in force, with the sectors whose goods it meets and what those who it meets could sell and do not."""

    barrier: Barrier
    sectors: tuple[Sector, ...]


@dataclass(frozen=True, slots=True)
class TradeReview(Chapter):
    """The chapter on trade. `held` is what the tables hold; everything else is of the record."""

    published: tuple[Published, ...]
    totals: tuple[Amount, ...]
    targets: tuple[Amount, ...]
    uses: tuple[Figure, ...]
    held: Flows
    barriers: dict[str, tuple[int, int]]
    hindered: tuple[Hindered, ...]


def trade_review(
    record: Record, review: Review, lists: Words, held: Flows, sectors_of: Callable[[Iterable[str]], tuple[str, ...]]
) -> TradeReview:
    """The chapter from the record, its review on the day, and what the tables hold of the pair.

    `sectors_of` says which sectors make the goods of some codes.
    """
    figures = known_figures(record, review.as_of)
    one, other = (lists.named(code) for code in review.parties)
    flows = published(figures, one, other)
    barriers = _barriers(record, review.parties)
    found = (
        *(_balance(balances(flows, party), review, party) for party in review.parties),
        *(_gap(asked, gap, review) for asked, gap in held.gaps),
        *(_unused(held, review, party) for party in review.parties),
        _rules(barriers, review),
    )
    return TradeReview(
        **head(review, AREA, found),
        published=flows,
        totals=_amounts(figures, TOTAL, _whole_year),
        targets=_amounts(figures, TARGET, _by_year),
        uses=tuple(one for one in figures if one.subject != "pair" and USE.search(one.metric)),
        held=held,
        barriers=barriers,
        hindered=_hindered(record, held, sectors_of),
    )


def _hindered(
    record: Record, held: Flows, sectors_of: Callable[[Iterable[str]], tuple[str, ...]]
) -> tuple[Hindered, ...]:
    """The barriers in force, those first that meet goods of which most could be sold and is not."""
    made = []
    for one in record.barriers.values():
        if one.status != IN_FORCE:
            continue
        codes = sectors_of(one.hs)
        its = tuple(
            sector
            for sector in held.sectors
            if sector.code in codes and sector.importer in one.imposed_by and sector.exporter in one.affects
        )
        made.append(Hindered(one, its))
    return tuple(sorted(made, key=lambda one: -sum(sector.unused for sector in one.sectors)))


def _balance(years: Sequence[Balanced], review: Review, party: str) -> Finding | None:
    """What one side publishes: its last year, and its first."""
    if not years:
        return None
    name, partner = review.names[party], review.names[_other(review.parties, party)]
    last, first = years[-1], years[0]
    text = (
        f"By the figures of {name}, {last.period}: {last.sold:g} USD billion sold to {partner} and {last.bought:g} "
        f"bought, {_kind(last)} {abs(last.balance):.3g}"
    )
    if first is not last:
        text += (
            f"; in {first.period} it was {first.sold:g} and {first.bought:g}, {_kind(first)} {abs(first.balance):.3g}"
        )
    readings = tuple(
        Reading(f"{what}, {one.period}", "USD billion", value, used=1, expected=len(years), period=one.period)
        for one in dict.fromkeys((last, first))
        for what, value in ((f"sold to {partner}", one.sold), (f"bought from {partner}", one.bought))
    )
    return Finding(f"balance-{party}", AREA, text + ".", "last and first year with both directions", readings)


def _kind(one: Balanced) -> str:
    return "a surplus of" if one.balance >= 0 else "a deficit of"


def _gap(asked: Expecting, gap: Reading, review: Review) -> Finding:
    """Whether there is less than would be expected, in words that the interval allows."""
    pair = either([review.names[one] for one in review.parties])
    if gap.value is None:
        text = f"What would be expected of {pair} in {asked.of} has no figure: {gap.reason}."
        return Finding(f"expected-{asked.table}", AREA, text, "a reason in place of a figure", (gap,))
    text = (
        f"In {asked.of} over {gap.period}, {pair} traded {_beside(gap.value)} than would be expected of two such "
        f"economies ({_span(gap.low, gap.high)}{'' if _told(gap.low, gap.high) else ', so it may be nil'})"
    )
    text += _ways(gap, review)
    rule = "a direction is called less or more than expected where its 95 % interval leaves out nil"
    return Finding(f"expected-{asked.table}", AREA, text + ".", rule, (gap,))


def _ways(gap: Reading, review: Review) -> str:
    """The directions of which the interval says that they differ from what would be expected."""
    name, said = review.names, []
    for way in gap.steps["directions"]:
        if _told(way["low"], way["high"]):
            seller, buyer = way["exporter"], _other(review.parties, way["exporter"])
            much = f"{_beside(way['untapped_share'])} ({_span(way['low'], way['high'])})"
            said.append(f"{name[seller]} sold {name[buyer]} {much}")
    return "; " + "; ".join(said) if said else ""


def _beside(share: float) -> str:
    return f"{percent(abs(share))} {'less' if share > 0 else 'more'}"


def _told(low: float | None, high: float | None) -> bool:
    """Whether the interval leaves out nil."""
    return low is not None and high is not None and (low > 0 or high < 0)


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "no interval"
    return f"95 % interval {round(low * 100)} to {round(high * 100)} %"


def _unused(held: Flows, review: Review, party: str) -> Finding | None:
    """The sectors in which one side could sell most that it does not."""
    its = [one for one in held.sectors if one.exporter == party and one.unused > 0]
    if not its:
        return None
    seller, buyer = review.names[party], review.names[_other(review.parties, party)]
    named = [f"{one.name} ({one.unused:,.0f})" for one in its[:NAMED]]
    text = (
        f"From supply, demand and how easily the two trade, {seller} could have sold {buyer} most that it did not in "
        f"{either(named)}, in USD million, {held.year}."
    )
    readings = tuple(_potential(one, held.year, len(its)) for one in its[:NAMED])
    return Finding(f"unused-{party}", AREA, text, "the largest unused potential by sector", readings)


def _potential(one: Sector, year: int | None, of: int) -> Reading:
    steps = {"potential": one.potential, "actual": one.actual}
    return Reading(f"unused, {one.name}", "USD million", one.unused, used=1, expected=of, period=str(year), steps=steps)


def _rules(barriers: dict[str, tuple[int, int]], review: Review) -> Finding | None:
    """How many barriers are reported on each side."""
    if not any(held for _, held in barriers.values()):
        return None
    each = [f"{held} of {review.names[party]} ({force} shown in force)" for party, (force, held) in barriers.items()]
    readings = tuple(
        counted(f"in force, {party}", force, "barriers", held) for party, (force, held) in barriers.items()
    )
    text = (
        f"The record holds barriers reported at the border: {either(each)}. It counts reports and not what they cost."
    )
    return Finding("barriers", AREA, text, "barriers by who imposes them; one of both counts on each side", readings)


def _barriers(record: Record, parties: tuple[str, str]) -> dict[str, tuple[int, int]]:
    """By who imposes them: barriers in force, of how many in the record."""
    made = {}
    for party in parties:
        its = [one for one in record.barriers.values() if party in one.imposed_by]
        made[party] = (sum(one.status == IN_FORCE for one in its), len(its))
    return made


def _amounts(figures: Iterable[Figure], metric: str, year_of: Callable[[Figure], int | None]) -> tuple[Amount, ...]:
    made = []
    for one in figures:
        year = year_of(one)
        if one.metric == metric and one.value is not None and one.unit in BILLIONS and year is not None:
            source = one.source.title if one.source else "no source found"
            made.append(Amount(one.id, one.period, year, one.is_fiscal, one.value, source))
    return tuple(sorted(made, key=lambda one: (one.year, one.fiscal, one.value)))


def _whole_year(figure: Figure) -> int | None:
    return figure.year


def _by_year(figure: Figure) -> int | None:
    found = re.fullmatch(r"(?:by )?(\d{4})", figure.period)
    return int(found[1]) if found else None


def _other(parties: tuple[str, str], party: str) -> str:
    return parties[1] if party == parties[0] else parties[0]
