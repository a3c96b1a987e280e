"""What moved since each promise, in words: every figure with its years and its table."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.render import html
from servanda.pages.since import told
from servanda.pages.technology import technology
from servanda.review.areas.technology.choices import technology_choices
from servanda.review.areas.technology.promises import Promise, Written, promises
from servanda.sources.declared import source
from servanda.sources.fetch import add
from servanda.sources.shipped import shipped
from tests.review.areas.technology.test_promises import row

DAY = date(2026, 11, 23)


def test_a_figure_has_years_unit_and_table_and_a_gap_its_reason(library: Library) -> None:
    ask = Ask(DAY, True, "ind-kor")
    page = technology(library, ask)
    rows = {row.what: row for one in page.since for row in one.rows if one.year == 2018}
    joint = rows["Joint papers, all fields"]
    assert joint.before.endswith("papers (2015 to 2017)") and joint.after.endswith("papers (2019 to 2021)")
    assert "OpenAlex" in joint.source and "(" in joint.times and float(joint.world) > 1
    assert rows["Patent families of India in biotechnology and analysis of biological materials"].after.endswith(
        "families (2019 to 2020)"
    )
    trade = next(row for what, row in rows.items() if what.startswith("Exports of Korea to India"))
    assert trade.times == "no figure: the table ends in 2011" and trade.before == ""
    said = html(page, "technology", ask)
    assert "What came after did not come of it" in said and "servanda fetch comtrade" in said and "1.437e" not in said


def test_a_table_of_ones_own_is_named(library: Library) -> None:
    choices = technology_choices()
    review = library.review("ind-kor", DAY)
    threads = [item for item in review.items if item.area == "technology"]
    held = Written({"space": dict.fromkeys(range(2000, 2026), 5)}, "mine.csv, added 2026-11-20")
    made: tuple[Promise, ...] = promises(threads, review.parties, choices, DAY.year, held)
    names = (choices.pairs, choices.fields, choices.patents, choices.intelligence, choices.sectors)
    shown = told(made, dict(review.names), {name: shipped(name).card for name in names})
    row = next(row for one in shown for row in one.rows if row.what == "Joint papers on space")
    assert row.source == held.cite and row.times.startswith("1.00 (") and row.world == ""
    assert {one.says for one in shown if not one.rows} <= {
        "names no technology of the list, so that nothing can be said"
    }


def test_exports_that_were_fetched_are_told_and_a_broken_file_keeps_no_page_away(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "data"))
    ask = Ask(DAY, True, "ind-kor")

    def exports() -> set[str]:
        return {row.what for one in technology(library, ask).since for row in one.rows if row.what.startswith("Exp")}

    def put(name: str, rows: list[dict[str, Any]], day: str) -> None:
        (tmp_path / name).write_text(json.dumps({"count": len(rows), "data": rows, "error": ""}), encoding="utf-8")
        add(tmp_path / name, source("comtrade"), tmp_path / "data", day, f"{day}T00:00:00+00:00")

    before = exports()
    assert before and all("sectors that make such goods" in one for one in before)
    put("held.json", [row(410, 699, "8542", year, float(year)) for year in (2022, 2024)], "2026-11-20")
    found = exports()
    assert "Exports of Korea to India: Semiconductors and the machines that make them" in found
    put("broken.json", [{"reporterCode": 410}], "2026-11-21")
    assert exports() == before
