"""What a pair trades by the tables that are held, what could be, and what would be expected. No record, no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from servanda.measures.ties.expected import Question, expected
from servanda.measures.trade.potential import potential
from servanda.model.data import TableCard
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.trade.choices import Expecting, TradeChoices
from servanda.sources.duck import tables
from servanda.sources.shipped import Shipped, shipped

OTHERS, REST = "others", "rest"
"""All who sell and all who buy beside the two: two names, so that what they trade among themselves counts."""


@dataclass(frozen=True, slots=True)
class Yearly:
    """Goods that one sold to the other in a year, in USD million."""

    exporter: str
    importer: str
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector of one direction in the last year of the table, in USD million; `share` of the direction's goods."""

    exporter: str
    importer: str
    code: str
    name: str
    actual: float
    share: float
    potential: float
    unused: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty of trade of which both are party, with the years of signature and of entry into force."""

    name: str
    signed: int | None
    in_force: int | None


@dataclass(frozen=True, slots=True)
class Flows:
    """All of it, with the cards of the tables behind; `missing` says why there are no sectors."""

    yearly: tuple[Yearly, ...]
    sectors: tuple[Sector, ...]
    year: int | None
    missing: str | None
    gaps: tuple[tuple[Expecting, Reading], ...]
    agreements: tuple[Agreement, ...]
    cards: dict[str, TableCard]


def flows(pair: Pair, choices: TradeChoices, peers: tuple[Pair, ...]) -> Flows:
    """What the tables that `choices` names hold of the pair."""
    held = shipped(choices.sectors)
    between = _between(held.table, pair, choices.goods)
    cards = {choices.sectors: held.card}
    years = sorted(set(between["year"].to_pylist()))
    sectors: tuple[Sector, ...] = ()
    if years:
        sold, bought = shipped(choices.sold), shipped(choices.bought)
        cards |= {choices.sold: sold.card, choices.bought: bought.card}
        sectors = _sectors(between, _world(pair, between, sold, bought, choices.goods, years[-1]), held.card, years[-1])
    gaps = []
    for one in choices.expected:
        table = shipped(one.table)
        cards[one.table] = table.card
        gaps.append((one, gap(table.table, one, pair, peers)))
    listed = shipped(choices.agreements)
    cards[choices.agreements] = listed.card
    return Flows(
        _yearly(between),
        sectors,
        years[-1] if years else None,
        None if years else f"the table '{held.card.title}' has no flow between {pair[0]} and {pair[1]}",
        tuple(gaps),
        _agreements(listed.table, pair),
        cards,
    )


def _between(table: pa.Table, pair: Pair, goods: tuple[str, ...]) -> pa.Table:
    """Flows of goods between the two; what is below zero is a change of stocks and no trade."""
    way = pc.binary_join_element_wise(table["exporter"], table["importer"], "-")
    wanted = pc.and_(
        pc.is_in(way, pa.array(["-".join(pair), "-".join(reversed(pair))])),
        pc.is_in(table["product"], pa.array(list(goods))),
    )
    return table.filter(pc.and_(wanted, pc.greater(table["value"], 0)))


def _yearly(between: pa.Table) -> tuple[Yearly, ...]:
    made = between.group_by(["exporter", "importer", "year"]).aggregate([("value", "sum")])
    rows = [Yearly(row["exporter"], row["importer"], row["year"], float(row["value_sum"])) for row in made.to_pylist()]
    return tuple(sorted(rows, key=lambda row: (row.exporter, row.year)))


def _world(
    pair: Pair, between: pa.Table, sold: Shipped, bought: Shipped, goods: tuple[str, ...], year: int
) -> pa.Table:
    """The world of one year as the pair sees it: the two, all others who sell, all others who buy.

    Every exporter's and the world's total of a product are as in the full table, and so is each of the two as buyer.
    """
    own = {
        (row["exporter"], row["importer"], row["product"]): float(row["value"])
        for row in between.filter(pc.equal(between["year"], year)).to_pylist()
    }
    exports, imports = (_of_year(one.table, who, year) for one, who in ((sold, "exporter"), (bought, "importer")))
    rows: dict[tuple[str, str, str], float] = dict(own)
    for code in goods:
        world = sum(value for (_, product), value in exports.items() if product == code)
        to_rest = from_others = 0.0
        for one, other in (pair, pair[::-1]):
            rows[one, REST, code] = max(exports.get((one, code), 0.0) - own.get((one, other, code), 0.0), 0.0)
            rows[OTHERS, one, code] = max(imports.get((one, code), 0.0) - own.get((other, one, code), 0.0), 0.0)
            to_rest += exports.get((one, code), 0.0)
            from_others += rows[OTHERS, one, code]
        rows[OTHERS, REST, code] = max(world - to_rest - from_others, 0.0)
    return pa.table(
        {
            "exporter": [key[0] for key in rows],
            "importer": [key[1] for key in rows],
            "product": [key[2] for key in rows],
            "value": list(rows.values()),
        }
    )


def _of_year(table: pa.Table, who: str, year: int) -> dict[tuple[str, str], float]:
    held = table.filter(pc.and_(pc.equal(table["year"], year), pc.greater(table["value"], 0)))
    return {(row[who], row["product"]): float(row["value"]) for row in held.to_pylist()}


def _sectors(between: pa.Table, world: pa.Table, card: TableCard, year: int) -> tuple[Sector, ...]:
    pair = sorted(set(between["exporter"].to_pylist()) | set(between["importer"].to_pylist()))
    (seen,) = tables(flows=world)
    rows: list[dict[str, Any]] = potential(seen, (pair[0], pair[1])).to_pyarrow().to_pylist()
    whole: dict[str, float] = {}
    for row in rows:
        whole[row["exporter"]] = whole.get(row["exporter"], 0.0) + row["actual"]
    made = [
        Sector(
            row["exporter"], row["importer"], row["product"], card.words.get(row["product"], row["product"]),
            row["actual"], row["actual"] / whole[row["exporter"]] if whole[row["exporter"]] else 0.0,
            row["potential"], row["unused"],
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (one.exporter, -one.unused, -one.actual, one.code)))


def gap(table: pa.Table, asked: Expecting, pair: Pair, peers: tuple[Pair, ...]) -> Reading:
    """What would be expected of the pair by a table of exporter, importer, year, trade and covariates, and what is not
    there; peers that the table does not hold are left out."""
    others = pc.not_equal(table["exporter"], table["importer"])
    for name in asked.without:
        others = pc.and_(others, pc.and_(pc.not_equal(table["exporter"], name), pc.not_equal(table["importer"], name)))
    held = table.filter(others)
    parties = set(pc.unique(held["exporter"]).to_pylist())
    gone = [party for party in pair if party not in parties]
    if gone:
        reason = f"the table holds no flow of {' or '.join(gone)}"
        return Reading("untapped share", "share of what is expected", reason=reason, parties=pair)
    known = tuple(one for one in peers if parties >= set(one))
    return expected(held, Question(pair, asked.formula, known))


def _agreements(table: pa.Table, pair: Pair) -> tuple[Agreement, ...]:
    members: dict[str, set[str]] = {}
    rows: dict[str, dict[str, Any]] = {}
    for row in table.to_pylist():
        members.setdefault(row["number"], set()).add(row["party"])
        rows[row["number"]] = row
    made = [
        Agreement(row["name"], row["signed"], row["in_force"])
        for number, row in rows.items()
        if members[number] >= set(pair) and row["entry"] == "base_treaty"
    ]
    return tuple(sorted(made, key=lambda one: (one.signed or 0, one.name)))
