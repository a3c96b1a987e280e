"""servanda compute restatements: does a later sentence promise what an earlier one did?"""

from __future__ import annotations

import csv
from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.texts.restate import Asked, score_pairs

COLUMNS = ("pair", "earlier_sentence", "later_sentence")


@verb("compute restatements", examples=("--table pairs.csv --out scored.csv",))
@click.option("--table", required=True, type=click.Path(path_type=Path), help="CSV with a header.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Write the answers to this CSV.")
def run(*, table: Path, out: Path) -> None:
    """Columns pair, earlier_sentence, later_sentence; gives pair, probability (that the later promises the act of the
    earlier again), change (nothing, date, number, strength) and reason where there is nothing to compare.
    """
    scored = score_pairs([Asked(row["pair"], row["earlier_sentence"], row["later_sentence"]) for row in _rows(table)])
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("pair", "probability", "change", "reason"))
        writer.writerows((one.pair, f"{one.probability:.4f}", one.change, one.reason or "") for one in scored)


def _rows(table: Path) -> list[dict[str, str]]:
    """The rows of a table; raises RequestError naming what is missing and what was found."""
    try:
        text = table.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise RequestError(f"{table} cannot be read as a table in UTF-8 ({fault}); give a CSV with a header") from fault
    reader = csv.DictReader(text.splitlines(keepends=True))
    found = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        shown = ", ".join(found) or "no columns"
        raise RequestError(f"{table} lacks the column {', '.join(missing)}; it has {shown}")
    return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]
