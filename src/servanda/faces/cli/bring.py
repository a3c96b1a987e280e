"""servanda import: what changed in the YAML becomes entries."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.errors import RequestError
from servanda.faces.cli.options import StoreOption, open_register
from servanda.register.keep import bring_in
from servanda.settings import now

EPILOG = "Examples:  servanda import --why 'new shipped cases'  ·  servanda import my-content --case ind-kor --why 'corrected the date of C059'"


def run(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of content; the shipped one where none is given.", show_default=False)
    ] = None,
    why: Annotated[str, typer.Option("--why", help="Why it changes; kept with every entry.")] = "import of content",
    who: Annotated[
        str | None,
        typer.Option("--who", help="Who changes it; else SERVANDA_WHO, else your user name.", show_default=False),
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", help="Only this case (repeat for several).", show_default=False)
    ] = None,
    store: StoreOption = None,
) -> None:
    """Import cases from YAML: all of what changed, or nothing."""
    if folder is not None and not folder.is_dir():
        raise RequestError(f"{folder} is not a folder; give the folder that holds cases/ and words/")
    opened, found = open_register(store, str(folder) if folder else None, build=False)
    for kept in bring_in(opened, found.content, who or found.who, why, now().isoformat(), case or ()):
        print(f"{kept.case}: {kept.put} put, {kept.withdrawn} withdrawn; last entry {kept.last}")
