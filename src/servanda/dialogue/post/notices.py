"""The verb: send the notices that are due. Each goes once, and counts as sent once the mail server took it."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain

from servanda.dialogue.papers.excerpt import Portion, excerpt_docx
from servanda.dialogue.post.mail import Enclosed, Letter, NotSent, Server, calendar_part, send, word_part
from servanda.dialogue.post.remind import Notice, To
from servanda.model.dialogue import Meeting, Role
from servanda.register.words import Words
from servanda.store import notices as shelf
from servanda.store.accounts import Account
from servanda.store.connect import Store
from servanda.store.notices import Posted

STALE = timedelta(minutes=30)
"""A notice that a process took in hand and neither sent nor gave back for so long is taken over."""
FOOT = (
    "Servanda keeps a register of what states promise each other. Both parties are treated by the same rule.\n"
    "“No evidence found” is a verdict on the search, not on the parties."
)


@dataclass(slots=True)
class Sent:
    """What became of the notices: gone, refused with the reason, without an address, or in another's hands already.

    `fault` says what ended it early.
    """

    sent: list[Notice] = field(default_factory=list)
    refused: list[tuple[Notice, str]] = field(default_factory=list)
    no_address: list[Notice] = field(default_factory=list)
    elsewhere: list[Notice] = field(default_factory=list)
    fault: str | None = None


def letter(notice: Notice, to: tuple[str, ...], enclosed: tuple[Enclosed, ...] = ()) -> Letter:
    """A notice as a letter."""
    sources = ["Where it was promised:", *notice.sources, ""] if notice.sources else []
    lines = [notice.says, "", *sources, f"Why you get this (rule {notice.rule}): {notice.because}", "", FOOT]
    return Letter(notice.key, to, notice.subject, "\n".join(lines), enclosed)


def excerpt_letter(
    portion: Portion, meeting: Meeting, words: Words, to: tuple[str, ...], feed: bytes | None = None
) -> Letter:
    """An owner's portion of the minutes as a letter: its words, the Word file, and what is due as a calendar."""
    enclosed = [word_part(f"{portion.meeting}-excerpt.docx", excerpt_docx(portion, meeting, words))]
    enclosed += [calendar_part(f"{portion.meeting}-due.ics", feed)] if feed is not None else []
    says = "\n".join([*portion.lines, "", f"SHA-256 of the words above: {portion.sha256}", "", FOOT])
    subject = f"Excerpt of the minutes of {portion.meeting} for {portion.name}"
    return Letter(f"excerpt {portion.meeting} {portion.sha256}", to, subject, says, tuple(enclosed))


def addresses(accounts: Iterable[Account]) -> dict[str, tuple[str, ...]]:
    """The mail addresses of each recipient, from the accounts of those who sit for a party; by one rule for all.

    Owner: the policymakers of a party. Coordinator: those of them who belong to no track. Where there is none, the
    co-chairs of that party.
    """
    found: dict[str, tuple[str, ...]] = {}
    held = [one for one in accounts if one.active and one.party and one.email]
    for party in sorted({one.party for one in held if one.party}):
        own = [one for one in held if one.party == party]
        chairs = tuple(one.email for one in own if one.role is Role.CO_CHAIR and one.email)
        makers = [one for one in own if one.role is Role.POLICYMAKER]
        found[f"{To.OWNER} {party}"] = tuple(one.email for one in makers if one.email) or chairs
        free = tuple(one.email for one in makers if one.email and not one.tracks)
        found[f"{To.COORDINATOR} {party}"] = free or chairs
        found[f"{To.CO_CHAIRS} {party}"] = chairs
    return {name: mails for name, mails in found.items() if mails}


def already(store: Store, case: str, at: str) -> set[str]:
    """The keys of the notices of a case that went, or that another process has in hand."""
    with store.read() as unit:
        return shelf.keys(unit, case, _stale(at))


def send_notices(
    store: Store,
    due: Sequence[Notice],
    addresses: Mapping[str, tuple[str, ...]],
    to: Server,
    at: str,
    context: ssl.SSLContext | None = None,
) -> Sent:
    """Send what is due to the addresses of each recipient ("owner ZEM"), one letter a notice, over one line.

    A notice for the next agenda is no letter. Where the line breaks it stops and gives back what it holds in hand; what
    the server took before stays sent.
    """
    made = Sent()
    hand: list[Notice] = []

    def ready() -> Iterator[Letter]:
        for notice in due:
            if notice.to is To.AGENDA:
                continue
            if not addresses.get(notice.recipient):
                made.no_address.append(notice)
            elif not _claimed(store, notice, at):
                made.elsewhere.append(notice)
            else:
                hand.append(notice)
                yield letter(notice, addresses[notice.recipient])

    letters = ready()
    first = next(letters, None)
    if first is None:
        return made  # no line is opened for nothing
    try:
        for receipt in send(chain([first], letters), to, at, context):
            if receipt.fault is None:
                _settle(store, hand[0].key, at)
                made.sent.append(hand.pop(0))
            else:
                _release(store, hand[0].key)
                made.refused.append((hand.pop(0), receipt.fault))
    except NotSent as fault:
        made.fault = str(fault)
    finally:
        for notice in hand:
            _release(store, notice.key)
    return made


def _stale(at: str) -> str:
    return (datetime.fromisoformat(at) - STALE).isoformat()


def _claimed(store: Store, one: Notice, at: str) -> bool:
    row = Posted(one.key, one.case, one.rule, one.thread, one.recipient, one.due, at)
    with store.aside() as unit:
        return shelf.claim(unit, row, _stale(at))


def _settle(store: Store, key: str, at: str) -> None:
    with store.aside() as unit:
        shelf.settle(unit, key, at)


def _release(store: Store, key: str) -> None:
    with store.aside() as unit:
        shelf.release(unit, key)
