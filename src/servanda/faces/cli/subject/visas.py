"""servanda compute visas."""

from __future__ import annotations

from pathlib import Path

import click
import pyarrow as pa

from servanda.faces.cli.options import as_of_day, as_of_option, verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.people.visas import openness, spells
from servanda.sources.movement import rules

COLUMNS = pa.schema([("passport", pa.string()), ("destination", pa.string()), ("day", pa.string()),
                     ("requirement", pa.string()), ("since", pa.string()), ("step", pa.int64()),
                     ("more_open", pa.int64()), ("the_same", pa.int64()), ("less_open", pa.int64()),
                     ("reason", pa.string())])  # fmt: skip


@verb("compute visas", examples=("--table rules.csv --pair IND,KOR --as-of 2024-01-01",))
@table_options()
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@as_of_option
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, as_of: str | None) -> None:
    """What each passport needs in the other country, and what others need. Columns passport, destination, requirement.

    With a column since (a day) the rows are changes; without, one snapshot. step is 0 no admission, 1 visa required,
    2 e-visa, 3 visa on arrival, 4 travel authority, 5 visa free; a ban of the pandemic is no step.
    """
    day = as_of_day(as_of)
    found = spells(rules(table, day))
    made = []
    for passport, destination in (pair_of(pair), pair_of(pair)[::-1]):
        one = openness(found, passport, destination, day)
        steps = one.steps
        made.append({"passport": passport, "destination": destination, "day": day.isoformat(),
                     "requirement": steps.get("requirement"), "since": steps.get("since"),
                     "step": None if one.value is None else int(one.value), "more_open": steps.get("more open"),
                     "the_same": steps.get("the same"), "less_open": steps.get("less open"),
                     "reason": one.reason})  # fmt: skip
    give(pa.Table.from_pylist(made, schema=COLUMNS), out, shape)
