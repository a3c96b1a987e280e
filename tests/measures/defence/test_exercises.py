"""Joint exercises: counted by hand, beside the published ten, unknown outside the table, and asked what is expected."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from servanda.measures.defence.exercises import as_flows, together
from servanda.measures.ties.expected import Question, expected
from tests.measures.shared import SHARED


def table(*rows: tuple[str, str, int]) -> pa.Table:
    names = ("exercise", "party", "year")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])


HELD = table(("one", "Z", 2001), ("one", "R", 2001), ("one", "B", 2001), ("two", "Z", 2003), ("two", "B", 2003))


def test_counted_by_hand() -> None:
    reading = together(HELD, "Z", "R", 2001, 2003)
    assert (reading.value, reading.expected, reading.steps) == (1, 2, {"Z": 2, "R": 1})
    assert together(HELD, "Z", "R", 2002, 2003).value == 0
    assert together(HELD, "R", "Z", 2001, 2003).value == together(HELD, "Z", "R", 2001, 2003).value


def test_outside_the_table_nothing_is_known() -> None:
    assert together(HELD, "Z", "R", 2001, 2010).reason == "no data since 2003"
    assert together(HELD, "Z", "R", 1990, 2002).reason == "no data before 2001"
    assert together(HELD.slice(0, 0), "Z", "R", 2001, 2002).reason == "the table holds no exercise"


def test_flows_are_of_all_pairs_both_ways_with_nil_where_none() -> None:
    rows = {(row["exporter"], row["importer"], row["year"]): row["trade"] for row in as_flows(HELD).to_pylist()}
    assert len(rows) == 2 * 6 and rows["Z", "R", 2001] == rows["R", "Z", 2001] == 1
    assert rows["Z", "R", 2003] == 0 and rows["B", "Z", 2003] == 1


def test_what_would_be_expected_is_asked_of_all_pairs() -> None:
    """Twelve invented parties on a line that exercise with their neighbours: two neighbours that do not stand out."""
    draw = np.random.default_rng(4)
    names = [f"P{place:02}" for place in range(12)]
    rows = []
    for year in range(2000, 2008):
        for a in range(12):
            for b in range(a + 1, 12):
                if (a, b) != (3, 4):
                    for number in range(draw.poisson(4 * np.exp(-0.5 * (b - a)))):
                        name = f"{year}-{a}-{b}-{number}"
                        rows += [(name, names[a], year), (name, names[b], year)]
    flows = as_flows(table(*rows))
    far = [abs(int(row["exporter"][1:]) - int(row["importer"][1:])) for row in flows.to_pylist()]
    reading = expected(flows.append_column("apart", pa.array(far, pa.float64())), Question(("P03", "P04"), "apart"))
    assert reading.value is not None and reading.value > 0.9


def test_the_ten_of_the_published_table() -> None:
    held = pq.read_table(SHARED("region/mme_v7_exercises_1980_2010.parquet"))
    rows = pa.table(
        {"exercise": held["MMEID"], "party": held["gwcode"].cast(pa.int64()).cast(pa.string()), "year": held["year"]}
    )
    reading = together(rows, "750", "732", 1980, 2010)
    assert (reading.value, reading.steps) == (10, {"750": 149, "732": 159})
    assert together(rows, "750", "732", 2005, 2021).reason == "no data since 2010"
