"""The subjects that statements name: the rule holds, every word of the list works, and what it points at is there."""

from __future__ import annotations

import pytest

from servanda.review.areas.technology.choices import technology_choices
from servanda.sources.products import products
from servanda.sources.shipped import shipped
from servanda.sources.subjects import named, on, subjects

ALL = subjects()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Make semiconductor parts", {"semiconductors"}),
        ("Cooperate on critical minerals, chips, AI and green hydrogen",
         {"semiconductors", "artificial intelligence", "energy", "batteries and minerals"}),
        ("Work in shipbuilding", {"ships"}),
        ("Friendship and partnership", set()),
        ("A fabric of relations, air and aid", set()),
        ("Exchange ai", set()),
        ("Talks on cyberspace", set()),
        ("Talks on cyberspace and outer space", {"space"}),
        ("Medical devices and bio big data", {"biotechnology", "medicine"}),
        ("Exchange scientists and run joint research", {"research in general"}),
        ("Research on fuel cells and hydrogen", {"energy"}),
        ("It was agreed", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_the_rule(said: str, wanted: set[str]) -> None:
    assert set(named(said)) == wanted


@pytest.mark.parametrize("name", list(ALL.subjects))
def test_every_word_names_its_subject(name: str) -> None:
    one = ALL.subjects[name]
    for word in one.words:
        assert name in named(f"They will work on {word} together"), word
        if len(word) > 3 and not word.endswith(("s", "y")):
            assert name in named(f"Many {word}s."), word
    for word in one.unless:
        assert name not in named(f"They speak of {word}."), word
    for word in one.topics:
        assert on(name, ("nothing", f"Advances in {word} today")) == {1}, word


def test_what_a_subject_points_at_is_there() -> None:
    choices = technology_choices()
    fields = set(shipped(choices.fields).table["field"].to_pylist())
    classes = set(shipped(choices.patents).table["class"].to_pylist())
    lists = products()
    for name, one in ALL.subjects.items():
        assert set(one.fields) <= fields and set(one.classes) <= classes, name
        assert one.products is None or one.products in lists, name
        assert one.is_general or (one.classes and (bool(one.fields) != bool(one.papers))), name
        if one.papers:
            assert shipped(one.papers).table.column_names == ["party", "year", "papers"]
    assert set(choices.subjects) <= set(ALL.subjects)
    assert all(one.url for one in ALL.sources) and len(ALL.sources) >= 3 and ALL.rule


def test_topics_of_a_table_by_meaning() -> None:
    topics = ("Advancements in Semiconductor Devices", "VLSI and Analog Circuit Testing", "CVPR", "Wind Energy", "")
    assert on("semiconductors", topics) == {0, 1}
    assert on("artificial intelligence", topics) == {2} and on("energy", topics) == {3}
    assert on("research in general", topics) == frozenset()
