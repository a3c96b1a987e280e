"""A scenario on sectors that buy from each other: the world that is made of tables, and what moves in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from servanda.errors import RequestError
from servanda.scenarios.held import hold
from servanda.scenarios.linked import KEPT, REST, heads, model, moved, world
from servanda.scenarios.scenario import Change
from servanda.scenarios.shelf import find
from servanda.settings import shipped_content
from servanda.sources.shipped import shipped

CONTENT = shipped_content()
NAME = "ind-kor/full-liberalisation-linked"


def test_the_world_holds_all_that_the_table_has() -> None:
    uses = shipped("trade/uses", CONTENT).table
    _, held = hold(find(NAME, CONTENT), CONTENT)
    assert held.world is not None and len(held.world.parties) == KEPT + 1 and held.world.parties[-1] == REST
    positive = np.maximum(uses["final"].to_numpy(), 0).sum()
    assert held.world.final.sum() == pytest.approx(positive)
    assert held.world.intermediate.sum() == pytest.approx(uses["intermediate"].to_numpy().sum())
    assert any("negative final uses" in one for one in held.assumed)


def test_what_is_freed_is_freed_and_nothing_else() -> None:
    scenario, held = hold(find(NAME, CONTENT), CONTENT)
    assert held.world is not None and held.lines is not None
    after, walls = moved(held.world, scenario, held.lines)
    fell = after.tariff_before > after.tariff_after
    assert fell[:2, :, :2].any() and not fell[2:].any() and not fell[:, :, 2:].any() and not walls.any()


def test_a_barrier_that_falls_is_a_cost_that_falls() -> None:
    scenario, held = hold(find(NAME, CONTENT), CONTENT)
    assert held.world is not None and held.lines is not None
    wall = Change(importer="KOR", goods=("c12",), barrier_before=0.1, basis="made up")
    only = replace(scenario, changes=(wall,))
    after, walls = moved(held.world, only, held.lines)
    assert np.count_nonzero(walls) == 1 and walls.min() == pytest.approx(-np.log(1.1))
    made = model(after, walls, scenario.parties)(np.array([[4.0]]))[0]
    value = {head[:3]: number for head, number in zip(heads(after, scenario.parties), made, strict=True)}
    assert value["sold", "IND", ""] > 0 and value["real_income", "KOR", ""] > 0
    assert value["balance", "IND", ""] == pytest.approx(-value["balance", "KOR", ""])
    assert value["output", "IND", "c12"] > 0 > value["output", "KOR", "c12"]


def test_a_party_that_the_table_does_not_hold() -> None:
    scenario, _ = hold(find(NAME, CONTENT), CONTENT)
    table = pa.table(
        {"exporter": ["A"], "importer": ["A"], "product": ["c1"], "year": [2011], "intermediate": [1], "final": [1]}
    )
    with pytest.raises(RequestError, match="IND, KOR is none of the economies of the table"):
        world(scenario, table, pa.table({"party": ["A"], "product": ["c1"], "year": [2011], "value_added": [1]}))
