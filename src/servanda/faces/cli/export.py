"""servanda export: the register back as YAML."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.options import open_register, register_options, verb
from servanda.register.keep import write_out


@verb("export", examples=("my-content", "my-content --case ind-kor"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--case", multiple=True, help="Only this case (repeat for several).")
@register_options()
def run(*, folder: Path, case: tuple[str, ...], store: str | None, content: Path | None) -> None:
    """Export cases as YAML, the same to the byte as they would be imported."""
    opened, found = open_register(store, content)
    written = write_out(opened, folder, case, words_from=found.content)
    print(f"wrote {len(written)} files under {folder}")
