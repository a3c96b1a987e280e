"""servanda export: the register back as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from servanda.faces.cli.options import ContentOption, StoreOption, open_register
from servanda.register.keep import write_out

EPILOG = "Examples:  servanda export my-content  ·  servanda export my-content --case ind-kor"


def run(
    folder: Annotated[Path, typer.Argument(help="Where to write cases/ and words/.", show_default=False)],
    case: Annotated[
        list[str] | None, typer.Option("--case", help="Only this case (repeat for several).", show_default=False)
    ] = None,
    store: StoreOption = None,
    content: ContentOption = None,
) -> None:
    """Export cases as YAML, the same to the byte as they would be imported."""
    opened, found = open_register(store, content)
    written = write_out(opened, folder, case or (), words_from=found.content)
    print(f"wrote {len(written)} files under {folder}")
