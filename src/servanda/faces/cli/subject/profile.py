"""servanda compute profile."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.region.dependence import Partners, concentrated, lean, profile, weightings
from servanda.model.reading import Reading
from servanda.review.areas.region.choices import region_choices
from servanda.review.wording import percent
from servanda.sources.table import Column, Sort, read

SHAPE = pa.schema(
    [
        ("party", pa.string()), ("domain", pa.string()), ("year", pa.int64()), ("column", pa.string()),
        ("share", pa.float64()), ("low", pa.float64()), ("high", pa.float64()), ("told", pa.int64()),
        ("of", pa.int64()), ("concentration", pa.float64()), ("reason", pa.string()),
    ]
)  # fmt: skip
COMPOSITE = "composite"
COLUMNS = (
    Column("party"), Column("domain", Sort.WORDS), Column("partner"), Column("value", Sort.NUMBER, 0),
    Column("year", Sort.WHOLE, 1500, 2200, optional=True),
)  # fmt: skip
Held = dict[tuple[str, str], Partners]


@verb("compute profile", examples=("--table leaning.csv --columns CHN,USA,ASEAN,GULF --rest OTH --pair IND,KOR",))
@table_options()
@click.option("--columns", "said", help="Parties and groups whose shares are wanted. Else those of the chapter.")
@click.option("--rest", help="Codes of partners that the table lumps together, with commas between.")
@click.option("--closed", is_flag=True, help="A partner without a row has nothing. Else nothing is known of it.")
@click.option("--pair", help="Two parties: of how many weightings does the first lean more on each column?")
def run(
    *, table: Path, out: Path | None, shape: str | None, said: str | None, rest: str | None, closed: bool,
    pair: str | None,
) -> None:  # fmt: skip
    """On whom each party leans, domain by domain. Columns party, domain, partner, value [, year: the newest is taken].

    Gives party, domain, year, column, share (with low and high where part of it is lumped), how many members are told
    apart, the concentration of partners, or a reason; and a composite of equal weights with its range over all weights.
    Groups are those of content/review/region.yml, with who was a member at the end of the year.
    """
    held, years = _held(table, {one for one in (rest or "").split(",") if one}, closed)
    choices = region_choices()
    wanted = [one.strip() for one in said.split(",") if one.strip()] if said else list(choices.columns)
    rows: list[dict[str, Any]] = []
    shares: dict[tuple[str, str], dict[str, Reading]] = {}
    for (party, domain), own in held.items():
        spread = concentrated(own)
        for column in wanted:
            group = choices.group(column)
            members = group.of(years[party, domain]) if group else frozenset({column})
            if members == {party}:
                continue
            cell = lean(own, members, domain)
            shares.setdefault((party, column), {})[domain] = cell
            rows.append(_row(party, domain, years[party, domain], column, cell, spread.value))
    for (party, column), cells in shares.items():
        rows.append(_row(party, COMPOSITE, None, column, profile(COMPOSITE, list(cells.values())).composite, None))
    if pair:
        _compare(pair_of(pair), wanted, shares)
    give(pa.Table.from_pylist(rows, schema=SHAPE), out, shape)


def _held(table: Path, rest: set[str], closed: bool) -> tuple[Held, dict[tuple[str, str], int]]:
    """What each party has with each partner in a domain, of its newest year; the year is 9999 where there is none."""
    made = read(table, COLUMNS, ["party", "domain", "partner", "year"]).to_pylist()
    newest: dict[tuple[str, str], int] = {}
    for row in made:
        key = (row["party"], row["domain"])
        newest[key] = max(newest.get(key, 0), row.get("year") or 9999)
    values: dict[tuple[str, str], dict[str, float]] = {key: {} for key in newest}
    for row in made:
        key = (row["party"], row["domain"])
        if (row.get("year") or 9999) == newest[key]:
            values[key][row["partner"]] = row["value"]
    held = {
        key: Partners(key[0], str(newest[key]) if newest[key] != 9999 else "no year",
                      {one: value for one, value in its.items() if one not in rest | {key[0]}},
                      sum(value for one, value in its.items() if one in rest), closed)
        for key, its in values.items()
    }  # fmt: skip
    return held, {key: min(year, 9998) for key, year in newest.items()}


def _row(party: str, domain: str, year: int | None, column: str, cell: Reading, spread: float | None) -> dict[str, Any]:
    known = None if year in (None, 9998) else year
    return {"party": party, "domain": domain, "year": known, "column": column, "share": cell.value, "low": cell.low,
            "high": cell.high, "told": cell.used, "of": cell.expected, "concentration": spread,
            "reason": cell.reason}  # fmt: skip


def _compare(pair: tuple[str, str], columns: list[str], shares: Mapping[tuple[str, str], dict[str, Reading]]) -> None:
    """To the error stream: of how many weightings the first leans more, by the domains in which both have a figure."""
    strange = [one for one in pair if not any(party == one for party, _ in shares)]
    if strange:
        raise RequestError(f"the table has no row of {' and '.join(strange)}; --pair names two of its parties")
    for column in columns:
        one, other = (shares.get((party, column), {}) for party in pair)
        both = [(one[name].value, other[name].value) for name in one if name in other]
        known = [(a, b) for a, b in both if a is not None and b is not None]
        if known:
            share = weightings([a for a, _ in known], [b for _, b in known])
            words = f"by {percent(share)} of all weightings {pair[0]} leans more on it than {pair[1]}"
            print(f"{column}: {words} ({len(known)} domains)", file=sys.stderr)
