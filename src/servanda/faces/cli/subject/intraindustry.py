"""servanda compute intra-industry."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give, pair_of, table_options
from servanda.measures.trade.intraindustry import by_product, intra_industry, marginal
from servanda.sources.duck import computed, tables
from servanda.sources.flows import flows


@verb(
    "compute intra-industry",
    examples=("--table flows.csv --pair IND,KOR", "--table flows.csv --pair IND,KOR --between 2010,2020"),
)
@table_options()
@click.option("--pair", required=True, help="Two codes: IND,KOR. Exports are those of the first to the second.")
@click.option("--by-product", "is_by_product", is_flag=True, help="A row for every product.")
@click.option("--between", "years", help="Two years: marginal intra-industry trade of the change, by product.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, is_by_product: bool, years: str | None) -> None:
    """Grubel-Lloyd index, by product and of all with both corrections. Columns exporter, importer, product, value
    [, year].
    """
    one, other = pair_of(pair)
    held = flows(table)
    (trade,) = tables(flows=held)
    if years:
        first, last = _years(years, held.column_names)
        made = computed(marginal(trade, one, other, first, last))
    else:
        made = computed((by_product if is_by_product else intra_industry)(trade, one, other))
    if not made.num_rows:
        raise RequestError(f"{table.name} has no trade between {one} and {other}; are these its codes?")
    give(made, out, shape)


def _years(said: str, held: list[str]) -> tuple[int, int]:
    parts = said.split(",")
    if len(parts) != 2 or not all(part.strip().isdigit() for part in parts):
        raise RequestError(f"two years with a comma between them, not '{said}': --between 2010,2020")
    if "year" not in held:
        raise RequestError("the change between two years needs a column 'year'")
    return int(parts[0]), int(parts[1])
