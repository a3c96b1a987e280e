"""Coefficients and errors beside dummies and plain Newton steps: the same numbers by a slower road."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from servanda.errors import RequestError
from servanda.measures.ties.fit.cube import Cube
from servanda.measures.ties.fit.demean import demean
from servanda.measures.ties.fit.estimate import Estimate, estimate
from servanda.measures.ties.fit.lists import Lists, lists
from servanda.measures.ties.fit.ppml import ppml
from servanda.measures.ties.fit.specification import specification
from servanda.measures.ties.fit.ways import Floats, combine
from tests.measures.ties.fit.flows import gravity

SETS = (
    "exporter-year,importer-year,pair",
    "exporter-year,importer-year,exporter-importer",
    "exporter-year,importer-year",
    "exporter,importer,year",
    "exporter-year,importer",
    "exporter-year,importer-year,exporter-border",
    "pair",
    "",
)
CLOSE = 1e-7
"""A fit stops at a Newton step of 1e-8 of one; the slower road goes to rounding."""


def slow(held: Estimate, by: str, stretch: float) -> tuple[Floats, Floats]:
    """Coefficients and errors by dummies for every effect, Newton's method, and sums over clusters one by one."""
    panel = held.panel
    dummies = np.concatenate([np.eye(way.count)[way.codes] for way in panel.ways], axis=1)
    design = np.concatenate([panel.x.T, dummies], axis=1)
    index = np.log((panel.y + panel.y.mean()) / 2)
    for _ in range(60):
        mu = np.exp(index)
        root = np.sqrt(mu)
        found = np.linalg.lstsq(design * root[:, None], root * (index + (panel.y - mu) / mu), rcond=1e-12)[0]
        index = design @ found
    mu = np.exp(index)
    bread = np.linalg.pinv((design * mu[:, None]).T @ design, rcond=1e-12, hermitian=True)
    scores = design * (panel.y - mu)[:, None]
    if by == "none":
        middle = scores.T @ scores
    else:
        middle = np.zeros_like(bread)
        for code in range(panel.by[0].count):
            one = scores[panel.by[0].codes == code].sum(axis=0)
            middle += np.outer(one, one)
    k = len(panel.names)
    return found[:k], np.sqrt(stretch * np.diag(bread @ middle @ bread)[:k])


@pytest.mark.parametrize("effects", SETS)
@pytest.mark.parametrize(("keep", "by"), [(1.0, "pair"), (0.6, "none"), (0.45, "exporter")])
def test_the_fast_way_gives_what_dummies_give(effects: str, keep: float, by: str) -> None:
    made = estimate(gravity(3, keep=keep), specification("rta + log(dist) + tariff", effects, by, "none"))
    values, errors = slow(made, by, 1.0)
    got = [made.of(name) for name in made.panel.names]
    assert np.allclose([one.estimate for one in got], values, atol=CLOSE, rtol=CLOSE)
    assert np.allclose([one.std_error for one in got], errors, atol=CLOSE, rtol=1e-6)


@pytest.mark.parametrize("effects", SETS[:3])
@pytest.mark.parametrize("keep", [1.0, 0.7])
def test_a_cube_and_lists_of_rows_take_out_the_same(effects: str, keep: float) -> None:
    panel = estimate(gravity(4, keep=keep, zeros=0), specification("rta + tariff", effects, "none")).panel
    cube, rows = panel.grouping(), lists(panel.ways)
    assert isinstance(cube, Cube) and isinstance(rows, Lists)
    draw = np.random.default_rng(1)
    w, x = draw.random(panel.y.size) + 0.01, draw.normal(size=(3, panel.y.size))
    one, other = x.copy(), x.copy()
    for grouping, left in ((cube, one), (rows, other)):
        demean(grouping, w, left, np.full(3, 1e-11))
    assert np.allclose(one, other, atol=1e-9)
    for way in panel.ways:
        assert np.allclose(np.bincount(way.codes, weights=w * one[0]), 0, atol=1e-9)


def test_effects_that_are_hardly_connected_are_an_error_with_the_residual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.measures.ties.fit.demean.MOST", 3)
    chain = np.arange(400)
    ways = [combine("one", [chain // 2]), combine("other", [(chain + 1) // 2])]
    with pytest.raises(RequestError, match=r"not found after 3 iterations: what is left is .* times what is allowed"):
        demean(lists(ways), np.ones(400), np.sin(chain)[None].copy(), np.array([1e-12]))


def test_a_fit_that_does_not_converge_is_an_error_and_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.measures.ties.fit.ppml.MOST", 2)
    with pytest.raises(RequestError, match=r"did not converge in 2 iterations: its last step was .* of one"):
        estimate(gravity(5), specification("rta + log(dist)", "exporter-year,importer-year"))


def test_a_fit_without_covariates_meets_the_margins() -> None:
    made = estimate(gravity(6), specification("", "exporter-year,importer-year"))
    for way in made.panel.ways:
        left = np.bincount(way.codes, weights=made.fitted.residual, minlength=way.count)
        assert np.allclose(left, 0, atol=1e-6 * made.panel.y.mean())


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e12])
def test_the_unit_of_trade_moves_only_the_constant(scale: float) -> None:
    held = gravity(7)
    asked = specification("rta + log(dist)", "exporter-year,importer-year", "pair")
    plain = estimate(held, asked)
    scaled = estimate(
        held.set_column(held.column_names.index("trade"), "trade", pa.array(held["trade"].to_numpy() * scale)), asked
    )
    for name in ("rta", "log(dist)"):
        assert scaled.of(name).estimate == pytest.approx(plain.of(name).estimate, rel=1e-7)
        assert scaled.of(name).std_error == pytest.approx(plain.of(name).std_error, rel=1e-6)
    assert scaled.of("constant").estimate - plain.of("constant").estimate == pytest.approx(np.log(scale), abs=1e-6)


def test_the_order_of_rows_and_the_names_of_parties_do_not_matter() -> None:
    held = gravity(8, keep=0.8)
    asked = specification("rta + log(dist)", "exporter-year,importer-year,pair", "pair")
    mixed = held.take(pa.array(np.random.default_rng(2).permutation(held.num_rows)))
    renamed = mixed
    for name in ("exporter", "importer"):
        turned = pa.array([text[::-1] for text in mixed[name].to_pylist()])
        renamed = renamed.set_column(renamed.column_names.index(name), name, turned)
    first, second = (estimate(one, asked) for one in (held, renamed))
    assert [one.estimate for one in second.coefficients] == pytest.approx([one.estimate for one in first.coefficients])
    assert [one.std_error for one in second.coefficients] == pytest.approx(
        [one.std_error for one in first.coefficients]
    )


def test_steps_that_would_raise_the_deviance_are_shortened() -> None:
    y = np.array([1e-8, 1e8, 1.0, 2.0, 5.0, 1e3])
    x = np.array([[0.0, 30.0, 1.0, 1.5, 2.0, 8.0]])
    made = ppml(lists([combine("constant", [np.zeros(6, dtype=np.int64)])]), y, x)
    assert abs(float(x[0] @ made.residual)) < 1e-3 and abs(made.residual.sum()) < 1e-3
