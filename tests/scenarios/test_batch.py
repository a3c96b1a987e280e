"""Many draws at once give what each gives alone."""

from __future__ import annotations

import numpy as np
import pytest

from servanda.errors import RequestError
from servanda.scenarios.batch import many
from servanda.scenarios.equilibrium import Deficits, NoEquilibrium, full
from tests.scenarios.test_equilibrium import agreement, drawn


@pytest.mark.parametrize("deficits", list(Deficits))
def test_each_draw_is_as_alone(deficits: Deficits) -> None:
    names, trade = drawn(21)
    random = np.random.default_rng(1)
    patterns = np.stack([agreement(6), agreement(6, 2, 4, -0.2)])
    coefficients, thetas = random.normal(1, 0.4, (37, 2)), random.uniform(2, 8, 37)
    made = many(names, trade, patterns, coefficients, thetas, deficits)
    for place in (0, 17, 36):
        alone = full(names, trade, np.tensordot(coefficients[place], patterns, 1), thetas[place], deficits)
        for name in ("price", "price_index", "real_income", "welfare", "exports", "imports"):
            assert getattr(made, name)[place] == pytest.approx(getattr(alone, name), rel=1e-9), name


def test_a_draw_that_cannot_be_is_said() -> None:
    names, trade = drawn(22)
    with pytest.raises(RequestError, match="1 draws of theta are not above 0"):
        many(names, trade, agreement(6)[None], np.ones((2, 1)), np.array([4.0, -1.0]))
    with pytest.raises(RequestError, match="2 draws of 1 costs need as many coefficients"):
        many(names, trade, agreement(6)[None], np.ones((3, 1)), np.array([4.0, 5.0]))


def test_one_draw_without_an_equilibrium_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.scenarios import batch

    monkeypatch.setattr(batch, "ROUNDS", 1)
    names, trade = drawn(23)
    with pytest.raises(NoEquilibrium, match="the greatest excess demand left is"):
        many(names, trade, agreement(6)[None], np.array([[1.0], [2.0]]), np.array([4.0, 6.0]))
