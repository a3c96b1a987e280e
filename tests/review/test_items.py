"""What is owed and by whom: most overdue first, dates as precise as their source, both parties alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.words import Shown, Undertaking
from servanda.register.threads import strands
from servanda.review.items import Item, items
from servanda.review.review import Review, build
from tests.properties import examples, given
from tests.review.made import LISTS, TODAY, Said, exchanged, record_of, same_but_for_names
from tests.strategies import records


def items_of(*said: Said, day: date = TODAY) -> tuple[Item, ...]:
    record = record_of(*said)
    return items(record, strands(record, day).values(), day)


def test_the_most_overdue_comes_first_then_the_oldest_then_the_name() -> None:
    made = items_of(
        Said("b-new", "2020"),
        Said("a-new", "2020"),
        Said("old", "2001"),
        Said("late", "2019", "2024"),
        Said("later", "2021", "2022"),
        Said("ahead", "2010", "2030"),
    )
    assert [one.thread.removeprefix("c.") for one in made] == ["later", "late", "old", "ahead", "a-new", "b-new"]


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        ((), False),
        (((Shown.NO_BEARING, "2020"),), False),
        (((Shown.STEP, "2012-05-01"),), False),
        (((Shown.STEP, "2014-12-31"),), False),
        (((Shown.STEP, "2015-01-01"),), True),
        (((Shown.NOT_BEGUN, "2016"),), True),
        (((Shown.STEP, "2012-05-01"), (Shown.NO_BEARING, "2020")), False),
        # An undated step shows that work was done, not when: it says nothing of the time after the date.
        (((Shown.STEP, None),), False),
    ],
)
def test_past_its_date_a_thread_is_known_only_by_evidence_later_than_the_date(
    shown: tuple[tuple[Shown, str | None], ...], known: bool
) -> None:
    (one,) = items_of(Said("a", "2010", "2014", shown=shown))
    assert one.days_overdue == (TODAY - date(2014, 12, 31)).days
    assert one.known is known


def test_before_its_date_early_evidence_is_enough() -> None:
    (one,) = items_of(Said("a", "2010", "2030", shown=((Shown.STEP, "2012-05-01"),)))
    assert (one.known, one.days_overdue, one.due) == (True, 0, date(2030, 12, 31))


@pytest.mark.parametrize("when", ["2000", "2000-03", "2000-Q1", "2000-H1", "FY2000-01", "2000-03-09"])
def test_a_date_is_shown_as_precisely_as_its_source_gives_it(when: str) -> None:
    (one,) = items_of(Said("a", when), Said("a", "2012-05-01", shown=((Shown.COMPLETED, "2013"),)))
    assert (str(one.first_promised), str(one.done_on)) == (when, "2013")


def test_what_the_event_completed_was_done_on_the_date_of_its_document() -> None:
    (one,) = items_of(Said("a", "2000", kind=Undertaking.AT_EVENT))
    assert (one.status, str(one.done_on), one.at_event) == ("delivered", "2000", True)


def test_the_first_date_and_the_date_in_force_stand_apart() -> None:
    (one,) = items_of(Said("a", "2010", "2014"), Said("a", "2016", "2030"))
    assert (one.first_due, one.due, one.times, one.latest, one.commitments) == (
        date(2014, 12, 31),
        date(2030, 12, 31),
        2,
        "C1",
        ("C0", "C1"),
    )


@pytest.mark.parametrize("ending", [Shown.COMPLETED, Shown.ENDED, Shown.REPLACED, Shown.MISSED])
def test_what_is_closed_is_never_overdue(ending: Shown) -> None:
    (one,) = items_of(Said("a", "2010", "2014", shown=((ending, "2016-05-01"),)))
    assert one.days_overdue == 0


def reviewed(record: Record, day: date) -> Review:
    try:
        return build(record, LISTS, day)
    except RequestError:
        assume(False)
        raise


def test_who_owes_how_much() -> None:
    record = record_of(
        Said("a", "2010", "2014", parties=("ZEM",)),
        Said("b", "2005", parties=("ZEM",)),
        Said("c", "2010", "2014", parties=("RUR",), shown=((Shown.STEP, "2016-05-01"),)),
        Said("d", "2010"),
        Said("e", "2010", parties=()),
        Said("f", "2010", parties=(), shown=((Shown.COMPLETED, "2012"),)),
    )
    owed = {
        one.owner: (one.name, one.open, one.overdue, one.unanswered, one.oldest) for one in reviewed(record, TODAY).owed
    }
    assert owed == {
        "ZEM": ("Zembla", 2, 0, 1, "c.b"),
        "RUR": ("Ruritania", 1, 1, 0, "c.c"),
        "both": ("both parties", 1, 0, 0, "c.d"),
        "third body": ("third bodies", 1, 0, 0, "c.e"),
    }


@examples(40)
@given(records(), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_with_the_parties_exchanged_only_their_names_change_places(record: Record, day: date) -> None:
    made, other_way = reviewed(record, day), reviewed(exchanged(record), day)
    assert other_way.parties == made.parties[::-1]
    assert same_but_for_names(made, other_way)
    owed, back = ({one.owner: one.items for one in each.owed} for each in (made, other_way))
    assert back == {"ZEM": owed["RUR"], "RUR": owed["ZEM"], "both": owed["both"], "third body": owed["third body"]}
