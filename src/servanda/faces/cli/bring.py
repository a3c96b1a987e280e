"""servanda import: what changed in the YAML becomes entries."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options, verb
from servanda.register.keep import bring_in
from servanda.settings import now


@verb("import", examples=("--why 'new shipped cases'", "my-content --case ind-kor --why 'corrected the date of C059'"))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--why", default="import of content", show_default=True, help="Why it changes; kept with every entry.")
@click.option("--who", help="Who changes it; else SERVANDA_WHO, else your user name.")
@click.option("--case", multiple=True, help="Only this case (repeat for several).")
@register_options(content=False)
def run(*, folder: Path | None, why: str, who: str | None, case: tuple[str, ...], store: str | None) -> None:
    """Import cases from YAML, all of what changed or nothing; the shipped content where no FOLDER is given."""
    if folder is not None and not folder.is_dir():
        raise RequestError(f"{folder} is not a folder; give the folder that holds cases/ and words/")
    opened, found = open_register(store, folder, build=False)
    for kept in bring_in(opened, found.content, who or found.who, why, now().isoformat(), case):
        print(f"{kept.case}: {kept.put} put, {kept.withdrawn} withdrawn; last entry {kept.last}")
