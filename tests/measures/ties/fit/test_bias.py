"""The correction for three-way effects: its formulas written out pair by pair, and what it does to simulated estimates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import pytest

from servanda.errors import RequestError
from servanda.measures.ties.fit.bias import corrected
from servanda.measures.ties.fit.estimate import estimate
from servanda.measures.ties.fit.specification import specification
from servanda.measures.ties.fit.ways import Floats
from tests.measures import shared
from tests.measures.ties.fit.flows import as_table, cells

ORDERED = "exporter-year,importer-year,exporter-importer"
SHARED = "exporter-year,importer-year,pair"
TRUE = 1.0


def drawn(seed: int, parties: int, years: int, is_shared: bool = False, own: bool = False) -> pa.Table:
    """Flows as Weidner and Zylkin draw them in their simulations: effects with standard deviation 1/4, a covariate that they move and
    that lasts from year to year, and disturbances whose variance grows with the mean and that last too.
    """
    draw = np.random.default_rng(seed)
    side = (parties, years)
    out, into = draw.normal(0, 0.25, side), draw.normal(0, 0.25, side)
    pair = draw.normal(0, 0.25, (parties, parties))
    pair = (pair + pair.T) / np.sqrt(2) if is_shared else pair
    x = np.zeros((parties, parties, years))
    last, noise = pair, draw.normal(size=x.shape)
    for year in range(years):
        last = (
            last / 2 * (1 if year else 2) + out[:, None, year] + into[None, :, year] + draw.normal(0, 0.25, pair.shape)
        )
        x[:, :, year] = last
        if year:
            noise[:, :, year] = 0.3 * noise[:, :, year - 1] + np.sqrt(1 - 0.3**2) * noise[:, :, year]
    mean = np.exp(TRUE * x + out[:, None] + into[None] + pair[:, :, None])
    variance = np.log1p(0.5 / mean + 0.5 * np.exp(2 * x))
    trade = mean * np.exp(np.sqrt(variance) * noise - variance / 2)
    at = cells(parties, years, apart=not own)
    return as_table(at, {"trade": trade[at], "x": x[at], "z": (x[at] ** 2 + draw.normal(size=at[0].size))})


def multinomial(mean: Floats) -> tuple[Floats, Floats]:
    """H and G of a pair: second derivative, negative, and third derivative of its likelihood by its cells."""
    years, whole = mean.size, mean.sum()
    share = mean / whole
    second = whole * (np.diag(share) - np.outer(share, share))
    third = np.zeros((years, years, years))
    for r in range(years):
        for s in range(years):
            for t in range(years):
                third[r, s, t] = -whole * (
                    (r == s) * (s == t) * share[r]
                    - (r == s) * share[r] * share[t]
                    - (r == t) * share[r] * share[s]
                    - (s == t) * share[s] * share[r]
                    + 2 * share[r] * share[s] * share[t]
                )
    return second, third


def written_out(mean: Floats, score: Floats, x: Floats) -> Floats:
    """The bias of one side's effects, (k,), from means, scores (parties, partners, cells) and x (k, ...), term by term."""
    total = np.zeros(len(x))
    for one in range(mean.shape[0]):
        years = mean.shape[2]
        h, ss = np.zeros((years, years)), np.zeros((years, years))
        hxs, gx = np.zeros((len(x), years, years)), np.zeros((len(x), years, years))
        for other in range(mean.shape[1]):
            if mean[one, other].sum() == 0:
                continue
            second, third = multinomial(mean[one, other])
            h += second
            ss += np.outer(score[one, other], score[one, other])
            for k in range(len(x)):
                hxs[k] += np.outer(second @ x[k, one, other], score[one, other])
                gx[k] += np.einsum("rst,t->rs", third, x[k, one, other])
        inverse = np.linalg.pinv(h, rcond=1e-10)
        for k in range(len(x)):
            total[k] += -np.trace(inverse @ hxs[k]) + np.trace(gx[k] @ inverse @ ss @ inverse) / 2
    return total


