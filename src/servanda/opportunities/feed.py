"""A calendar feed of closing dates. A date that was announced is firm; one that is reckoned is tentative, and says so.

Ids do not change, so that a calendar that asks again replaces what it has. No clock is asked, and nothing of the
profile goes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDatetime, vUri

from servanda.opportunities.match import Match

MADE_BY = "-//Servanda//opportunities//EN"
MEDIA = "text/calendar; charset=utf-8; method=PUBLISH"


def feed(matches: Iterable[Match], as_of: date) -> bytes:
    """The closing dates of matches as an iCalendar file (RFC 5545); what has no date to come is left out.

    A month is a span of whole days and not a day: it ends with the last day on which the programme may close.
    """
    made = Calendar()
    for name, value in (
        ("prodid", MADE_BY), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH"),
        ("x-wr-calname", "Programmes: closing dates"),
    ):  # fmt: skip
        made.add(name, value)
    for one in matches:
        if one.closing.when and one.closing.when.last >= as_of:
            made.add_component(_event(one, as_of))
    return bytes(made.to_ical())


def _event(one: Match, as_of: date) -> Event:
    made, when = Event(), one.closing.when
    assert when is not None
    stamp = vDatetime(datetime.combine(as_of, time(), UTC))
    made.add("uid", f"{one.id}.closing@servanda")
    made.add("dtstamp", stamp)
    firm = one.closing.announced and when.precision == "day"
    made.add("summary", f"{'Closes' if one.closing.announced else 'May close'}: {_flat(one.title)}")
    made.add("dtstart", when.first)
    made.add("dtend", when.last + timedelta(days=1))
    made.add("status", "CONFIRMED" if firm else "TENTATIVE")
    made.add("transp", "TRANSPARENT")
    made.add("description", f"{_flat(one.host)}. Closes: {_flat(one.closes)}. {_flat(one.known)}. Ask the host.")
    if one.url and _is_web(one.url):
        made.add("url", vUri(one.url))
    return made


def _flat(words: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https") and url.isprintable() and " " not in url
    except ValueError:  # no address at all, such as http://[
        return False
