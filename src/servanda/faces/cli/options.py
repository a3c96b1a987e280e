"""What the verbs share: their common options, the open register, and how a day is read."""

from __future__ import annotations

import sys
from datetime import date
from typing import Annotated

import typer

from servanda.errors import RequestError
from servanda.register.keep import seed
from servanda.settings import Settings, now, settings, today
from servanda.store.connect import Store

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="Register: a file, or postgresql://name@host/base. Else SERVANDA_STORE, else your data folder.",
        show_default=False,
    ),
]
ContentOption = Annotated[
    str | None, typer.Option("--content", help="Folder of content, in place of the shipped one.", show_default=False)
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Day of the review, as 2026-11-23. Today where it is not given.", show_default=False),
]


def as_of_day(said: str | None) -> date:
    """The day that an option says; today where it says none."""
    if not said:
        return today()
    try:
        return date.fromisoformat(said)
    except ValueError as fault:
        raise RequestError(f"'{said}' is not a day; write --as-of 2026-11-23") from fault


def open_register(store: str | None, content: str | None, build: bool = True) -> tuple[Store, Settings]:
    """The register, built from the shipped cases where it is empty."""
    found = settings(store, content)
    opened = Store(found.store)
    made = seed(opened, found.content, found.who, now().isoformat()) if build else []
    if made:
        put = sum(one.put for one in made)
        print(f"built the register {opened.shown} from {len(made)} cases, {put} entries", file=sys.stderr)
    return opened, found
