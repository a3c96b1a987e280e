"""Two coders of one text: what is compared, what counts where bounds differ, and what is listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from servanda.errors import RequestError
from servanda.model.decision import Answer, Coding
from servanda.model.proposal import Kind, Terms
from servanda.model.words import Action, Area
from servanda.register.agreement import agreement
from servanda.register.decide import decide
from servanda.register.receive import receive
from servanda.register.sitting import Said
from servanda.register.words import Words
from servanda.store.connect import Store
from tests.statement import AT, PROMISES, STATEMENT, handed, read

NAME = "D-2026-TIDES-POETS.en"
PLAIN = (
    "## Statement on tides and poets", "The two ministers met on the pier.", "Both sides welcomed the new timetable.",
    "The sea was calm 🤝 that day.",
)  # fmt: skip
TERMS = Terms(("ZEM", "RUR"), Action.SPECIFIC, Area.TRADE)


def say(held: tuple[Store, Words], said: str, answer: Answer, coding: Coding | None = None, blind: bool = False,
        cuts: tuple[int, ...] = ()) -> None:  # fmt: skip
    start = STATEMENT.index(said)
    answers = [Said(answer, start, start + len(said), coding, cuts)]
    decide(held[0], held[1], NAME, "Boris" if blind else "Anna", answers, AT, blind=blind, read=read)


@pytest.fixture
def coded(kept: Store, lists: Words) -> tuple[Store, Words]:
    """Anna has accepted everything, Boris has coded everything as she did."""
    held = (kept, lists)
    receive(kept, lists, handed(), "Anna", AT)
    for words in (*PLAIN, *PROMISES):
        say(held, words, Answer.ACCEPT)
    for words in PLAIN:
        kind = Kind.OUTCOME if "welcomed" in words else Kind.POSITION
        say(held, words, Answer.ADD, Coding(kind), blind=True)
    for words in PROMISES:
        say(held, words, Answer.ADD, Coding(Kind.COMMITMENT, TERMS), blind=True)
    return held


def test_who_agree_in_all_have_one(coded: tuple[Store, Words]) -> None:
    found = agreement(coded[0], NAME)
    assert [(one.name, one.blind, one.coded) for one in found.coders] == [("Anna", False, 7), ("Boris", True, 7)]
    assert (found.passages, found.differences) == (7, ())
    values = {one.name: one for one in found.readings}
    assert (values["commitment or not"].value, values["kind"].value) == (1, 1)
    assert (values["kind"].used, values["kind"].expected) == (7, 7)
    assert values["kind"].low == values["kind"].high == 1
    # Everything is trade and specific: there is nothing that chance could have got wrong.
    assert values["area"].value is None and values["area"].reason == "all values are the same: chance leaves no room"
    assert (values["action"].used, values["action"].expected) == (3, 7)


def test_where_they_differ_both_readings_are_listed_with_the_words(coded: tuple[Store, Words]) -> None:
    weak = Coding(Kind.COMMITMENT, replace(TERMS, action=Action.CONSIDERING, area=Area.PEOPLE))
    say(coded, PROMISES[1], Answer.ADD, weak, blind=True)
    say(coded, PROMISES[2], Answer.ADD, Coding(Kind.EXPECTATION), blind=True)
    found = agreement(coded[0], NAME)
    first, second = found.differences
    assert (first.place, first.words, first.about) == (5, PROMISES[1], ("action", "area"))
    assert (second.place, second.about) == (7, ("commitment or not", "kind"))
    anna, boris = second.judged
    assert anna is not None and boris is not None
    assert (anna.kind, boris.kind) == (Kind.COMMITMENT, Kind.EXPECTATION)
    values = {one.name: one for one in found.readings}
    for name in ("commitment or not", "kind"):
        one = values[name]
        assert one.value is not None and one.low is not None and one.high is not None
        assert one.low <= one.value < 1 and one.high <= 1
        assert one.interval == "95 %, 2000 draws of passages"
    assert agreement(coded[0], NAME) == found, "the draws are the same each time"


def test_a_rejection_says_what_it_is_not_and_leaves_the_kind_open(coded: tuple[Store, Words]) -> None:
    say(coded, PROMISES[2], Answer.REJECT)
    found = agreement(coded[0], NAME)
    (difference,) = found.differences
    assert difference.about == ("commitment or not",)
    values = {one.name: one for one in found.readings}
    assert (values["kind"].used, values["commitment or not"].used) == (6, 7)


def test_where_one_splits_the_first_kind_and_the_strongest_act_count(coded: tuple[Store, Words]) -> None:
    cut = PROMISES[0].index("and Zembla")
    say(coded, PROMISES[0], Answer.SPLIT, blind=True, cuts=(cut,))
    found = agreement(coded[0], NAME)
    assert [one.coded for one in found.coders] == [7, 6], "a passage that is coded in part is not coded"
    weak = replace(TERMS, action=Action.CONSIDERING)
    say(coded, PROMISES[0][: cut - 1], Answer.ADD, Coding(Kind.COMMITMENT, weak), blind=True)
    assert agreement(coded[0], NAME).differences[0].about == ("action",)
    say(coded, PROMISES[0][cut:], Answer.ADD, Coding(Kind.COMMITMENT, TERMS), blind=True)
    assert agreement(coded[0], NAME).differences == ()
    say(coded, PROMISES[0][: cut - 1], Answer.ADD, Coding(Kind.POSITION), blind=True)
    say(coded, PROMISES[0][cut:], Answer.ADD, Coding(Kind.CALL), blind=True)
    (difference,) = agreement(coded[0], NAME).differences
    assert difference.judged[1] is not None and difference.judged[1].kind is Kind.CALL


def test_one_coder_cannot_agree(small: Store, lists: Words) -> None:
    receive(small, lists, handed(), "Anna", AT)
    with pytest.raises(RequestError, match="no coder has coded"):
        agreement(small, NAME)
    say((small, lists), PROMISES[0], Answer.ACCEPT)
    with pytest.raises(RequestError, match=f"1 coder has coded {NAME}; a second codes it blind"):
        agreement(small, NAME)
