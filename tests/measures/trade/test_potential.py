"""Export potential: worked by hand, what must hold for any table, and each of its parts by itself."""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.measures.trade.potential import Further, potential
from servanda.sources.duck import tables
from tests.properties import examples, given

NAMES = ("exporter", "importer", "product", "value")
# A sells x to B and C, and y to C; D sells y to B; A sells no y to B yet.
ROWS = [("A", "B", "x", 30.0), ("A", "C", "x", 10.0), ("A", "C", "y", 20.0), ("D", "B", "y", 40.0), ("D", "C", "y", 20.0),
        ("D", "B", "x", 10.0)]  # fmt: skip
Rows = list[tuple[Any, ...]]


def table(rows: Rows, names: tuple[str, ...] = NAMES) -> pa.Table:
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})


def of(rows: Rows, pair: tuple[str, str] | None = None, traded: bool = False, year: bool = False, **more: Any) -> Any:
    """The rows of the answer by exporter, importer, product (and year)."""
    kinds = {"tariffs": (*NAMES[:3], "rate"), "distances": (*NAMES[:2], "distance"),
             "growth": ("country", "gdp", "population")}  # fmt: skip
    handed = {name: table(more.pop(name), names) for name, names in kinds.items() if name in more}
    held = tables(flows=table(rows, (*NAMES, "year") if year else NAMES), **handed)
    made = potential(held[0], pair, Further(**dict(zip(handed, held[1:], strict=True)), **more), traded)
    keys = [*(["year"] if year else []), *NAMES[:3]]
    return {tuple(row[key] for key in keys): row for row in made.to_pyarrow().to_pylist()}


def test_worked_by_hand() -> None:
    made = of(ROWS, ("A", "B"))
    # A's world share: 40 of 50 in x, 20 of 80 in y. B buys 40 x and 40 y: .8 x 40 + .25 x 40 = 42 would be even.
    row = made["A", "B", "x"]
    assert (row["supply"], row["demand"], row["ease"]) == (pytest.approx(0.8), 40, pytest.approx(30 / 42))
    assert row["potential"] == pytest.approx(0.8 * 40 * 30 / 42) and row["unused"] == 0
    new = made["A", "B", "y"]
    assert (new["actual"], new["supply"]) == (0, pytest.approx(0.25))
    assert new["unused"] == new["potential"] == pytest.approx(0.25 * 40 * 30 / 42)
    assert set(made) == {("A", "B", "x"), ("A", "B", "y")}, "B sells nothing"


def test_only_what_is_traded() -> None:
    every, some = of(ROWS), of(ROWS, traded=True)
    assert set(some) == {row[:3] for row in ROWS}
    assert {key: row for key, row in every.items() if key in some} == some


FLOWS = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("ABCD"), st.sampled_from("xyz")).filter(lambda key: key[0] != key[1]),
    st.floats(0.01, 1e6), min_size=1, max_size=24,
)  # fmt: skip


@examples(6)
@given(FLOWS, st.floats(0.001, 1000))
def test_what_holds_for_any_table(flows: dict[tuple[str, str, str], float], scale: float) -> None:
    rows: Rows = [(*key, value) for key, value in flows.items()]
    made = of(rows)
    larger = of([(*row[:3], row[3] * scale) for row in rows])
    assert set(made) >= set(flows), "nothing that is traded is left out"
    for pair in {(one, other) for one, other, _ in made}:
        could, does = (
            sum(row[name] for key, row in made.items() if key[:2] == pair) for name in ("potential", "actual")
        )
        assert could == pytest.approx(does), "without projections it adds up to what a pair trades"
    pair = min(flows)[:2]
    assert {key: row["potential"] for key, row in of(rows, pair).items()} == pytest.approx(
        {key: row["potential"] for key, row in made.items() if set(key[:2]) == set(pair)}
    ), "a pair asked for alone reads as it does among all"
    for key, row in made.items():
        assert row["unused"] == pytest.approx(max(0, row["potential"] - row["actual"]))
        assert larger[key]["potential"] == pytest.approx(row["potential"] * scale), "the unit does not matter"


