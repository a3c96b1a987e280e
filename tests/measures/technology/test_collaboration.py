"""Collaboration: figures as published, to their digits, and what must hold for any counts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from servanda.measures.technology.collaboration import (
    Counts,
    affinity,
    collaboration,
    growth,
    index,
    intensity,
    jaccard,
    odds,
    over_all_papers,
    salton,
    together,
)
from tests.measures.shared import SHARED
from tests.properties import examples, given


def test_one_year_as_published() -> None:
    """Science and Engineering Indicators 2024, tables SPBS-35 and SPBS-38: India and Korea, 2022."""
    of = Counts(4780, 57227, 31523, 755894)
    assert index(of) == pytest.approx(2.0029, abs=5e-5)
    assert salton(of) == pytest.approx(0.1125, abs=5e-5)
    assert jaccard(of) == pytest.approx(4780 / (57227 + 31523 - 4780))
    # By hand from the same counts.
    assert intensity(of) == pytest.approx((4780 / 57227) / ((31523 - 4780) / (755894 - 57227)))
    assert odds(of) == pytest.approx(4780 * (755894 - 57227 - 31523 + 4780) / ((57227 - 4780) * (31523 - 4780)))
    assert over_all_papers(4780, 236891, 95909, 3344037) == pytest.approx(0.70, abs=0.005)


def test_the_published_matrix_of_every_year() -> None:
    """Every cell of the published index from the published counts, as far as two digits tell."""
    rows = pq.read_table(SHARED("technology/nsf_sei_country_pairs_counts_and_index.parquet")).to_pylist()
    for year, counted, published, published_digits in ((2003, 10003, 10006, 2), (2022, 10003, 10006, 2)):
        held: dict[tuple[str, str, str], float] = {
            (row["a"], row["b"], str(row["table"])): row["value"] for row in rows
            if row["year"] == year and row["value"] is not None
        }  # fmt: skip
        checked = off = 0
        for (one, other, table), value in held.items():
            if table != str(published) or one == other:
                continue
            counts = [held.get(key) for key in ((one, other, str(counted)), ("World", one, str(counted)),
                                                ("World", other, str(counted)), ("World", "World", str(counted)))]  # fmt: skip
            if any(one_of is None or math.isnan(one_of) for one_of in counts) or math.isnan(value):
                continue
            found = index(Counts(*(float(one_of or 0) for one_of in counts)))
            assert found is not None
            checked += 1
            off += abs(round(found, published_digits) - value) > 0.0101
        assert checked > 1500 and not off, f"{year}: {off} of {checked} cells differ"


def test_openalex_as_published() -> None:
    """Salton's measure and affinity of one pair in four years, from every pair of the year."""
    pairs = pq.read_table(SHARED("technology/openalex_country_coauthorship_1990_2023.parquet")).to_pylist()
    totals = {(row["year"], row["country_iso2"]): row["intl_coauthored_works"] for row in
              pq.read_table(SHARED("technology/openalex_country_intl_totals_1990_2023.parquet")).to_pylist()}  # fmt: skip
    for year, joint, published, close in ((2003, 164, 0.0265, 1.60), (2013, 1273, 0.0556, 2.25),
                                          (2022, 5058, 0.0866, 2.40), (2023, 5774, 0.0920, 2.46)):  # fmt: skip
        its = [row for row in pairs if row["year"] == year]
        of: dict[str, float] = {}
        for row in its:
            for side in ("a", "b"):
                of[row[side]] = of.get(row[side], 0) + row["n"]
        n = next(row["n"] for row in its if {row["a"], row["b"]} == {"IN", "KR"})
        assert n == joint
        one, other = totals[year, "IN"], totals[year, "KR"]
        assert round(salton(Counts(n, one, other, 10**9)) or 0, 4) == published
        assert round(affinity(n, of["IN"], of["KR"], sum(of.values())) or 0, 2) == close


COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 400), st.integers(0, 400), st.integers(0, 4000)).map(
    lambda n: Counts(n[0], n[0] + n[1], n[0] + n[2], n[0] + n[1] + n[2] + n[3])
)


@examples(100)
@given(COUNTS, st.integers(2, 9))
def test_what_holds_for_any_counts(of: Counts, times: int) -> None:
    turned = Counts(of.joint, of.other, of.one, of.world)
    more = Counts(*(value * times for value in (of.joint, of.one, of.other, of.world)))
    for measured in (index, salton, jaccard, odds):
        assert measured(of) == measured(turned) or measured(of) == pytest.approx(measured(turned))
    for measured in (index, salton, jaccard, odds, intensity):
        assert (measured(of) is None) == (measured(more) is None)
        if measured(of) is not None:
            assert measured(more) == pytest.approx(measured(of)), "the unit does not matter"
    if (found := index(of)) is not None and (other := intensity(of)) is not None and of.world > of.one:
        assert (found > 1.0000001) <= (other > 1), "both see the same side of one"
    readings: list[Any] = list(collaboration(of, ("A", "B"), "2022"))
    assert all((one.value is None) != (one.reason is None) for one in readings)


def test_growth_and_nonsense() -> None:
    assert growth({2013: 100.0, 2023: 200.0}) == pytest.approx(2**0.1 - 1)
    assert growth({2013: 0.0, 2023: 5.0}) is None and growth({2013: 5.0}) is None and growth({}) is None
    with pytest.raises(ValueError, match="joint papers are part of either's"):
        Counts(10, 5, 20, 100)


def test_nothing_known() -> None:
    assert (
        index(Counts(0, 0, 5, 10)) is None and odds(Counts(5, 5, 5, 10)) is None and jaccard(Counts(0, 0, 0, 0)) is None
    )


def test_joint_papers_from_rows() -> None:
    paper, party = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 1, 0, 2, 0])
    assert together(paper, party, 3).tolist() == [[3, 1, 1], [1, 1, 0], [1, 0, 1]]
    assert together(np.array([], dtype=np.int64), np.array([], dtype=np.int64), 2).tolist() == [[0, 0], [0, 0]]
