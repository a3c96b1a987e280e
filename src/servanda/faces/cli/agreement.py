"""servanda agreement: how far the coders of a text agree."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from servanda.faces.cli.options import open_register, register_options, verb
from servanda.pages.plain import plain


@verb("agreement", examples=("D-2026-HARBOUR.en", "D-2026-HARBOUR.en --format json"))
@click.argument("text", metavar="TEXT")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@register_options()
def run(*, text: str, form: str, store: str | None, content: Path | None) -> None:
    """Compare the coders of a text: Krippendorff's alpha with a bootstrap interval, and every difference.

    TEXT is the id of a text in the register. The second coder codes it blind, on the page 'Read' of servanda serve.
    """
    from servanda.faces.cli.decided import agreement_text
    from servanda.faces.cli.text import console
    from servanda.register.agreement import agreement

    opened, _ = open_register(store, content)
    found = agreement(opened, text)
    if form == "json":
        json.dump(plain(found), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        print()
    else:
        agreement_text(console(sys.stdout), found)
