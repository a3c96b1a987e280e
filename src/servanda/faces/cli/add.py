"""servanda add: a file that somebody downloaded by hand, into a dated snapshot."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import set_by, verb
from servanda.settings import now, settings, snapshots, today
from servanda.sources.declared import source
from servanda.sources.fetch import add as add_file
from servanda.sources.snapshots import day_of

EXAMPLES = (
    "~/Downloads/export.csv --source tradestat --set flow=export --set partner=JPN",
    "Gravity_csv_V202211.zip --source gravity --date 2026-11-20 --from https://www.cepii.fr",
)


@verb("add", examples=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", "name", required=True, help="The data source that it is from: servanda fetch --list.")
@click.option("--date", "day", help="The day on which it was downloaded. Today where none is given.")
@click.option("--from", "address", help="The address that it came from, for the record.")
@click.option("--set", "chosen", multiple=True, metavar="NAME=VALUE",
              help="What the file does not say of itself, as flow=export. May be repeated.")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path), help="Folder of snapshots. Else SERVANDA_DATA, or your own.")
@click.option("--content", type=click.Path(path_type=Path), help="Folder of content, in place of the shipped one.")
def run(
    *, file: Path, name: str, day: str | None, address: str | None, chosen: tuple[str, ...], data: Path | None,
    content: Path | None,
) -> None:  # fmt: skip
    """Take a file that you downloaded by hand into the snapshot of a source, bytes unchanged."""
    root = data or snapshots()
    one = source(name, settings(content=str(content) if content else None).content)
    made = add_file(file, one, root, day_of(day, today()), now().isoformat(), address, set_by(chosen))
    piece = next(each for each in made.pieces if each.file == file.name)
    print(f"{piece.file}: {piece.size:,} bytes, SHA-256 {piece.sha256}, in {root / one.id / made.date}")
