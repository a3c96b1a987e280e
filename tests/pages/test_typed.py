"""What is typed on the reading page: an answer, or one sentence that says which field and what to write."""

from __future__ import annotations

from typing import Any

import pytest

from servanda.errors import RequestError
from servanda.model.decision import Answer
from servanda.model.proposal import Kind
from servanda.model.words import Action, Area
from servanda.pages.typed import LONGEST, answer_of, stretch_of
from servanda.register.desk import lay
from tests.register.test_desk import span, text_of
from tests.statement import PROMISES, read

TEXT = text_of()
DESK = lay(TEXT, [])
FOUND = {(one.start, one.end): one for one in read(TEXT, DESK.passages)}
WHERE = span(PROMISES[0])
WHOLE = {
    "answer": "correct", "start": str(WHERE[0]), "end": str(WHERE[1]), "kind": "commitment", "parties": "ZEM",
    "action": "general", "area": "people", "deadline": " by  2031 ", "due": "2031", "quantity": "",
    "mechanism": "a fund", "deliverable": "a pier", "says": "Build a pier",
    "bodies": "Harbour Office, , Treasury", "thread": "ferry",
}  # fmt: skip


def form(**changes: str | tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    said: dict[str, Any] = {**WHOLE, **changes}
    return {name: value if isinstance(value, tuple) else (value,) for name, value in said.items()}


def test_fields_become_a_coding_with_its_score() -> None:
    said = answer_of(form(), DESK, FOUND)
    assert (said.answer, said.start, said.end) == (Answer.CORRECT, *WHERE)
    given = said.coding
    assert given is not None and given.terms is not None
    assert (given.says, given.bodies, given.thread) == ("Build a pier", ("Harbour Office", "Treasury"), "ferry")
    terms = given.terms
    assert (terms.parties, terms.action, terms.area) == (("ZEM",), Action.GENERAL, Area.PEOPLE)
    assert (terms.deadline, terms.due, terms.quantity) == ("by 2031", "2031", None)
    assert terms.concreteness is not None and terms.concreteness > 0 and terms.parts == ()


def test_a_promise_made_again_is_accepted_with_its_thread() -> None:
    said = answer_of(form(answer="again", continues="zem-rur.ferry"), DESK, FOUND)
    assert (said.answer, said.thread, said.coding) == (Answer.ACCEPT, "zem-rur.ferry", None)
    assert answer_of(form(answer="again", continues=""), DESK, FOUND).thread is None


def test_what_nobody_changed_is_accepted() -> None:
    same = form(parties=("ZEM",), action="specific", area="trade", deadline="by March 2031", due="2031-03",
                quantity="12 boats", mechanism="", deliverable="", says=PROMISES[0], bodies="", thread="")  # fmt: skip
    read_so = FOUND[WHERE]
    assert read_so.terms is not None
    said = answer_of(same, DESK, FOUND)
    assert said.answer is Answer.CORRECT, "the score was not the reader's"
    from dataclasses import replace

    from servanda.register.propose import scored

    whole = {WHERE: replace(read_so, terms=scored(read_so.terms, PROMISES[0], len(TEXT.parties)))}
    assert answer_of(same, DESK, whole).answer is Answer.ACCEPT
    assert answer_of({**same, "quantity": ("13 boats",)}, DESK, whole).answer is Answer.CORRECT


def test_other_kinds_have_no_terms() -> None:
    said = answer_of(form(kind="call", parties=(), action="", area="", due="nonsense"), DESK, FOUND)
    assert said.coding is not None and said.coding.kind is Kind.CALL and said.coding.terms is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"answer": ""}, "the form gives no answer"),
        ({"answer": "undo it"}, "the form gives no answer"),
        ({"start": "-1"}, "the form lacks 'start'"),
        ({"end": "x"}, "the form lacks 'end'"),
        ({"kind": ""}, "choose what the passage is"),
        ({"kind": "promise"}, "choose what the passage is"),
        ({"parties": ()}, "choose who undertakes it: ZEM, or both"),
        ({"parties": ("USA",)}, "choose who undertakes it"),
        ({"action": ""}, "choose how far it goes: considering, continuing"),
        ({"area": "sports"}, "choose its area: trade, technology"),
        ({"due": "by 2031"}, "'by 2031' is not a date; write 2027"),
        ({"due": "2031/2030"}, "'2031/2030' is no stretch of time"),
        ({"due": "2030/2031/2032"}, "is no stretch of time"),
        ({"due": "2031-02-30"}, "is not a date"),
        ({"says": "x" * (LONGEST + 1)}, "says has 2,001 characters"),
        ({"answer": "split", "words": "", "cut": ""}, "say where to split"),
        ({"answer": "split", "words": "a castle"}, "“a castle” stands not in the passage; copy them exactly"),
        ({"answer": "split", "words": "a"}, "times in the passage; give more of them"),
        ({"answer": "merge", "start": "0", "end": "5"}, "there is no next passage to merge"),
    ],
)
def test_what_cannot_be_is_said(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        answer_of(form(**changes), DESK, FOUND)


def test_a_cut_is_a_place_or_the_words_behind_it() -> None:
    at = PROMISES[0].index("and Zembla")
    assert answer_of(form(answer="split", cut=str(WHERE[0] + at)), DESK, FOUND).cuts == (at,)
    assert answer_of(form(answer="split", words="and  Zembla\nwill"), DESK, FOUND).cuts == (at,)
    merged = answer_of(form(answer="merge"), DESK, FOUND)
    assert (merged.start, merged.end) == (WHERE[0], span("Both sides welcomed the new timetable.")[1])


def test_a_stretch_is_marked_by_places_or_by_words() -> None:
    start, end = span("calm 🤝 that day")
    assert stretch_of({"from": (str(start),), "to": (str(end),)}, TEXT) == (start, end)
    assert stretch_of({"words": ("calm  🤝 that day",)}, TEXT) == (start, end)
    assert stretch_of({}, TEXT) is None
    for bad in (
        {"from": ("9",), "to": ("3",)},
        {"from": ("1",), "to": ("99999",)},
        {"words": ("the",)},
        {"from": ("x",), "to": ("2",)},
    ):
        with pytest.raises(RequestError):
            stretch_of(bad, TEXT)
