"""servanda compute expected: what would be expected between two parties, and what is not there."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import give_reading, pair_of, table_options
from servanda.measures.ties.expected import PEERS, Question, expected
from servanda.measures.ties.fit.specification import columns, key, specification
from servanda.sources.flows import matrix
from servanda.sources.table import columns_of


@verb(
    "compute expected",
    examples=(
        '--table trade.csv --pair IND,KOR --formula "log(dist) + cntg + lang + rta" --format json',
        '--table trade.csv --pair IND,KOR --formula "log(dist)" --peers "IND,JPN IND,VNM KOR,VNM"',
    ),
)
@table_options("Write the reading here, as .json, .csv or .parquet. Else it is printed.")
@click.option("--pair", required=True, help="Two codes as the table has them: IND,KOR.")
@click.option("--formula", required=True, help="What joins two parties: a column, log(x), C(x), joined by +.")
@click.option("--peers", default="", help=f'Pairs to be ranked among, as "IND,JPN IND,VNM". Else the {PEERS} nearest.')
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the interval.")
def run(*, table: Path, out: Path | None, shape: str | None, pair: str, formula: str, peers: str, level: float) -> None:
    """The untapped share of a pair: 1 - actual / expected, with its interval, path, rank and both directions.

    Columns exporter, importer, trade, the covariates of the formula and, for a panel, year. Any flow will do for trade:
    goods, joint papers, students, flights. All pairs but those ranked take part in the estimate.
    """
    asked = Question(pair_of(pair), formula, tuple(pair_of(one) for one in peers.split()), level)
    held = columns_of(table)
    effects = "exporter-year,importer-year" if "year" in held else "exporter,importer"
    specified = specification(formula, effects, "pair")
    give_reading(expected(matrix(table, columns(specified, held), key(specified, held)), asked), out, shape)
