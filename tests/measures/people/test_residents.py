"""Residents: published stocks, a 0 that means not reported, restated years, and what would be expected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.measures.people.residents import residents, restated, untapped
from servanda.sources.shipped import shipped
from tests.measures.shared import SHARED


def row(origin: str, destination: str, year: int, persons: int) -> dict[str, Any]:
    return {"origin": origin, "destination": destination, "year": year, "persons": persons}


def test_the_published_stocks_of_indians_in_korea() -> None:
    found = residents(shipped("people/residents").table.to_pylist(), "IND", "KOR")
    assert found.value == 6172
    assert (found.steps["path"][1990], found.steps["path"][2015]) == (136, 4505)


def test_nil_is_not_reported_and_never_a_figure() -> None:
    rows = [row("KOR", "IND", year, 0) for year in (1990, 2000)]
    found = residents(rows, "KOR", "IND")
    assert found.value is None
    assert found.reason == "IND reports nobody of KOR, which is not the same as nobody living there"
    assert found.expected == 2
    assert residents(shipped("people/residents").table.to_pylist(), "KOR", "IND").value is None
    held = residents([*rows, row("KOR", "IND", 2010, 7)], "KOR", "IND")
    assert (held.value, held.used, held.expected) == (7, 1, 3)
    assert residents([row("KOR", "IND", 2010, 7)], "KOR", "IND", upto=2005).value is None


def test_restated_years_by_hand_and_of_the_source() -> None:
    assert restated({2010: 5, 2015: 9}, {2015: 8, 2020: 7}) == {2015: (9, 8)}
    old = pq.read_table(SHARED("people/un_migrant_stock_bilateral_1990_2019.parquet")).to_pylist()
    before = {
        one["Year"]: one["stock"]
        for one in old
        if one["Orig"] == "India" and one["Dest"] in ("Republic of Korea", "South Korea")
    }
    after = residents(shipped("people/residents").table.to_pylist(), "IND", "KOR").steps["path"]
    assert restated(before, after)[2015] == (5494, 4505)


def world(missing: float = 0.0) -> tuple[list[dict[str, Any]], pa.Table]:
    """Fourteen parties whose stocks follow size and distance alone, with one pair of which a part is missing."""
    names = [f"P{place:02d}" for place in range(14)]
    draw = np.random.default_rng(3)
    size, far = draw.uniform(1, 5, 14), draw.uniform(1, 9, (14, 14))
    rows, joins = [], []
    for here in range(14):
        for there in range(14):
            if here != there:
                apart = float(far[here, there] + far[there, here])
                some = 40_000 * size[here] * size[there] / apart
                some *= 1 - missing if {here, there} == {0, 1} else 1
                rows.append(row(names[here], names[there], 2020, round(some)))
                joins.append({"exporter": names[here], "importer": names[there], "dist": apart,
                              "cntg": int(draw.random() > 0.8), "lang": int(draw.random() > 0.7), "clny": int(draw.random() > 0.8)})  # fmt: skip
    return rows, pa.Table.from_pylist(joins)


@pytest.mark.parametrize("missing", [0.0, 0.6])
def test_what_is_missing_is_found_again(missing: float) -> None:
    rows, joins = world(missing)
    found = untapped(rows, joins, ("P00", "P01"), 2020)
    assert found.value == pytest.approx(missing, abs=0.02)


def test_a_party_that_is_not_joined_gives_a_reason_and_a_year_that_is_not_held_is_refused() -> None:
    rows, joins = world()
    assert "is not held" in (untapped(rows, joins, ("P00", "QQQ"), 2020).reason or "")
    with pytest.raises(RequestError, match="no stock of 1999"):
        untapped(rows, joins, ("P00", "P01"), 1999)


def test_of_the_shipped_pair() -> None:
    joins = shipped("trade/manufacturing").table
    joins = joins.filter(pc.equal(joins["year"], 2006))
    found = untapped(shipped("people/residents").table.to_pylist(), joins, ("IND", "KOR"), 2020)
    assert found.value is not None and found.low is not None and found.high is not None
    assert found.low < found.value < found.high
