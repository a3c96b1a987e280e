"""The review of the shipped pairs: every number from its readings, every thread once, both parties by one rule."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.finding import Finding
from servanda.model.party import Party
from servanda.model.reading import Reading
from servanda.model.status import Status
from servanda.model.words import Area
from servanda.register.content import read_case
from servanda.register.words import Words
from servanda.review.review import Review, build, review
from servanda.review.wording import day, percent, years
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store
from tests.review.made import LISTS, TODAY, Said, exchanged, record_of, same_but_for_names

PAIRS = {"ind-kor": ("IND", "KOR"), "ind-jpn": ("IND", "JPN"), "kor-vnm": ("KOR", "VNM")}
CASES = pytest.mark.parametrize("case", PAIRS)
# Names that stand in no title, so that a sentence that only repeats a title is not mistaken for a rule's own words.
NAMES = Words({code: Party(code, code, f"{code}land", code) for code in ("IND", "KOR", "JPN", "VNM")}, {})


@pytest.fixture(scope="module")
def store(seeded: Path) -> Iterator[Store]:
    opened = Store(store_url(str(seeded)))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def held() -> dict[str, Record]:
    return {case: read_case(shipped_content(), case) for case in PAIRS}


@pytest.fixture(scope="module")
def made(store: Store) -> dict[str, Review]:
    return {case: review(store, shipped_content(), pair, TODAY) for case, pair in PAIRS.items()}


def every_finding(one: Review) -> list[Finding]:
    return [*one.findings, *(finding for area in one.areas.values() for finding in area.findings)]


def test_counts_of_the_first_case(made: dict[str, Review]) -> None:
    counts = made["ind-kor"].counts
    assert {name: counts[name] for name in ("documents", "commitments", "threads", "evidence")} == {
        "documents": 169,
        "commitments": 249,
        "threads": 167,
        "evidence": 315,
    }


@CASES
def test_counts_are_those_of_the_record(made: dict[str, Review], held: dict[str, Record], case: str) -> None:
    counts, record = made[case].counts, held[case]
    shelves = ("documents", "commitments", "threads", "evidence", "assessments", "barriers")
    assert {name: counts[name] for name in shelves} == {name: len(getattr(record, name)) for name in shelves}
    # A record may name an event that is still to come.
    assert counts["events"] == sum(one.date.first <= TODAY for one in record.events.values())
    assert counts["figures"] + counts["agreement_facts"] == len(record.figures)


@CASES
def test_every_finding_has_readings_and_names_commitments_that_exist(
    made: dict[str, Review], held: dict[str, Record], case: str
) -> None:
    assert [one.id for one in made[case].state] == ["held", "concrete", "repeated", "delivered", "owed"]
    for one in every_finding(made[case]):
        assert one.readings
        assert set(one.commitments) <= set(held[case].commitments)


def forms(reading: Reading) -> set[str]:
    """How a reading's numbers may be written in a sentence."""
    if reading.unit == "share":
        bounds = [str(round(one * 100)) for one in (reading.low, reading.high) if one is not None]
        return {f"{reading.used:,}", f"{reading.expected:,}", percent(reading.value or 0).removesuffix(" %"), *bounds}
    if reading.unit == "days":
        return {years(reading.value or 0).split()[0]}
    return {f"{reading.value:,.0f}"}


def without_titles(one: Finding, made: Review) -> str:
    text = one.text
    for item in made.items:
        text = text.replace(f"'{item.title}'", "[title]")
    return text


@CASES
def test_every_number_of_a_sentence_is_a_number_of_its_readings(made: dict[str, Review], case: str) -> None:
    whole = made[case]
    sentences = [*whole.state, *(one for area in whole.areas.values() for one in area.findings)]
    assert len(sentences) > 5
    for one in sentences:
        text = without_titles(one, whole).replace(day(whole.as_of), "").replace("95 % interval", "")
        text = re.sub(r" since \d{4}", "", text)
        found = {number.rstrip(",") for number in re.findall(r"\d[\d,.]*\d|\d", text)}
        allowed = {form for reading in one.readings for form in forms(reading)}
        assert found <= allowed, f"{one.text}\n{found - allowed} stand in no reading"


@CASES
def test_the_years_of_a_sentence_are_those_of_the_record(
    made: dict[str, Review], held: dict[str, Record], case: str
) -> None:
    state = {one.id: one.text for one in made[case].state}
    first = min(one.date.first.year for one in held[case].documents.values())
    assert f"since {first};" in state["held"]
    most = made[case].concreteness.most_repeated
    begun = min(
        held[case].documents[one.document].date.first.year
        for one in held[case].commitments.values()
        if one.thread == most
    )
    assert f"times since {begun};" in state["repeated"]


