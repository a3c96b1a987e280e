"""Citations: a matrix worked by hand, figures as published, and that all balances."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import strategies as st

from servanda.measures.technology.citations import interest, relative
from tests.measures.shared import SHARED
from tests.properties import examples, given


def test_a_matrix_worked_by_hand() -> None:
    made = relative(np.array([[6.0, 2.0], [3.0, 9.0]]), np.array([100.0, 300.0]))
    assert made == pytest.approx(np.array([[0.75 / 0.25, 0.25 / 0.75], [0.25 / 0.25, 0.75 / 0.75]]))


def test_two_parties_as_published() -> None:
    rows = pq.read_table(SHARED("technology/nsf_sei_relative_citation_index_2020_by_field.parquet")).to_pylist()
    cites = {
        (row["citing"].casefold(), row["cited"].casefold().replace("_", " "), row["field"]): row["rci"] for row in rows
    }
    fields = {field for _, _, field in cites}
    one = {field: cites["india", "south korea", field] for field in fields}
    other = {field: cites["south korea", "india", field] for field in fields}
    assert (one["all fields"], other["all fields"]) == (0.93, 0.63)
    made = {row.field: row for row in interest(one, other)}
    assert made["computer and information sciences"].both == pytest.approx((1.08 * 0.55) ** 0.5)
    assert interest(one, other)[0].field == "natural resources and conservation", "interest is mutual there"


@examples(40)
@given(st.lists(st.lists(st.floats(0, 1e4), min_size=3, max_size=3), min_size=3, max_size=3),
       st.lists(st.floats(1, 1e4), min_size=3, max_size=3))  # fmt: skip
def test_what_holds_for_any(cited: list[list[float]], papers: list[float]) -> None:
    given_citations, sizes = np.array(cited), np.array(papers)
    made = relative(given_citations, sizes)
    for row, total in zip(made, given_citations.sum(axis=1), strict=True):
        if total > 1e-6:
            assert (row * sizes / sizes.sum()).sum() == pytest.approx(1), "weighed by size it averages to one"


def test_nothing_known() -> None:
    assert np.isnan(relative(np.zeros((2, 2)), np.ones(2))).all()
    assert interest({"x": 1.0}, {"y": 1.0}) == ()
