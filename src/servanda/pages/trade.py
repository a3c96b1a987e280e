"""Trade: the balance, what could be sold, what would be expected, what stands in the way, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from textwrap import shorten
from typing import Any

from servanda.model.reading import Reading
from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.held import Held, behind, cited
from servanda.pages.library import Library
from servanda.pages.lines import beside, intervals, over_years
from servanda.review.areas.chosen import Pair
from servanda.review.areas.trade.choices import trade_choices
from servanda.review.areas.trade.flows import Flows, flows
from servanda.review.areas.trade.goods import Good, Goods, goods, newest
from servanda.review.areas.trade.sentences import Hindered, TradeReview, trade_review
from servanda.review.review import Review
from servanda.settings import snapshots
from servanda.sources.newest import SOURCE
from servanda.sources.snapshots import state

MOST = 10
"""So many sectors of each direction are drawn."""
LABEL = 48
"""So many letters of a product's name stand beside a chart: the publisher's are sentences."""


@dataclass(frozen=True, slots=True)
class TradePage:
    """The chapter with its charts, the products of what a user fetched, the barriers in force of which something was
    promised, and the tables behind.

    The JSON twin is the chapter.
    """

    title: str
    trade: TradeReview
    charts: dict[str, Chart]
    goods: Goods
    in_force: int
    barriers: tuple[Hindered, ...]
    tables: tuple[Held, ...]


def trade(library: Library, ask: Ask) -> TradePage:
    """The chapter on trade of the case that is asked for."""
    case = ask.case or ""
    review = library.review(case, ask.as_of)
    record = library.record(case, ask.as_of)
    choices = trade_choices()
    peers = choices.peers.get(case, ())
    held, products = flows_of(library, review), _products(library, review)
    made = trade_review(record, review, library.words, held, choices.sectors_of)
    key = ("trade charts", case, made.title, hash((made.published, made.totals, made.targets)), held.year, _state())
    named = {one for pair in (review.parties, *peers) for one in pair}
    names = {code: library.words.named(code).short for code in named}
    charts = library.kept(key, lambda: drawings(made, names) | _goods(made, products))
    spoken = tuple(one for one in made.hindered if one.barrier.promised_fix)
    return TradePage(made.title, made, charts, products, len(made.hindered), spoken, behind(held.cards))


def flows_of(library: Library, review: Review) -> Flows:
    """What the shipped tables hold of the pair, and what the panel that a user fetched lets expect."""
    choices, root, before = trade_choices(), snapshots(), review.as_of.year
    peers = choices.peers.get(review.case, ())
    held = _held(review.parties, peers)
    further = library.reckoned(
        ("trade panel", review.parties, _state(), before),
        lambda: tuple(one for one in (newest(review.parties, choices.fetched, peers, root, before),) if one),
    )
    return replace(held, gaps=(*held.gaps, *further))


def _products(library: Library, review: Review) -> Goods:
    root, before = snapshots(), review.as_of.year
    key = ("trade products", review.parties, _state(), before)
    return library.reckoned(key, lambda: goods(review.parties, root, before))


def _state() -> tuple[tuple[str, ...], ...]:
    """What is held of the sources that a user fetches, in a form that changes with it."""
    return tuple(state(snapshots(), name) for name in (trade_choices().fetched.source, SOURCE))


@lru_cache(maxsize=16)
def _held(pair: Pair, peers: tuple[Pair, ...]) -> Flows:
    """What the shipped tables hold: the same for every register, and no visitor waits for another's."""
    return flows(pair, trade_choices(), peers)


def drawings(made: TradeReview, names: dict[str, str]) -> dict[str, Chart]:
    """The charts that the chapter's figures allow; `names` are those of all parties, for peers."""
    choices = trade_choices()
    drawn = [_balance(made, cited(made.held.cards, choices.sectors)), _targets(made), *_expected(made, names)]
    source = cited(made.held.cards, choices.sectors, choices.sold, choices.bought)
    drawn += [_sectors(made, seller, buyer, source) for seller, buyer in (made.parties, made.parties[::-1])]
    return {chart.name: chart for chart in drawn if chart is not None}


