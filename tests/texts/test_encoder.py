"""The encoder: what stands beside a passage in a batch does not count, what it sees does, and its file holds all of it."""

from functools import lru_cache
from types import ModuleType

import numpy as np
import pytest

from servanda.model.passage import Passage
from servanda.texts import encoder
from servanda.texts.encoder import (
    AROUND,
    COLUMNS,
    HEADING,
    ITEM,
    LAYERS,
    LENGTH,
    OWN,
    PARTS,
    WIDTH,
    Encoder,
    Line,
    lines,
    parts,
    rows,
    small,
    whole,
)
from servanda.texts.subwords import BETWEEN, FIRST, UNKNOWN, Subwords

WORDS = "leaders will meet in a year they welcome the fund launch by and of growth trade".split()
SUBWORDS = Subwords(
    {subword: number for number, subword in enumerate([UNKNOWN, FIRST, BETWEEN, ITEM, HEADING, *WORDS])}
)


@lru_cache(maxsize=1)
def drawn() -> Encoder:
    """Weights drawn at random in the shapes of the real ones."""
    draw = np.random.default_rng(3)
    shapes: dict[str, tuple[int, ...]] = {
        "words": (len(SUBWORDS.numbers), WIDTH), "places": (LENGTH, WIDTH), "segments": (2, WIDTH),
        "scores.weight": (2 * WIDTH, COLUMNS), "scores.bias": (COLUMNS,),
        "first.weight": (WIDTH,), "first.bias": (WIDTH,),
        "mechanism.scores.weight": (WIDTH, 2), "mechanism.scores.bias": (2,),
    }  # fmt: skip
    for layer in (*range(LAYERS), "mechanism"):
        for name, (wide, out) in {
            "asked": (WIDTH, WIDTH), "keys": (WIDTH, WIDTH), "values": (WIDTH, WIDTH), "mixed": (WIDTH, WIDTH),
            "inner": (WIDTH, 4 * WIDTH), "outer": (4 * WIDTH, WIDTH),
        }.items():  # fmt: skip
            shapes |= {f"{layer}.{name}.weight": (wide, out), f"{layer}.{name}.bias": (out,)}
        for name in ("between", "last"):
            shapes |= {f"{layer}.{name}.weight": (WIDTH,), f"{layer}.{name}.bias": (WIDTH,)}
    held = {name: (draw.standard_normal(shape) * 0.05).astype(np.float32) for name, shape in shapes.items()}
    return Encoder(held, SUBWORDS, 1.234)


def line(said: str, above: str = "", is_item: bool = False, is_heading: bool = False) -> Line:
    return Line(said, above, is_item, is_heading)


SAID = [line("Leaders will meet in a year"), line("They welcome the fund"), line("launch of trade", "leaders will", True),
        line("growth by trade and trade and trade and growth of the fund in a year")]  # fmt: skip


def scored(given: list[Line], wanted: list[int]) -> dict[int, np.ndarray]:
    found = drawn().scores(drawn().states(given, wanted))
    return {place: np.concatenate([one[name] for name in PARTS]) for place, one in found.items()}


def test_what_stands_in_the_same_batch_does_not_count() -> None:
    together = scored(SAID, [0, 1, 2, 3])
    for place in range(4):
        assert np.allclose(scored(SAID, [place])[place], together[place], atol=1e-5)


def test_only_what_is_wanted_is_scored_and_the_same_each_time() -> None:
    first, second = scored(SAID, [1, 3]), scored(SAID, [1, 3])
    assert set(first) == {1, 3}
    assert all((first[place] == second[place]).all() for place in first)


@pytest.mark.parametrize(
    ("place", "other"),
    [
        (0, line("Leaders will meet in trade")),
        (1, line("They welcome the fund", "leaders will")),
        (2, line("launch of trade", "leaders will")),
        (2, line("launch of trade", "leaders will", False, True)),
    ],
)
def test_its_words_what_stands_above_and_what_it_is_count(place: int, other: Line) -> None:
    changed = [*SAID[:place], other, *SAID[place + 1 :]]
    assert not np.allclose(scored(SAID, [place])[place], scored(changed, [place])[place], atol=1e-5)


def test_the_passage_before_counts_and_the_one_after_does_not() -> None:
    other = line("growth and growth")
    assert not np.allclose(scored(SAID, [1])[1], scored([other, *SAID[1:]], [1])[1], atol=1e-5)
    assert np.allclose(scored(SAID, [1])[1], scored([*SAID[:2], other, other], [1])[1], atol=1e-5)


def test_a_long_passage_is_cut_and_not_what_stands_around_it() -> None:
    long = line(" ".join(["trade"] * 500), " ".join(["fund"] * 500))
    found = rows([long, long], SUBWORDS)[1]
    assert len(found.own) == OWN + 2
    assert len(found.around) == 2 * AROUND + 2
    assert len(found) <= LENGTH
    assert np.isfinite(scored([long, long], [1])[1]).all()


def test_a_passage_without_a_word_has_scores() -> None:
    assert np.isfinite(scored([line("")], [0])[0]).all()


def test_the_unit_in_place_is_that_of_training() -> None:
    other = ModuleType("any module but numpy, as training has it")
    other.__dict__["tanh"] = np.tanh
    seen = np.linspace(-12, 12, 4001, dtype=np.float32)
    assert np.allclose(encoder._smooth(np)(seen), encoder._smooth(other)(seen), atol=2e-6)
    assert seen[0] == -12


def test_columns_come_apart_by_what_they_score() -> None:
    found = parts(np.arange(COLUMNS, dtype=np.float32))
    assert [len(found[name]) for name in PARTS] == [len(classes) for classes in PARTS.values()]
    assert np.concatenate(list(found.values())).tolist() == list(range(COLUMNS))


def test_the_file_holds_all_of_it_to_a_step_in_127() -> None:
    raw = small(drawn())
    found = whole(raw)
    assert found.subwords.numbers == SUBWORDS.numbers
    assert found.sharpness == 1.234
    for name, table in drawn().held.items():
        step = np.abs(table).max() / 127
        assert np.allclose(found.held[name], table, atol=step / 2 + 1e-6), name
    assert small(drawn()) == raw


def test_a_line_knows_its_heading_and_lead_in_folded_as_they_stand_in_the_text() -> None:
    passages = [
        Passage(0, 9, "## Trade", 1, True, False, None, None),
        Passage(10, 30, "India and Japan will:", 2, False, False, "Trade", None),
        Passage(31, 40, "- meet India", 3, False, True, "Trade", "India and Japan will:"),
    ]
    found = lines(passages, ["Trade", "Leaders will:", "meet Leaders"])
    assert found[2] == Line("meet Leaders", "Trade Leaders will:", True, False)
    assert found[0] == Line("Trade", "", False, True)


def test_the_weights_of_the_package_have_the_shapes_that_are_reckoned_with() -> None:
    if not encoder.MODEL.exists():
        pytest.fail("content/models/encoder.tensors is missing")
    held = encoder.shipped().held
    assert {name: table.shape[1:] for name, table in held.items()} == {
        name: table.shape[1:] for name, table in drawn().held.items()
    }
    assert all(np.isfinite(table).all() for table in held.values())
