"""servanda show: any noun of the register by its id."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from servanda.faces.cli.account import give
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, verb
from servanda.model.words import Kind
from servanda.pages.plain import plain
from servanda.register.explain import explain
from servanda.register.lookup import look_up

EXAMPLES = ("C018", "C027 --as-of 2020-01-01", "ind-kor.cepa-upgrade", "D-2018-VISION --format json", "B001")


@verb("show", examples=EXAMPLES)
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@as_of_option
@register_options()
def run(*, name: str, form: str, as_of: str | None, store: str | None, content: Path | None) -> None:
    """Show one noun: a commitment with its evidence, a thread, a document with its promises, a barrier, a figure.

    ID is the noun's own, such as C018, ind-kor.cepa-upgrade, D-2018-VISION or B001.
    """
    day = as_of_day(as_of)
    opened, _ = open_register(store, content)
    found = look_up(opened, name, day)
    if found.kind is Kind.COMMITMENT:
        give(explain(opened, name, day), form, whole=False)
    elif form == "json":
        json.dump(plain(found), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        from servanda.faces.cli.text import console, found_text

        found_text(console(sys.stdout), found)
