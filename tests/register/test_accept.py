"""Accepting proposals in one go: text, decisions and commitments in one piece, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.errors import RequestError
from servanda.model.decision import Answer
from servanda.register.accept import Wanted, accept
from servanda.register.decide import decide, text_of
from servanda.register.receive import receive
from servanda.register.sitting import Said
from servanda.register.verify import verify
from servanda.register.words import Words
from servanda.store import entries
from servanda.store.connect import Store
from tests.statement import AT, PROMISES, STATEMENT, handed, read

NAME = "D-2026-TIDES-POETS.en"


def states(made: Any) -> list[tuple[int, str | None]]:
    return [(one.number, one.commitment.id if one.commitment else None) for one in made.offers]


def test_a_new_text_is_taken_in_and_accepted_in_one_piece(kept: Store, lists: Words) -> None:
    before = verify(kept).entries
    made = accept(kept, lists, handed(), "Anna", AT, Wanted(frozenset({1, 3})), read=read)
    assert made.new and states(made) == [(1, "Z004"), (2, None), (3, "Z005")]
    _, record = text_of(kept, NAME)
    assert [(one.answer, one.commitment) for one in record.decisions.values()] == [
        (Answer.ACCEPT, "Z004"), (Answer.ACCEPT, "Z005"),
    ]  # fmt: skip
    assert {record.commitments[name].says for name in ("Z004", "Z005")} == {PROMISES[0], PROMISES[2]}
    with kept.read() as unit:
        new = [one for one in entries.read_all(unit) if one.seq > before]
    assert {(one.who, one.why) for one in new} == {("Anna", f"accepted: 2 of 3 proposals in {NAME}")}
    assert verify(kept).problems == ()


def test_a_dry_run_shows_the_same_and_writes_nothing(small: Store, lists: Words) -> None:
    head = verify(small)
    dry = accept(small, lists, handed(), "Anna", AT, Wanted(every=True), dry=True, read=read)
    assert verify(small) == head
    real = accept(small, lists, handed(), "Anna", AT, Wanted(every=True), read=read)
    assert dry == real and states(real) == [(1, "Z004"), (2, "Z005"), (3, "Z006")]


def test_only_what_is_probable_enough(small: Store, lists: Words) -> None:
    head = verify(small)
    assert states(accept(small, lists, handed(), "Anna", AT, Wanted(least=0.95), read=read)) == [
        (1, None), (2, None), (3, None),
    ]  # fmt: skip
    assert verify(small) == head, "where nothing is chosen, not even the text is kept"
    assert len(accept(small, lists, handed(), "Anna", AT, Wanted(least=0.9), read=read).made) == 3


def test_a_promise_made_again_continues_its_thread_only_where_that_was_asked(small: Store, lists: Words) -> None:
    said = handed("Ruritania will open the ferry line by March 2031. Ruritania will print a book of tides every year.")
    for least, thread in ((None, False), (0.999, False), (0.5, True)):
        made = accept(small, lists, said, "Anna", AT, Wanted(every=True, thread_from=least), dry=True, read=read)
        first, second = made.offers
        assert first.proposed.terms is not None and first.proposed.terms.restates is not None
        assert first.proposed.terms.restates.earlier == "Z003" and first.proposed.terms.restates.change == "date"
        assert first.commitment is not None and (first.commitment.thread == "zem-rur.ferry") is thread
        assert second.proposed.terms is not None and second.proposed.terms.restates is None


def test_what_a_person_decided_is_left_alone(small: Store, lists: Words) -> None:
    text = receive(small, lists, handed(), "Anna", AT)
    start = STATEMENT.index(PROMISES[1])
    decide(small, lists, NAME, "Anna", [Said(Answer.REJECT, start, start + len(PROMISES[1]))], AT, read=read)
    with pytest.raises(RequestError, match=r"proposal 2 is decided already \(reject by Anna\)"):
        accept(small, lists, text.id, "Anna", AT, Wanted(frozenset({1, 2})), read=read)
    made = accept(small, lists, text.id, "Anna", AT, Wanted(every=True), read=read)
    assert not made.new and states(made) == [(1, "Z004"), (2, None), (3, "Z005")]
    assert made.offers[1].decided is not None and made.offers[1].decided.answer is Answer.REJECT
    again = accept(small, lists, text.id, "Anna", AT, Wanted(every=True), read=read)
    assert again.made == () and all(one.decided for one in again.offers)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(), "say what to accept: --only"),
        (Wanted(frozenset({4, 9})), "no proposal 4, 9; the numbers run from 1 to 3"),
        (Wanted(frozenset({0})), "no proposal 0"),
    ],
)
def test_what_cannot_be_chosen_is_said(small: Store, lists: Words, wanted: Wanted, said: str) -> None:
    head = verify(small)
    with pytest.raises(RequestError, match=said):
        accept(small, lists, handed(), "Anna", AT, wanted, read=read)
    with pytest.raises(RequestError, match="no proposal 1; nothing is proposed"):
        accept(small, lists, handed("The sea was calm."), "Anna", AT, Wanted(frozenset({1})), read=read)
    assert verify(small) == head


def test_a_fault_half_way_leaves_nothing(small: Store, lists: Words, monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.store import search

    def fail(*_: Any) -> None:
        raise OSError(5, "Input/output error")

    head = verify(small)
    monkeypatch.setattr(search, "index", fail)
    with pytest.raises(Exception, match="Input/output error"):
        accept(small, lists, handed(), "Anna", AT, Wanted(every=True), read=read)
    monkeypatch.undo()
    assert verify(small) == head
