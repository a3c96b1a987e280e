"""What the machine reads: once for the whole, anew only about moved bounds; and when a person is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from servanda.model.decision import Answer, Coding, Decision
from servanda.model.passage import Passage
from servanda.model.proposal import Kind, Part, Terms
from servanda.model.text import Text
from servanda.model.words import Action, Area
from servanda.register import propose
from servanda.register.anchor import cut
from servanda.register.desk import lay
from servanda.register.propose import asks_again, bodies, coding, proposals, scored
from tests.register.test_desk import decision, span, text_of
from tests.statement import PROMISES, read

TERMS = Terms(("ZEM", "RUR"), Action.SPECIFIC, Area.TRADE)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many passages were read each time, by the reader that knows three words."""
    times: list[int] = []

    def counting(text: Text, passages: Sequence[Passage]) -> Any:
        times.append(len(passages))
        return read(text, passages)

    monkeypatch.setattr(propose, "_read", counting)
    monkeypatch.setattr(propose, "version", lambda: "reading-of-three-words")
    propose._whole.cache_clear()
    propose._near.cache_clear()
    return times


def test_a_text_is_read_once_and_moved_bounds_alone_anew(asked: list[int]) -> None:
    desk = lay(text_of(), [])
    first = proposals(desk.text, desk.passages)
    assert proposals(desk.text, desk.passages) == first and asked == [len(desk.passages)]
    row = decision(1, *span(PROMISES[0]), Answer.SPLIT, cuts=(PROMISES[0].index("and Zembla"),))
    parted = lay(text_of(), [row])
    found = proposals(parted.text, parted.passages)
    assert len(asked) == 3 and [one.text for one in found] == [one.text for one in parted.passages]
    assert proposals(parted.text, parted.passages) == found and len(asked) == 3
    unmoved = {one.start: one for one in first}
    assert sum(one == unmoved.get(one.start) for one in found) == len(found) - 2
    propose._whole.cache_clear()
    propose._near.cache_clear()


def test_a_score_is_that_of_the_terms_a_person_gives() -> None:
    weak = scored(replace(TERMS, action=Action.CONSIDERING), "They will consider it.", 2)
    strong = scored(replace(TERMS, deadline="by 2030", due="2030", quantity="12 boats"), "They will lend 12 boats.", 2)
    assert weak.concreteness is not None and strong.concreteness is not None
    assert 0 <= weak.concreteness < strong.concreteness <= 100
    assert strong.concreteness == pytest.approx(sum(part.points for part in strong.parts))


def test_a_body_is_named_as_responsible_where_it_is_not_what_will_be_made() -> None:
    named = replace(TERMS, parts=(Part("owner", 5, 5, "ministers"),))
    assert bodies(named, "Their ministers will meet.") == ("ministers",)
    assert bodies(replace(named, deliverable="a meeting of ministers"), "Their ministers will meet.") == ()
    assert bodies(replace(TERMS, parts=(Part("owner", 3, 5, "one party alone"),)), "Zembla will act.") == ()
    assert bodies(None, "Zembla will act.") == ()


def _decided(proposed: Coding | None) -> Decision:
    text = text_of()
    quote = cut(text.characters, *span(PROMISES[2]), text.sha256)
    return Decision("D-1.en-0001", "c", "D-1.en", quote, "Anna", Answer.ACCEPT, "2026", proposed, proposed)


def test_a_person_is_asked_again_only_where_text_and_reading_both_changed() -> None:
    old, new = text_of(), text_of("A note.\n\n" + text_of().characters)
    was = Coding(Kind.COMMITMENT, TERMS, probability=0.9, reader="reading-1")
    same = Coding(Kind.COMMITMENT, replace(TERMS, concreteness=50.0), probability=0.7, reader="reading-2")
    other = Coding(Kind.EXPECTATION, probability=0.6, reader="reading-2")
    dated = Coding(Kind.COMMITMENT, replace(TERMS, due="2030"), probability=0.9, reader="reading-2")
    row = _decided(was)
    assert not asks_again(row, other, old), "another reading of the same text"
    assert not asks_again(row, same, new), "the same reading of another text"
    assert asks_again(row, other, new) and asks_again(row, dated, new)
    assert not asks_again(row, None, new), "no machine is installed"
    assert not asks_again(_decided(None), other, new), "the machine had no part in it"


def test_a_decision_keeps_the_reading_without_what_can_be_had_again() -> None:
    desk = lay(text_of(), [])
    one = next(one for one in read(desk.text, desk.passages) if one.kind is Kind.COMMITMENT)
    kept = coding(one, "reading-1")
    assert (kept.kind, kept.probability, kept.reader) == (Kind.COMMITMENT, 0.9, "reading-1")
    assert kept.terms is not None and kept.terms.parts == ()
