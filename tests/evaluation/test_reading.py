"""How reading is measured: labels come back as words, every document is held out once, figures are the scorer's."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evaluation.reading import gold, hold, measure, train
from evaluation.reading.gold import HERE, Coded, Missing, accepted, documents, shared
from tests.properties import PROVE


def here() -> bool:
    try:
        return bool(shared())
    except Missing:
        return False


needs_texts = pytest.mark.skipif(
    not here(), reason="the texts are not part of the project; set SERVANDA_SHARED to them"
)


def coded(name: str, kinds: list[str]) -> Coded:
    spans = tuple((place * 10, place * 10 + 8) for place in range(len(kinds)))
    labels = tuple({"i": place, "kind": kind} for place, kind in enumerate(kinds))
    return Coded(name, name, date(2026, 1, 1), name, ("JPN", "KOR"), "x" * 100, spans, labels, twice=True, gold=False)


def test_both_coders_count_as_right_where_they_differ() -> None:
    text = "They will meet in 2027."
    first = {"kind": "commitment", "action": "specific", "deadline": [15, 22], "area": "trade"}
    merged = gold._merged({"i": 0, "a": first, "b": {**first, "action": "general"}}, text)
    assert merged["deadline"] == "in 2027"
    assert accepted(merged, "action") == ["specific", "general"]
    assert accepted(merged, "area") == ["trade"]


def test_where_one_coder_sees_no_commitment_the_other_gives_the_fields() -> None:
    second = {"kind": "commitment", "action": "general", "deadline": None, "area": "trade"}
    merged = gold._merged({"i": 0, "a": {"kind": "outcome"}, "b": second}, "They meet.")
    assert accepted(merged, "kind") == ["outcome", "commitment"]
    assert merged["action"] == "general"


def test_every_document_is_held_out_once() -> None:
    dealt = hold.folds([coded(f"a-{number}", ["position"]) for number in range(20)])
    assert sorted(name for fold in dealt for name in fold) == sorted(f"a-{number}" for number in range(20))
    assert max(map(len, dealt)) - min(map(len, dealt)) <= 1


def test_calibration_of_a_reader_that_is_right_as_often_as_it_says() -> None:
    one = coded("a", ["position"] * 10)
    rows = [{"probability": 0.75, "kind": "position" if place < 8 else "call"} for place in range(10)]
    error, table = measure.calibration([one], {"a": rows})
    assert error == pytest.approx(0.05)
    assert table == [("0.7 to 0.8", 10, 0.75, 0.8)]


def test_a_sentence_counts_by_who_coded_it() -> None:
    ours = train.Coat("x", {"i": 0, "kind": "position"}, {}, {}, {}, {})
    given, once = replace(ours, given=True), replace(ours, twice=False)
    assert [one.counts("kind") for one in (ours, given, once)] == [1.0, 2.0, 1.0]
    assert [one.counts("deliverable") for one in (ours, given, once)] == [1.0, 1.0, 0.5]


def test_overlap_is_that_of_the_scorer() -> None:
    assert train.overlap("by the end of 2027", "the end of 2027") == pytest.approx(8 / 9)
    assert train.overlap("", "x") == 0


@pytest.mark.parametrize("folder", ["labels", "single"])
def test_labels_name_their_text_by_hash_and_hold_no_words_of_it(folder: str) -> None:
    files = sorted((HERE / folder).glob("*.json"))
    assert len(files) >= 20
    for file in files:
        plain = json.loads(file.read_text(encoding="utf-8"))
        assert len(plain["text_sha256"]) == 64
        for row in plain["sentences"]:
            for coder in ("a", "b"):
                label = row.get(coder, {"kind": "position"})
                assert label["kind"] in train.KINDS
                for name in gold.COPIED:
                    assert label.get(name) is None or len(label[name]) == 2


@needs_texts
def test_a_perfect_reading_scores_one() -> None:
    chosen = [document for document in documents() if document.gold][:2]
    said = {
        document.name: [
            {
                "start": start,
                "end": end,
                **{name: value for name, value in label.items() if name not in ("i", "accept")},
            }
            for (start, end), label in zip(document.spans, document.labels, strict=True)
        ]
        for document in chosen
    }
    figures = measure.scored(measure.scorer(), chosen, said)
    assert figures["commitment_f1"] == figures["parties_exact"] == figures["due_exact"] == 1


@needs_texts
@pytest.mark.skipif(not PROVE, reason="takes minutes; run by make prove")
def test_the_weights_are_rebuilt_identically(tmp_path: Path) -> None:
    from servanda.texts.read import MODEL

    train.main(tmp_path / "reading.json")
    assert (tmp_path / "reading.json").read_bytes() == MODEL.read_bytes()
