"""The rule that gives a status: situations that an analyst can read, and what must hold in every situation."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.model.case import Record
from servanda.model.evidence import Evidence
from servanda.model.period import Deadline, When
from servanda.model.source import Source
from servanda.model.status import Status
from servanda.model.words import Publisher, Shown
from servanda.register.content import read_case
from servanda.register.rule import Promise, Ruling, Showing, promise, rule, showing, standings
from servanda.register.threads import strands
from servanda.settings import shipped_content
from servanda.store import yaml
from tests.properties import examples, given
from tests.strategies import promises, records, showings

FILES = sorted((Path(__file__).parents[1] / "situations").glob("*.yml"))
SITUATIONS: list[dict[str, Any]] = [one for file in FILES for one in yaml.read(file, file.name)]
SHOWN = st.lists(showings, max_size=6, unique_by=lambda one: one.evidence)
DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))


def day(text: object) -> date:
    return date.fromisoformat(str(text))


def made_and_shown(given: dict[str, Any]) -> tuple[Promise, list[Showing]]:
    deadline = Deadline.parse(given["deadline"]) if "deadline" in given else None
    made = Promise(day(given["made"]), deadline, given.get("at_event", False), given.get("is_target", False))
    searched = day(given.get("searched", "2026-11-23"))
    rows = []
    for place, one in enumerate(given.get("shown", ())):
        ((word, when),) = one.items()
        source = Source("a source", Publisher.PRESS)
        dated = None if when == "none" else When.parse(when)
        row = Evidence(f"E{place}", "c", "C", "claim", Shown(word), source, "high", "person: a", dated)
        rows.append(showing(row, searched))
    return made, rows


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one["name"])
def test_situation(situation: dict[str, Any]) -> None:
    assert set(situation) == {"name", "given", "expect"}
    assert set(situation["given"]) <= {"made", "deadline", "at_event", "is_target", "shown", "searched"}
    made, shown = made_and_shown(situation["given"])
    for expected in situation["expect"]:
        wanted = {name: str(value) for name, value in expected.items() if name != "on"}
        ruling = rule(made, shown, day(expected["on"]))
        assert {name: str(getattr(ruling, name)) for name in wanted} == wanted, expected


def test_situations_cover_the_rule() -> None:
    names = [one["name"] for one in SITUATIONS]
    assert len(set(names)) == len(names) >= 25
    expected = {one["status"] for situation in SITUATIONS for one in situation["expect"]}
    assert expected == {str(status) for status in Status}
    shown = {word for one in SITUATIONS for row in one["given"].get("shown", ()) for word in row}
    assert shown == {str(word) for word in Shown}


@examples(200)
@given(promises, SHOWN, st.lists(DAYS, min_size=1, max_size=12))
def test_standings_say_what_the_rule_says_on_every_day(made: Promise, shown: list[Showing], asked: list[date]) -> None:
    found = standings(made, shown)
    # Besides the days drawn, each border with its neighbours: where a stretch could be a day too long or too short.
    borders = [one.start + timedelta(days=step) for one in found for step in (-1, 0, 1)]
    assert found[0].start == made.since
    assert found[-1].stop == date.max
    assert all(one.stop == after.start for one, after in itertools.pairwise(found))
    for on in (on for on in (*asked, *borders) if on >= made.since):
        (holds,) = [one for one in found if one.start <= on < one.stop]
        ruling = rule(made, shown, on)
        late = max(0, (on - holds.due).days) if holds.due and holds.status.is_open else 0
        assert (holds.status, late) == (ruling.status, ruling.days_overdue), on
        assert holds.due == ruling.due or (holds.due is None and ruling.due is not None and ruling.due < on), on


@given(promises, SHOWN)
def test_no_two_stretches_are_one(made: Promise, shown: list[Showing]) -> None:
    found = standings(made, shown)
    assert all((one.status, one.due) != (after.status, after.due) for one, after in itertools.pairwise(found))


@examples(200)
@given(promises, SHOWN, DAYS)
def test_order_of_the_evidence_does_not_matter(made: Promise, shown: list[Showing], on: date) -> None:
    assert rule(made, shown, on) == rule(made, list(reversed(shown)), on)


@examples(200)
@given(promises, SHOWN, showings, DAYS)
def test_what_is_not_yet_seen_changes_nothing(made: Promise, shown: list[Showing], new: Showing, on: date) -> None:
    moved = dataclasses.replace(new, seen=on + timedelta(days=1), end=on + timedelta(days=1), day=None)
    assert rule(made, [*shown, moved], on) == rule(made, shown, on)


@given(promises, SHOWN, DAYS)
def test_without_evidence_nothing_is_known(made: Promise, shown: list[Showing], on: date) -> None:
    bare = dataclasses.replace(made, at_event=False)
    assert rule(bare, [], on).status is Status.NO_EVIDENCE
    background = [dataclasses.replace(one, shows=Shown.NO_BEARING) for one in shown]
    assert rule(bare, background, on) == rule(bare, [], on)


@examples(200)
@given(promises, SHOWN, DAYS)
def test_a_ruling_holds_together(made: Promise, shown: list[Showing], on: date) -> None:
    ruling: Ruling = rule(made, shown, on)
    # A known status rests on evidence, but for the paper that was completed at the event itself.
    assert bool(ruling.carried_by) or made.at_event or ruling.status is Status.NO_EVIDENCE
    assert set(ruling.carried_by) <= {one.evidence for one in shown if one.seen <= on}
    assert ruling.days_overdue >= 0
    if ruling.days_overdue:
        assert ruling.status.is_open
        assert ruling.due is not None
        assert ruling.days_overdue == (on - ruling.due).days
    if ruling.status is Status.DELIVERED:
        assert made.at_event or Shown.COMPLETED in {one.shows for one in shown if one.seen <= on}
    assert ruling.because.endswith(".")


@examples(40)
@given(records(), DAYS)
def test_status_never_depends_on_who_owes(record: Record, on: date) -> None:
    swap = {"ZEM": "RUR", "RUR": "ZEM"}
    swapped = dataclasses.replace(
        record,
        commitments={
            name: dataclasses.replace(one, parties=tuple(swap[code] for code in one.parties))
            for name, one in record.commitments.items()
        },
    )
    nobody = dataclasses.replace(
        record,
        commitments={name: dataclasses.replace(one, parties=()) for name, one in record.commitments.items()},
    )
    rulings = {name: strand.ruling for name, strand in strands(record, on).items()}
    assert {name: strand.ruling for name, strand in strands(swapped, on).items()} == rulings
    assert {name: strand.ruling for name, strand in strands(nobody, on).items()} == rulings


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_in_the_shipped_cases_standings_and_rule_agree(case: str) -> None:
    record = read_case(shipped_content(), case)
    evidence = record.evidence_on()
    asked = [date(year, month, 1) for year in range(2005, 2030) for month in (1, 7)] + [date(2026, 11, 23)]
    for one in record.commitments.values():
        made = promise(one, record.documents[one.document].date.first)
        shown = [showing(row, record.searched_on(row.search)) for row in evidence[one.id]]
        found = standings(made, shown)
        for on in (on for on in asked if on >= made.since):
            (holds,) = [stretch for stretch in found if stretch.start <= on < stretch.stop]
            assert holds.status is rule(made, shown, on).status, (one.id, on)


def test_without_its_evidence_a_shipped_commitment_falls_back() -> None:
    record = read_case(shipped_content(), "ind-kor")
    before = strands(record, date(2026, 11, 23))["ind-kor.sentenced-prisoners-transfer"]
    assert before.ruling.status is Status.DELIVERED
    left = {name: row for name, row in record.evidence.items() if row.commitment != "C018"}
    after = strands(dataclasses.replace(record, evidence=left), date(2026, 11, 23))[before.thread]
    assert after.ruling.status is Status.NO_EVIDENCE