def _goods(made: TradeReview, held: Goods) -> dict[str, Chart]:
    """The products of each direction of which most could be sold and is not."""
    drawn = {}
    for seller, buyer in (made.parties, made.parties[::-1]):
        its = [one for one in held.goods if one.exporter == seller]
        rows = [
            {"row": _label(one), "sold": one.actual, "could be sold": one.potential, "unused": one.unused}
            for one in its
        ]
        title = f"{made.names[seller]} to {made.names[buyer]}, {held.year}: products with the most that could be sold"
        name = f"trade-goods-{seller.lower()}"
        chart = beside(name, title, "USD million", held.cite or "", rows, ("sold", "could be sold")) if rows else None
        if chart is not None:
            drawn[name] = chart
    return drawn


def _label(one: Good) -> str:
    return one.code if one.name == one.code else shorten(f"{one.code} {one.name}", LABEL, placeholder=" …")


def _balance(made: TradeReview, source: str) -> Chart | None:
    def way(seller: str, buyer: str) -> str:
        return f"{made.names[seller]} to {made.names[buyer]}"

    lines = [
        {"year": one.year, "value": one.value / 1000, "series": way(one.exporter, one.importer)}
        for one in made.held.yearly
    ]
    points = [
        {
            "year": one.year, "value": one.value, "series": way(one.exporter, one.importer),
            "of": f"published by {made.names[one.reporter]}", "period": one.period, "source": one.source,
        }
        for one in made.published
    ]  # fmt: skip
    said = f"lines: {source}; points: as published by each side, sources in the table" if lines else "as published"
    return over_years("trade-balance", "Goods sold, by direction", "USD billion, current", said, lines, points)


def _targets(made: TradeReview) -> Chart | None:
    points = [
        {"year": one.year, "value": one.value, "series": "as published", "of": "fiscal year" if one.fiscal else "year",
         "period": one.period, "source": one.source}
        for one in made.totals
    ]  # fmt: skip
    points += [
        {"year": one.year, "value": one.value, "series": "promised", "of": "promised by that year",
         "period": one.period, "source": one.source}
        for one in made.targets
    ]  # fmt: skip
    title = "Trade in goods, both directions, and what was promised of it"
    return over_years("trade-targets", title, "USD billion, current", "as published, sources in the table", (), points)


def _expected(made: TradeReview, names: dict[str, str]) -> list[Chart | None]:
    drawn: list[Chart | None] = []
    pair = " and ".join(made.names[one] for one in made.parties)
    for place, (asked, gap) in enumerate(made.held.gaps, 1):
        if gap.value is None:
            continue
        lines = [
            {"year": row["year"], "value": row[what] / 1000, "series": said}
            for what, said in (("actual", "there"), ("expected", "expected"))
            for row in gap.steps["path"]
        ]
        title = f"{asked.of[0].upper()}{asked.of[1:]}: what there is and what would be expected"
        unit, source = (
            "USD billion, both directions",
            f"{asked.cite or cited(made.held.cards, asked.table)}; expected by Servanda, {asked.formula}",
        )
        drawn.append(over_years(f"trade-expected-{place}", title, unit, source, lines))
        title = f"Share of what would be expected that is not there, {asked.of}, {gap.period}"
        rows = _among(gap, pair, names)
        drawn.append(
            intervals(f"trade-peers-{place}", title, "not there; left of the line is more", source, rows, pair)
        )
    return drawn


def _among(gap: Reading, pair: str, names: dict[str, str]) -> list[dict[str, Any]]:
    """The pair and its peers by share, the largest gap first."""
    rows = [{"row": pair, "value": gap.value, "low": gap.low, "high": gap.high}]
    rows += [
        {"row": " and ".join(names.get(one, one) for one in peer["pair"]), "value": peer["untapped_share"],
         "low": peer["low"], "high": peer["high"]}
        for peer in gap.steps["rank"]["peers"]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: -(row["value"] or 0.0))


def _sectors(made: TradeReview, seller: str, buyer: str, source: str) -> Chart | None:
    its = [one for one in made.held.sectors if one.exporter == seller][:MOST]
    rows = [{"row": one.name, "sold": one.actual, "could be sold": one.potential, "unused": one.unused} for one in its]
    title = f"{made.names[seller]} to {made.names[buyer]}, {made.held.year}: sold, and could be sold"
    said = f"{source}; potential by Servanda after the International Trade Centre"
    name = f"trade-potential-{seller.lower()}"
    return beside(name, title, "USD million", said, rows, ("sold", "could be sold"))
