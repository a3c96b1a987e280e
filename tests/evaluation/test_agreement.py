"""The statistics of agreement against published examples, and the labels against their promises."""

import json
import re

import pytest

from evaluation.reading.agreement import ACTIONS, FIELDS, HERE, documents, f1, kappa, table

KINDS = ("commitment", "outcome", "expectation", "call", "position")


def test_kappa_of_a_published_table() -> None:
    """Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323: 200 cases in three classes, kappa 0.492."""
    counts = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
    pairs = [
        (row, column) for row, cells in enumerate(counts) for column, number in enumerate(cells) for _ in range(number)
    ]
    assert kappa(pairs) == pytest.approx(0.492, abs=5e-4)


def test_weights_forgive_what_is_near() -> None:
    near = [("general", "specific"), ("general", "general"), ("specific", "specific"), ("considering", "considering")]
    far = [("considering", "specific"), *near[1:]]
    assert (kappa(near, ACTIONS) or 0) > (kappa(far, ACTIONS) or 0)


def test_where_chance_leaves_no_room_there_is_no_kappa() -> None:
    assert kappa([("a", "a"), ("a", "a")]) is None
    assert kappa([]) is None
    assert f1([({"kind": "position"}, {"kind": "position"})]) is None


def test_f1_counts_both_sides() -> None:
    yes, no = {"kind": "commitment"}, {"kind": "position"}
    assert f1([(yes, yes), (yes, no), (no, yes), (no, no)]) == 0.5


def test_labels_are_whole_and_hold_no_words_of_the_texts() -> None:
    found = documents()
    assert len(found) >= 20
    for path in (HERE / "labels").glob("*.json"):
        plain = json.loads(path.read_text(encoding="utf-8"))
        assert re.fullmatch(r"[0-9a-f]{64}", plain["text_sha256"])
        last = 0
        for place, row in enumerate(plain["sentences"]):
            assert row["i"] == place
            start, end = row["at"]
            assert last <= start < end
            last = end
            for label in (row["a"], row["b"]):
                assert label["kind"] in KINDS
                if label["kind"] == "commitment":
                    assert label["action"] in ACTIONS
                    assert set(label["parties"]) <= {*plain["parties"]} or label["parties"]
                for field in FIELDS:
                    span = label.get(field)
                    assert span is None or (start <= span[0] < span[1] <= end), f"{path.name} {place} {field}"


def test_the_published_table_is_that_of_the_labels() -> None:
    assert table(documents()) in (HERE / "agreement.md").read_text(encoding="utf-8")
