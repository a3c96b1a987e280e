"""Which stretch names the mechanism: where a stretch lies in its row, what its score rests on, what is out of sight."""

import numpy as np
import pytest

from servanda.texts import encoder
from servanda.texts.encoder import OWN, Line, rows
from servanda.texts.spans import Stretch, masks, placed, spanned
from tests.texts.test_encoder import SUBWORDS, drawn, line

SAID = "Leaders will meet in a year by the fund"


def scores(given: list[Line], wanted: dict[int, list[Stretch]]) -> dict[int, list[float | None]]:
    return spanned(drawn(), given, drawn().states(given, list(wanted)), wanted)


def at(said: str, part: str) -> Stretch:
    return said.index(part), said.index(part) + len(part)


@pytest.mark.parametrize(("item", "heading", "lead"), [(False, False, 1), (True, False, 2), (False, True, 2)])
def test_a_stretch_lies_where_its_subwords_stand_in_the_row(item: bool, heading: bool, lead: int) -> None:
    one = line(SAID, "", item, heading)
    own = rows([one], SUBWORDS)[0].own
    spot = placed(one, at(SAID, "the fund"), SUBWORDS, len(own))
    assert spot == (lead + 7, lead + 9)
    assert own[spot[0] : spot[1]] == tuple(SUBWORDS.of("the fund"))


def test_a_stretch_beyond_what_is_seen_has_no_score_and_one_that_begins_in_sight_has() -> None:
    long = " ".join(["trade"] * (OWN - 1)) + " the fund"
    one = line(long)
    inside, beyond = at(long, "the fund"), at(long, "fund")
    found = scores([one], {0: [inside, beyond]})[0]
    assert found[0] is not None and np.isfinite(found[0])
    assert found[1] is None


def test_a_stretch_is_scored_by_its_words_and_by_the_one_before_it() -> None:
    one = line(SAID)
    whole, part = scores([one], {0: [at(SAID, "the fund"), at(SAID, "fund")]})[0]
    assert whole != part
    again = scores([one], {0: [at(SAID, "fund")]})[0]
    assert again == pytest.approx([part], abs=1e-5)


def test_what_stands_in_the_same_batch_does_not_count() -> None:
    given = [
        line(SAID),
        line("They welcome the fund"),
        line("launch of trade and growth by the fund", "leaders will", True),
    ]
    wanted = {place: [at(one.said, "fund") if "fund" in one.said else (0, 6)] for place, one in enumerate(given)}
    together = scores(given, wanted)
    for place in range(3):
        assert scores(given, {place: wanted[place]})[place] == pytest.approx(together[place], abs=1e-5)


def test_a_passage_without_stretches_has_none_and_no_passage_none() -> None:
    assert scores([line(SAID), line(SAID)], {0: [], 1: [at(SAID, "fund")]})[0] == []
    assert scores([line(SAID)], {}) == {}


def test_shares_of_a_stretch_sum_to_one_and_nothing_is_put_elsewhere() -> None:
    inside, before = masks([[(2, 5), None], [(1, 2)]], 8)
    assert inside.shape == before.shape == (2, 8, 8)
    assert inside[0, 0].tolist() == pytest.approx([0, 0, 1 / 3, 1 / 3, 1 / 3, 0, 0, 0])
    assert before[0, 0].tolist() == [0, 1, 0, 0, 0, 0, 0, 0]
    assert not inside[0, 1:].any() and not before[0, 1:].any()
    assert before[1, 0, 0] == 1


def test_the_layer_of_the_package_prefers_what_a_promise_is_kept_through() -> None:
    said = "Leaders will cooperate on trade through the Joint Committee"
    reader, given = encoder.shipped(), [line(said)]
    wanted = {0: [at(said, "trade"), at(said, "Joint Committee")]}
    found = spanned(reader, given, reader.states(given, [0]), wanted)[0]
    assert found[1] is not None and found[0] is not None
    assert found[1] > found[0] + 2
