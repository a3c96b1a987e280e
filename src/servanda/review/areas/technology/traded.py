"""Trade of a pair in lists of products, from what a user fetched of UN Comtrade. No record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from servanda.measures.technology.moved import Series
from servanda.review.areas.chosen import Pair
from servanda.sources.added import Added
from servanda.sources.products import products

SOURCE = "comtrade"


@dataclass(frozen=True, slots=True)
class Traded:
    """Exports in USD by list of products, way and year, as the exporter reports them; `cite` names the snapshot."""

    values: Mapping[str, Mapping[Pair, Series]]
    cite: str


def traded(held: Added, pair: Pair) -> Traded | None:
    """Exports of either to the other in every list of which the source holds a product; none where it holds none."""
    if held.table is None:
        return None
    own = [
        row
        for row in held.table.to_pylist()
        if row["flow"] == "export"
        and row["month"] is None
        and row["value"] is not None
        and {row["reporter"], row["partner"]} == set(pair)
    ]
    found = {name: made for name, one in products().items() if (made := _by_way(own, one.codes))}
    return Traded(found, held.cite) if found else None


def command(pair: Pair, name: str) -> str:
    """The command that fetches exports of the two in a list of products."""
    codes = ",".join(products()[name].codes)
    both = ",".join(pair)
    return f"servanda fetch {SOURCE} --set reporter={both} --set partner={both} --set product={codes} --year YEARS"


def _by_way(rows: Iterable[dict[str, Any]], codes: tuple[str, ...]) -> dict[Pair, dict[int, float]]:
    """Each code once: a heading as it is given, else its subheadings added up."""
    values: dict[tuple[str, str, int, str], dict[str, float]] = defaultdict(dict)
    for row in rows:
        for code in codes:
            if row["product"].startswith(code):
                values[row["reporter"], row["partner"], row["year"], code][row["product"]] = row["value"]
    found: dict[Pair, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (exporter, importer, year, code), held in values.items():
        deep = max(map(len, held))
        parts = {code: held[code]} if code in held else {one: v for one, v in held.items() if len(one) == deep}
        found[exporter, importer][year] += sum(parts.values())
    return {way: dict(series) for way, series in found.items()}
