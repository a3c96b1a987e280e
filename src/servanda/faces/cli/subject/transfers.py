"""servanda compute transfers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from servanda.errors import RequestError, nearest
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of
from servanda.measures.defence.transfers import deliveries, offers, suppliers
from servanda.review.areas.defence.arms import category_of
from servanda.review.areas.defence.choices import defence_choices
from servanda.sources.arms import register

SUPPLIED = pa.schema(
    [
        ("recipient", pa.string()), ("supplier", pa.string()), ("first", pa.int64()), ("last", pa.int64()),
        ("tiv", pa.float64()), ("share", pa.float64()),
    ]
)  # fmt: skip
OFFERED = pa.schema(
    [
        ("supplier", pa.string()), ("recipient", pa.string()), ("category", pa.string()), ("first", pa.int64()),
        ("last", pa.int64()), ("sold", pa.float64()), ("to", pa.string()), ("bought", pa.float64()),
        ("of", pa.string()),
    ]
)  # fmt: skip


@verb("compute transfers", examples=('--table register.csv --pair "India,South Korea" --first 2020 --last 2024',))
@click.option("--table", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="SIPRI's trade register, as it was saved from its form.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the answer here. Else printed.")
@click.option("--format", "shape", type=click.Choice(["csv", "json"]), help="Of what is printed. Else csv.")
@click.option("--pair", required=True, help="The two, as the register names them.")
@click.option("--first", type=int, help="First year of deliveries. Else five years before the last.")
@click.option("--last", type=int, help="Last year of deliveries. Else that of the register.")
@click.option("--offers", "is_offers", is_flag=True, help="What each could supply the other, by category.")
def run(
    *, table: Path, out: Path | None, shape: str | None, pair: str, first: int | None, last: int | None,
    is_offers: bool,
) -> None:  # fmt: skip
    """Who supplied the arms of each of two, by volume and share; each deal evenly over its years of delivery.

    With --offers: what each delivered to others in a category in which the other took arms from others, with the
    three largest of both. Millions of trend-indicator value, a volume and no price.
    """
    own = pair_of(pair)
    held = register(table).table
    delivered = deliveries(held)
    names = {name for column in ("recipient", "supplier") for name in held[column].to_pylist()}
    for one in own:
        if one not in names:
            near = nearest(one, names)
            raise RequestError(f"the register names no '{one}'" + (f"; nearest is '{near[0]}'" if near else ""))
    end = last if last is not None else max(delivered["year"].to_pylist(), default=0)
    begin = first if first is not None else end - defence_choices().years + 1
    made = _offered(held, own, begin, end) if is_offers else _supplied(delivered, own, begin, end)
    give(made, out, shape)


def _supplied(delivered: pa.Table, pair: tuple[str, str], first: int, last: int) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {"recipient": one, "supplier": its.supplier, "first": first, "last": last, "tiv": its.tiv, "share": its.share}
        for one in pair
        for its in suppliers(delivered, one, first, last)
    ]
    return pa.Table.from_pylist(rows, schema=SUPPLIED)


def _offered(held: pa.Table, pair: tuple[str, str], first: int, last: int) -> pa.Table:
    kinds = defence_choices().categories
    rows: list[dict[str, Any]] = [
        {"supplier": one, "recipient": other, "category": its.category, "first": first, "last": last,
         "sold": its.sold, "to": "; ".join(its.to), "bought": its.bought, "of": "; ".join(its.of)}
        for one, other in (pair, pair[::-1])
        for its in offers(held, one, other, first, last, lambda said: category_of(said, kinds))
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=OFFERED)
