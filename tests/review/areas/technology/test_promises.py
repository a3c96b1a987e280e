"""What moved since each promise: figures with their table and years, or a reason, and nothing later than the day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servanda.register.content import read_case
from servanda.register.words import words
from servanda.review.areas.technology.choices import technology_choices
from servanda.review.areas.technology.promises import Move, Promise, What, Written, promises, usual
from servanda.review.areas.technology.traded import Traded, command, traded
from servanda.review.review import Review, build
from servanda.settings import shipped_content
from servanda.sources.added import added
from servanda.sources.ask import plan
from servanda.sources.declared import source
from servanda.sources.fetch import add
from servanda.sources.shipped import shipped

CONTENT = shipped_content()
DAY = date(2026, 11, 23)


def reviewed(case: str, day: date = DAY) -> Review:
    return build(read_case(CONTENT, case), words(CONTENT), day)


def of(case: str, day: date = DAY, written: Written | None = None, goods: Traded | None = None) -> tuple[Promise, ...]:
    review = reviewed(case, day)
    threads = [item for item in review.items if item.area == "technology"]
    return promises(threads, review.parties, technology_choices(), day.year, written, goods)


def moves(found: tuple[Promise, ...], what: What, subject: str | None) -> list[tuple[int, Move]]:
    return [(one.year, move) for one in found for move in one.moves if (move.what, move.subject) == (what, subject)]


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_every_promise_has_figures_with_their_table_and_years_or_a_reason(case: str) -> None:
    review, found = reviewed(case), of(case)
    assert {one.thread for one in found} == {item.thread for item in review.items if item.area == "technology"}
    assert any(one.is_known for one in found) and all(bool(one.subjects) == bool(one.moves) for one in found)
    for one in found:
        for move in one.moves:
            made = move.reading
            assert move.table or move.cite or made.reason
            if made.value is not None:
                assert max(made.steps["before_years"]) < one.year < min(made.steps["after_years"])


def test_joint_papers_as_the_table_has_them() -> None:
    rows = {(row["a"], row["b"], row["year"]): row["papers"] for row in shipped("technology/pairs").table.to_pylist()}
    year, move = moves(of("ind-kor"), What.JOINT, None)[0]
    own = [sum(rows["IND", "KOR", year + step] for step in steps) for steps in ((-3, -2, -1), (1, 2, 3))]
    every = [sum(n for (_, _, at), n in rows.items() if at - year in steps) for steps in ((-3, -2, -1), (1, 2, 3))]
    assert move.reading.value == pytest.approx(own[1] / own[0])
    assert move.reading.steps["world"] == pytest.approx(every[1] / every[0])


def test_what_is_usual_counts_every_year_alike() -> None:
    rows = {(row["a"], row["b"], row["year"]): row["papers"] for row in shipped("technology/pairs").table.to_pylist()}
    own = {year: rows["IND", "JPN", year] for year in range(1990, 2024)}
    every = {year: sum(n for (_, _, at), n in rows.items() if at == year) for year in own}

    def grew(of: dict[int, int], year: int) -> float:
        return sum(of[year + step] for step in (1, 2, 3)) / sum(of[year - step] for step in (1, 2, 3))

    years = range(1993, 2021)
    assert usual(("JPN", "IND"), technology_choices(), 2026) == (
        sum(grew(own, year) > grew(every, year) for year in years), len(years))  # fmt: skip


def test_nothing_later_than_the_day_is_told() -> None:
    for one in of("ind-kor", date(2012, 6, 1)):
        assert one.year <= 2012
        for move in one.moves:
            assert max(move.reading.steps.get("after_years", [0])) < 2012


def test_a_table_of_ones_own_gives_joint_papers_by_subject() -> None:
    assert all("of your own" in (move.reading.reason or "") for _, move in moves(of("ind-kor"), What.JOINT, "space"))
    held = Written({"space": {year: year - 2000 for year in range(2005, 2021)}}, "papers.csv, added 2026-11-20")
    year, move = moves(of("ind-kor", written=held), What.JOINT, "space")[0]
    assert year == 2010 and move.reading.value == pytest.approx((11 + 12 + 13) / (7 + 8 + 9)) and move.cite == held.cite


def row(reporter: int, partner: int, code: str, year: int, value: float, flow: str = "X") -> dict[str, Any]:
    return {"reporterCode": reporter, "partnerCode": partner, "flowCode": flow, "cmdCode": code, "period": str(year),
            "primaryValue": value, "aggrLevel": len(code), "classificationCode": "H4", "isReported": True}  # fmt: skip


def test_exports_of_a_list_that_was_fetched_count_each_heading_once(tmp_path: Path) -> None:
    """A heading as it is given, beside its parts; a heading of which only parts are given is their sum."""
    rows = [row(410, 699, "8541", 2019, 50.0), row(410, 699, "854110", 2019, 20.0), row(410, 699, "854210", 2019, 4.0),
            row(410, 699, "854220", 2019, 6.0), row(699, 410, "8542", 2019, 3.0), row(410, 842, "8542", 2019, 900.0),
            row(410, 699, "8542", 2019, 77.0, "M")]  # fmt: skip
    (tmp_path / "held.json").write_text(json.dumps({"count": len(rows), "data": rows, "error": ""}), encoding="utf-8")
    add(tmp_path / "held.json", source("comtrade"), tmp_path / "data", "2026-11-20", "2026-11-20T00:00:00+00:00")
    held = added("comtrade", tmp_path / "data")
    assert held.table is not None
    made = traded(held, ("IND", "KOR"))
    assert made is not None and "2026-11-20" in made.cite
    assert made.values["semiconductors"] == {("KOR", "IND"): {2019: 60.0}, ("IND", "KOR"): {2019: 3.0}}
    assert traded(held, ("FJI", "TON")) is None


def test_fetched_exports_stand_in_place_of_sectors() -> None:
    goods = Traded({"semiconductors": {("IND", "KOR"): {2022: 1.0, 2024: 4.0}}}, "a snapshot")
    found = moves(of("ind-kor", goods=goods), What.EXPORTS, "semiconductors")
    year, move = found[0]
    assert (year, move.parties, move.cite, move.reading.value) == (2023, ("IND", "KOR"), "a snapshot", 4.0)
    assert found[1][1].reading.reason == "the table holds nothing of the kind"
    assert moves(of("ind-kor"), What.EXPORTS, "semiconductors")[0][1].table == "trade/sectors"


def test_the_command_that_is_named_can_be_run() -> None:
    said = command(("IND", "KOR"), "semiconductors").split()
    assert said[:3] == ["servanda", "fetch", "comtrade"]
    wanted = dict(one.split("=") for one in said if "=" in one)
    calls = plan(
        source("comtrade"), None, {**{name: tuple(v.split(",")) for name, v in wanted.items()}, "year": ("2023",)}
    )
    assert len(calls) == 2 and "cmdCode=8541,8542,8486" in calls[0].shown
