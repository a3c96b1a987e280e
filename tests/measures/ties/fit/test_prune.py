"""What carries nothing is left out and told; separation beside a linear programme that decides it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from servanda.errors import RequestError
from servanda.measures.ties.fit.estimate import estimate
from servanda.measures.ties.fit.specification import specification
from servanda.measures.ties.fit.ways import Bools, Floats
from tests.measures.ties.fit.flows import as_table, cells, gravity

SEPARATED = "separated: covariates and effects predict that there is no trade"


def decided(design: Floats, y: Floats) -> Bools:
    """Which rows are separated, by a linear programme over the definition: push as many zeros down as can be.

    Maximise the sum of s in [0, 1] with design b = 0 where there is trade and design b <= -s where there is none.
    """
    zero = y == 0
    rows, many = design.shape
    cost = np.concatenate([np.zeros(many), -np.ones(zero.sum())])
    upper = np.hstack([design[zero], np.eye(zero.sum())])
    equal = np.hstack([design[~zero], np.zeros((rows - zero.sum(), zero.sum()))])
    bounds = [(None, None)] * many + [(0, 1)] * int(zero.sum())
    found = linprog(cost, upper, np.zeros(zero.sum()), equal, np.zeros(len(equal)), bounds=bounds)
    made = np.zeros(rows, dtype=bool)
    made[np.flatnonzero(zero)] = found.x[many:] > 0.5
    return made


@pytest.mark.parametrize("seed", range(40))
def test_separated_rows_are_those_that_a_linear_programme_finds(seed: int) -> None:
    draw = np.random.default_rng(seed)
    at = cells(5, 2)
    y = np.where(draw.random(at[0].size) < 0.6, 0.0, draw.gamma(1.0, 1.0, at[0].size))
    x = (draw.random((2, y.size)) < 0.4).astype(float)
    held = as_table(at, {"trade": y, "a": x[0], "b": x[1]})
    dummies = np.concatenate([np.eye(5)[at[0]], np.eye(5)[at[1]]], axis=1)
    wanted = decided(np.concatenate([x.T, dummies], axis=1), y)
    made = estimate(held, specification("a + b", "exporter,importer"))
    left = np.ones(y.size, dtype=bool)
    left[made.panel.rows] = False
    alone = sum(one.rows for one in made.dropped if one.reason.startswith("the only row"))
    assert alone or np.array_equal(left, wanted)
    assert sum(one.rows for one in made.dropped) == left.sum()


def test_a_dummy_that_is_on_only_where_there_is_no_trade_separates_and_is_told() -> None:
    held = gravity(11, zeros=0)
    embargo = np.zeros(held.num_rows)
    embargo[[20, 41, 77]] = 1
    trade = np.where(embargo == 1, 0, held["trade"].to_numpy())
    held = (
        held.drop_columns(["trade"]).append_column("trade", pa.array(trade)).append_column("embargo", pa.array(embargo))
    )
    made = estimate(held, specification("rta + embargo", "exporter-year,importer-year"))
    told = {one.reason: one for one in made.dropped}
    assert told[SEPARATED].rows == 3 and told[SEPARATED].examples == (21, 42, 78)
    assert "embargo is a sum of the fixed effects" in told
    without = estimate(held.filter(pa.array(embargo == 0)), specification("rta", "exporter-year,importer-year"))
    assert made.of("rta").estimate == pytest.approx(without.of("rta").estimate, abs=1e-8)


def test_groups_of_one_row_and_of_zeros_only_are_left_out_and_told() -> None:
    held = gravity(12, zeros=0)
    exporters = held["exporter"].to_pylist()
    trade = held["trade"].to_numpy().copy()
    trade[[at for at, name in enumerate(exporters) if name == "P03"]] = 0
    keep = np.array([name != "P05" for name in exporters])
    keep[exporters.index("P05")] = True
    held = held.drop_columns(["trade"]).append_column("trade", pa.array(trade)).filter(pa.array(keep))
    made = estimate(held, specification("rta", "exporter,importer-year"))
    told = {one.reason: one.rows for one in made.dropped}
    assert told == {"the only row of its group in exporter": 1, "every row of its group in exporter has no trade": 36}
    assert made.n == held.num_rows - 37


def test_covariates_without_anything_of_their_own_are_left_out_and_told() -> None:
    held = gravity(13)
    made = estimate(
        held, specification("dist + rta + rta^2 + tariff + dist:border", "pair,exporter-year,importer-year")
    )
    told = [(one.term, one.reason, one.rows) for one in made.dropped if one.term]
    assert told == [
        ("dist", "dist is a sum of the fixed effects", 0),
        ("dist:border", "dist:border is a sum of the fixed effects", 0),
        ("rta^2", "rta^2 is a sum of the terms before it and the fixed effects", 0),
    ]
    assert [one.name for one in made.coefficients] == ["rta", "tariff", "constant"]


def test_a_missing_value_is_left_out_and_a_zero_is_kept() -> None:
    held = gravity(14, zeros=0.1)
    rta = held["rta"].to_pylist()
    rta[3] = None
    trade = held["trade"].to_pylist()
    trade[8] = None
    gaps = (
        held.drop_columns(["rta", "trade"]).append_column("rta", pa.array(rta)).append_column("trade", pa.array(trade))
    )
    made = estimate(gaps, specification("rta + log(dist)", "exporter-year,importer-year"))
    told = {one.reason: (one.rows, one.examples) for one in made.dropped}
    assert told == {
        "no value in trade (a missing value is not a zero)": (1, (9,)),
        "no value in rta (a missing value is not a zero)": (1, (4,)),
    }
    assert (made.panel.y == 0).sum() > 10 and made.n == held.num_rows - 2


def test_a_flow_of_nothing_has_no_logarithm_and_is_told() -> None:
    held = gravity(15, zeros=0.2)
    made = estimate(held, specification("rta", "exporter-year,importer-year", "pair", "stata", "log(trade)", "ols"))
    zeros = int((held["trade"].to_numpy() == 0).sum())
    assert (made.dropped[0].reason, made.dropped[0].rows) == ("trade is 0 or less and has no logarithm", zeros)
    assert made.n <= held.num_rows - zeros


def test_nothing_left_is_an_error_with_the_reasons() -> None:
    at = cells(3, 1)
    held = as_table(at, {"trade": np.zeros(at[0].size), "x": np.ones(at[0].size)})
    with pytest.raises(
        RequestError, match="no row is left to estimate on: every row of its group in exporter has no trade"
    ):
        estimate(held, specification("x", "exporter,importer"))