@CASES
def test_every_thread_is_counted_once(made: dict[str, Review], case: str) -> None:
    whole = made[case]
    threads = whole.counts["threads"]
    assert sum(area.threads for area in whole.areas.values()) == threads == len(whole.items)
    assert sum(area.commitments for area in whole.areas.values()) == whole.counts["commitments"]
    still_open = [one for one in whole.items if Status(one.status).is_open]
    assert sum(one.open for one in whole.owed) == len(still_open)
    assert sorted(name for one in whole.owed for name in one.items) == sorted(one.thread for one in still_open)
    assert sum(one.overdue + one.unanswered for one in whole.owed) == len(whole.overdue)
    assert sum(whole.delivery.by_status.values()) + whole.delivery.at_event == threads
    for area in whole.areas.values():
        assert sum(area.delivery.by_status.values()) + area.delivery.at_event == area.threads
    for status in Status:
        parts = sum(area.delivery.by_status[status] for area in whole.areas.values())
        assert parts == whole.delivery.by_status[status]


@CASES
def test_the_items_and_the_shares_tell_the_same(made: dict[str, Review], case: str) -> None:
    whole = made[case]
    rest = [one for one in whole.items if not one.at_event]
    assert whole.delivery.delivered.used == sum(one.status == "delivered" for one in rest)
    assert whole.delivery.unknown.used == sum(one.status == "no evidence found" for one in rest)
    assert whole.delivery.delivered.expected == whole.delivery.unknown.expected == len(rest)
    assert whole.concreteness.restated.used == sum(one.times - 1 for one in whole.items)


@CASES
@pytest.mark.parametrize("area", list(Area))
def test_the_review_of_an_area_is_that_part_of_the_whole(
    store: Store, made: dict[str, Review], held: dict[str, Record], case: str, area: Area
) -> None:
    whole = made[case]
    if area not in whole.areas:
        with pytest.raises(RequestError, match=f"no commitment in {area}"):
            review(store, shipped_content(), PAIRS[case], TODAY, area)
        return
    part = review(store, shipped_content(), PAIRS[case], TODAY, area)
    assert part.concreteness == whole.areas[area].concreteness
    assert part.delivery.by_status == whole.areas[area].delivery.by_status
    assert part.items == tuple(one for one in whole.items if one.area is area)
    assert list(part.areas) == [area]
    papers = {held[case].commitments[name].document for one in part.items for name in one.commitments}
    assert part.counts["documents"] == len(papers) < whole.counts["documents"]
    assert f"{len(papers)} document" in part.state[0].text


def test_an_area_that_is_not_there_names_those_that_are(store: Store) -> None:
    with pytest.raises(RequestError, match="no area 'poetry'; the areas are trade, technology"):
        review(store, shipped_content(), ("IND", "KOR"), TODAY, "poetry")


@CASES
def test_what_has_begun_never_falls_from_one_year_to_the_next(held: dict[str, Record], case: str) -> None:
    kinds = ("documents", "commitments", "threads", "evidence", "events")
    last = dict.fromkeys(kinds, 0)
    first = min(held[case].documents[one.document].date.first for one in held[case].commitments.values())
    for when in (*(date(year, 1, 1) for year in range(first.year + 1, 2026, 6)), TODAY):
        found = build(held[case], NAMES, when)
        now = {kind: found.counts[kind] for kind in kinds}
        assert all(now[kind] >= last[kind] for kind in kinds), (when, last, now)
        assert found.sources.commitments_with_evidence <= now["commitments"]
        assert sum(found.sources.commitments.values()) == now["commitments"]
        assert sum(found.sources.evidence.values()) == now["evidence"]
        assert sum(found.sources.documents.values()) == now["documents"]
        last = now
    assert last["threads"] == len({one.thread for one in held[case].commitments.values()})


@CASES
def test_the_first_day_has_a_review_and_the_day_before_has_none(held: dict[str, Record], case: str) -> None:
    first = min(held[case].documents[one.document].date.first for one in held[case].commitments.values())
    assert build(held[case], NAMES, first).counts["threads"] >= 1
    with pytest.raises(RequestError, match="choose a later day"):
        build(held[case], NAMES, date.fromordinal(first.toordinal() - 1))


