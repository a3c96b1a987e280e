"""From one vintage of the Harmonized System to another: nothing is lost, and what fans out is not spread."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servanda.errors import SourceFault
from servanda.sources.concordance import MOST, concordance, convert
from tests.measures.shared import SHARED

CODES = st.integers(1, 40).map(lambda one: f"{one:06}")


def test_by_hand() -> None:
    """Of 10 of a code that leads to two, 5 go to each; a code that is not known keeps its own."""
    by = concordance([("010121", "010111"), ("010121", "010119"), ("854231", "854231")])
    table = pa.table(
        {"exporter": ["A", "A", "A"], "product": ["010121", "854231", "999999"], "value": [10.0, 3.0, 1.0]}
    )
    made, told = convert(table, by)
    assert dict(zip(made["product"].to_pylist(), made["value"].to_pylist(), strict=True)) == {
        "010111": 5.0,
        "010119": 5.0,
        "854231": 3.0,
        "999999": 1.0,
    }
    assert told == [
        "1 codes kept as they are (999999), 7.1 per cent of the value: they lead to more than 50 codes, or to none"
    ]


def test_a_code_of_waste_that_leads_to_a_thousand_is_not_spread() -> None:
    by = concordance([("854921", f"{place:06}") for place in range(1, 1020)] + [("010121", "010111")])
    assert by.fans == {"854921": 1019} and "854921" not in by.leads
    made, told = convert(pa.table({"product": ["854921", "010121"], "value": [7.0, 1.0]}), by)
    assert made.num_rows == 2 and "854921" in told[0] and "87.5 per cent" in told[0]


def test_the_published_correlation_fans_out_where_it_is_known_to() -> None:
    held = pq.read_table(SHARED("trade/hs_vintage_correlation_1992_2022.parquet"))
    chosen = held.filter(pc.equal(held["adjustment"], "2022 to 2017"))
    by = concordance(zip(chosen["code.after"].to_pylist(), chosen["code.before"].to_pylist(), strict=True))
    assert {code: many for code, many in by.fans.items() if code.startswith("8549")} == dict.fromkeys(
        ("854921", "854929", "854931", "854939", "854991", "854999"), 1019
    )
    assert all(len(found) <= MOST for found in by.leads.values())


@pytest.mark.parametrize("code", ["10121", "8542", "01012A"])
def test_a_lost_zero_is_named(code: str) -> None:
    with pytest.raises(SourceFault, match=f"1 codes are not six digits \\({code}\\): a zero at the head is lost"):
        concordance([("010121", code)])


@given(
    st.lists(st.tuples(CODES, CODES), min_size=1, max_size=60),
    st.lists(st.tuples(st.sampled_from("AB"), CODES, st.floats(0, 1e6)), min_size=1, max_size=40),
)
def test_the_total_of_each_seller_stays(pairs: list[tuple[str, str]], rows: list[tuple[str, str, float]]) -> None:
    table = pa.table(
        {"exporter": [one[0] for one in rows], "product": [one[1] for one in rows], "value": [one[2] for one in rows]}
    )
    made, _ = convert(table, concordance(pairs))
    for seller in "AB":
        before, after = (
            sum(one["value"] for one in held.to_pylist() if one["exporter"] == seller) for held in (table, made)
        )
        assert after == pytest.approx(before, rel=1e-9, abs=1e-9)
    keys = list(zip(made["exporter"].to_pylist(), made["product"].to_pylist(), strict=True))
    assert len(keys) == len(set(keys))
