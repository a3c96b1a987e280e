"""Ideal points: simulated assemblies give their positions back, and what must hold."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.region.coverage import World, held, simulate
from servanda.errors import RequestError
from servanda.measures.region.ideal import NotFound, ideal_points

SMALL = World(40, 6, 40, 0.3)


def test_a_simulated_assembly_gives_its_positions_back() -> None:
    truth, rows = simulate(SMALL, 3)
    made = ideal_points(*rows)
    inside, real = held(truth, made)
    assert np.corrcoef(real, made.point)[0, 1] > 0.95
    assert 0.88 <= inside.mean() <= 0.995
    assert (made.point.mean(), made.point.std()) == (pytest.approx(0, abs=1e-6), pytest.approx(1, abs=0.01))
    assert (made.low < made.point).all() and (made.point < made.high).all()


def test_members_that_move_fast_do_not_carry_the_assembly_away() -> None:
    truth, rows = simulate(World(60, 8, 40, 0.6), 0)
    made = ideal_points(*rows)
    inside, real = held(truth, made)
    assert np.corrcoef(real, made.point)[0, 1] > 0.93 and inside.mean() > 0.85
    means = [made.point[made.session == session].mean() for session in np.unique(made.session)]
    assert max(np.abs(means)) < 0.25


def test_the_named_member_lies_above_zero_and_yes_and_no_are_alike() -> None:
    _, (call, session, member, vote) = simulate(SMALL, 5)
    one = ideal_points(call, session, member, vote, "M000")
    assert one.point[one.member == "M000"].mean() > 0
    turned = ideal_points(call, session, member, 4 - vote, "M000")
    assert turned.point == pytest.approx(one.point, abs=0.02)


def test_order_and_names_do_not_matter() -> None:
    _, (call, session, member, vote) = simulate(SMALL, 6)
    order = np.random.default_rng(0).permutation(len(vote))
    one = ideal_points(call, session, member, vote, "M000")
    other = ideal_points(call[order], session[order], member[order], vote[order], "M000")
    assert other.point == pytest.approx(one.point, abs=1e-6)


def test_a_thin_session_has_wide_intervals() -> None:
    _, (call, session, member, vote) = simulate(SMALL, 7)
    few = (session != 3) | np.isin(call, [f"2-{number}" for number in range(3)])
    made = ideal_points(call[few], session[few], member[few], vote[few])
    wide = made.high - made.low
    assert wide[made.session == 3].mean() > 1.2 * wide[made.session == 2].mean()


def test_nothing_known() -> None:
    same = np.array(["a", "a"]), np.array([1, 1]), np.array(["A", "B"]), np.array([1, 1])
    with pytest.raises(RequestError, match="no roll call was divided"):
        ideal_points(*same)
    with pytest.raises(RequestError, match="'X' casts no vote here"):
        ideal_points(*same, "X")


def test_a_search_that_does_not_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.measures.region import ideal

    monkeypatch.setattr(ideal, "ROUNDS", 1)
    with pytest.raises(NotFound, match="no position was found in 1 rounds"):
        ideal_points(*simulate(SMALL, 8)[1])
