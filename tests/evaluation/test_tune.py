"""Training the encoder: what is wanted of a sentence, how steps are dealt out, and that it learns and is the same again."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from evaluation.reading import tune
from evaluation.reading.gold import Coded
from servanda.texts.encoder import PARTS, WIDTH, parts
from servanda.texts.subwords import BETWEEN, FIRST, UNKNOWN

NUMBERS = {
    subword: number
    for number, subword in enumerate(
        [
            UNKNOWN,
            FIRST,
            BETWEEN,
            "*",
            "#",
            "leaders",
            "will",
            "meet",
            "they",
            "welcome",
            "[unused1]",
            "cooperation",
            "##ab",
        ]
    )
}


def test_what_is_wanted_of_a_commitment_and_of_what_is_none() -> None:
    promised = {
        "kind": "commitment", "action": "general", "area": "trade", "deadline": "in 2027", "quantity": None,
        "mechanism": None, "deliverable": None,
        "accept": {"action": ["general", "specific"], "mechanism": ["the Fund", None]},
    }  # fmt: skip
    found = parts(tune.wanted(promised))
    assert found["kind"].tolist() == [1, 0, 0, 0, 0]
    assert dict(zip(PARTS["action"], found["action"].tolist(), strict=True))["general"] == 0.5
    assert found["action"].sum() == 1
    assert found["has"].tolist() == [1, 0, 0.5, 0]
    other = parts(tune.wanted({"kind": "call", "accept": {"kind": ["call", "position"]}}))
    assert other["kind"].tolist() == [0, 0, 0, 0.5, 0.5]
    assert not np.concatenate([other[name] for name in ("action", "area", "has")]).any()


def test_where_only_the_third_coder_sees_a_commitment_nothing_is_learned_of_its_fields() -> None:
    label = {"kind": "position", "accept": {"kind": ["position", "commitment"]}}
    found = parts(tune.wanted(label))
    assert found["kind"].tolist() == [0.5, 0, 0, 0, 0.5]
    assert not found["action"].any()


def test_what_lies_deeper_moves_less_and_scores_move_most() -> None:
    assert tune.pace("scores.weight") > tune.pace("2.inner.weight") > tune.pace("0.inner.weight") > tune.pace("places")


def test_pieces_of_the_texts_and_short_ones_are_carried_and_no_others() -> None:
    kept = tune.met(["Leaders will meet"], NUMBERS).numbers
    assert {UNKNOWN, FIRST, BETWEEN, "*", "leaders", "will", "meet", "##ab"} <= set(kept)
    assert not {"welcome", "cooperation", "[unused1]"} & set(kept)
    assert sorted(kept.values()) == list(range(len(kept)))


def said(number: int) -> Coded:
    text = " ".join(f"Leaders will meet in {place}. They welcome the rain." for place in range(2001, 2001 + number))
    spans: list[tuple[int, int]] = []
    labels: list[dict[str, Any]] = []
    at = 0
    for sentence in text.replace(". ", ".|").split("|"):
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
        labels.append({"i": len(labels), "kind": "commitment" if "will" in sentence else "position"})
    return Coded("a", "a", date(2026, 1, 1), "A", ("JPN", "KOR"), text, tuple(spans), tuple(labels), True, False)


def test_it_learns_what_decides_and_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("jax", reason="the encoder is trained with what `make evaluate` installs")
    monkeypatch.setattr(tune, "ROUNDS", 12)
    draw = np.random.default_rng(2)
    base = {
        "words": draw.standard_normal((len(NUMBERS), WIDTH)).astype(np.float32),
        "places": draw.standard_normal((512, WIDTH)).astype(np.float32) * 0.01,
        "segments": draw.standard_normal((2, WIDTH)).astype(np.float32) * 0.01,
    }
    steps = dict.fromkeys(("asked", "keys", "values", "mixed"), (WIDTH, WIDTH))
    for layer in range(6):
        for name, (wide, out) in {**steps, "inner": (WIDTH, 4 * WIDTH), "outer": (4 * WIDTH, WIDTH)}.items():
            base[f"{layer}.{name}.weight"] = draw.standard_normal((wide, out)).astype(np.float32) * 0.05
            base[f"{layer}.{name}.bias"] = np.zeros(out, np.float32)
    for name in ("first", *(f"{layer}.{one}" for layer in range(6) for one in ("between", "last"))):
        base |= {f"{name}.weight": np.ones(WIDTH, np.float32), f"{name}.bias": np.zeros(WIDTH, np.float32)}
    subwords = tune.met(["Leaders will meet. They welcome"], NUMBERS)
    coded = [said(24)]
    first = tune.tune(coded, subwords, tune.begun(subwords, base, NUMBERS))
    found = first.scores(first.states(tune.seen(coded[0]), range(48)))
    right = [PARTS["kind"][found[place]["kind"].argmax()] == coded[0].labels[place]["kind"] for place in range(48)]
    assert sum(right) >= 46
    again = tune.tune(coded, subwords, tune.begun(subwords, base, NUMBERS))
    assert all((again.held[name] == table).all() for name, table in first.held.items())
