"""servanda dialogue brief: what one side, or both, should know before a meeting."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from servanda.accounts import notes
from servanda.dialogue.papers.brief import Brief, brief
from servanda.dialogue.papers.word import brief_docx, heads
from servanda.dialogue.work import agenda
from servanda.errors import RequestError
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, verb
from servanda.faces.cli.talk.options import meeting_of, out_option, write
from servanda.model.source import Source
from servanda.model.words import Kind
from servanda.pages.brief import page
from servanda.pages.plain import plain
from servanda.register.words import words


@verb("dialogue brief", examples=("MEETING --for IND --out brief.docx", "MEETING --for joint --format text"))
@click.argument("meeting")
@click.option("--for", "reader", required=True, help="A side, or joint. A joint brief holds no private note.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "docx", "pdf"]),
    help="Else by the name of --out, else text.",
)
@out_option("Write the brief to this file.")
@as_of_option
@register_options()
def run(
    *, meeting: str, reader: str, shape: str | None, out: Path | None, as_of: str | None, store: str | None,
    content: Path | None,
) -> None:  # fmt: skip
    """Write the brief of a meeting for one side, or for both."""
    opened, found = open_register(store, content)
    lists = words(found.content)
    held, record = meeting_of(opened, meeting)
    side = None if reader.casefold() == "joint" else lists.party(reader).code
    private = notes.read(opened, None, Kind.MEETING, held.id, party=side) if side else ()
    made = brief(record, lists, held, agenda(record, held.id), side, as_of_day(as_of), private)
    shape = shape or (out.suffix.lstrip(".").lower() if out and out.suffix else "text")
    if shape == "txt":
        shape = "text"
    shapes: dict[str, Callable[[Brief], bytes | str]] = {
        "text": _text,
        "json": _json,
        "docx": brief_docx,
        "pdf": lambda one: page(one).pdf(),
    }
    if shape not in shapes:
        raise RequestError(f"a brief is text, json, docx or pdf, not '{shape}'; say --format")
    write(out, shapes[shape](made))


def _json(made: Brief) -> str:
    return json.dumps(plain(made), ensure_ascii=False, allow_nan=False, indent=1)


def _text(made: Brief) -> str:
    lines = [made.heading, f"Brief for {made.reader}; {made.held}; as of {made.as_of}, entry {made.entries}", ""]
    for talk in made.talks:
        lines += [f"{talk.place}. {talk.title} ({talk.minutes} minutes)", f"   {talk.reason}"]
        for name, head in heads(made):
            if points := getattr(talk, name):
                lines.append(f"   {head}:")
                lines += [f"   - {one.says}{_cited(one.sources)}" for one in points]
        lines.append("")
    if not made.talks:
        lines += ["No item is on the agenda yet.", ""]
    lines += ["Sources", *(_source(number, one) for number, one in enumerate(made.sources, 1))]
    if made.notes:
        lines += ["", f"Private notes of {made.reader}", *(f"- {one}" for one in made.notes)]
    return "\n".join(lines)


def _cited(numbers: tuple[int, ...]) -> str:
    return f" [{', '.join(str(one) for one in numbers)}]" if numbers else ""


def _source(number: int, one: Source) -> str:
    dated = f", {one.date}" if one.date else ""
    return f"[{number}] {one.title}, {one.publisher}{dated}" + (f" <{one.url}>" if one.url else "")
