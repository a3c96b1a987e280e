"""The chapter on people: sentences that the figures carry, as of the day that is asked for, alike for both parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from servanda.measures.people.titles import titles
from servanda.model.case import Record
from servanda.pages.people import drawings
from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.people.beside import beside
from servanda.review.areas.people.choices import people_choices
from servanda.review.areas.people.movement import Movement, movement
from servanda.review.areas.people.sentences import PeopleReview, people_review
from servanda.review.review import Review, build
from servanda.settings import shipped_content
from servanda.sources.declared import source
from servanda.sources.fetch import add

CONTENT, NOW = shipped_content(), date(2026, 11, 23)


@lru_cache(maxsize=16)
def based(case: str, day: date) -> tuple[Record, Review, Movement]:
    """What does not change from test to test, and takes most of the time."""
    record, choices = read_case(CONTENT, case), people_choices()
    review = build(record, words(CONTENT), day)
    return record, review, movement(review.parties, choices, day, choices.peers.get(case, ()))


def of(case: str, day: date = NOW, held: Movement | None = None, root: Path = Path("nowhere")) -> PeopleReview:
    (record, review, usual), choices = based(case, day), people_choices()
    made = held or usual
    return people_review(record, review, review.names, made, choices, beside(review.parties, made, choices, day, root))


def said(made: PeopleReview) -> dict[str, str]:
    return {one.id: one.text for one in made.findings}


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_every_pair_has_its_chapter_both_ways(case: str) -> None:
    made = of(case)
    for name in ("entering", "living", "studying"):
        assert {f"{name}-{party}" for party in made.parties} <= set(said(made))
    assert all(item.area == "people" for item in made.items)
    drawn = drawings(made, people_choices())
    assert {"people-flows", "people-years", "people-rules"} <= set(drawn)
    its = made.held
    gaps = (("", its.gap), ("-students", its.unenrolled), ("-flights", its.unflown))
    for name, gap in ((f"people-peers{ending}", gap) for ending, gap in gaps):
        rows = [dict(zip(drawn[name].columns, row, strict=True)) for row in drawn[name].rows]
        own = next(row for row in rows if all(made.names[one] in row["row"] for one in made.parties))
        assert gap.value is not None and own["value"] == pytest.approx(gap.steps["actual"] / gap.steps["expected"])
        assert all(row["low"] < row["value"] < row["high"] for row in rows) and len(rows) > 5


def test_published_figures_and_reasons_where_there_is_none() -> None:
    text = said(of("ind-kor"))
    assert "6,172 people born in India lived in Korea (136 in 1990)" in text["living-IND"]
    assert "is not known: India reports nobody of Korea, which is not the same as nobody" in text["living-KOR"]
    assert "775 students of India" in text["studying-IND"]
    assert "In 2020, 171 students of Korea sought a degree in India (90 in 2001)" in text["studying-KOR"]
    assert "and 946 are reported, in 2 directions (2017 and 2020), 0.14 times that (95 % interval" in text["enrolled"]
    assert "is not known: no openly licensed table holds visitors of many pairs" in text["visitors-expected"]


def test_sources_that_disagree_stand_side_by_side() -> None:
    made = of("ind-kor")
    assert "“e-visa”" in said(made)["entering-IND"]
    assert "Another source disagrees (Korea Visa Portal, 2026-11)" in said(made)["entering-IND"]
    assert "disagrees" not in said(made)["entering-KOR"]
    assert {one.passport for one in made.claims} == {"IND", "KOR"}
    assert of("ind-jpn").claims == ()


def test_nothing_later_than_the_day_is_told() -> None:
    early = of("ind-kor", date(2021, 2, 1))
    assert said(early)["entering-KOR"].endswith("entry was barred in the pandemic.")
    assert "uneven" not in said(early)
    before = of("ind-kor", date(2012, 6, 1))
    assert "(136 in 1990)" in said(before)["living-IND"] and "In 2010, 4,422" in said(before)["living-IND"]
    assert "the tables hold no requirement then" in said(before)["entering-IND"]
    assert "nothing is held" in said(before)["flying"]
    assert "is not known" in said(before)["expected"] and "is not known" in said(before)["enrolled"]
    assert all((one.year or 0) <= 2012 for one in before.visitors)


@pytest.mark.parametrize(
    ("low", "high", "value", "says"),
    [(0.2, 0.9, 0.6, "less than two such parties have"), (-0.9, -0.2, -0.5, "more than two such parties have"),
     (-0.2, 0.9, 0.6, "it cannot be told"), (None, None, 1.0, "it cannot be told"),
     (-17.2, 0.99, 0.8, "lies almost anything, so that this table cannot tell"),
     (-17.2, 0.8, 0.8, "it cannot be told")],
)  # fmt: skip
def test_less_or_more_only_where_the_interval_leaves_out_nil(
    low: float | None, high: float | None, value: float, says: str
) -> None:
    held = of("ind-kor").held
    for name, gap in (("expected", "gap"), ("enrolled", "unenrolled"), ("flown", "unflown")):
        turned = replace(held, **{gap: replace(getattr(held, gap), low=low, high=high, value=value)})
        assert says in said(of("ind-kor", held=turned))[name]


def test_visitors_of_both_directions_stand_in_the_picture_whatever_unit_their_source_writes() -> None:
    drawn = drawings(of("kor-vnm"), people_choices())["people-flows"]
    rows = [dict(zip(drawn.columns, row, strict=True)) for row in drawn.rows]
    visitors = {row["series"]: row["value"] for row in rows if row["row"] == "Visitors in a year"}
    assert visitors == {"Korea to Viet Nam": 4_500_000.0, "Viet Nam to Korea": 650_000.0}


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_promises_stand_beside_what_the_tables_say(case: str) -> None:
    made = of(case)
    topics = {one.title: one for one in made.topics}
    assert {one.id.partition("-")[0] for one in topics["Entry"].beside} >= {"entering"}
    living = [one.id for one in topics["Work and residence"].beside]
    assert living == [f"living-{party}" for party in made.parties]
    assert topics["Visits"].beside[0].id == "visitors-expected"
    assert topics["Entry"].items and not topics["Languages"].beside
    stood = [one.thread for topic in made.topics for one in topic.items]
    assert len(stood) == len(set(stood)) and set(stood) <= {one.thread for one in made.items}


def test_what_is_watched_is_told_where_lists_were_added() -> None:
    made = of("ind-kor")
    rows = [{"party": party, "week": "2022-01-02", "title": title}
            for party, its in (("IND", "abc"), ("KOR", "bcd"), ("JPN", "bcde")) for title in its]  # fmt: skip
    found = titles(rows, "IND", "KOR")
    record, review, _ = based("ind-kor", NOW)
    others = replace(beside(review.parties, made.held, people_choices(), NOW, Path("nowhere")), watched=found)
    told = said(people_review(record, review, review.names, made.held, people_choices(), others))
    assert "2.0 were the same in both, mean of 1 week" in told["watched"]
    assert "Korea is place 1 of 2 for India and India is place 2 of 2 for Korea" in told["watched"]
    assert "watched" not in said(made)


def test_what_a_state_counts_stands_beside_the_united_nations_and_none_is_said() -> None:
    made = of("ind-kor")
    text = said(made)["counted-IND"]
    assert "India itself counted 6,732 of its people in Korea (2016; 6,721 citizens and 11 of its origin" in text
    assert text.endswith("the United Nations count 6,172 (2020): the two count different people.")
    assert "12,904" not in text, "never added"
    assert said(made)["counted-KOR"] == "Korea itself counted 10,388 of its people in India (2017)."
    early = of("ind-kor", date(2015, 6, 1))
    assert said(early)["counted-KOR"].startswith(
        "How many of its people Korea counts in India is not known: what Korea"
    )
    other = early.abroad[1]
    assert "KOR" not in str(other.count.reason) and "servanda add FILE --source overseaskoreans" in str(other.missing)
    assert "is not known" in said(early)["counted-IND"]
    assert "Korea itself counted 156,330 of its people in Viet Nam (2021)" in said(of("kor-vnm"))["counted-KOR"]
    assert all(one.missing is None for one in of("ind-jpn").abroad), "no source is known of a count by Japan"
    assert "counted-JPN" in {one.id for one in of("ind-jpn").silent} and "carried" not in {
        one.id for one in made.silent
    }


def test_a_count_that_was_added_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / "status.csv"
    file.write_text('국가명,연도 2023\n인도,"12,000"\n', encoding="utf-8")
    add(file, source("overseaskoreans"), tmp_path, "2026-11-23", "2026-11-23T12:00:00+00:00")
    text = said(of("ind-kor", root=tmp_path))
    assert text["counted-KOR"] == "Korea itself counted 12,000 of its people in India (2023)."
    assert "6,732" in text["counted-IND"]


def test_passengers_and_seats_have_a_figure_or_a_reason_by_the_day() -> None:
    text = said(of("ind-kor"))
    assert "91,538 passengers flew from India to Korea in 2024" in text["carried"]
    assert "82,310 passengers flew from Korea to India in 2024" in text["carried"]
    assert "How many seats are offered is not known: the routes that are held name types of aircraft" in text["seats"]
    early = said(of("ind-kor", date(2019, 12, 31)))["carried"]
    assert "in 2018" in early and "2019" not in early, "the last quarter of 2019 is not over"
    assert "is not known: no count of passengers from Korea to Viet Nam is held" in said(of("kor-vnm"))["carried"]


def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("country_ko,yyyymm,visitors\n아틀란티스,201901,5\n", encoding="utf-8")
    add(file, source("koreatourism"), tmp_path, "2026-11-23", "2026-11-23T12:00:00+00:00")
    made = of("ind-kor", root=tmp_path)
    assert (
        len(made.unread) == 1
        and "Visitors to Korea by nationality: the file that was added cannot be" in made.unread[0]
    )
    assert "아틀란티스" in made.unread[0] and "carried" in said(made) and not of("ind-kor").unread


def test_passengers_stand_in_the_pictures_where_they_are_held() -> None:
    drawn = drawings(of("ind-kor"), people_choices())
    rows = [dict(zip(drawn["people-flows"].columns, row, strict=True)) for row in drawn["people-flows"].rows]
    flown = {row["series"]: row["value"] for row in rows if row["row"] == "Passengers in a year"}
    assert flown == {"India to Korea": 91_538.0, "Korea to India": 82_310.0}
    assert len(drawn["people-flown"].rows) == 20 and "Air passengers" in drawn["people-flown"].source
    assert "people-flown" not in drawings(of("kor-vnm"), people_choices())


def test_visitors_that_were_added_are_told_as_arrivals_or_as_a_mean(tmp_path: Path) -> None:
    at = "2026-11-23T12:00:00+00:00"
    for name, head, rows in (
        ("indiatourism", "Country,Zone,year,fta", ["Rep.of Korea,East Asia,2019,149445"]),
        ("sojourners", "year,month,nationality_ko,short_term_sojourners", [f"2022,{month},인도,{month}" for month in range(1, 13)]),
    ):  # fmt: skip
        file = tmp_path / f"{name}.csv"
        file.write_text("\n".join([head, *rows]), encoding="utf-8")
        add(file, source(name), tmp_path, "2026-11-23", at)
    text = said(of("ind-kor", root=tmp_path))
    assert text["visiting-KOR"] == "By its own count India had 149,445 arrivals of nationals of Korea in 2019."
    assert (
        "6 nationals of India were present in Korea on short stays in 2022, mean of 12 months" in text["visiting-IND"]
    )
    assert not any(one.startswith("visiting") for one in said(of("ind-kor")))
