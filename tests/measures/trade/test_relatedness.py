"""Relatedness: worked by hand, what must hold, and the lists of products that content holds."""

from __future__ import annotations

import numpy as np
import pytest

from servanda.errors import ContentError, RequestError
from servanda.measures.trade.relatedness import Relatedness, reach, relatedness
from servanda.sources.products import product_list, products

# Who has an advantage in what: A u v w, B u v, C v, D w.
HELD = {("A", "u"), ("A", "v"), ("A", "w"), ("B", "u"), ("B", "v"), ("C", "v"), ("D", "w")}


def of(held: set[tuple[str, str]]) -> Relatedness:
    rows = [(who, what) for who in "ABCD" for what in "uvwx"]
    return relatedness(
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([2.0 if row in held else 0.3 for row in rows]),
    )


def test_worked_by_hand() -> None:
    made = of(HELD)
    u, v, w, x = range(4)
    assert made.proximity[u, v] == pytest.approx(2 / 3) == made.proximity[v, u], "two have both; three have v"
    assert made.proximity[u, w] == pytest.approx(1 / 2) and made.proximity[v, w] == pytest.approx(1 / 3)
    assert made.density[2, u] == pytest.approx((2 / 3) / (2 / 3 + 1 / 2)), "C has v of what u is near to"
    assert made.density[1, w] == pytest.approx(1.0), "B has all that w is near to"
    assert np.isnan(made.density[:, x]).all(), "nobody sells x with an advantage"


def test_what_holds() -> None:
    draw = np.random.default_rng(3)
    rows = [(f"C{one}", f"p{other}") for one in range(20) for other in range(30)]
    held = draw.random(600) < 0.3
    made = relatedness(np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), np.where(held, 1.5, 0.5))
    assert (
        (made.proximity == made.proximity.T).all() and made.proximity.max() <= 1 and not made.proximity.diagonal().any()
    )
    known = made.density[np.isfinite(made.density)]
    assert known.min() >= 0 and known.max() <= 1 + 1e-12


def test_distance_to_a_list() -> None:
    made = reach(of(HELD), "C", ["u", "w", "v"])
    assert (made.listed, made.held) == (3, 1)
    assert made.nearest[0][0] == "u" and made.density == pytest.approx((4 / 7 + 2 / 5) / 2)
    assert made.distance == pytest.approx(1 - (4 / 7 + 2 / 5) / 2)
    whole = reach(of(HELD), "A", ["u"])
    assert (whole.held, whole.density, whole.distance) == (1, None, None), "who lacks none is at no distance from it"


def test_nothing_known() -> None:
    with pytest.raises(RequestError, match="no exporter has a comparative advantage"):
        of(set())
    with pytest.raises(RequestError, match="no exporter Z in the table"):
        reach(of(HELD), "Z", ["u"])
    with pytest.raises(RequestError, match="no product of the table begins with 89"):
        reach(of(HELD), "A", ["89"])


def test_lists_have_their_source(tmp_path) -> None:  # type: ignore[no-untyped-def]
    held = products()
    assert set(held) >= {"green", "semiconductors", "ships", "digital"}
    assert len(held["green"].codes) == len(set(held["green"].codes)) == 54
    assert all(one.source.url and one.classification for one in held.values())
    with pytest.raises(RequestError, match="nearest is ships"):
        product_list("ship")
    (tmp_path / "products").mkdir()
    (tmp_path / "products" / "bad.yml").write_text(
        "id: bad\ntitle: x\nclassification: HS\ncodes: ['89x']\n", encoding="utf-8"
    )
    with pytest.raises(ContentError):
        products(tmp_path)