def test_the_names_of_parties_do_not_matter() -> None:
    names = {"A": "D", "B": "C", "C": "B", "D": "A"}
    turned = of([(names[row[0]], names[row[1]], *row[2:]) for row in ROWS])
    for key, row in of(ROWS).items():
        assert turned[names[key[0]], names[key[1]], key[2]]["potential"] == pytest.approx(row["potential"])


def test_each_year_by_itself() -> None:
    twice = [(*row, 2000) for row in ROWS] + [(*row[:3], row[3] * (2 if row[2] == "x" else 1), 2001) for row in ROWS]
    made = of(twice, year=True)
    assert {key[1:]: row["potential"] for key, row in made.items() if key[0] == 2000} == pytest.approx(
        {key: row["potential"] for key, row in of(ROWS).items()}
    )


def test_a_country_does_not_trade_with_itself() -> None:
    assert of([*ROWS, ("A", "A", "x", 900.0)]) == of(ROWS)


def test_tariffs() -> None:
    rates = [("all", importer, product, 10.0) for importer in "BC" for product in "xy"] + [("A", "B", "x", 0.0)]
    plain, made = of(ROWS, ("A", "B")), of(ROWS, ("A", "B"), tariffs=rates, price=2.0)
    # Into B, x pays 0 from A (30) and 10 from D (10): 2.5 on the mean. A faces 2.5 (0 on 30, 10 on 10), the world 4.
    row = made["A", "B", "x"]
    assert row["tariff_advantage"] == pytest.approx(1.025**2)
    assert row["supply"] == pytest.approx(0.8 * (1.025 / 1.04) ** 2), "what it owes to low tariffs is no supply"
    assert row["potential"] == pytest.approx(row["supply"] * row["ease"] * row["demand"] * row["tariff_advantage"])
    assert made["A", "B", "y"]["tariff_advantage"] == pytest.approx(1.0)
    even = of(ROWS, ("A", "B"), tariffs=[("all", importer, product, 7.0) for importer in "BC" for product in "xy"])
    assert even["A", "B", "x"]["potential"] == pytest.approx(plain["A", "B", "x"]["potential"]), (
        "the same for all is nothing"
    )
    some = of(ROWS, ("A", "B"), tariffs=[("A", "B", "x", 0.0)])
    assert some["A", "B", "y"]["tariff_advantage"] is None
    assert some["A", "B", "y"]["potential"] == pytest.approx(plain["A", "B", "y"]["potential"])


def test_distances() -> None:
    far = [("A", "B", 1000.0), ("D", "B", 4000.0)]
    made = of(ROWS, ("A", "B"), distances=far)
    usual = (30 * math.log(1000) + 10 * math.log(4000)) / 40
    assert made["A", "B", "x"]["distance_advantage"] == pytest.approx(math.exp(-abs(usual - math.log(1000))))
    assert made["A", "B", "y"]["distance_advantage"] == pytest.approx(1000 / 4000), "y comes to B from D alone"


def test_growth() -> None:
    grown = [("A", 1.2, 1.0), ("B", 1.1, 1.05), ("C", 1.0, 1.0), ("D", 1.0, 1.0)]
    made = of(ROWS, ("A", "B"), growth=grown, income=2.0)["A", "B", "x"]
    assert made["supply"] == pytest.approx(40 * 1.2 / (40 * 1.2 + 10))
    assert made["demand"] == pytest.approx(40 * 1.05 * (1.1 / 1.05) ** 2)
    assert made["ease"] == pytest.approx(30 / 42), "ease looks at what is"
    with pytest.raises(RequestError, match=r"growth has no row for 2 countries of the table \(C, D\)"):
        of(ROWS, growth=grown[:2])


def test_what_is_passed_on_is_no_supply_where_asked() -> None:
    rows: Rows = [*ROWS, ("B", "D", "y", 10.0)]
    assert of(rows, is_net=True)["B", "D", "y"]["supply"] == pytest.approx(10 / 90 * 10 / 40)
    assert of(rows, is_net=True)["A", "B", "x"]["supply"] == pytest.approx(0.8), "who imports none is left alone"


def test_nothing_known() -> None:
    assert of(ROWS, ("A", "Z")) == {}
    assert of([("A", "B", "x", 0.0)]) == {}
