"""Every sentence follows from its readings by a written rule, for one, for many and for none."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.figure import Figure
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.model.words import Shown, Undertaking
from servanda.review import findings as rules
from servanda.review import outcomes
from servanda.review.findings import AREA, MORE, STATE, findings
from servanda.review.ground import Ground
from servanda.review.review import build
from servanda.review.shares import odds
from servanda.review.wording import count, either, percent, years
from tests.properties import examples, given
from tests.review.made import LISTS, TODAY, Said, ground_of
from tests.strategies import records

PLAIN = (Said("a", "2010"), Said("b", "2011"))
DONE, STEP = Shown.COMPLETED, Shown.STEP


def with_odds(known: tuple[int, int, int, int], *cells: int, **parts: tuple[int, int, int, int]) -> Ground:
    ground = ground_of(*PLAIN)
    given_ = {name: odds(name, *four) for name, four in parts.items()}
    came = dataclasses.replace(
        ground.delivery,
        concrete_odds=odds("x", *cells),
        concrete_odds_of_known=odds("y", *known),
        part_odds=given_,
    )
    return dataclasses.replace(ground, delivery=came)


def said(finding: Finding | None) -> str:
    assert finding is not None
    assert finding.readings
    return finding.text


ABOVE, BELOW, ACROSS = (40, 10, 10, 40), (10, 40, 40, 10), (10, 10, 10, 10)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (ABOVE, "delivered more often than vague ones"),
        (BELOW, "delivered less often than vague ones"),
        (ACROSS, "does not allow to say"),
    ],
)
def test_a_word_that_judges_needs_an_interval_clear_of_one(cells: tuple[int, ...], words: str) -> None:
    text = said(outcomes.concrete_kept(with_odds(ACROSS, *cells)))
    others = {"more often than vague ones here", "less often than vague ones here", "does not allow to say"}
    assert words in text
    assert sum(one in text for one in others) == 1
    assert "100 threads" in text or "40 threads" in text


@examples(30)
@given(st.tuples(*[st.integers(1, 30)] * 4))
def test_the_verdict_on_concrete_promises_is_that_of_the_interval(cells: tuple[int, int, int, int]) -> None:
    reading = odds("x", *cells)
    text = said(outcomes.concrete_kept(with_odds(ACROSS, *cells)))
    assert reading.low is not None
    assert reading.high is not None
    assert ("more often than vague ones here" in text) == (reading.low > 1)
    assert ("less often than vague ones here" in text) == (reading.high < 1)
    assert ("does not allow to say" in text) == (reading.low <= 1 <= reading.high)


def test_without_a_ratio_nothing_is_said_of_it() -> None:
    assert outcomes.concrete_kept(ground_of(*PLAIN)) is None


def test_the_ratio_among_those_with_evidence_is_left_out_where_there_is_none() -> None:
    assert "with evidence only" in said(outcomes.concrete_kept(with_odds(ACROSS, *ABOVE)))
    assert "with evidence only" not in said(outcomes.concrete_kept(with_odds((5, 5, 0, 0), *ABOVE)))


def test_only_parts_whose_interval_is_clear_of_one_are_named_with_how_many_were_looked_at() -> None:
    text = said(outcomes.parts_kept(with_odds(ACROSS, *ACROSS, owner=ABOVE, deadline=ACROSS, measure=BELOW)))
    assert "3 parts" in text
    assert "owner (" in text
    assert "measure (" in text
    assert "deadline (" not in text
    assert "need not cause" in text
    none = said(outcomes.parts_kept(with_odds(ACROSS, *ACROSS, owner=ACROSS, deadline=ACROSS)))
    assert "2 parts" in none
    assert "none has odds" in none
    assert outcomes.parts_kept(with_odds(ACROSS, *ACROSS, owner=(5, 5, 0, 0))) is None


def test_none_is_late() -> None:
    finding = rules.owed(ground_of(*PLAIN))
    assert "None has passed a date promised." in said(finding)
    assert finding is not None
    assert finding.commitments == ()


def test_one_is_late() -> None:
    finding = rules.owed(ground_of(*PLAIN, Said("late", "2010", "2014", shown=((STEP, "2016"),))))
    text = said(finding)
    assert "1 has passed the date promised" in text
    assert f"it is 'The late', by {years((TODAY - date(2014, 12, 31)).days)}" in text
    assert "nothing later was found" not in text
    assert finding is not None
    assert finding.commitments == ("C2",)


def test_several_are_late_and_the_longest_is_named() -> None:
    late = [Said(f"late{year}", "2010", str(year), shown=((STEP, "2020"),)) for year in (2014, 2012, 2016)]
    text = said(rules.owed(ground_of(*late)))
    assert "3 have passed the date promised" in text
    assert "the longest is 'The late2012'" in text


def test_late_and_silent_stand_apart() -> None:
    quiet = Said("quiet", "2010", "2011")
    alone = said(rules.owed(ground_of(*PLAIN, quiet)))
    assert "For 1 the date has passed and nothing later was found either way." in alone
    assert "has passed the date promised" not in alone
    both = said(rules.owed(ground_of(quiet, Said("late", "2010", "2014", shown=((STEP, "2016"),)))))
    assert "for 1 more the date has passed" in both
    # What is silent is never the example, however long its date has passed.
    assert "it is 'The late'" in both


def test_third_bodies_owners_and_both_are_named() -> None:
    text = said(
        rules.owed(
            ground_of(
                Said("a", "2010", parties=("ZEM",)), Said("b", "2010", parties=("RUR",)), Said("c", "2010"),
                Said("d", "2010", parties=()), Said("e", "2010", parties=()),
            )
        )
    )  # fmt: skip
    expected = "5 threads are open: 1 owed by Zembla alone, 1 owed by Ruritania alone, 1 owed by both"
    assert text.startswith(f"{expected}, 2 owed by third bodies.")
    one = said(rules.owed(ground_of(Said("d", "2010", parties=()))))
    assert one.startswith("1 thread is open: 1 owed by third bodies.")


def test_where_nothing_is_open_nothing_is_owed() -> None:
    assert rules.owed(ground_of(Said("a", "2010", shown=((DONE, "2012"),)))) is None


def test_no_repeats_no_sentence_of_repeats() -> None:
    assert rules.repeated(ground_of(*PLAIN)) is None
    text = said(rules.repeated(ground_of(Said("a", "2000"), Said("a", "2012", "2014"), Said("b", "2010"))))
    assert "1 of 3 commitments (33 %)" in text
    assert "'The a': 2 times since 2000" in text
    assert f"no evidence found, {years((TODAY - date(2014, 12, 31)).days)} past the last date promised" in text


def test_what_the_event_completed_is_left_out_and_said_so() -> None:
    signed = [Said(f"s{place}", "2010", kind=Undertaking.AT_EVENT) for place in range(2)]
    text = said(rules.delivered(ground_of(*PLAIN, Said("c", "2010", shown=((DONE, "2012"),)), *signed)))
    assert "1 of 3" in text
    assert "leaving out 2 instruments completed at the event itself" in text
    assert "leaving out 1 instrument completed" in said(rules.delivered(ground_of(*PLAIN, signed[0])))
    assert "leaving out" not in said(rules.delivered(ground_of(*PLAIN)))
    assert rules.delivered(ground_of(*signed)) is None


def test_nothing_found_is_a_verdict_on_the_search() -> None:
    text = said(rules.delivered(ground_of(*PLAIN)))
    assert "no evidence was found either way" in text
    assert "verdict on the search" in text


def figure(name: str, period: str, value: float, metric: str = "trade", subject: str = "pair") -> Figure:
    return Figure(name, "c", metric, "USD bn", period, "high", value, subject=subject)


def test_no_figures_no_sentence_of_figures() -> None:
    for few in (
        (),
        (figure("F1", "2020", 1.0),),
        (figure("F1", "Jan 2020", 1.0), figure("F2", "Jan 2021", 2.0)),
        (figure("F1", "2020", 1.0, subject="agreement"), figure("F2", "2021", 1.0, subject="agreement")),
    ):
        assert rules.figures(ground_of(*PLAIN, figures=few)) is None


def test_figures_name_first_and_last_year_and_rivals() -> None:
    held = (
        figure("F1", "2019", 1.0), figure("F2", "2020", 2.0), figure("F3", "2021", 2.5), figure("F4", "2020", 2.2),
        figure("F5", "2019", 0.5, "deficit of Zembla"), figure("F6", "2021", 0.7, "deficit of Zembla"),
        figure("F7", "2019", 7.0, "visitors"), figure("F8", "2021", 9.0, "visitors"),
    )  # fmt: skip
    finding = rules.figures(ground_of(*PLAIN, figures=held))
    text = said(finding)
    assert "trade 2.5 USD bn in 2021, 1 in 2019 (sources differ for 1 period)" in text
    assert "deficit of Zembla 0.7 USD bn in 2021, 0.5 in 2019" in text
    assert "visitors" not in text
    assert finding is not None
    assert [one.value for one in finding.readings] == [2.5, 1.0, 0.7, 0.5]


def test_where_sources_differ_at_the_ends_every_value_is_said() -> None:
    held = (figure("F1", "2019", 1.0), figure("F2", "2021", 81.5), figure("F3", "2021", 86.7))
    assert "trade 81.5 or 86.7 USD bn in 2021, 1 in 2019" in said(rules.figures(ground_of(*PLAIN, figures=held)))


def test_time_and_dates_are_silent_where_there_is_nothing_to_say() -> None:
    assert outcomes.time(ground_of(*PLAIN)) is None
    assert outcomes.dates(ground_of(*PLAIN)) is None
    assert said(outcomes.dates(ground_of(*PLAIN, Said("c", "2010", "2030")))).startswith("1 thread has a date in force")
    done = [Said(f"d{place}", "2010-01-01", shown=((DONE, f"2011-0{place + 1}-01"),)) for place in range(6)]
    text = said(outcomes.time(ground_of(*done, Said("open", "2010-01-01"))))
    assert "Within two years of the first promise 86 %" in text
    assert "of 7 threads" in text


def test_a_finding_without_readings_cannot_be() -> None:
    with pytest.raises(ValueError, match="has no reading behind it"):
        Finding("x", None, "Something is so.", "rule", ())


@examples(30)
@given(records(), st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_whatever_the_record_every_sentence_ends_and_names_no_missing_number(record: Record, day: date) -> None:
    try:
        made = build(record, LISTS, day)
    except RequestError:
        assert not any(record.documents[one.document].date.first <= day for one in record.commitments.values())
        return
    every = [*made.findings, *(one for area in made.areas.values() for one in area.findings)]
    assert {one.id for one in every} <= {rule.__name__.replace("_", " ") for rule in (*STATE, *MORE, *AREA)}
    for one in every:
        assert one.text.endswith(".")
        text = one.text
        for thread in record.threads.values():
            text = text.replace(f"'{thread.title}'", "[title]")
        for word in ("None ", "nan", "{", "no figure", "Reading("):
            assert word not in text.replace("None has passed", "")


def test_the_rules_run_in_order_and_leave_out_what_cannot_be_said() -> None:
    ground = ground_of(*PLAIN)
    assert [one.id for one in findings(ground, STATE)] == ["held", "concrete", "delivered", "owed"]
    assert [one.id for one in findings(ground, MORE)] == []


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0 %"), (1 / 1000, "under 1 %"), (1 / 200, "under 1 %"), (0.0051, "1 %"), (0.01, "1 %"), (0.5, "50 %"),
        (0.994, "99 %"), (199 / 200, "over 99 %"), (0.999, "over 99 %"), (1.0, "100 %"),
    ],
)  # fmt: skip
def test_a_share_that_is_not_nothing_is_never_shown_as_nothing(share: float, shown: str) -> None:
    assert percent(share) == shown


@pytest.mark.parametrize(
    ("days", "shown"), [(1, "1 day"), (59, "59 days"), (61, "2 months"), (729, "24 months"), (730, "2.0 years")]
)
def test_a_stretch_of_days_is_said_in_the_unit_that_reads_best(days: int, shown: str) -> None:
    assert years(days) == shown


def test_counts_and_lists_in_words() -> None:
    assert [count(number, "thread") for number in (0, 1, 1204)] == ["0 threads", "1 thread", "1,204 threads"]
    assert count(2, "thread is", "threads are") == "2 threads are"
    assert [either(["a"]), either(["a", "b"]), either(["a", "b", "c"], "or")] == ["a", "a and b", "a, b or c"]


def test_a_reading_without_value_is_said_with_its_reason() -> None:
    from servanda.review.wording import share

    assert share(Reading("x", "share", reason="nothing to count")) == "no figure: nothing to count"
