"""servanda dialogue close: sign, hand out excerpts, close."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.dialogue.close import close, hand_out, sign, waits
from servanda.dialogue.papers.excerpt import excerpt, excerpt_docx, owners
from servanda.dialogue.work import agenda
from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options, verb
from servanda.faces.cli.talk.options import meeting_of, speaker, speaker_options
from servanda.register.words import words
from servanda.settings import now


@verb(
    "dialogue close",
    examples=("MEETING --sign --side IND", "MEETING --excerpts folder --side IND", "MEETING --side IND"),
)
@click.argument("meeting")
@click.option("--sign", "signs", is_flag=True, help="Sign the minutes for your side.")
@click.option(
    "--excerpts", "folder", type=click.Path(path_type=Path, file_okay=False), help="Write every owner's excerpt here."
)
@click.option("--check", is_flag=True, help="Say what the meeting waits for, and do nothing.")
@speaker_options
@register_options()
def run(
    *, meeting: str, signs: bool, folder: Path | None, check: bool, side: str | None, who: str | None,
    store: str | None, content: Path | None,
) -> None:  # fmt: skip
    """Close a meeting: each item settled, both co-chairs signed, each owner with its excerpt. What is open moves on."""
    opened, found = open_register(store, content)
    lists = words(found.content)
    held, record = meeting_of(opened, meeting)
    rows = agenda(record, meeting)
    if check:
        names = {code: lists.named(code).short for code in record.case.parties}
        reasons = waits(held, rows, record.case.parties, owners(rows, lists), names).reasons
        click.echo("\n".join(reasons) or "it may close")
        return
    speaks, at = speaker(lists, record, side, who), now().isoformat()
    if signs:
        made = sign(opened, meeting, speaks, at)
        click.echo(f"signed by {', '.join(one.party for one in made.signed)}", err=True)
    if folder:
        hand_out(opened, lists, meeting, speaks, at)
        held, record = meeting_of(opened, meeting)
        _write(
            folder, [(one, excerpt_docx(excerpt(held, rows, one, lists), held, lists)) for one in owners(rows, lists)]
        )
    if not signs and not folder:
        made = close(opened, lists, meeting, speaks, at)
        click.echo(f"closed; its minutes are {made.document}", err=True)


def _write(folder: Path, papers: list[tuple[str, bytes]]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (owner, raw) in enumerate(papers, 1):
            safe = "".join(sign if sign.isalnum() else "-" for sign in owner)[:60].strip("-") or "owner"
            path = folder / f"{number:02}-{safe}.docx"
            path.write_bytes(raw)
            click.echo(f"wrote {path}", err=True)
    except OSError as fault:
        raise RequestError(f"cannot write to {folder}: {fault.strerror}; choose another folder") from fault
