"""The chapter on the region: sentences that the figures carry, as of the day that is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.region.alignment import alignment
from servanda.review.areas.region.choices import region_choices
from servanda.review.areas.region.leaning import manoeuvre
from servanda.review.areas.region.sentences import RegionReview, region_review
from servanda.review.areas.region.sway import sway
from servanda.review.review import build
from servanda.settings import shipped_content
from servanda.sources.added import added

CONTENT = shipped_content()


def of(case: str, day: date) -> RegionReview:
    record, lists, choices = read_case(CONTENT, case), words(CONTENT), region_choices()
    review = build(record, lists, day)
    names = {one: lists.named(one).short for one in (*review.parties, *choices.powers)}
    names |= {one.code: one.short for one in choices.groups}
    free = manoeuvre(review.parties, choices, Path("nothing is held"), day.year)
    swaying = sway(review.parties, choices.powers, added(choices.influence, Path("nothing is held")), day.year)
    return region_review(review, names, alignment(review.parties, choices), free, swaying)


def said(made: RegionReview) -> dict[str, str]:
    return {one.id: one.text for one in made.findings}


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_every_pair_has_its_chapter(case: str) -> None:
    made = of(case, date(2026, 11, 23))
    assert {"alike", *(f"nearer-{party}" for party in made.parties)} <= set(said(made))
    assert all(item.area == "region" for item in made.items)


def test_the_figure_that_takes_chance_off_stands_beside_the_one_that_does_not() -> None:
    text = said(of("ind-kor", date(2026, 11, 23)))["alike"]
    assert "72 %" in text and "58 %" in text and "0.13 of 1" in text and "what any two members show" in text


def test_how_the_two_depend_on_each_other_is_told_both_ways_under_both_families() -> None:
    text = said(of("ind-kor", date(2026, 11, 23)))["mutual"]
    assert "of the trade of India" in text and "of the trade of Korea" in text and "symmetry" in text


def test_nothing_later_than_the_day_is_told() -> None:
    made = said(of("ind-kor", date(2005, 6, 1)))
    assert "2005" in made["alike"] and "2020" not in made["alike"]
    assert "in 2005" in made["leans-IND"]


def test_on_whom_each_leans_is_told_by_domain_and_what_lacks_is_counted() -> None:
    made = said(of("ind-kor", date(2026, 11, 23)))
    assert "in students on the United States (38 %, 2018)" in made["most-IND"]
    assert "in students on the United States (53 %, 2018)" in made["most-KOR"]
    assert "in research partners on" in made["most-IND"] and "China (23 %, 2011)" in made["most-KOR"]
    assert "Of 8 domains nothing is held" in made["most-IND"]
    assert "whatever the weights" in made["range-KOR"]
