"""What a formula says, and what it cannot say."""

from __future__ import annotations

import pytest

from servanda.errors import RequestError
from servanda.measures.ties.fit.estimate import estimate
from servanda.measures.ties.fit.formula import Form, Part, response, terms
from servanda.measures.ties.fit.specification import columns, key, specification
from tests.measures.ties.fit.flows import gravity


def test_terms_keep_their_order_and_their_words() -> None:
    found = terms("rta + log( dist )+ exp(a.b):x^2 + C(year):log(dist) + 1 + `my column`")
    assert [one.name for one in found] == ["rta", "log(dist)", "exp(a.b):x^2", "C(year):log(dist)", "`my column`"]
    assert found[2].parts == (Part("a.b", Form.EXPONENTIAL), Part("x", Form.ITSELF, 2))
    assert found[3].parts == (Part("year", Form.DUMMIES), Part("dist", Form.LOGARITHM))
    assert found[4].columns == ("my column",)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("rta +", "empty term"),
        ("rta + + x", "empty term"),
        ("log(log(x))", "cannot be read"),
        ("a*b", "cannot be read"),
        ("rta + rta", "names rta twice"),
        ("C(year)^2", "dummies have no power"),
        ("2x", "cannot be read"),
        ("sqrt(x)", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(said: str, told: str) -> None:
    with pytest.raises(RequestError, match=told.replace("(", r"\(")):
        terms(said)


@pytest.mark.parametrize("said", ["a + b", "C(a)", "a:b", ""])
def test_a_response_is_one_column(said: str) -> None:
    with pytest.raises(RequestError):
        response(said)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"formula": "", "effects": ""}, "nothing to estimate"),
        ({"formula": "x", "effects": "exporter,exporter"}, "name exporter twice"),
        ({"formula": "x", "effects": "exporter-"}, "joined by '-'"),
        ({"formula": "x", "clustered": "pair,pair"}, "name pair twice"),
    ],
)
def test_what_cannot_be_estimated_is_named(options: dict[str, str], told: str) -> None:
    with pytest.raises(RequestError, match=told):
        specification(**options)  # type: ignore[arg-type]


def test_the_columns_that_a_specification_needs() -> None:
    asked = specification("rta + log(dist) + C(bloc)", "exporter-year,importer-year,pair,product", "pair")
    held = ["exporter", "importer", "year", "trade", "product", "bloc", "rta", "dist"]
    found = {one.name: one for one in columns(asked, held)}
    assert set(found) == set(held)
    assert found["trade"].least == 0 and found["trade"].gaps and found["dist"].gaps
    assert not found["exporter"].gaps
    assert key(asked, held) == ["exporter", "importer", "year", "product", "bloc"]


def test_dummies_are_one_less_than_values_and_all_of_them_in_a_product() -> None:
    held = gravity(2, zeros=0)
    alone = estimate(held, specification("C(year) + rta", "exporter,importer"))
    names = [one.name for one in alone.coefficients]
    assert names == ["C(year)[2001]", "C(year)[2002]", "C(year)[2003]", "rta", "constant"]
    product = estimate(held, specification("C(year):log(dist)", "exporter-year,importer-year"))
    years = [f"C(year)[{year}]:log(dist)" for year in range(2000, 2004)]
    assert [one.name for one in product.coefficients] == [*years, "constant"]


def test_pair_is_one_for_both_directions_and_joined_columns_are_not() -> None:
    held = gravity(2)
    pair = estimate(held, specification("rta", "pair")).panel.ways[0]
    ordered = estimate(held, specification("rta", "exporter-importer")).panel.ways[0]
    turned = estimate(held, specification("rta", "importer-exporter")).panel.ways[0]
    assert (pair.count, ordered.count, turned.name) == (45, 81, "exporter-importer")
