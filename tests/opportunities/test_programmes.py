"""Programmes that a person can join: read whole, or refused with file, place and what to write."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from servanda.errors import ContentError
from servanda.model.programme import State
from servanda.opportunities.programmes import programmes
from servanda.settings import shipped_content

FILE = "opportunities/programmes.yml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped lists and programmes."""
    for folder in ("words", "opportunities"):
        shutil.copytree(shipped_content() / folder, tmp_path / "content" / folder)
    return tmp_path / "content"


def edit(content: Path, old: str, new: str) -> None:
    path = content / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(content: Path) -> tuple[str, ...]:
    with pytest.raises(ContentError) as fault:
        programmes(content)
    return fault.value.problems


def test_all_programmes_load() -> None:
    held = programmes(shipped_content())
    assert len(held) == 54
    assert all(name == one.id for name, one in held.items())
    for one in held.values():
        assert one.title
        assert one.who
        assert one.host
        assert one.cycle
        assert one.source.title
        assert one.wants
        assert one.checked.last <= date(2026, 11, 26)
        assert one.state is not State.OPEN or one.closes, f"{one.id} is open without a closing date"
        assert all(rule.says and (rule.any_of or rule.on in ("other", "age")) for rule in one.requires)


def test_a_field_that_is_not_known_is_refused(content: Path) -> None:
    edit(content, "  cycle: ", "  cicle: ")
    said = refused(content)
    assert f"{FILE}: [0].cicle: unknown field; did you mean cycle?" in said
    assert any(one.startswith(f"{FILE}: [0].cycle: missing") for one in said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("area: people", "area: poetry", f"{FILE}: [0].area: unknown word 'poetry'; write one of: 'trade'"),
        ("publisher: press", "publisher: gossip", f"{FILE}: [0].source.publisher: unknown word 'gossip'"),
        ("confidence: confirmed by press", "confidence: confirmed by pres",
         f"{FILE}: P01.confidence: unknown confidence 'confirmed by pres'; did you mean confirmed by press"),
        ("- id: P02", "- id: P01", f"{FILE}: [1].id: 'P01' stands twice; write another id"),
        ("any_of: [IND]", "any_of: [INDI]", f"{FILE}: P01.requires[0].any_of: unknown party or group 'INDI'"),
        ("any_of: ['6', '7']", "any_of: ['6', '9']", f"{FILE}: P01.requires[3].any_of: unknown level '9'"),
        ("any_of: [person]", "any_of: [people]", f"{FILE}: P01.requires[2].any_of: unknown applicant 'people'; did you mean"),
        ("months: [2, 3]", "months: [2, 13]", f"{FILE}: P01.months: months are numbers from 1 to 12, found [2, 13]"),
        ("state: unverified", "state: opened", f"{FILE}: [0].state: unknown word 'opened'; write one of"),
    ],
)  # fmt: skip
def test_a_word_or_an_id_that_cannot_be_is_refused(content: Path, old: str, new: str, said: str) -> None:
    edit(content, old, new)
    (problem,) = refused(content)
    assert problem.startswith(said)


def test_every_problem_is_listed_at_once(content: Path) -> None:
    edit(content, "area: people", "area: poetry")
    edit(content, "- id: P03", "- id: P02")
    assert len(refused(content)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("programmes: none\n", "expected a list, found dict"),
        ("- P01\n", "[0]: expected fields and values, found 'P01'"),
    ],
)
def test_another_shape_is_refused(content: Path, text: str, said: str) -> None:
    (content / FILE).write_text(text)
    (problem,) = refused(content)
    assert said in problem


def test_a_missing_file_is_named(content: Path) -> None:
    (content / FILE).unlink()
    (problem,) = refused(content)
    assert FILE in problem
