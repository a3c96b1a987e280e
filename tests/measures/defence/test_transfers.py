"""Arms transfers: laws of the split, published shares of the fact sheets, and a nil that is none."""

from __future__ import annotations

import csv
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import strategies as st

from servanda.measures.defence.transfers import (
    change,
    concentration,
    deliveries,
    offers,
    recipients,
    selected,
    suppliers,
    volume,
    world_share,
)
from servanda.sources.arms import REGISTER, TOTALS
from tests.measures.shared import SHARED
from tests.properties import examples, given


def deal(recipient: str, supplier: str, years: list[int], tiv: float | None) -> dict[str, Any]:
    return {"recipient": recipient, "supplier": supplier, "years": years, "tiv_delivered": tiv}


def register_of(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([{name: row.get(name) for name in REGISTER.names} for row in rows], schema=REGISTER)


deals = st.lists(
    st.builds(
        deal,
        st.sampled_from("ZR"),
        st.sampled_from("ABC"),
        st.lists(st.integers(2000, 2005), min_size=1, max_size=4),
        st.floats(0.5, 500),
    ),
    min_size=1,
    max_size=12,
)


@given(rows=deals)
@examples(50)
def test_what_is_split_adds_up_and_shares_are_whole(rows: list[dict[str, Any]]) -> None:
    held = deliveries(register_of(*rows))
    assert sum(held["tiv"].to_pylist()) == pytest.approx(sum(row["tiv_delivered"] for row in rows))
    for party in {row["recipient"] for row in rows}:
        found = suppliers(held, party, 2000, 2005)
        assert sum(one.share for one in found) == pytest.approx(1)
        value = concentration(held, party, 2000, 2005).value
        assert value is not None and 1 / len(found) - 1e-12 <= value <= 1 + 1e-12
        for one in found:
            back = {two.supplier: two.tiv for two in recipients(held, one.supplier, 2000, 2005)}
            assert back[party] == pytest.approx(one.tiv)


def test_an_even_split_by_hand() -> None:
    held = deliveries(register_of(deal("Z", "A", [2001, 2002], 30), deal("Z", "B", [2002], 5), deal("Z", "C", [], 0)))
    assert [(row["supplier"], row["year"], row["tiv"]) for row in held.to_pylist()] == [
        ("A", 2001, 15.0), ("A", 2002, 15.0), ("B", 2002, 5.0),
    ]  # fmt: skip
    assert [(one.supplier, one.share) for one in suppliers(held, "Z", 2002, 2002)] == [("A", 0.75), ("B", 0.25)]
    assert concentration(held, "Z", 2002, 2002).value == 0.75**2 + 0.25**2
    assert volume(held, "A", "Z", 2001, 2002).value == 30


def test_no_delivery_is_a_reason_and_no_nil() -> None:
    held = deliveries(register_of(deal("Z", "A", [2001], 3)))
    for reading in (volume(held, "B", "Z", 2001, 2002), concentration(held, "R", 2001, 2002)):
        assert reading.value is None and reading.reason is not None and "in the register" in reading.reason


def totals_of(**years: list[float]) -> pa.Table:
    rows = [
        {"party": party, "year": 2020 + place, "tiv": value, "is_under_half": value == 0}
        for party, values in years.items()
        for place, value in enumerate(values)
    ]
    return pa.Table.from_pylist(rows, schema=TOTALS)


def test_a_published_nil_widens_the_share() -> None:
    table = totals_of(Z=[0, 9, 0], World=[50, 25, 25])
    reading = world_share(table, "Z", 2020, 2022, "World")
    assert (reading.value, reading.low, reading.high) == pytest.approx((0.09, 0.09, 0.1))
    assert world_share(table, "Z", 2021, 2021, "World").high is None
    assert world_share(table, "R", 2020, 2022, "World").reason is not None
    assert world_share(table, "Z", 2020, 2024, "World").reason is not None


def published_totals(flow: str) -> pa.Table:
    with SHARED("region/sipri_tiv_totals_official_1950_2024.csv").open(encoding="utf-8") as file:
        rows = [
            {"party": row["country"], "year": int(row["year"]), "tiv": float(row["tiv"]),
             "is_under_half": float(row["tiv"]) == 0}
            for row in csv.DictReader(file) if row["flow"] == flow
        ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TOTALS)


@pytest.mark.parametrize(
    ("flow", "party", "first", "last", "published"),
    [("imports", "India", 2019, 2023, 9.8), ("imports", "India", 2020, 2024, 8.3),
     ("imports", "South Korea", 2020, 2024, 2.6), ("exports", "South Korea", 2020, 2024, 2.2)],
)  # fmt: skip
def test_shares_of_the_world_are_those_of_the_fact_sheets(
    flow: str, party: str, first: int, last: int, published: float
) -> None:
    reading = world_share(published_totals(flow), party, first, last, f"Total world {flow[:-1]}")
    assert reading.value is not None and round(100 * reading.value, 1) == pytest.approx(published, abs=0.05)


def test_changes_are_those_of_the_fact_sheets() -> None:
    table = published_totals("imports")
    india = change(table, "India", (2015, 2019), (2020, 2024)).value
    korea = change(table, "South Korea", (2015, 2019), (2020, 2024)).value
    assert india is not None and korea is not None
    assert (round(100 * india, 1), round(100 * korea)) == (-9.3, -24)


@pytest.mark.parametrize(
    ("recipient", "supplier", "first", "last", "published"),
    [("India", "Russia", 2010, 2014, 72), ("India", "Russia", 2015, 2019, 55), ("India", "Russia", 2020, 2024, 36),
     ("South Korea", "United States", 2020, 2024, 86)],
)  # fmt: skip
def test_the_even_split_is_within_three_points_of_the_fact_sheets(
    recipient: str, supplier: str, first: int, last: int, published: float
) -> None:
    with SHARED("region/sipri_register_ind_kor_1950_2024.csv").open(encoding="utf-8") as file:
        rows = [
            deal(row["recipient"], row["supplier"], [int(one) for one in row["delivery_years"].split("; ") if one],
                 float(row["tiv_delivered"] or 0))
            for row in csv.DictReader(file)
        ]  # fmt: skip
    found = {one.supplier: one.share for one in suppliers(deliveries(register_of(*rows)), recipient, first, last)}
    assert 100 * found[supplier] == pytest.approx(published, abs=3)


def test_an_offer_needs_both_a_seller_and_a_buyer_who_have_others() -> None:
    """S sells guns to X and to R, R buys guns of S alone and boats of Y: nothing is on offer but what R buys elsewhere."""
    guns = {**deal("X", "S", [2020], 10.0), "description": "gun"}
    ours = {**deal("R", "S", [2020], 99.0), "description": "gun"}
    boats = {**deal("R", "Y", [2020], 5.0), "description": "boat"}
    assert offers(register_of(guns, ours, boats), "S", "R", 2019, 2021, str) == ()
    theirs = {**deal("R", "Y", [2020, 2025], 8.0), "description": "gun"}
    (one,) = offers(register_of(guns, ours, boats, theirs), "S", "R", 2019, 2021, str)
    assert (one.category, one.sold, one.to, one.bought, one.of) == ("gun", 10.0, ("X",), 4.0, ("Y",))
    assert offers(register_of(guns, theirs), "S", "R", 2022, 2030, str) == ()


def test_a_file_of_few_parties_is_known_by_every_deal_having_one_of_them() -> None:
    own = [deal("Z", other, [2020], 1.0) for other in "ABC"] + [deal(other, "R", [2020], 1.0) for other in "DE"]
    assert selected(register_of(*own)) == frozenset("ZR")
    many = [deal(f"R{place}", f"S{place}", [2020], 1.0) for place in range(6)]
    assert selected(register_of(*many)) is None and selected(register_of()) == frozenset()
    assert selected(register_of(deal("Z", "A", [2020], 1.0))) == frozenset("Z"), "of equals the recipient"
