"""servanda compute gravity: what a table of flows says of the covariates that the user names."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
import pyarrow as pa
import pyarrow.csv

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.faces.cli.subject.options import table_options, write
from servanda.measures.ties.fit.estimate import Estimate, estimate
from servanda.measures.ties.fit.specification import columns, key, specification
from servanda.sources.flows import matrix
from servanda.sources.table import columns_of


@verb(
    "compute gravity",
    examples=(
        '--table trade.csv --formula "rta + log(dist) + cntg" --fixed-effects exporter-year,importer-year',
        "--table trade.parquet --formula rta --fixed-effects exporter-year,importer-year,pair --cluster pair",
        '--table trade.csv --response "log(trade)" --model ols --formula "log(dist)" --fixed-effects exporter,importer',
    ),
)
@click.option(
    "--bias-corrected",
    "is_corrected",
    is_flag=True,
    help="Correct coefficients and errors for exporter-year, importer-year and pair effects (Weidner and Zylkin 2021, "
    "whose pairs are those of exporter-importer).",
)
@click.option(
    "--sum",
    "sums",
    multiple=True,
    metavar="TERMS",
    help='Add coefficients up, with the error of the sum, as in "rta + rta_lag4". May be given more than once.',
)
@click.option("--model", type=click.Choice(["ppml", "ols"]), default="ppml", show_default=True)
@click.option("--response", "explained", default="trade", show_default=True, help="A column, or log(column).")
@click.option(
    "--small-sample",
    type=click.Choice(["stata", "none", "default"]),
    default="default",
    show_default=True,
    help="stata: G/(G-1), as ppml, ppml_panel_sg and ppmlhdfe. default: also (N-1)/(N-K), as pyfixest and fixest.",
)
@click.option(
    "--cluster",
    "clustered",
    default="none",
    show_default=True,
    metavar="COLUMN[,COLUMN]",
    help="Within what errors are correlated; 'pair' for the two parties. none: robust row by row.",
)
@click.option(
    "--fixed-effects",
    default="",
    metavar="SETS",
    help="Sets with commas, each of columns joined by '-'. pair is one for both directions; exporter-importer keeps "
    "them apart.",
)
@click.option(
    "--formula",
    default="",
    help="Terms joined by +: a column, log(x), exp(x), x^2, C(x) for dummies, and products x:y.",
)
@table_options("Write the answer here, as .json, .csv or .parquet. Else it is printed.")
def run(*, table: Path, out: Path | None, shape: str | None, formula: str, fixed_effects: str, **asked: Any) -> None:
    """Columns exporter, importer, trade, the covariates of the formula and, for a panel, year; gives name, estimate and
    std_error of every coefficient and, as JSON, n, what was dropped with rows and reasons, and what was assumed. A
    zero is a value; a row that is not there is missing and not a zero. The constant is the mean of the fixed effects.
    """
    held = columns_of(table)
    specified = specification(formula, fixed_effects, **asked)
    found = estimate(matrix(table, columns(specified, held), key(specified, held)), specified)
    answer = told(found)
    if out is not None and (shape == "json" or out.suffix.lower() == ".json"):
        _write(json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=1), out)
    elif out is not None:
        write(coefficients(found), out)
    elif shape == "json":
        print(json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=1))
        return
    else:
        pa.csv.write_csv(coefficients(found), sys.stdout.buffer)
        sys.stdout.buffer.flush()
    print(_notes(found), file=sys.stderr)


def told(found: Estimate) -> dict[str, Any]:
    """The answer as plain values."""
    return {
        "coefficients": coefficients(found).to_pylist(),
        "n": found.n,
        "dropped": [
            {"reason": one.reason, "rows": one.rows, "examples": list(one.examples), "term": one.term}
            for one in found.dropped
        ],
        "deviance": found.deviance,
        "iterations": found.iterations,
        "converged": True,
        "last_step": found.moved,
        "covariance": found.covariance.tolist(),
        "assumed": list(found.assumed),
    }


def coefficients(found: Estimate) -> pa.Table:
    """Name, estimate and error of every coefficient; before the correction too, where there was one."""
    rows = [
        {"name": one.name, "estimate": one.estimate, "std_error": one.std_error}
        | (
            {"uncorrected": one.uncorrected, "uncorrected_std_error": one.uncorrected_error}
            if one.uncorrected is not None
            else {}
        )
        for one in found.coefficients
    ]
    return pa.Table.from_pylist(rows)


def _notes(found: Estimate) -> str:
    """What goes with the coefficients, in words."""
    said = [f"{found.n:,} rows, deviance {found.deviance:.10g}, {found.iterations} iterations"]
    for one in found.dropped:
        rows = f" ({', '.join(str(row) for row in one.examples)})" if one.examples else ""
        said.append(f"left out: {one.reason}" + (f", {one.rows:,} rows{rows}" if one.term is None else ""))
    return "\n".join([*said, *(f"assumed: {one}" for one in found.assumed)])


def _write(text: str, out: Path) -> None:
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror or fault}; choose another place") from fault
