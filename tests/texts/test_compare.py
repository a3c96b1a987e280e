"""Two texts side by side: what moved is no difference, what was changed is found. Sentences are invented."""

from hypothesis import given
from hypothesis import strategies as some

from servanda.model.proposal import Kind, Proposed, Terms
from servanda.model.words import Action, Area
from servanda.texts.compare import compare, likeness


def promise(
    said: str, due: str | None = None, quantity: str | None = None, action: Action = Action.GENERAL
) -> Proposed:
    terms = Terms(("JPN", "KOR"), action, Area.TRADE, due, due, quantity)
    return Proposed(0, len(said), said, 0, Kind.COMMITMENT, 0.9, terms=terms)


def remark(said: str) -> Proposed:
    return Proposed(0, len(said), said, 0, Kind.POSITION, 0.9)


SHIPS = promise("Both sides will build twelve ships together by 2030.", "2030")
PORTS = promise("The two ministers will open the northern ports to ferries.")
VIEWS = remark("They exchanged views on the weather of the season.")


def test_the_same_text_has_no_difference() -> None:
    found = compare([SHIPS, PORTS, VIEWS], [SHIPS, PORTS, VIEWS])
    assert found.same == 3
    assert not (found.only_left or found.only_right or found.terms or found.wording or found.said_left)


def test_moving_a_paragraph_is_no_difference() -> None:
    assert compare([SHIPS, PORTS, VIEWS], [VIEWS, SHIPS, PORTS]).same == 3


def test_a_promise_on_one_side_only_comes_first() -> None:
    found = compare([SHIPS, PORTS], [SHIPS])
    assert found.only_left == (PORTS,) and not found.only_right


def test_another_date_is_named() -> None:
    later = promise("Both sides will build twelve ships together by 2035.", "2035")
    (one,) = compare([SHIPS], [later]).terms
    assert one.what == ("date",)


def test_another_strength_is_named() -> None:
    weak = promise(
        "Both sides will consider building twelve ships together by 2030.", "2030", action=Action.CONSIDERING
    )
    (one,) = compare([SHIPS], [weak]).terms
    assert "strength" in one.what


def test_quotes_dashes_and_space_are_no_difference() -> None:
    one = promise("They will renew the “Blue Bridge” – a ferry line.")
    other = promise('They will  renew the "Blue Bridge" -\na ferry line.')
    assert compare([one], [other]).same == 1


@given(some.text(max_size=60), some.text(max_size=60))
def test_likeness_is_the_same_either_way(left: str, right: str) -> None:
    assert likeness(left, right) == likeness(right, left)
    assert 0 <= likeness(left, right) <= 1


@given(some.permutations([SHIPS, PORTS, VIEWS]))
def test_no_order_makes_a_difference(turned: list[Proposed]) -> None:
    assert compare([SHIPS, PORTS, VIEWS], turned).same == 3
