"""The score of 0 to 100: rewording tests, as the issue asks, over the weights that ship."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from servanda.texts.concreteness import Measured, concrete, weights
from servanda.texts.lexicon import LEVELS

VAGUE = Measured("Both sides agreed to explore a ship fund.", "considering", 2, 2, None, None, None, None, None)


def points(one: Measured) -> float:
    return concrete(one)[0]


def test_the_weights_sum_to_a_hundred_and_each_has_a_reason() -> None:
    held = weights()
    assert sum(held.points.values()) == 100
    assert all(reason for reason in held.reasons.values())
    for steps in held.steps.values():
        assert min(steps.values()) >= 0 and max(steps.values()) == 1


@pytest.mark.parametrize(
    "better",
    [
        replace(VAGUE, deadline="by 2030", due="2030"),
        replace(VAGUE, quantity="$5 million"),
        replace(VAGUE, said="Both ministries agreed to explore a ship fund."),
        replace(VAGUE, action="specific", said="Both sides agreed to establish a ship fund."),
        replace(VAGUE, deliverable="ship fund"),
        replace(VAGUE, mechanism="Joint Ship Council"),
        replace(VAGUE, parties=1),
    ],
)
def test_a_date_a_number_or_an_owner_raises_it(better: Measured) -> None:
    assert points(better) > points(VAGUE)


def test_a_synonym_leaves_it() -> None:
    assert points(replace(VAGUE, said="The two countries agreed to examine a ship fund.")) == points(VAGUE)


def test_a_dated_promise_is_above_a_rhythm_above_an_event() -> None:
    dated = replace(VAGUE, deadline="by 2030", due="2030")
    rhythm = replace(VAGUE, deadline="annually", due="recurring")
    event = replace(VAGUE, deadline="before the next summit", due=None)
    assert points(dated) > points(rhythm) > points(event) > points(VAGUE)


@given(
    some.sampled_from(LEVELS), some.none() | some.just("by 2030"), some.none() | some.just("12 ships"),
    some.none() | some.text(min_size=1), some.none() | some.text(min_size=1), some.text(),
)  # fmt: skip
def test_the_parts_are_the_score(
    action: str, deadline: str | None, quantity: str | None, mechanism: str | None, deliverable: str | None, said: str
) -> None:
    total, parts = concrete(
        Measured(said, action, 2, 2, deadline, deadline and "2030", quantity, mechanism, deliverable)
    )
    assert total == pytest.approx(sum(part.points for part in parts), abs=0.051)
    assert 0 <= total <= 100
    assert all(0 <= part.points <= part.of for part in parts)
