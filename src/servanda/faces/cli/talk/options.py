"""What the parts of servanda dialogue share: as whom one speaks, and where a meeting is looked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.dialogue import Meeting, Speaker
from servanda.model.words import Kind
from servanda.pages.dialogue import alone
from servanda.register.words import Words
from servanda.settings import settings
from servanda.store import entries, items
from servanda.store.connect import Store

Run = TypeVar("Run", bound=Callable[..., Any])


def speaker_options(run: Run) -> Run:
    """--side and --who."""
    run = click.option("--who", help="Who speaks; else SERVANDA_WHO, else your user name.")(run)
    return click.option("--side", help="For which side you speak: a country of the pair, or reviewer.")(run)


def out_option(what: str) -> Callable[[Run], Run]:
    """--out"""

    def add(run: Run) -> Run:
        return click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=what)(run)

    return add


def speaker(words: Words, record: Record, side: str | None, who: str | None) -> Speaker:
    """The speaker that the options say; raises RequestError with the sides of the pair."""
    parties = record.case.parties
    code = side if side in (None, "reviewer") else words.party(side).code
    made = alone(who or settings().who, code or "", tuple(parties))
    if made is None:
        raise RequestError(f"say for which side you speak: --side {' or --side '.join((*parties, 'reviewer'))}")
    return made


def record_of(store: Store, kind: Kind, name: str) -> Record:
    """The record of the case that holds a meeting or an item."""
    with store.read() as unit:
        case = items.case_of(unit, kind, name)
        if case is None:
            held = items.refs(unit, [kind])
            hint = f"the register holds {', '.join(held[:8])}" if held else "open one with servanda dialogue open"
            raise RequestError(f"no {kind} '{name}'; {hint}")
        return items.record(items.bodies(unit, case), entries.head_of(unit)[0])


def meeting_of(store: Store, name: str) -> tuple[Meeting, Record]:
    """A meeting by its id, with the record of its case."""
    record = record_of(store, Kind.MEETING, name)
    return record.meetings[name], record


def write(out: Path | None, made: bytes | str) -> None:
    """Write a paper to a file, or words to the output; raises RequestError where a file is needed."""
    if out is None:
        if isinstance(made, bytes):
            raise RequestError("this is a file and no words; say where to write it with --out")
        click.echo(made)
        return
    try:
        out.write_bytes(made.encode() if isinstance(made, str) else made)
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror}; choose another place with --out") from fault
    click.echo(f"wrote {out}", err=True)
