"""Alpha against the worked examples of its author, and what must hold of any data."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.register.alpha import alpha, interval, pairable
from tests.properties import examples, given

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: four observers, twelve units, gaps.
FOUR = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
# The same paper, section B: two observers, ten units, two values; and section C: five values.
TWO = ("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
FIVE = ("a a b b d c c c e d d a", "b a b b b c c c e d d d")


def units(rows: tuple[str, ...]) -> list[tuple[str | None, ...]]:
    return list(zip(*[[None if value == "." else value for value in row.split()] for row in rows], strict=True))


@pytest.mark.parametrize(
    ("rows", "order", "metric", "expected"),
    [
        (FOUR, "12345", "nominal", 0.743),
        (FOUR, "12345", "ordinal", 0.815),
        (FOUR, "12345", "interval", 0.849),
        (TWO, "01", "nominal", 0.095),
        (FIVE, "abcde", "nominal", 0.692),
    ],
)
def test_the_published_examples(rows: tuple[str, ...], order: str, metric: str, expected: float) -> None:
    assert alpha(units(rows), list(order), metric) == pytest.approx(expected, abs=5e-4)


def test_where_nothing_can_be_compared_there_is_no_alpha() -> None:
    for nothing in ([], [(None, None)], [("a", None), (None, "b")], [("a", "a"), ("a", "a")]):
        assert alpha(nothing, "ab") is None
        assert interval(nothing, "ab") is None
    assert pairable([("a", "b", None), ("a", None, None)]) == 1


def test_the_interval_is_the_same_twice_and_holds_the_value() -> None:
    first, second = (interval(units(FIVE) * 4, "abcde") for _ in range(2))
    assert first == second and first is not None
    value = alpha(units(FIVE) * 4, "abcde")
    assert value is not None and first[0] < value < first[1]
    narrow = interval(units(FIVE) * 40, "abcde")
    assert narrow is not None and narrow[1] - narrow[0] < first[1] - first[0]
    assert interval(units(FIVE) * 4, "abcde", seed=8) != first


values = st.lists(st.tuples(*[st.none() | st.sampled_from("abcd")] * 3), min_size=1, max_size=12)


@examples(150)
@given(values, st.sampled_from(("nominal", "ordinal")))
def test_nothing_depends_on_who_is_called_first_or_which_unit_comes_first(data: list[Any], metric: str) -> None:
    found = alpha(data, "abcd", metric)
    for order in permutations(range(3)):
        again = alpha([tuple(unit[place] for place in order) for unit in reversed(data)], "abcd", metric)
        assert again == pytest.approx(found) if found is not None else again is None
    assert found is None or -1 <= found <= 1 + 1e-12


@examples(100)
@given(values)
def test_names_of_values_do_not_matter_but_their_order_does(data: list[Any]) -> None:
    other = {"a": "d", "b": "c", "c": "b", "d": "a", None: None}
    turned = [tuple(other[value] for value in unit) for unit in data]
    for metric in ("nominal", "ordinal"):  # turned round, near stays near
        one, two = alpha(data, "abcd", metric), alpha(turned, "abcd", metric)
        assert (one is None) == (two is None)
        assert one is None or two == pytest.approx(one)


@examples(80)
@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=12))
def test_who_agrees_always_has_one(data: list[str]) -> None:
    found = alpha([(value, value, value) for value in data], "abcd", "ordinal")
    assert found is None if len(set(data)) == 1 else found == pytest.approx(1)


def test_a_near_miss_counts_less_than_a_far_one() -> None:
    base = [("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")] * 3
    near, far = (alpha([*base, pair], "abcd", "ordinal") for pair in (("a", "b"), ("a", "d")))
    assert near is not None and far is not None and near > far
    one, other = (alpha([*base, pair], "abcd") for pair in (("a", "b"), ("a", "d")))
    assert one == pytest.approx(other)
