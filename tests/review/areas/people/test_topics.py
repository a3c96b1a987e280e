"""What the record knows of a topic: figures, events and promises by the day, each once, and no gap left unsaid."""

from __future__ import annotations

from datetime import date

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.people.choices import Topic, people_choices
from servanda.review.areas.people.topics import Told, told
from servanda.review.review import build
from servanda.settings import shipped_content

CONTENT, NOW = shipped_content(), date(2026, 11, 23)


def of(case: str, day: date = NOW, topics: tuple[Topic, ...] = ()) -> dict[str, Told]:
    record = read_case(CONTENT, case)
    made = told(record, build(record, words(CONTENT), day), "people", topics or people_choices().topics)
    return {one.title: one for one in made}


@pytest.mark.parametrize(
    ("case", "metric", "event"),
    [("ind-kor", "King Sejong Institute learners in India", "Sister-city agreement between Ayodhya and Gimhae"),
     ("ind-jpn", "learners of Japanese in India", "Kyoto - Varanasi partner city pact"),
     ("kor-vnm", "Vietnamese schools teaching Korean", "Language test opened for the programme")],
)  # fmt: skip
def test_every_pair_by_one_rule(case: str, metric: str, event: str) -> None:
    made = of(case)
    assert metric in [one.metric for one in made["Languages"].figures]
    assert event in [one.event for its in made.values() for one in its.events]
    assert all(one.unknown for one in made.values() if one.title in ("Languages", "Researchers"))
    assert all(one.source for its in made.values() for one in its.figures)
    assert all(one.source for its in made.values() for one in its.events)


def test_promises_stand_beside_what_happened() -> None:
    titles = {one.title for one in of("ind-kor")["Languages"].items}
    assert "King Sejong Institutes in India" in titles
    assert all(one.area == "people" for its in of("ind-kor").values() for one in its.items)


def test_a_row_stands_once_under_the_first_topic_that_it_fits() -> None:
    topics = of("kor-vnm")
    made = list(topics.values())
    ids = [one.id for its in made for one in its.figures] + [one.id for its in made for one in its.events]
    assert len(ids) == len(set(ids))
    assert "Korean learners at Vietnamese universities" in [one.metric for one in topics["Languages"].figures]


def test_nothing_later_than_the_day_is_told() -> None:
    early = of("ind-kor", date(2011, 7, 1))
    assert [one.event for one in early["Culture and media"].events] == ["Indian Cultural Centre opened in Seoul"]
    assert not early["Languages"].figures


def test_words_are_beginnings_and_no_patterns() -> None:
    made = of("ind-kor", topics=(Topic("inside", ("angu",), "x"), Topic("pattern", ("[a-z]",), "x")))
    assert made["inside"].is_empty and made["pattern"].is_empty
