"""A text is taken in with its document and its case, or refused in one sentence and nothing is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError, ServandaError
from servanda.model.text import fingerprint
from servanda.register.decide import text_of
from servanda.register.keep import bring_in, write_out
from servanda.register.receive import LONGEST, WHERE, clean, document_id, receive
from servanda.register.verify import verify
from servanda.register.words import Words
from servanda.store import entries
from servanda.store.connect import Store
from tests.properties import examples, given
from tests.statement import AT, STATEMENT, handed


def count(store: Store) -> int:
    with store.read() as unit:
        return entries.head_of(unit)[0]


def test_a_pasted_text_makes_its_document_and_a_search(kept: Store, lists: Words) -> None:
    text = receive(kept, lists, handed(), "Anna", AT)
    assert text.id == "D-2026-TIDES-POETS.en" and text.case == "zem-rur"
    assert text.sha256 == fingerprint(text.characters) and text.parties == ("ZEM", "RUR")
    held, record = text_of(kept, text.id)
    assert held == text
    paper = record.documents["D-2026-TIDES-POETS"]
    assert (str(paper.date), paper.type, paper.source.url) == (
        "2026-03-09", "joint statement", "https://gazette.example/tides",
    )  # fmt: skip
    search = record.case.searches[-1]
    assert (search.id, search.by, str(search.on), search.where) == (text.search, "Anna", "2026-11-24", WHERE)
    assert verify(kept).problems == ()


def test_the_same_characters_again_are_the_text_that_is_held(small: Store, lists: Words) -> None:
    first = receive(small, lists, handed(), "Anna", AT)
    before = count(small)
    again = receive(small, lists, handed(STATEMENT.replace("\n", "\r\n"), title="Another title"), "Boris", AT)
    assert again == first and count(small) == before


def test_other_characters_of_a_document_take_the_place_and_the_earlier_ones_are_remembered(
    small: Store, lists: Words
) -> None:
    first = receive(small, lists, handed(), "Anna", AT)
    second = receive(small, lists, handed(STATEMENT + "And more.", document="D-2026-TIDES-POETS"), "Boris", AT)
    assert second.id == first.id and second.characters.endswith("And more.")
    assert text_of(small, first.id)[0] == second
    with small.read() as unit:
        bodies = [one.body for one in entries.of(unit, [("text", first.id)])]
    assert len(bodies) == 2 and "And more." not in bodies[0]
    other = receive(small, lists, handed("조수에 관한 성명", document="D-2026-TIDES-POETS", language="ko"), "Boris", AT)
    assert other.id == "D-2026-TIDES-POETS.ko"


def test_a_text_of_a_document_that_is_held_takes_its_facts(small: Store, lists: Words) -> None:
    text = receive(small, lists, handed(document="D-2018-COAST", title="", date=""), "Anna", AT)
    assert (text.id, text.title, str(text.date)) == ("D-2018-COAST.en", "Statement on the shared coast", "2018-05-02")


def test_a_pair_without_a_case_gets_one_that_travels(small: Store, small_content: Path, lists: Words) -> None:
    text = receive(small, lists, handed(parties=("Zembla", "France")), "Anna", AT)
    _, record = text_of(small, text.id)
    assert (record.case.id, record.case.title, record.case.parties) == ("zem-fra", "Zembla and France", ("ZEM", "FRA"))
    assert receive(small, lists, handed("They will meet.", parties=("FRA", "ZEM")), "Anna", AT).case == "zem-fra"
    out = small_content.parent / "out"
    write_out(small, out, words_from=small_content)
    assert [(one.put, one.withdrawn) for one in bring_in(small, out, "a", "b", AT)] == [(0, 0), (0, 0)]


def test_ids_that_are_taken_are_not_given_again(small: Store, lists: Words) -> None:
    receive(small, lists, handed(), "Anna", AT)
    other = receive(small, lists, handed("They will sing.", parties=("ZEM", "FRA")), "Anna", AT)
    assert other.document == "D-2026-TIDES-POETS-2"
    from servanda.model.period import When

    when = When.parse("2026-05")
    assert document_id("Joint statement", when, set()) == "D-2026-JOINT-STATEMENT"
    assert document_id("성명", when, {"D-2026"}) == "D-2026-2"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"characters": "  \n"}, "there is no text to read"),
        ({"characters": "12. 13."}, "there is no text to read"),
        ({"characters": "\x00\ufeff"}, "there is no text to read"),
        ({"characters": "a" * (LONGEST + 1)}, "hand it in in parts"),
        ({"title": " "}, "the document has no title"),
        ({"date": ""}, "the document has no date"),
        ({"date": "last spring"}, "'last spring' is not a date"),
        ({"parties": ("ZEM", "")}, "name two different countries"),
        ({"parties": ("ZEM", "Zembla")}, "name two different countries"),
        ({"parties": ("ZEM", "Atlantis")}, "unknown country 'Atlantis'"),
        ({"case": "zem"}, "no case 'zem'; the register holds zem-rur"),
        ({"document": "../etc"}, "cannot be the id of a document"),
        ({"document": "D-2018-COAST", "parties": ("ZEM", "FRA")}, "D-2018-COAST belongs to case zem-rur"),
        ({"language": "english please"}, "'english please' is not a language"),
        ({"publisher": "institution"}, "lacks 'confirmed by institution page'"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    small: Store, lists: Words, changes: dict[str, Any], said: str
) -> None:
    before = count(small)
    with pytest.raises(ServandaError, match=said.replace(".", r"\.")):
        receive(small, lists, handed(**changes), "Anna", AT)
    assert count(small) == before


def test_somebody_must_be_named(small: Store, lists: Words) -> None:
    with pytest.raises(RequestError, match="nobody is named"):
        receive(small, lists, handed(), "  ", AT)


@examples(200)
@given(st.text(max_size=80))
def test_what_is_kept_has_one_kind_of_line_end_and_nothing_unsayable(raw: str) -> None:
    kept = clean(raw)
    assert clean(kept) == kept
    assert not set(kept) & set("\r\x00\x0b\x0c\x85\u2028\u2029\ufeff\x7f")
    kept.encode()
    assert [letter for letter in kept if letter.isalnum()] == [letter for letter in raw if letter.isalnum()]
