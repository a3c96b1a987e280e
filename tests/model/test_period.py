"""Dates with their precision: what each can mean, what cannot be, and months that are short."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import strategies as st

from servanda.errors import ValueProblem
from servanda.model.period import WRITE, WRITE_DEADLINE, Deadline, When, add_months
from tests.properties import given
from tests.strategies import date_texts, days, deadlines


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2026-03-09", "2026-03-09", "2026-03-09", "day"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2026-02", "2026-02-01", "2026-02-28", "month"),
        ("2026-12", "2026-12-01", "2026-12-31", "month"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
        ("2026-Q2", "2026-04-01", "2026-06-30", "quarter"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quarter"),
        ("2026-H1", "2026-01-01", "2026-06-30", "half"),
        ("2026-H2", "2026-07-01", "2026-12-31", "half"),
        ("2026", "2026-01-01", "2026-12-31", "year"),
        ("FY2025-26", "2025-04-01", "2026-03-31", "fiscal year"),
        ("FY1999-00", "1999-04-01", "2000-03-31", "fiscal year"),
    ],
)
def test_bounds_of_each_precision(text: str, first: str, last: str, precision: str) -> None:
    when = When.parse(text)
    assert (when.first.isoformat(), when.last.isoformat(), when.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-30", "day"),
        ("2023-02-29", "day"),
        ("2026-13", "month"),
        ("2026-00-10", "month"),
        ("0000", "year"),
        ("FY2025-27", "does not end in the year after it begins"),
        ("FY2025-25", "does not end in the year after it begins"),
        ("FY9999-00", "year"),
    ],
)
def test_impossible_date_says_why_and_what_to_write(text: str, why: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        When.parse(text)
    said = str(caught.value)
    assert said.startswith(f"'{text}' is not a date that can be (")
    assert why in said.removesuffix(WRITE)
    assert said.endswith(WRITE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "26",
        "2026-3",
        "2026-Q5",
        "2026-H0",
        "09/03/2026",
        "2026-03-09T10:00",
        " 2026",
        "2026\n",
        "FY2025",
        "２０２６",
        "२०२६-०३",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    # The last two are digits to Python: a date written in them would sort after every other.
    with pytest.raises(ValueProblem, match="is not a date; write 2026"):
        When.parse(text)


@pytest.mark.parametrize("value", [None, True, 3.5, ["2026"], 202603])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(ValueProblem, match="is not a date"):
        When.parse(value)


def test_whole_number_and_calendar_day_are_read() -> None:
    # YAML gives a year without quotes as a number, and Python code has days.
    assert When.parse(2026) == When.parse("2026")
    assert When.parse(date(2026, 3, 9)) == When.on(date(2026, 3, 9)) == When.parse("2026-03-09")


@given(date_texts)
def test_date_keeps_its_words_and_its_order(text: str) -> None:
    when = When.parse(text)
    assert str(when) == text
    assert When.parse(str(when)) == when
    assert when.first <= when.last


@given(deadlines)
def test_deadline_keeps_its_words_and_is_one_of_two(deadline: Deadline) -> None:
    assert Deadline.parse(str(deadline)) == deadline
    assert (deadline.when is None) != (deadline.months is None)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026", "2026-12-31"),
        ("FY2025-26", "2026-03-31"),
        ("monthly", "2024-02-29"),
        ("quarterly", "2024-04-30"),
        ("half-yearly", "2024-07-31"),
        ("yearly", "2025-01-31"),
        ("every two years", "2026-01-31"),
    ],
)
def test_due_is_last_day_or_one_beat_after_the_last_time(text: str, due: str) -> None:
    assert Deadline.parse(text).due(date(2024, 1, 31)).isoformat() == due


def test_bad_deadline_names_the_rhythms_as_well() -> None:
    with pytest.raises(ValueProblem) as caught:
        Deadline.parse("now and then")
    assert str(caught.value).endswith(WRITE_DEADLINE)
    assert "every two years" in WRITE_DEADLINE


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2023-11-30", 1, "2023-12-30"),
        ("2023-12-15", 0, "2023-12-15"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-01-10", -1, "2023-12-10"),
    ],
)
def test_months_are_added_at_month_ends(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == expected


@given(days, st.integers(0, 400))
def test_added_months_land_in_the_right_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    # The day is only ever cut at a month's end.
    assert later.day == day.day or add_months(later.replace(day=1), 1).toordinal() - later.toordinal() == 1
