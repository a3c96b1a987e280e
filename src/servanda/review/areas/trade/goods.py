"""What a pair could sell product by product, and what all pairs would trade: from what a user fetched. No record.

The tables that come with this program know sectors; BACI knows five thousand products, and CEPII's panel all pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from servanda import __version__
from servanda.measures.trade.potential import potential
from servanda.model.reading import Reading
from servanda.review.answers import kept
from servanda.review.areas.chosen import Pair
from servanda.review.areas.trade.choices import Expecting, Fetched
from servanda.review.areas.trade.flows import gap
from servanda.sources.added import added
from servanda.sources.duck import tables
from servanda.sources.newest import SOURCE, cite, how
from servanda.sources.newest import newest as newest_year
from servanda.sources.snapshots import latest, state

MOST = 10
"""So many products of each direction are told."""


@dataclass(frozen=True, slots=True)
class Good:
    """A product of one direction in a year, in USD million; `name` is the publisher's, or the code."""

    exporter: str
    importer: str
    code: str
    name: str
    actual: float
    potential: float
    unused: float


@dataclass(frozen=True, slots=True)
class Goods:
    """The products of both directions with the most unused potential; or why there are none."""

    missing: str | None
    year: int | None = None
    goods: tuple[Good, ...] = ()
    of: int = 0
    cite: str | None = None


def goods(pair: Pair, root: Path, before: int) -> Goods:
    """Of the last year of the newest snapshot of BACI that lies before the year `before`."""
    held = state(root, SOURCE)
    if not held:
        return Goods(f"products need trade of all pairs; {how()}")
    # It takes half a minute, and depends on the files, the pair and the day alone.
    question = ["goods", __version__, *held, *pair, before]
    missing, year, rows, of = kept(question, lambda: _reckoned(pair, root, before))
    said = f"{cite(root)}; potential by Servanda after the International Trade Centre"
    return Goods(missing, year, tuple(Good(*row) for row in rows), of, said)


def _reckoned(pair: Pair, root: Path, before: int) -> list[Any]:
    """What Goods holds, as plain values."""
    held = newest_year(root, before)
    if held.table is None:
        return [held.missing, None, [], 0]
    (seen,) = tables(flows=held.table.select(["exporter", "importer", "product", "value"]))
    made = potential(seen, pair).to_pyarrow().to_pylist()
    if not made:
        return [f"{cite(root)}, has no trade of {' or '.join(pair)} in {held.year}", None, [], 0]
    # To a dollar: sums are made by several threads, and their last digit is not always the same.
    rows = [
        Good(
            row["exporter"], row["importer"], row["product"], held.names.get(row["product"], row["product"]),
            *(round(row[name] / 1000, 6) for name in ("actual", "potential", "unused")),
        )
        for row in made
    ]  # fmt: skip
    first = [list(astuple(row)) for row in _first(rows, pair)]
    return [None, held.year, first, len({row.code for row in rows})]


def _first(rows: list[Good], pair: Pair) -> Iterable[Good]:
    for seller in pair:
        its = [row for row in rows if row.exporter == seller and row.unused > 0]
        yield from sorted(its, key=lambda row: (-row.unused, row.code))[:MOST]


def newest(
    pair: Pair, asked: Fetched, peers: tuple[Pair, ...], root: Path, before: int
) -> tuple[Expecting, Reading] | None:
    """What would be expected of the pair by the panel that a user fetched, over its last years; None without one."""
    held = added(asked.source, root)
    judged = Expecting(asked.source, asked.formula, asked.of, cite=held.cite)
    if held.table is None:
        if latest(root, asked.source) is None:
            return None
        return judged, _without(pair, held.missing or "")
    table = _last_years(held.table, asked, before)
    if table.num_rows == 0:
        return judged, _without(pair, f"it holds no flow ({asked.value}) before {before}")
    return judged, gap(table, judged, pair, peers)


def _without(pair: Pair, reason: str) -> Reading:
    return Reading("untapped share", "share of what is expected", reason=reason, parties=pair)


def _last_years(held: pa.Table, asked: Fetched, before: int) -> pa.Table:
    """Flows in USD million of the last years in which there are any."""
    if asked.value not in held.column_names:
        return held.slice(0, 0)
    known = held.filter(pc.and_(pc.is_valid(held[asked.value]), pc.less(held["year"], before)))
    last = pc.max(known["year"]).as_py()
    if last is None:
        return known
    known = known.filter(pc.greater(known["year"], last - asked.years))
    return known.append_column("trade", pc.divide(known[asked.value], 1000.0))
