"""The words that fix a time, and what they resolve to. Sentences are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.texts.deadline import deadline, last_day, times

DAY = date(2025, 2, 13)


@pytest.mark.parametrize(
    ("said", "words", "due"),
    [
        ("Both will open the bridge by 2030.", "by 2030", "2030"),
        ("They will sign by the end of 2027.", "by the end of 2027", "2027-12"),
        ("They will sign by the end of this year.", "by the end of this year", "2025-12"),
        ("We will meet by fall of 2026.", "by fall of 2026", "2026-09/2026-11"),
        ("We will meet in the first half of 2027.", "in the first half of 2027", "2027-01/2027-06"),
        ("They will report in the third quarter of 2026.", "in the third quarter of 2026", "2026-07/2026-09"),
        ("India will host it in March 2026.", "in March 2026", "2026-03"),
        ("It enters into force on 1 July 2026.", "on 1 July 2026", "2026-07-01"),
        ("They will convene it in December.", "in December", "2025-12"),
        ("They will convene it in January.", "in January", "2026-01"),
        ("The talks will end within 90 days.", "within 90 days", "2025-05-14"),
        ("They will finish within the next six months.", "within the next six months", "2025-02/2025-08"),
        ("It will give $5 million over five years.", "over five years", "2025-02/2030-02"),
        ("It will provide grants in 2026-27.", "in 2026-27", "2026-07/2027-06"),
        ("They will meet annually.", "annually", "recurring"),
        ("They will hold regular consultations.", "regular", "recurring"),
        ("They will meet on a regular basis, starting in 2026.", "on a regular basis, starting in 2026", "recurring"),
        ("They will report annually, beginning in May 2026.", "annually, beginning in May 2026", "recurring"),
        (
            "It will pay for each of the five years beginning on 1 July 2026.",
            "for each of the five years beginning on 1 July 2026",
            "2026-07/2031-06",
        ),
        ("They will meet at least once a year.", "at least once a year", "recurring"),
        ("They will sign it in the coming weeks.", "in the coming weeks", None),
        ("They will finish before the next summit.", "before the next summit", None),
        ("We will cut emissions no later than 2050.", "no later than 2050", "2050"),
        ("They will issue it later this year.", "later this year", "2025"),
        ("They will meet on March 7.", "on March 7", "2025-03-07"),
        ("They will meet on 2nd February.", "on 2nd February", "2026-02-02"),
        ("They will talk in the lead-up to the fair in May 2026.", "in the lead-up to the fair in May 2026", "2026-05"),
        ("They will talk in the lead up to COP30.", "in the lead up to COP30", "2025-11"),
        ("They will talk in the run-up to the vote.", "in the run-up to the vote", None),
        ("They will meet next week.", "next week", None),
        ("They will keep the duty until the ban is lifted.", "until the ban is lifted", None),
        ("It will buy gas upon completion of the line.", "upon completion of the line", None),
    ],
)
def test_words_and_what_they_resolve_to(said: str, words: str, due: str | None) -> None:
    found = deadline(said, DAY)
    assert found is not None
    assert (found.said, found.due) == (words, due)
    assert said[found.start : found.end] == found.said


@pytest.mark.parametrize(
    "said",
    [
        "They will meet at an early date.",
        "They will do so as soon as possible.",
        "They will build on the agreement signed in 2018.",
        "They will work together on ships.",
        "They will deepen it, building upon the conclusion of the pact.",
        "The 5G trial will be opened to 20 firms.",
    ],
)
def test_haste_and_the_past_are_no_deadline(said: str) -> None:
    assert deadline(said, DAY) is None


@given(some.integers(2026, 2090), some.integers(1, 12))
def test_a_month_that_is_written_is_read_back(year: int, month: int) -> None:
    name = date(year, month, 1).strftime("%B")
    found = deadline(f"Both sides will open the port by {name} {year}.", DAY)
    assert found is not None and found.due == f"{year}-{month:02d}"
    last = last_day(found.due)
    assert last is not None and (last.year, last.month) == (year, month)


@given(some.text(max_size=200))
def test_any_text_is_read_without_fault(said: str) -> None:
    for found in times(said, DAY):
        assert said[found.start : found.end].strip() == found.said
