"""servanda fetch: what a data source has, into a dated snapshot."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import set_by, verb
from servanda.model.data import DataSource
from servanda.model.snapshot import Snapshot
from servanda.settings import settings, snapshots, today
from servanda.sources.ask import Call, plan, years
from servanda.sources.declared import source, sources
from servanda.sources.snapshots import day_of, every

EXAMPLES = (
    "worldbank --set party=IND,KOR --set indicator=NY.GDP.MKTP.CD",
    "comtrade --set reporter=IND --set partner=KOR --year 2015-2023 --dry-run",
    "wits --address tariffs --set reporter=KOR --set partner=IND --set product=870323 --year 2019",
    "baci --set vintage=HS12 --set release=202501",
    "--list",
)
SHOWN = 12


@verb("fetch", examples=EXAMPLES)
@click.argument("name", metavar="[SOURCE]", required=False)
@click.option("--set", "chosen", multiple=True, metavar="CHOICE=VALUES",
              help="What to ask for, as reporter=IND or product=01,02. May be given more than once.")  # fmt: skip
@click.option("--year", help="Years: 2019, or 2010-2014,2016.")
@click.option("--address", help="Which address of the source. Else its first.")
@click.option("--dry-run", is_flag=True, help="Say which addresses would be asked, and ask none.")
@click.option("--most", type=click.IntRange(1), help="At most so many calls now; the same command goes on there.")
@click.option("--date", "day", help="Go on with the snapshot of this day. Today where none is given.")
@click.option("--table", type=click.Path(path_type=Path),
              help="Write the tidy table to this file (.csv, .parquet). Without --set, of what is held.")  # fmt: skip
@click.option("--list", "is_list", is_flag=True, help="List the sources, and what is held of each and how old it is.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of snapshots. Else SERVANDA_DATA, or your own.")
@click.option("--content", type=click.Path(path_type=Path), help="Folder of content, in place of the shipped one.")
def run(*, name: str | None, chosen: tuple[str, ...], year: str | None, address: str | None,
        dry_run: bool, most: int | None, day: str | None, table: Path | None, is_list: bool, data: Path | None,
        content: Path | None) -> None:  # fmt: skip
    """Fetch what a data source has into a dated snapshot: raw bytes unchanged, with hash, address and time.

    What the snapshot of the day holds is not asked again, so that a run that broke off goes on with the same command.
    """
    root = data or snapshots()
    held = settings(content=str(content) if content else None).content
    if is_list or name is None:
        _list(root, held)
        return
    one = source(name, held)
    if table is not None and not chosen and not year:
        _table(root, one, day, table)
        return
    calls = plan(one, address, _choices(chosen, year), held)
    on = day_of(day, today())
    if dry_run:
        _dry(one, calls, root, on)
        return
    from servanda.sources.fetch import Told, clock, fetch

    def tell(told: Told) -> None:
        print(f"[{told.done}/{told.of}] {told.words}", file=sys.stderr)

    made = fetch(one, calls, root, on, clock(), tell, most)
    size = sum(piece.size for piece in made.pieces)
    print(f"{one.id} of {made.date}: {_files(made)}, {size:,} bytes, in {root / one.id / made.date}"
          + ("" if made.is_whole else "; not whole yet, the same command goes on"))  # fmt: skip
    if table is not None:
        _table(root, one, on, table)


def _table(root: Path, one: DataSource, day: str | None, out: Path) -> None:
    """Write the tidy table of a snapshot: of the day, or the newest; what to know of it goes to the terminal."""
    from servanda.faces.cli.subject.options import write
    from servanda.sources.snapshots import latest, load
    from servanda.sources.tidy.read import tidy

    found = load(root, one.id, day_of(day, today())) if day else latest(root, one.id)
    if found is None:
        raise RequestError(f"nothing is held of {one.id}; fetch it first, or add a file")
    made = tidy(found, one, root)
    write(made.table, out)
    whole = "" if found.is_whole else ", which is not whole"
    print(f"{out}: {made.table.num_rows:,} rows of {one.id} of {found.date}{whole}. {one.cite}")
    for words in made.cautions:
        print(f"note: {words}", file=sys.stderr)
    for why, many in made.left_out.items():
        print(f"left out, {why}: {many:,} rows", file=sys.stderr)


def _choices(chosen: tuple[str, ...], year: str | None) -> dict[str, tuple[str, ...]]:
    found = {
        name: tuple(one.strip() for one in values.split(",") if one.strip()) for name, values in set_by(chosen).items()
    }
    if year:
        found["year"] = years(year)
    return found


def _dry(one: DataSource, calls: list[Call], root: Path, day: str) -> None:
    """Every address, and how many calls under which limits, as far as the answers that are held tell."""
    from servanda.sources.fetch import ahead

    own, found = calls[0].address, ahead(one, calls, root, day)
    for call in calls:
        print(call.shown)
    limits = [
        f"{own.rows:,} rows a call" if own.rows else "",
        f"{own.calls:,} calls a day" if own.calls else "",
        f"{own.pause:g} seconds between calls",
        f"a key from {own.key}" if own.key else "no key",
        f"USD {own.usd * found.left:.4f} of the day's budget" if own.usd else "",
        f"{-(-found.left // own.calls)} days" if own.calls and found.left > own.calls else "",
    ]
    every = found.held + found.left
    words = f"{every} call{'s' if every != 1 else ''}, {found.held} of them held; {', '.join(filter(None, limits))}"
    more = f"; {found.unknown} of them say only when they are made how many follow (--most 1 makes one)"
    cut = "; an answer cut at the limit is asked for again in halves" if own.rows and own.joined else ""
    print(f"{words}{more if found.unknown else ''}{cut}. Nothing was asked.")


def _files(snapshot: Snapshot) -> str:
    many = len(snapshot.pieces)
    return f"{many} file{'s' if many != 1 else ''}"


def _list(root: Path, content: Path) -> None:
    on = today()
    snaps = list(every(root))
    for name, one in sources(content).items():
        ways = ", ".join(f"{way.name}{' (by hand)' if way.is_form else ''}" for way in one.addresses)
        print(f"{name}: {one.title}. {one.licence.name}{'' if one.licence.is_open else ', not open'}. {ways}")
        for snap in [each for each in snaps if each.source == name][-SHOWN:]:
            days = (on - type(on).fromisoformat(snap.date)).days
            whole = "" if snap.is_whole else ", not whole: run the same command with --date"
            size = sum(piece.size for piece in snap.pieces)
            print(f"  {snap.date}, {days} days old: {_files(snap)}, {size:,} bytes{whole}")
    print(f"Snapshots lie in {root}.")
