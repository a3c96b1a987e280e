"""servanda dialogue minutes: begin, put down what was decided, out to Word and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from servanda.dialogue.papers.back import Returned
from servanda.dialogue.papers.word import minutes_docx
from servanda.dialogue.table import hold, resolution, settle
from servanda.dialogue.take import look, take
from servanda.dialogue.work import agenda, seen_of
from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options, verb
from servanda.faces.cli.talk.options import meeting_of, out_option, speaker, speaker_options, write
from servanda.model.dialogue import ItemState
from servanda.model.words import Kind
from servanda.register.words import words
from servanda.settings import now

ASKS = ("says", "owner", "by", "deliverable", "mechanism", "area", "action")


@verb(
    "dialogue minutes", examples=("MEETING --out minutes.docx", "MEETING --back minutes.docx --accept 1,3-5 --side IND")
)
@click.argument("meeting")
@click.option("--hold", "begins", is_flag=True, help="Sit down: minutes are taken from here on.")
@click.option("--item", help="The item that is settled.")
@click.option("--decided", help="What was decided, in a sentence.")
@click.option("--deferred", help="The day to which the item is deferred.")
@click.option("--dropped", help="The reason for which the item is dropped.")
@click.option("--says", help="An undertaking: what will be done.")
@click.option("--owner", help="Who answers for it.")
@click.option("--by", help="By when: 2027-09, 2027-09-30, yearly.")
@click.option("--deliverable", help="How one will know: what will exist.")
@click.option("--mechanism", help="Through what.")
@click.option("--area", help="Its area.")
@click.option("--action", default="specific", show_default=True, help="How far it goes.")
@click.option("--party", "parties", multiple=True, help="Who undertakes it. May be repeated.")
@click.option("--back", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Edited minutes from Word.")
@click.option("--accept", "accepted", help="Which of their changes are taken: all, or numbers such as 1,3-5.")
@out_option("Write the minutes as a Word file.")
@speaker_options
@register_options()
def run(
    *, meeting: str, begins: bool, item: str | None, back: Path | None, accepted: str | None, out: Path | None,
    side: str | None, who: str | None, store: str | None, content: Path | None, **given: Any,
) -> None:  # fmt: skip
    """Take the minutes of a meeting: begin, settle an item, write them out as Word, take edited ones back."""
    opened, found = open_register(store, content)
    lists = words(found.content)
    held, record = meeting_of(opened, meeting)
    at = now().isoformat()
    if begins:
        click.echo(f"the meeting is {hold(opened, meeting, speaker(lists, record, side, who), at).state}", err=True)
    if item:
        state, said = _settled(given, [lists.party(one).code for one in given["parties"]])
        with opened.read() as unit:
            seen = seen_of(unit, Kind.ITEM, item)
        made = settle(opened, item, state, said, seen, speaker(lists, record, side, who), at)
        click.echo(f"{made.id} is {made.state}", err=True)
    if back:
        _returned(opened, lists, meeting, back, accepted, speaker(lists, record, side, who), at)
    if out:
        held, record = meeting_of(opened, meeting)
        write(out, minutes_docx(held, agenda(record, meeting), lists))
    if not (begins or item or back or out):
        for one in agenda(record, meeting):
            click.echo(f"{one.id}  {one.state}  {one.title}" + (f": {one.decision}" if one.decision else ""))


def _settled(given: dict[str, Any], parties: list[str]) -> tuple[ItemState, dict[str, Any]]:
    """The state of an item and what belongs to it, from the options."""
    said = [name for name in ("decided", "deferred", "dropped") if given[name] is not None]
    if len(said) != 1:
        raise RequestError("say what became of the item with one of --decided, --deferred and --dropped")
    state = ItemState(said[0])
    if state is ItemState.DEFERRED:
        return state, {"until": given["deferred"]}
    made: dict[str, Any] = {"decision": given[said[0]]}
    if any(given[name] for name in ("says", "owner", "by", "deliverable")):
        typed = {name: given[name] for name in ASKS if name != "by"}
        made["resolutions"] = (resolution({**typed, "deadline": given["by"], "parties": tuple(parties)}),)
    return state, made


def _returned(opened: Any, lists: Any, meeting: str, back: Path, accepted: str | None, speaks: Any, at: str) -> None:
    raw = back.read_bytes()
    found = look(opened, lists, meeting, raw, speaks, at)
    _tell(found)
    if accepted:
        chosen = numbers(accepted, [one.number for one in found.differences if one.problem is None])
        made = take(opened, lists, meeting, raw, chosen, speaks, at)
        click.echo(f"{len(chosen)} of {len(found.differences)} changes taken, in {len(made)} items", err=True)


def _tell(found: Returned) -> None:
    for remark in found.remarks:
        click.echo(f"note: {remark}")
    for one in found.differences:
        where = one.item or "outside"
        told = f"{one.number:>3}. {where} {one.field}: '{one.before or ''}' became '{one.after or ''}'"
        if one.is_conflict:
            told += f" (the record meanwhile has '{one.now or ''}')"
        click.echo(told + (f" — cannot be taken: {one.problem}" if one.problem else ""))
    for comment in found.comments:
        click.echo(f"comment: {comment}")
    if not found.differences:
        click.echo("no change")


def numbers(said: str, every: list[int]) -> set[int]:
    """Numbers such as 1,3-5, or all of those that can be taken."""
    if said.strip().casefold() == "all":
        return set(every)
    made: set[int] = set()
    for part in said.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()) or int(last or first) - int(first) > 10_000:
            raise RequestError(f"--accept '{said}': write all, or numbers such as 1,3-5")
        made.update(range(int(first), int(last or first) + 1))
    return made
