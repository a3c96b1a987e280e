"""servanda explain: how a status came about."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from servanda.faces.cli.account import Form, give
from servanda.faces.cli.options import AsOfOption, ContentOption, StoreOption, as_of_day, open_register
from servanda.register.explain import explain

EPILOG = "Examples:  servanda explain C018  ·  servanda explain C003 --as-of 2012-01-01"


def run(
    name: Annotated[str, typer.Argument(help="Id of a commitment, such as C018", metavar="ID", show_default=False)],
    form: Annotated[Form, typer.Option("--format")] = Form.TEXT,
    as_of: AsOfOption = None,
    store: StoreOption = None,
    content: ContentOption = None,
) -> None:
    """Explain a status: the rule, the evidence it weighed, the status over the years, and every entry."""
    day = as_of_day(as_of)
    opened, _ = open_register(store, content)
    give(explain(opened, name, day), form, whole=True, file=sys.stdout)