def test_the_bias_is_that_of_the_formulas_written_out() -> None:
    held = drawn(1, 6, 3)
    held = held.take(pa.array([at for at in range(held.num_rows) if at not in (5, 17)]))
    made = estimate(held, specification("x + z", ORDERED, "exporter-importer", "none"))
    at, shape = made.panel.at, (6, 6, 3)
    mean, score, x = np.zeros(shape), np.zeros(shape), np.zeros((2, *shape))
    mean[at], score[at] = made.fitted.w, made.fitted.residual
    x[:, at[0], at[1], at[2]] = made.fitted.x
    total = written_out(mean, score, x) + written_out(mean.swapaxes(0, 1), score.swapaxes(0, 1), x.swapaxes(1, 2))
    wanted = np.linalg.solve((made.fitted.x * made.fitted.w) @ made.fitted.x.T, 6 / 5 * total)
    assert np.allclose(corrected(made.panel, made.fitted).bias, wanted, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize(("effects", "by"), [(ORDERED, "exporter-importer"), (SHARED, "pair")])
@pytest.mark.parametrize("own", [False, True])
def test_the_variance_is_that_of_leverages_from_dummies(effects: str, by: str, own: bool) -> None:
    """(I - leverage)^-1 on the scores of each pair, with leverages from dummies for every effect: the pair's own dummy is
    in both, since it takes nothing from scores that sum to nothing.
    """
    made = estimate(drawn(2, 5, 3, own=own), specification("x + z", effects, by, "none"))
    panel, fitted = made.panel, made.fitted
    dummies = [np.eye(way.count)[way.codes] for way in panel.ways[:2]]
    share = np.eye(panel.ways[2].count)[panel.ways[2].codes]
    both = np.concatenate(dummies, axis=1)
    within = both - share @ ((share * fitted.w[:, None]).T @ both / np.maximum(share.T @ fitted.w, 1e-300)[:, None])
    known = np.linalg.pinv((within * fitted.w[:, None]).T @ within, rcond=1e-10, hermitian=True)
    bread = np.linalg.inv((fitted.x * fitted.w) @ fitted.x.T)
    middle = np.zeros((2, 2))
    for code in range(panel.ways[2].count):
        rows = np.flatnonzero(panel.ways[2].codes == code)
        mean = fitted.w[rows]
        hessian = np.diag(mean) - np.outer(mean, mean) / mean.sum()
        x = fitted.x[:, rows]
        leverage = hessian @ (x.T @ bread @ x + within[rows] @ known @ within[rows].T)
        score = fitted.residual[rows]
        middle += x @ np.linalg.solve(np.eye(rows.size) - leverage, np.outer(score, score)) @ x.T
    wanted = bread @ (middle + middle.T) / 2 @ bread
    got = corrected(panel, fitted).covariance
    assert got is not None and np.allclose(got, wanted, rtol=1e-7)
    assert np.all(np.diag(got) > np.diag(made.covariance)[:2])


@pytest.mark.parametrize(
    ("effects", "by", "is_shared"), [(ORDERED, "exporter-importer", False), (SHARED, "pair", True)]
)
def test_bias_shrinks_and_intervals_cover_more(effects: str, by: str, is_shared: bool) -> None:
    """120 draws of 20 parties and 5 years: the mean is nearer the truth, errors nearer what estimates really vary by."""
    asked = specification("x", effects, by, "stata", is_corrected=True)
    found = [estimate(drawn(seed, 20, 5, is_shared), asked).of("x") for seed in range(120)]
    raw = np.array([(one.uncorrected, one.uncorrected_error) for one in found], dtype=float)
    new = np.array([(one.estimate, one.std_error) for one in found])
    assert abs(new[:, 0].mean() - TRUE) < 0.85 * abs(raw[:, 0].mean() - TRUE)
    covers = [float(np.mean(np.abs(one[:, 0] - TRUE) < 1.96 * one[:, 1])) for one in (raw, new)]
    assert covers[1] > covers[0] + 0.02
    assert raw[:, 1].mean() / raw[:, 0].std() < new[:, 1].mean() / new[:, 0].std() < 1.1


@pytest.mark.parametrize(
    ("effects", "model", "told"),
    [
        ("exporter-year,importer-year", "ppml", "derived for exporter-year, importer-year and pair effects"),
        ("exporter,importer,pair", "ppml", "derived for exporter-year, importer-year and pair effects"),
        (SHARED, "ols", "least squares does not need it"),
    ],
)
def test_what_it_is_not_for_is_an_error(effects: str, model: str, told: str) -> None:
    with pytest.raises(RequestError, match=told):
        estimate(drawn(3, 6, 3), specification("x", effects, "pair", "stata", "trade", model, True))


def test_errors_by_other_clusters_are_not_corrected_and_it_is_said() -> None:
    made = estimate(drawn(4, 6, 3), specification("x", ORDERED, "pair", "stata", is_corrected=True))
    assert "errors are not corrected: cluster by exporter-importer for that" in made.assumed
    assert made.of("x").std_error == made.of("x").uncorrected_error
    assert made.of("x").estimate != made.of("x").uncorrected


def test_too_many_effects_leave_errors_as_they_are_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servanda.measures.ties.fit.bias.MOST_EFFECTS", 10)
    made = estimate(drawn(5, 6, 3), specification("x", SHARED, "pair", "stata", is_corrected=True))
    assert "errors are not corrected: too many effects to invert" in made.assumed


def test_the_published_correction_is_reproduced() -> None:
    """Total trade of 35 countries in five years (EXAMPLE_TRADE_FTA_DATA, category TOTAL), as ppmlhdfe and ppml_fe_bias print
    it. The data are tried where somebody put them: exporter, importer, year, trade, fta.
    """
    path = shared.SHARED("trade/example_trade_fta_total.parquet")
    asked = specification("fta", ORDERED, "exporter-importer", "stata", is_corrected=True)
    found = estimate(pyarrow.parquet.read_table(path), asked)
    got = found.of("fta")
    assert found.n == 5950 and got.uncorrected is not None and got.uncorrected_error is not None
    assert (round(got.uncorrected, 7), round(got.uncorrected_error, 7)) == (0.1924455, 0.0419527)
    assert (round(got.estimate, 7), round(got.std_error, 7)) == (0.1863835, 0.0527904)
