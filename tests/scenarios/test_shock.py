"""A cut of supply: by hand, the laws of it, and what cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError, ValueProblem
from servanda.scenarios.result import Result
from servanda.scenarios.run import Held, run
from servanda.scenarios.scenario import Band, Idea, Kind, Scenario
from servanda.scenarios.shock import exposure, heads, model
from tests.properties import examples, given

ASKED = Scenario(
    "cut", "A cut", Kind.SHOCK, ("Z", "R"), Idea("Ask."), ("Prices.",), supplier="S", goods=("c1", "c2"),
    cut=Band(0.5, 0.2, 0.8, "ours"), shift=Band(0.1, 0.0, 0.3, "ours"), draws=200,
)  # fmt: skip


def uses(*rows: tuple[str, str, str, float, float]) -> pa.Table:
    names = ("exporter", "importer", "product", "intermediate", "final")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])


TABLE = uses(
    ("S", "Z", "c1", 60, 40), ("S", "Z", "c2", 10, -5), ("S", "R", "c1", 20, 0), ("S", "Z", "c3", 999, 0),
    ("R", "W", "c1", 100, 100), ("R", "S", "c1", 50, 50), ("R", "Z", "c1", 7, 7), ("R", "R", "c1", 70, 0),
    ("Z", "Z", "c3", 131, 0), ("Z", "W", "c2", 10, 10),
)  # fmt: skip


def of(asked: Scenario, table: pa.Table = TABLE) -> Result:
    held = Held(None, (), None, None, (), (), "USD", exposure(asked, table))
    return run(asked, held, "0")


def numbers(made: Result) -> dict[tuple[str, str], float]:
    return {(one.party, one.name): one.interval.value for one in made.numbers}


def test_by_hand() -> None:
    """Z buys 100 of c1 and 10 of c2 (a change of stocks is no purchase); R sells 300 of c1 elsewhere, none of c2."""
    made = numbers(of(ASKED))
    assert made["Z", "lost"] == 55 and made["Z", "replaced"] == 30 and made["Z", "uncovered"] == 25
    # Half of 70 of all 60 + 10 + 999 + 7 + 131 of inputs.
    assert made["Z", "lost_inputs"] == pytest.approx(100 * 35 / 1207)
    assert made["R", "lost"] == 10 and made["R", "replaced"] == 0 and made["R", "uncovered"] == 10


def test_by_sector_it_adds_up() -> None:
    made = of(ASKED)
    for party in ASKED.parties:
        parts = sum(one.interval.value for one in made.groups if one.party == party)
        assert parts == pytest.approx(numbers(made)[party, "uncovered"])
    assert {one.goods for one in made.groups} == {"c1", "c2"}


@given(cut=st.floats(0, 1), shift=st.floats(0, 1), more=st.floats(0, 1))
@examples(60)
def test_more_cut_is_more_lost_and_more_shift_leaves_no_more_uncovered(cut: float, shift: float, more: float) -> None:
    found = exposure(ASKED, TABLE)
    at = [head[:3] for head in heads(found)]
    rows = np.array([[cut, shift], [max(cut, more), shift], [cut, max(shift, more)]])
    one, harder, looser = (dict(zip(at, row, strict=True)) for row in model(found)(rows))
    for party in ASKED.parties:
        lost, replaced, left = (one[name, party, ""] for name in ("lost", "replaced", "uncovered"))
        assert lost == pytest.approx(replaced + left) and replaced >= 0 and left >= -1e-9
        assert harder["lost", party, ""] >= lost - 1e-9 and harder["uncovered", party, ""] >= left - 1e-9
        assert looser["uncovered", party, ""] <= left + 1e-9


def test_the_order_of_the_pair_changes_nothing() -> None:
    turned = replace(ASKED, parties=("R", "Z"))
    assert numbers(of(turned)) == numbers(of(ASKED))


def test_all_goods() -> None:
    assert numbers(of(replace(ASKED, goods=("all",))))["Z", "lost"] == pytest.approx(55 + 999 / 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"supplier": "Z"}, "comes from a third"), ({"cut": None}, "a shock needs"), ({"goods": ()}, "a shock needs"),
     ({"cut": Band(30, 20, 40, "ours")}, "write 0.3 for 30 per cent")],
)  # fmt: skip
def test_what_cannot_be_asked(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueProblem, match=said):
        replace(ASKED, **change)


def test_what_the_table_does_not_hold_is_named() -> None:
    with pytest.raises(RequestError, match="names no Q"):
        exposure(replace(ASKED, supplier="Q"), TABLE)
    with pytest.raises(RequestError, match="no sector c9"):
        exposure(replace(ASKED, goods=("c9",)), TABLE)
