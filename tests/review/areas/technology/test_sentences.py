"""The chapter on technology: sentences that the figures carry, as of the day that is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.technology.choices import technology_choices
from servanda.review.areas.technology.promises import promises, usual
from servanda.review.areas.technology.research import research
from servanda.review.areas.technology.sentences import TechnologyReview, technology_review
from servanda.review.review import build
from servanda.settings import shipped_content

CONTENT = shipped_content()
TODAY = date(2026, 11, 23)


def of(case: str, day: date = TODAY) -> TechnologyReview:
    record, lists, choices = read_case(CONTENT, case), words(CONTENT), technology_choices()
    review = build(record, lists, day)
    peers = choices.peers.get(case, ())
    names = {one: lists.named(one).short for pair in (review.parties, *peers) for one in pair}
    return technology_review(review, names, research(review.parties, choices, peers, day.year))


def said(made: TechnologyReview) -> dict[str, str]:
    return {one.id: one.text for one in made.findings}


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_every_pair_has_its_chapter(case: str) -> None:
    made = of(case)
    assert {"joint-papers", "index", "expected-papers", "alike-papers"} <= set(said(made))
    assert all(item.area == "technology" for item in made.items)
    assert all(one.rule and one.readings for one in made.findings)


def test_the_figures_as_published() -> None:
    made = of("ind-kor")
    told = said(made)
    assert "5,774 papers together, after 1,273 in 2013" in told["joint-papers"]
    assert "was 2.00 in 2022 as published" in told["index"]
    assert (
        "In artificial intelligence alone it was 1.07" in told["index"] and "less than in all fields" in told["index"]
    )
    assert "cosine 0.94" in told["alike-papers"] and "1.93 times" in told["alike-papers"]
    assert "0.93 times as much" in told["citations"] and "0.63 times" in told["citations"]
    for one in made.held.stated:
        if one.published is not None and one.found is not None and one.year in (2003, 2022):
            assert round(one.found, 2) == round(one.published, 2)


def test_more_or_less_is_said_only_where_the_interval_allows() -> None:
    unsure, sure = said(of("ind-jpn"))["expected-papers"], said(of("ind-kor"))["expected-papers"]
    assert "it cannot be said whether that is more or less" in unsure and "cannot be said" not in sure


def test_nothing_later_than_the_day_is_told() -> None:
    made = of("ind-kor", date(2010, 6, 1))
    assert max(one.year for one in made.held.yearly) == 2010
    assert "In 2010 authors" in said(made)["joint-papers"]
    assert made.held.gap.value is None and "from 2014 on" in (made.held.gap.reason or "")
    assert (made.held.fields_year, made.held.patents_year, made.held.artificial) == (2010, 2010, None)


def test_what_moved_is_told_without_saying_why() -> None:
    review = build(read_case(CONTENT, "ind-kor"), words(CONTENT), TODAY)
    threads = [item for item in review.items if item.area == "technology"]
    found = promises(threads, review.parties, technology_choices(), TODAY.year)
    every = usual(review.parties, technology_choices(), TODAY.year)
    held = research(review.parties, technology_choices(), (), 2026)
    made = technology_review(review, review.names, held, found, every)
    told = said(made)["moved-since"]
    naming, known = sum(bool(one.subjects) for one in found), sum(one.is_known for one in found)
    assert told.startswith(f"Of {len(threads)} threads on technology {naming} name a technology")
    assert (
        f"of {known} something can be said" in told and f"as they do around {every[0]} of all {every[1]} years" in told
    )
    assert "moved-since" not in said(of("ind-kor"))


def test_both_sides_are_treated_alike() -> None:
    choices = technology_choices()
    one = research(("IND", "KOR"), choices, (), 2026)
    other = research(("KOR", "IND"), choices, (), 2026)
    assert one.gap.value == pytest.approx(other.gap.value or 0)
    assert [row.papers for row in one.yearly] == [row.papers for row in other.yearly]
    assert [row.of_one for row in one.yearly] == [row.of_other for row in other.yearly]
    assert one.completed == other.completed and one.likeness == pytest.approx(other.likeness or 0)


def test_a_pair_that_no_table_holds_has_reasons() -> None:
    made = research(("FJI", "TON"), technology_choices(), (), 2026)
    assert made.yearly == () and made.fields == () and made.definitions == () and made.gap.reason
