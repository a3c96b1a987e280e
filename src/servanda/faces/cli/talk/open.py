"""servanda dialogue open: a series of meetings, and its next meeting."""

from __future__ import annotations

from pathlib import Path

import click

from servanda.dialogue.open import Opening, open_meeting, open_series
from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options, two_parties, verb
from servanda.faces.cli.talk.options import speaker, speaker_options
from servanda.model.dialogue import Rhythm
from servanda.pages.seats import participants, tracks
from servanda.register.recall import recall, which_case
from servanda.register.words import words
from servanda.settings import now
from servanda.store import entries


@verb("dialogue open", examples=('IND KOR --series "Strategic dialogue" --date 2027-02-10 --side IND',))
@click.argument("pair", nargs=-1, metavar="PARTY PARTY")
@click.option("--series", required=True, help="Title of the series; opened where it is not there yet.")
@click.option("--rhythm", type=click.Choice([str(one) for one in Rhythm]), default="yearly", show_default=True)
@click.option("--track", "track", multiple=True, help="A track of a new series: 'id; title; areas'. May be repeated.")
@click.option("--date", "day", help="Date of its next meeting. Without it only the series is opened.")
@click.option("--host", help="The capital that hosts. Else the one whose turn it is.")
@click.option("--place", default="", help="Where.")
@click.option("--minutes", type=int, default=180, show_default=True, help="Minutes at the table.")
@click.option("--participant", multiple=True, help="'name; role; party; track'. May be repeated.")
@speaker_options
@register_options()
def run(
    *, pair: tuple[str, ...], series: str, rhythm: str, track: tuple[str, ...], day: str | None, host: str | None,
    place: str, minutes: int, participant: tuple[str, ...], side: str | None, who: str | None, store: str | None,
    content: Path | None,
) -> None:  # fmt: skip
    """Open a series of meetings of a pair where it is not there yet, and its next meeting."""
    two_parties(pair)
    opened, found = open_register(store, content)
    lists = words(found.content)
    with opened.read() as unit:
        last = entries.head_of(unit)[0]
        record = recall(unit, which_case(unit, [lists.party(one).code for one in pair], last), last)
    speaks, at = speaker(lists, record, side, who), now().isoformat()
    held = next((one for one in record.series.values() if series in (one.title, one.id)), None)
    if held is not None and track:
        raise RequestError(f"the series {held.id} is there already with its tracks; leave --track out")
    if held is None:
        rows = tracks("\n".join(track))
        held = open_series(opened, record.case.id, series, Rhythm(rhythm), rows, speaks, at)
        click.echo(f"series {held.id}")
    if day:
        seats = participants(lists, "\n".join(participant))
        opening = Opening(day, lists.party(host).code if host else None, minutes, place, seats)
        click.echo(f"meeting {open_meeting(opened, held.id, opening, speaks, at).id}")
