"""What the verbs share: their common options, the open register, and how a day is read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from servanda.errors import RequestError
from servanda.register.keep import seed
from servanda.settings import Settings, now, settings, today
from servanda.store.connect import Store

Run = TypeVar("Run", bound=Callable[..., Any])


def verb(name: str, *, examples: tuple[str, ...]) -> Callable[[Callable[..., Any]], click.Command]:
    """A command whose help ends with examples, each on a line of its own."""
    lines = "\n".join(f"  servanda {name} {example}".rstrip() for example in examples)
    helps = {"help_option_names": ["-h", "--help"]}
    return click.command(name, epilog=f"\b\nExamples:\n{lines}", context_settings=helps)


def register_options(content: bool = True) -> Callable[[Run], Run]:
    """--store, and --content where a verb reads content."""

    def add(run: Run) -> Run:
        if content:
            run = click.option(
                "--content", type=click.Path(path_type=Path), help="Folder of content, in place of the shipped one."
            )(run)
        where = "A file, or postgresql://name@host/base. Else SERVANDA_STORE, else your data folder."
        return click.option("--store", help=f"The register. {where}")(run)

    return add


def as_of_option(run: Run) -> Run:
    """--as-of"""
    return click.option("--as-of", help="The day spoken of, as 2026-11-23. Today where none is given.")(run)


def as_of_day(said: str | None) -> date:
    """The day that an option says; today where it says none."""
    if not said:
        return today()
    try:
        return date.fromisoformat(said)
    except ValueError as fault:
        raise RequestError(f"'{said}' is not a day; write --as-of 2026-11-23") from fault


def set_by(chosen: Sequence[str]) -> dict[str, str]:
    """What options such as --set reporter=IND say; raises RequestError for one that sets nothing."""
    found: dict[str, str] = {}
    for said in chosen:
        name, equals, value = said.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise RequestError(f"--set '{said}' sets nothing; write for example --set reporter=IND,KOR")
        found[name.strip()] = value.strip()
    return found


def two_parties(said: Sequence[str]) -> None:
    """Raises RequestError where the names are not two."""
    if len(said) != 2:
        were = "was" if len(said) == 1 else "were"
        raise RequestError(f"a pair is two countries, {len(said)} {were} given; write for example: IND KOR")


def open_register(store: str | None, content: Path | None = None, build: bool = True) -> tuple[Store, Settings]:
    """The register, built from the shipped cases where it is empty."""
    found = settings(store, str(content) if content else None)
    opened = Store(found.store)
    made = seed(opened, found.content, now().isoformat()) if build else []
    if made:
        put = sum(one.put for one in made)
        print(f"built the register {opened.shown} from {len(made)} cases, {put} entries", file=sys.stderr)
    return opened, found