@CASES
def test_either_order_and_any_name_of_the_parties_give_the_same_review(
    store: Store, made: dict[str, Review], case: str
) -> None:
    one, two = PAIRS[case]
    long = {"IND": "republic of india", "KOR": "대한민국", "JPN": "Japan", "VNM": "Vietnam"}
    assert review(store, shipped_content(), (two, one), TODAY) == made[case]
    assert review(store, shipped_content(), (long[one], long[two]), TODAY) == made[case]


def test_a_pair_that_nobody_recorded_names_those_that_are(store: Store) -> None:
    with pytest.raises(RequestError, match="no record of FRA and DEU; the register holds IND JPN, IND KOR, KOR VNM"):
        review(store, shipped_content(), ("France", "Germany"), TODAY)


def test_two_processes_write_the_same_bytes(seeded_copy: Callable[[], Path]) -> None:
    register = str(seeded_copy())

    def run(seed: str) -> bytes:
        words = ("review", "IND", "KOR", "--as-of", TODAY.isoformat(), "--peers", "--format", "json")
        command = [sys.executable, "-c", "from servanda.faces.cli.app import main; main()", *words, "--store", register]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SERVANDA_TODAY": TODAY.isoformat()}
        return subprocess.run(command, check=True, capture_output=True, env=environment).stdout

    first = run("1")
    assert json.loads(first)
    assert run("2") == first


def walk(thing: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value of a tree of dataclasses, with its place."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for field in dataclasses.fields(thing):
            yield from walk(getattr(thing, field.name), f"{place}.{field.name}")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from walk(value, f"{place}[{key}]")
    elif isinstance(thing, tuple | list):
        for number, one in enumerate(thing):
            yield from walk(one, f"{place}[{number}]")
    else:
        yield place, thing


@CASES
@pytest.mark.parametrize("when", [date(2003, 1, 1), date(2012, 1, 1), TODAY, date(2060, 1, 1)])
def test_no_number_anywhere_is_not_a_number(held: dict[str, Record], case: str, when: date) -> None:
    others = [record for name, record in held.items() if name != case]
    numbers = [
        (place, one) for place, one in walk(build(held[case], NAMES, when, None, others)) if isinstance(one, float)
    ]
    assert numbers
    for place, one in numbers:
        assert math.isfinite(one), place
        assert one >= 0 or "figures" in place, place


# Words of praise and of blame; what a rule may say instead is a number, a date, a status.
JUDGING = re.compile(
    r"\b(good|bad|better|best|worse|worst|poor(ly)?|rich|weak(ly)?|strong(ly)?|slow(ly)?|fast|great|impressive"
    r"|disappoint\w*|fail\w*|success\w*|excellent|neglect\w*|broken?|betray\w*|honou?r\w*|dishonest|laggard|lags|leads?"
    r"|leader|reluctant|generous|stingy|lazy|unwilling|guilty|blame|praise|shame|regrettably|unfortunately|sadly"
    r"|remarkabl[ey]|mere(ly)?|impotent|(un)?reliable)\b"
)


@CASES
def test_no_sentence_praises_or_blames(made: dict[str, Review], case: str) -> None:
    for one in every_finding(made[case]):
        assert not JUDGING.search(without_titles(one, made[case]).lower()), one.text


@CASES
def test_with_the_names_exchanged_the_review_exchanges_names_and_nothing_else(
    held: dict[str, Record], case: str
) -> None:
    record = held[case]
    there, back = build(record, NAMES, TODAY), build(exchanged(record), NAMES, TODAY)
    # Every status, reading, order and sentence; only the two names stand in each other's place.
    assert same_but_for_names(there, back)
    one, two = record.case.parties
    open_of = {each.owner: (each.open, each.overdue, each.unanswered) for each in there.owed}
    assert {each.owner: (each.open, each.overdue, each.unanswered) for each in back.owed} == open_of | {
        one: open_of[two],
        two: open_of[one],
    }


def test_a_rule_that_favoured_one_party_would_be_seen() -> None:
    record = record_of(Said("a", "2010", parties=("ZEM",)), Said("b", "2010", parties=("RUR",)))
    there, back = build(record, LISTS, TODAY), build(exchanged(record), LISTS, TODAY)
    assert same_but_for_names(there, back)
    favoured = tuple(
        dataclasses.replace(one, status="delivered") if one.owed_by == "ZEM" else one for one in back.items
    )
    assert not same_but_for_names(there, dataclasses.replace(back, items=favoured))
