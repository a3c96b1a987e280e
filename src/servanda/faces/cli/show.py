"""servanda show: one commitment, thread or document."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from servanda.faces.cli.account import Form, give
from servanda.faces.cli.options import AsOfOption, ContentOption, StoreOption, as_of_day, open_register
from servanda.register.explain import explain

EPILOG = "Examples:  servanda show C018  ·  servanda show C027 --as-of 2020-01-01  ·  servanda show C018 --format json"


def run(
    name: Annotated[str, typer.Argument(help="Id of a commitment, such as C018", metavar="ID", show_default=False)],
    form: Annotated[Form, typer.Option("--format")] = Form.TEXT,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    content: ContentOption = None,
) -> None:
    """Show one commitment: what was promised, by whom, what evidence says, with sources."""
    day = as_of_day(as_of)
    opened, _ = open_register(store, content)
    give(explain(opened, name, day), form, whole=False, file=sys.stdout)
