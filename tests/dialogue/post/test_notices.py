"""Notices go once, whatever happens between the server and the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from servanda.dialogue.papers.calendar import meeting_feed
from servanda.dialogue.papers.excerpt import excerpt
from servanda.dialogue.post import notices as verb
from servanda.dialogue.post.mail import Server, send
from servanda.dialogue.post.notices import addresses, already, excerpt_letter, letter, send_notices
from servanda.dialogue.post.remind import Notice, To, due_notices
from servanda.model.dialogue import Role
from servanda.store import notices as shelf
from servanda.store.accounts import Account
from servanda.store.connect import Store
from servanda.store.notices import Posted
from tests.dialogue.papers.drawn import ITEMS, MEETING, WORDS
from tests.dialogue.post.test_mail import Box, Dying, at, free_port, running
from tests.dialogue.post.test_remind import DUE, LATE, RULES
from tests.review.made import record_of

AT = "2026-11-23T09:00:00+00:00"
LATER = "2026-11-23T11:00:00+00:00"
TO = {"owner ZEM": ("z@example.org",), "coordinator ZEM": ("c@example.org",), "co-chairs ZEM": ("h@example.org",)}


@pytest.fixture
def due() -> list[Notice]:
    return due_notices(record_of(LATE), WORDS, DUE + timedelta(days=90), RULES)


def test_each_goes_once(store: Store, due: list[Notice]) -> None:
    box = Box()
    with running(box) as controller:
        first = send_notices(store, due, TO, at(controller), AT)
        assert [one.recipient for one in first.sent] == ["owner ZEM", "coordinator ZEM", "co-chairs ZEM"]
        assert [one.recipient for one in first.no_address] == ["co-chairs RUR"]
        second = send_notices(store, due, TO, at(controller), LATER)
        assert second.sent == [] and len(second.elsewhere) == 3
    assert len(box.taken) == 3
    assert already(store, "c", LATER) == {one.key for one in first.sent}
    with store.read() as unit:
        assert [(one.recipient, one.sent) for one in shelf.posted(unit, "c")] == [
            (one.recipient, AT) for one in sorted(first.sent, key=lambda one: one.key)
        ]


def test_a_notice_says_why_it_came_and_where_it_was_promised(due: list[Notice]) -> None:
    one = letter(due[0], ("z@example.org",))
    assert "https://gazette.example/1" in one.says
    assert "Why you get this (rule late-month)" in one.says
    assert "a verdict on the search" in one.says


def test_what_was_refused_or_not_reached_is_not_sent(store: Store, due: list[Notice]) -> None:
    box = Box(refuse=("z@example.org",))
    with running(box) as controller:
        made = send_notices(store, due, TO, at(controller), AT)
    assert [notice.recipient for notice, _ in made.refused] == ["owner ZEM"]
    assert len(made.sent) == 2
    nowhere = Server("127.0.0.1", free_port(), "a@example.org", False)
    again = send_notices(store, due, TO, nowhere, AT)
    assert again.sent == [] and "cannot be reached" in (again.fault or "")
    with running(Box()) as controller:
        last = send_notices(store, due, TO, at(controller), AT)
    assert [one.recipient for one in last.sent] == ["owner ZEM"], "only the one that was not taken goes again"


def test_a_server_that_dies_leaves_the_rest_to_the_next_time(store: Store, due: list[Notice]) -> None:
    dying = Dying()
    try:
        made = send_notices(store, due, TO, Server("127.0.0.1", dying.port, "a@example.org", False), AT)
    finally:
        dying.stop()
    assert [one.recipient for one in made.sent] == ["owner ZEM"]
    assert "ended the connection" in (made.fault or "")
    with running(Box()) as controller:
        rest = send_notices(store, due, TO, at(controller), AT)
    assert [one.recipient for one in rest.sent] == ["coordinator ZEM", "co-chairs ZEM"]


def test_one_that_another_process_has_in_hand_waits_until_it_is_stale(store: Store, due: list[Notice]) -> None:
    one = due[0]
    row = Posted(one.key, one.case, one.rule, one.thread, one.recipient, one.due, AT)
    with store.aside() as unit:
        assert shelf.claim(unit, row, "2026-11-23T08:30:00+00:00")
        assert not shelf.claim(unit, replace(row, claimed=LATER), "2026-11-23T08:30:00+00:00")
    with running(Box()) as controller:
        assert [kept.key for kept in send_notices(store, [one], TO, at(controller), AT).elsewhere] == [one.key]
        assert [sent.key for sent in send_notices(store, [one], TO, at(controller), LATER).sent] == [one.key]


def test_an_agenda_is_no_letter_and_no_line_is_opened_for_nothing(store: Store, due: list[Notice]) -> None:
    only = [one for one in due if one.to is To.AGENDA]
    assert only
    made = send_notices(store, only, TO, Server("127.0.0.1", free_port(), "a@example.org", False), AT)
    assert (made.sent, made.no_address, made.fault) == ([], [], None)


def test_what_is_in_hand_is_given_back_when_the_program_is_stopped(
    store: Store, due: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> Iterator[Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr(verb, "send", stopped)
    with pytest.raises(KeyboardInterrupt):
        send_notices(store, due, TO, Server("h", 1, "a@example.org", False), AT)
    assert already(store, "c", AT) == set()


def test_who_is_written_to_is_one_rule_for_both() -> None:
    book = [
        Account("a", "A", Role.CO_CHAIR, "ZEM", email="a@z.example"),
        Account("b", "B", Role.POLICYMAKER, "ZEM", ("sea",), email="b@z.example"),
        Account("c", "C", Role.POLICYMAKER, "ZEM", email="c@z.example"),
        Account("d", "D", Role.CO_CHAIR, "RUR", email="d@r.example"),
        Account("e", "E", Role.POLICYMAKER, "RUR", email="e@r.example", active=False),
        Account("f", "F", Role.REVIEWER, email="f@example.org"),
        Account("g", "G", Role.BUSINESS, "RUR", email="g@r.example"),
    ]
    assert addresses(book) == {
        "owner ZEM": ("b@z.example", "c@z.example"), "coordinator ZEM": ("c@z.example",),
        "co-chairs ZEM": ("a@z.example",), "owner RUR": ("d@r.example",), "coordinator RUR": ("d@r.example",),
        "co-chairs RUR": ("d@r.example",),
    }  # fmt: skip


def test_an_excerpt_goes_with_its_word_file_and_its_dates() -> None:
    box = Box()
    portion = excerpt(MEETING, ITEMS, "RUR", WORDS)
    one = excerpt_letter(portion, MEETING, WORDS, ("r@example.org",), meeting_feed(MEETING, ITEMS, WORDS, AT))
    with running(box) as controller:
        assert [receipt.fault for receipt in send([one], at(controller), AT)] == [None]
    made = box.taken[0][2]
    body = made.get_body()
    assert body is not None and "Undertaking 1: Open the ferry line." in body.get_content()
    assert [part.get_filename() for part in made.iter_attachments()] == [
        "zem-rur.talks.1-excerpt.docx", "zem-rur.talks.1-due.ics",
    ]  # fmt: skip
