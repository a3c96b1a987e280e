"""The chapter on defence: layers apart, exercises of the record, transfers where a user added them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.defence.arms import Arms, arms, category_of, world
from servanda.review.areas.defence.choices import defence_choices
from servanda.review.areas.defence.sentences import DefenceReview, defence_review
from servanda.review.areas.defence.spending import spending
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
        record, build(record, lists, day), choices, found or arms((one, other), choices, root, day.year),
        world((one, other), choices, root, day.year), spending(record.case.parties, choices, root, day.year),
    )  # fmt: skip


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


def put(root: Path, source: str, name: str, text: str, **asked: str) -> None:
    file = root / name
    file.write_text(text, encoding="utf-8")
    add(file, sources()[source], root, "2026-11-20", "2026-11-20T00:00:00+00:00", asked=asked)


def test_what_each_could_supply_is_what_it_sells_to_others_and_the_other_buys_of_others(tmp_path: Path) -> None:
    rows = (
        "Poland,South Korea,2020,,1,,Tank-1,tank,1,,2022,New,,80,80,80",
        "Peru,South Korea,2020,,1,,Boat-1,patrol boat,1,,2022,New,,9,9,9",
        "India,Russia,2020,,1,,Tank-2,light tank,1,,2023; 2024,New,,50,50,50",
        "India,South Korea,2017,,1,,Gun-1,self-propelled gun,1,,2020,New,,70,70,70",
        "India,France,1999,,1,,Boat-2,patrol boat,1,,2001,New,,99,99,99",
    )
    found = held(tmp_path, *rows)
    assert found.offers is not None and found.offers["IND"] == ()
    (tanks,) = found.offers["KOR"]
    assert (tanks.category, tanks.sold, tanks.to, tanks.bought, tanks.of) == (
        "armoured vehicles", 80.0, ("Poland",), 50.0, ("Russia",),
    )  # fmt: skip
    text = said(of("ind-kor", DAY, tmp_path, found))["offers-KOR"]
    assert "In 2015 to 2024 Korea delivered to others what India took from others: armoured vehicles (80 sold" in text


def test_a_description_is_of_the_category_that_its_last_words_name() -> None:
    kinds = defence_choices().categories
    told = {"missile boat": "ships", "anti-ship missile": "missiles and guided bombs", "tank destroyer": "armoured vehicles",
            "ship engine": "engines", "naval SAM system": "naval weapons", "mobile SAM system": "air defence",
            "tanker/transport aircraft": "aircraft", "coastal defence system": "other", "portable SAM": "missiles and guided bombs",
            "Tank": "armoured vehicles", "antitank": "other"}  # fmt: skip
    assert {said: category_of(said, kinds) for said in told} == told


def test_official_totals_are_shares_of_the_world_by_the_flow_that_was_said(tmp_path: Path) -> None:
    years = range(2015, 2025)
    head = "," + ",".join(map(str, years)) + "\n"
    text = head + "India," + ",".join(["10"] * 5 + ["20"] * 5) + "\nSouth Korea," + ",".join(["5"] * 9 + ["0"]) + "\n"
    text += "Total," + ",".join(["100"] * 10) + "\n"
    put(tmp_path, "sipritotals", "exports.csv", text, flow="import")
    made = of("ind-kor", DAY, tmp_path).totals
    share, moved = made.readings["IND"]
    assert made.missing is None and "imports of arms" in share.name and share.period == "2020-2024"
    assert share.value == pytest.approx(0.2) and moved.value == pytest.approx(1.0)
    korea = made.readings["KOR"][0]
    assert korea.value == pytest.approx(0.04) and korea.high == pytest.approx(0.041), "a published 0 is under half"


def test_spending_is_told_in_the_units_of_the_choices_and_how_to_get_it_where_it_is_not_held(tmp_path: Path) -> None:
    none = of("ind-kor", DAY, tmp_path).spending
    assert (
        none.missing is not None
        and "--set party=IND,KOR --set indicator=MS.MIL.XPND.CD,MS.MIL.XPND.GD.ZS" in none.missing
    )
    rows = [
        {"countryiso3code": code, "country": {"id": code[:2]}, "indicator": {"id": "MS.MIL.XPND.CD"}, "date": "2023", "value": value}
        for code, value in (("IND", 83.6e9), ("KOR", 47.9e9))
    ]  # fmt: skip
    put(tmp_path, "worldbank", "milex.json", json.dumps([{"page": 1, "pages": 1, "lastupdated": "2026-01-01"}, rows]))
    made = of("ind-kor", DAY, tmp_path)
    assert [(one.party, one.year, one.value) for one in made.spending.rows] == [
        ("IND", 2023, 83.6),
        ("KOR", 2023, 47.9),
    ]
    assert "Military spending of India: 83.6 USD billion, current (2023)." in said(made)["spent-IND"]
    assert of("ind-kor", date(2020, 1, 1), tmp_path).spending.rows == ()


@pytest.mark.parametrize(("case", "some"), [("ind-kor", "E017"), ("ind-jpn", "EJ108"), ("kor-vnm", "VNM-E092")])
def test_dialogues_of_the_record_are_told_the_newest_first(case: str, some: str, tmp_path: Path) -> None:
    made = of(case, DAY, tmp_path)
    assert some in {one.id for one in made.met} and "on record" in said(made)["met"]
    assert [one.date.first for one in made.met] == sorted((one.date.first for one in made.met), reverse=True)
    early = of(case, date(2014, 6, 1), tmp_path)
    assert len(early.met) < len(made.met) and all(one.date.last <= date(2014, 6, 1) for one in early.met)


def test_no_dialogue_on_record_says_what_was_searched(tmp_path: Path) -> None:
    made = of("ind-kor", date(2002, 6, 1), tmp_path)
    assert made.met == () and "what was searched" in said(made)["met"] and "agreed" not in said(made)


def test_think_tanks_and_food_security_are_no_defence(tmp_path: Path) -> None:
    made = of("ind-kor", DAY, tmp_path)
    assert not {one.id for one in made.agreed} & {"E134"} and "E012" in {one.id for one in made.agreed}


def test_of_whom_the_file_does_not_hold_all_no_share_is_told(tmp_path: Path) -> None:
    """Asked for of Viet Nam: India stands in it as a supplier, and whoever else supplies India does not."""
    rows = ("Viet Nam,India,2020,,1,,Boat-1,patrol boat,1,,2023,New,,5,5,5",
            "Viet Nam,Russia,2020,,1,,Boat-2,frigate,1,,2023,New,,50,50,50",
            "Viet Nam,Israel,2020,,1,,Radar-1,radar,1,,2024,New,,9,9,9")  # fmt: skip
    found = held(tmp_path, *rows)
    assert (
        found.partial is not None and set(found.partial) == {"IND", "KOR"} and not found.suppliers and not found.offers
    )
    assert "was asked for of Viet Nam and does not hold all of India" in found.partial["IND"]
    assert [one.reason for one in found.between] == [found.partial["IND"]] * 2, "that there is none says nothing"
    made = of("ind-kor", DAY, tmp_path, found)
    assert not {one for one in said(made) if one.startswith(("suppliers", "offers"))}
