"""servanda dialogue follow-up: what is owed, a report, reminders by the written rules, calendar feeds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from servanda.dialogue.papers.calendar import due_feed, stamps
from servanda.dialogue.post.mail import server
from servanda.dialogue.post.notices import addresses, already, send_notices
from servanda.dialogue.post.remind import due_notices, reminders
from servanda.dialogue.report import report
from servanda.errors import RequestError
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, two_parties, verb
from servanda.faces.cli.talk.options import out_option, speaker, speaker_options, write
from servanda.model.words import Kind
from servanda.pages.plain import plain
from servanda.register.recall import known_on, recall, which_case
from servanda.register.words import words
from servanda.settings import now, smtp
from servanda.store import accounts


@verb(
    "dialogue follow-up",
    examples=("IND KOR", "IND KOR --feed IND --out india.ics", "IND KOR --send"),
)  # fmt: skip
@click.argument("pair", nargs=-1, metavar="PARTY PARTY")
@click.option("--feed", help="An owner, a side or a body: write the calendar of its dates.")
@click.option("--send", "sends", is_flag=True, help="Send the notices that are due through SERVANDA_SMTP.")
@click.option("--report", "reported", help="The commitment that you report on.")
@click.option("--claim", help="What happened.")
@click.option("--shows", default="step taken", show_default=True, help="What that shows.")
@click.option("--date", "day", help="When it happened. Today where none is given.")
@click.option("--title", help="The source.")
@click.option("--publisher", default="official", show_default=True, help="The kind of its publisher.")
@click.option("--url", help="Its address.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@out_option("Write the calendar to this file.")
@as_of_option
@speaker_options
@register_options()
def run(
    *, pair: tuple[str, ...], feed: str | None, sends: bool, reported: str | None, claim: str | None, shows: str,
    day: str | None, title: str | None, publisher: str, url: str | None, shape: str, out: Path | None,
    as_of: str | None, side: str | None, who: str | None, store: str | None, content: Path | None,
) -> None:  # fmt: skip
    """List the notices that are due by the written rules; send them; report on a commitment; write a calendar."""
    two_parties(pair)
    opened, found = open_register(store, content)
    lists, on, at = words(found.content), as_of_day(as_of), now().isoformat()
    with opened.read() as unit:
        last = known_on(unit, on)
        record = recall(unit, which_case(unit, [lists.party(one).code for one in pair], last), last)
        when = stamps(unit, Kind.COMMITMENT, record.commitments) if feed else {}
        people = accounts.every(unit)
    if reported:
        given = {"claim": claim, "shows": shows, "date": day, "title": title, "publisher": publisher, "url": url}
        made = report(opened, reported, given, speaker(lists, record, side, who), at)
        click.echo(f"{made.id}: {made.claim}", err=True)
        return
    if feed:
        owner = next((code for code in record.case.parties if feed in (code, lists.named(code).short)), feed)
        write(out, due_feed(record, owner, lists, on, when).decode())
        return
    due = due_notices(record, lists, on, reminders(found.content), already(opened, record.case.id, at))
    if sends:
        sent = send_notices(opened, due, addresses(people), server(smtp()), at)
        click.echo(
            f"{len(sent.sent)} sent, {len(sent.refused)} refused, {len(sent.no_address)} without an address", err=True
        )
        for one, why in sent.refused:
            click.echo(f"refused: {one.subject}: {why}", err=True)
        if sent.fault:
            raise RequestError(sent.fault)
        return
    if shape == "json":
        click.echo(json.dumps(plain(due), ensure_ascii=False, indent=1))
        return
    for one in due:
        click.echo(f"to {one.recipient}: {one.subject}\n   {one.says}\n   Rule {one.rule}: {one.because}\n")
    if not due:
        click.echo("No notice is due.")
