"""What the words of promises name: the wording in force, every part, each thread once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from servanda.model.case import Record
from servanda.model.commitment import COMPONENTS
from servanda.model.words import Action, Instrument, Shown
from servanda.register.threads import strands
from servanda.review.concreteness import concreteness
from tests.properties import examples, given
from tests.review.made import Said, strands_of
from tests.strategies import records

FULL: dict[str, dict[str, object]] = {
    "owner": {"bodies": ("Ministry of Transport",)},
    "deliverable": {"deliverable": "a ferry line"},
    "deadline": {"deadline": "2030"},
    "measure": {"target": 3.0},
    "mechanism": {"mechanism": "a committee"},
    "instrument": {"instrument": Instrument.MEMORANDUM},
}


@pytest.mark.parametrize("part", COMPONENTS)
def test_every_part_is_counted_by_itself(part: str) -> None:
    made = concreteness(strands_of(Said("a", "2010", **FULL[part]), Said("b", "2010")))  # type: ignore[arg-type]
    assert {name: one.used for name, one in made.parts.items()} == {name: int(name == part) for name in COMPONENTS}
    assert made.parts[part].expected == 2


@pytest.mark.parametrize(
    ("names", "concrete"),
    [
        (("deliverable",), 0),
        (("deadline", "measure"), 0),
        (("deliverable", "deadline"), 1),
        (("deliverable", "measure"), 1),
        (("owner", "mechanism", "instrument", "deliverable"), 0),
    ],
)
def test_concrete_is_a_deliverable_with_a_date_or_a_number(names: tuple[str, ...], concrete: int) -> None:
    words: dict[str, object] = {field: value for name in names for field, value in FULL[name].items()}
    assert concreteness(strands_of(Said("a", "2010", **words))).concrete.used == concrete  # type: ignore[arg-type]


@pytest.mark.parametrize("named_first", [True, False])
def test_the_wording_in_force_counts_and_all_wordings_stand_beside_it(named_first: bool) -> None:
    full, bare = {"deliverable": "a ferry line", "deadline": "2030"}, dict[str, str]()
    first, last = (full, bare) if named_first else (bare, full)
    made = concreteness(strands_of(Said("a", "2010", **first), Said("a", "2014", **last)))  # type: ignore[arg-type]
    assert (made.threads, made.commitments) == (1, 2)
    assert (made.concrete.used, made.parts["deadline"].used) == ((0, 0) if named_first else (1, 1))
    assert (made.in_commitments["deadline"].used, made.in_commitments["deadline"].expected) == (1, 2)


def test_a_promise_made_again_counts_once_and_its_repeats_are_restatements() -> None:
    said = [Said("a", str(year)) for year in (2010, 2012, 2014)] + [Said("b", "2011"), Said("c", "2011")]
    made = concreteness(strands_of(*said))
    assert (made.threads, made.commitments) == (3, 5)
    assert (made.restated.used, made.restated.expected) == (2, 5)
    assert (made.repeated_threads.used, made.repeated_threads.expected) == (1, 3)
    assert (made.most_repeated, made.most_repeated_times) == ("c.a", 3)


def test_where_nothing_repeats_nothing_is_most_repeated() -> None:
    made = concreteness(strands_of(Said("a", "2010"), Said("b", "2011")))
    assert (made.most_repeated, made.most_repeated_times, made.restated.used) == (None, 0, 0)


def test_the_oldest_open_thread_keeps_the_precision_of_its_date() -> None:
    done = Said("a", "1999", shown=((Shown.COMPLETED, "2001"),))
    made = concreteness(strands_of(done, Said("b", "2000"), Said("b", "2020-05-01"), Said("c", "2003-02-01")))
    assert (made.oldest_open, str(made.oldest_open_since)) == ("c.b", "2000")
    closed = concreteness(strands_of(done))
    assert (closed.oldest_open, closed.oldest_open_since) == (None, None)


def test_verbs_and_instruments_are_counted_over_all_wordings_in_the_order_of_their_ladders() -> None:
    made = concreteness(
        strands_of(
            Said("a", "2010", action=Action.CONSIDERING, instrument=Instrument.CONTRACT),
            Said("a", "2014", action=Action.SPECIFIC),
            Said("b", "2014", action=Action.SPECIFIC),
        )
    )
    assert list(made.actions.items()) == [("considering", 1), ("continuing", 0), ("general", 0), ("specific", 2)]
    assert list(made.instruments) == [str(word) for word in Instrument]
    assert (made.instruments["statement"], made.instruments["contract"]) == (2, 1)


def test_nothing_gives_reasons() -> None:
    made = concreteness([])
    readings = (made.concrete, made.restated, made.repeated_threads, *made.parts.values())
    assert {one.reason for one in readings} == {"nothing to count"}


@examples(25)
@given(records(), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_counts_fit_together(record: Record, day: date) -> None:
    found = list(strands(record, day).values())
    made = concreteness(found)
    assert made.restated.used == made.commitments - made.threads
    assert sum(made.actions.values()) == sum(made.instruments.values()) == made.commitments
    assert made.concrete.used <= made.parts["deliverable"].used
    for part in COMPONENTS:
        assert made.parts[part].used <= made.in_commitments[part].used
