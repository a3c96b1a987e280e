"""Conventions of errors, beside numbers worked out one by one and beside the package that names them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from servanda.errors import RequestError
from servanda.measures.ties.fit.estimate import estimate
from servanda.measures.ties.fit.specification import specification
from tests.measures.ties.fit.flows import gravity

SIX = "exporter-year,importer-year"


def test_several_clusters_are_added_and_their_crossing_taken_away() -> None:
    held = gravity(21)
    every = {}
    for by in ("exporter", "importer", "exporter-importer", "exporter,importer"):
        every[by] = estimate(held, specification("rta + log(dist)", SIX, by, "none")).covariance
    assert np.allclose(every["exporter,importer"], every["exporter"] + every["importer"] - every["exporter-importer"])


def test_three_clusters_go_in_and_out() -> None:
    held = gravity(21)
    names = ("exporter", "importer", "year")
    whole = np.zeros((3, 3))
    for many in (1, 2, 3):
        for some in itertools.combinations(names, many):
            one = estimate(held, specification("rta + log(dist)", SIX, "-".join(some), "none")).covariance
            whole += (-1) ** (many + 1) * one
    made = estimate(held, specification("rta + log(dist)", SIX, ",".join(names), "none")).covariance
    assert np.allclose(made, whole)


@pytest.mark.parametrize(
    ("model", "by", "small", "stretch"),
    [
        ("ppml", "none", "stata", lambda n, g: n / (n - 1)),
        ("ppml", "pair", "stata", lambda n, g: g / (g - 1)),
        ("ppml", "none", "default", lambda n, g: n / (n - (2 + 36 + 36 - 1))),
        ("ppml", "pair", "default", lambda n, g: g / (g - 1) * (n - 1) / (n - (2 + 36 + 36 - 1))),
        ("ppml", "exporter", "default", lambda n, g: 9 / 8 * (n - 1) / (n - (2 + 1 + 36 - 1))),
        ("ppml", "pair,year", "default", lambda n, g: 4 / 3 * (n - 1) / (n - (2 + 1 + 1 - 1))),
        ("ols", "pair", "stata", lambda n, g: g / (g - 1) * (n - 1) / (n - 3)),
        ("ols", "none", "stata", lambda n, g: n / (n - 3)),
        ("ols", "none", "default", lambda n, g: n / (n - (2 + 36 + 36 - 1))),
    ],
)
def test_a_convention_stretches_variances_as_it_says(model: str, by: str, small: str, stretch: object) -> None:
    held = gravity(22, zeros=0)
    plain, made = (
        estimate(held, specification("rta + log(dist)", SIX, by, one, "trade", model)) for one in ("none", small)
    )
    factor = stretch(made.n, 45)  # type: ignore[operator]
    assert np.allclose(made.covariance, plain.covariance * factor, rtol=1e-9)
    assert f"times {factor:.6f}" in " ".join(made.assumed)


def test_one_cluster_is_an_error() -> None:
    held = gravity(23, years=1)
    with pytest.raises(RequestError, match="there is one cluster"):
        estimate(held, specification("rta + log(dist)", "exporter,importer", "year"))


def test_more_coefficients_than_rows_leave_nothing_for_errors() -> None:
    held = gravity(24, parties=3, years=2, zeros=0)
    with pytest.raises(RequestError, match="leave nothing for errors"):
        estimate(held, specification("log(dist)", "exporter-year,importer-year,exporter-importer", "none", "default"))


def test_a_sum_has_the_error_that_its_covariance_gives() -> None:
    held = gravity(25)
    made = estimate(held, specification("rta + tariff", SIX, "pair", sums=("rta + tariff",)))
    c = made.covariance
    got = made.of("rta + tariff")
    assert got.estimate == pytest.approx(made.of("rta").estimate + made.of("tariff").estimate)
    assert got.std_error == pytest.approx(np.sqrt(c[0, 0] + c[1, 1] + 2 * c[0, 1]))
    with pytest.raises(RequestError, match="no coefficient lang to add up"):
        estimate(held, specification("rta", SIX, sums=("rta + lang",)))


def test_least_squares_is_that_of_dummies() -> None:
    held = gravity(26, zeros=0)
    made = estimate(held, specification("rta + log(dist)", SIX, "none", "none", "log(trade)", "ols"))
    panel = made.panel
    design = np.concatenate([panel.x.T, *(np.eye(way.count)[way.codes] for way in panel.ways)], axis=1)
    found = np.linalg.lstsq(design, panel.y, rcond=None)[0]
    assert [one.estimate for one in made.coefficients[:2]] == pytest.approx(found[:2], abs=1e-9)
    assert np.allclose(made.fitted.residual, panel.y - design @ found, atol=1e-9)
