"""The chapter on defence: layers apart, exercises of the record, transfers where a user added them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.arms import Arms, arms
from servanda.review.areas.choices import defence_choices
from servanda.review.areas.defence import DefenceReview, defence_review
from servanda.review.review import build
from servanda.settings import shipped_content
from servanda.sources.declared import sources
from servanda.sources.fetch import add
from tests.sources.test_arms import OLD

CONTENT = shipped_content()
DAY = date(2026, 11, 23)
ROWS = (
    "India,South Korea,2017,,100,,Gun-1,gun,100,,2022; 2023,New,,1,100,100",
    "India,Russia,2017,,100,,Boat-1,boat,100,,2024,New,,3,300,300",
    "South Korea,United States,2017,,1,,Jet-1,jet,1,,2020,New,,50,50,50",
)


def held(root: Path, *rows: str, name: str = "register.csv") -> Arms:
    file = root / name
    file.write_text("\n".join([OLD, *rows]) + "\n", encoding="utf-8")
    add(file, sources()["sipri"], root, "2026-11-20", "2026-11-20T00:00:00+00:00")
    lists = words(CONTENT)
    return arms((lists.named("IND"), lists.named("KOR")), defence_choices(), root, DAY.year)


def of(case: str, day: date, root: Path, found: Arms | None = None) -> DefenceReview:
    record, lists, choices = read_case(CONTENT, case), words(CONTENT), defence_choices()
    one, other = (lists.named(party) for party in record.case.parties)
    return defence_review(
        record, build(record, lists, day), choices, found or arms((one, other), choices, root, day.year)
    )


def said(made: DefenceReview) -> dict[str, str]:
    return {one.id: one.text for one in made.findings}


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_every_pair_has_its_chapter_and_says_why_there_are_no_transfers(case: str, tmp_path: Path) -> None:
    made = of(case, DAY, tmp_path)
    assert made.arms.missing is not None and "servanda add FILE --source sipri" in made.arms.missing
    assert "exercises" in said(made) and not {one for one in said(made) if one.startswith("suppliers")}
    assert all(item.area == "defence" for item in made.items)


def test_layers_of_one_deal_stand_apart_and_have_no_sum(tmp_path: Path) -> None:
    made = of("ind-kor", DAY, tmp_path)
    second = next(one for one in made.contracts if len(one.layers) == 2 and "howitzers" in one.title)
    assert {one.unit for one in second.layers} == {"Rs crore", "USD million"}
    assert second.worth.reason == "Second batch of howitzers: layers of one deal are not added"
    assert "layers of one deal are not added" in said(made)["deals"]


def test_nothing_later_than_the_day_is_told(tmp_path: Path) -> None:
    made = of("ind-kor", date(2018, 6, 1), tmp_path)
    titles = ["First batch of howitzers", "Two minesweepers", "Twelve minesweepers"]
    assert [one.title for one in made.contracts] == titles
    assert made.contracts[1].status.startswith("ended: ")
    assert made.exercises == () and "says what was searched" in said(made)["exercises"]


def test_transfers_that_were_added_are_told_with_the_day_of_the_snapshot(tmp_path: Path) -> None:
    made = of("ind-kor", DAY, tmp_path, held(tmp_path, *ROWS))
    assert (made.arms.first, made.arms.last) == (2020, 2024) and made.arms.missing is None
    assert [one.value for one in made.arms.between] == [None, 100.0]
    assert "Russia 75 %" in said(made)["suppliers-IND"] and "1.6 equal ones" in said(made)["suppliers-IND"]
    assert "United States" in said(made)["suppliers-KOR"]
    assert made.arms.cite is not None and "2026-11-20" in made.arms.cite


def test_the_same_deal_in_two_files_counts_once(tmp_path: Path) -> None:
    held(tmp_path, *ROWS)
    again = held(tmp_path, ROWS[0], ROWS[1], name="again.csv")
    assert [one.value for one in again.between] == [None, 100.0]
