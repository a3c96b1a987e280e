"""servanda explain: how a status came about."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.faces.cli.account import give
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, verb
from servanda.register.explain import explain


@verb("explain", examples=("C018", "C003 --as-of 2012-01-01"))
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@as_of_option
@register_options()
def run(*, name: str, form: str, as_of: str | None, store: str | None, content: Path | None) -> None:
    """Explain a status: the rule, the evidence it weighed, the status over the years, and every entry.

    ID is that of a commitment, such as C018.
    """
    day = as_of_day(as_of)
    opened, _ = open_register(store, content)
    give(explain(opened, name, day), form, whole=True)
