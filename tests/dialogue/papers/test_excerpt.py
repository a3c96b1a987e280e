"""The part of the minutes that concerns an owner: no more, no less, and the same words give the same hash."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest

from servanda.dialogue.papers.excerpt import excerpt, excerpt_docx, excerpts, is_named, owners
from servanda.errors import RequestError
from servanda.model.dialogue import Item, ItemState, Signature
from tests.dialogue.papers.drawn import AMBER, FERRY, ITEMS, MEETING, POETS, WORDS, agendas
from tests.properties import examples, given


def test_owners_are_parties_and_bodies_as_written() -> None:
    assert owners(ITEMS) == ("RUR", "ZEM", "Ministry of Transport", "Academy of Ruritania")
    several = replace(FERRY, resolutions=(replace(POETS, owner="Academy of Ruritania; Harbour office; Ruritania"),))
    assert owners([several], WORDS) == ("RUR", "Academy of Ruritania", "Harbour office")


def test_each_owner_gets_what_concerns_it_and_nothing_else() -> None:
    zembla, ruritania = excerpt(MEETING, ITEMS, "ZEM", WORDS), excerpt(MEETING, ITEMS, "RUR", WORDS)
    assert zembla.name == "Zembla"
    assert any("Open the ferry line" in line for line in zembla.lines)
    assert not any("poets" in line for line in zembla.lines)
    assert any("Send three poets" in line for line in ruritania.lines)
    academy = excerpt(MEETING, ITEMS, "academy of ruritania", WORDS)
    assert not any("ferry line" in line for line in academy.lines)
    assert academy.items == (FERRY.id,)
    assert [one.owner for one in excerpts(MEETING, ITEMS, WORDS)] == list(owners(ITEMS, WORDS))


def test_a_body_is_named_whole_or_not_at_all() -> None:
    assert is_named("Ministry of Transport and Academy", "ministry of  transport")
    assert not is_named("Ministry of Transportation", "Ministry of Transport")
    assert not is_named("anything", " ")


def test_nothing_that_concerns_an_owner_is_said_with_the_owners() -> None:
    with pytest.raises(RequestError, match="concerns 'Navy'; the owners are: RUR; ZEM"):
        excerpt(MEETING, ITEMS, "Navy", WORDS)
    dropped = replace(FERRY, state=ItemState.DROPPED, decision="overtaken")
    assert owners([dropped, AMBER]) == ()


def test_the_hash_is_of_the_words_alone() -> None:
    one = excerpt(MEETING, ITEMS, "RUR", WORDS)
    assert one.sha256 == hashlib.sha256("".join(f"{line}\n" for line in one.lines).encode()).hexdigest()
    signed = replace(MEETING, signed=(Signature("ZEM", "A. Chair", "2021-06-10T12:00:00+00:00", "0" * 64),))
    kept = [replace(FERRY, resolutions=tuple(replace(made, commitment="Z9") for made in FERRY.resolutions)), AMBER]
    assert excerpt(signed, kept[::-1], "RUR", WORDS).sha256 == one.sha256
    other = [replace(FERRY, decision="The ferry waits."), AMBER]
    assert excerpt(MEETING, other, "RUR", WORDS).sha256 != one.sha256


def test_the_word_file_says_the_same_words_and_who_signed() -> None:
    from docx import Document

    one = excerpt(MEETING, ITEMS, "RUR", WORDS)
    signed = replace(MEETING, signed=(Signature("ZEM", "A. Chair", "2021-06-10T12:00:00+00:00", "0" * 64),))
    raw = excerpt_docx(one, signed, WORDS)
    assert raw == excerpt_docx(one, signed, WORDS)
    said = [line.text for line in Document(io.BytesIO(raw)).paragraphs]
    assert said[: len(one.lines)] == list(one.lines)
    assert any(line.startswith("For Zembla: A. Chair, 2021-06-10") for line in said)
    assert any(one.sha256 in line for line in said)
    assert any(
        "Not signed yet" in line.text for line in Document(io.BytesIO(excerpt_docx(one, MEETING, WORDS))).paragraphs
    )


@given(agendas())
@examples(25)
def test_every_undertaking_that_stands_reaches_each_party_that_owes_it(items: list[Item]) -> None:
    for owner in owners(items):
        one = excerpt(MEETING, items, owner, WORDS)
        assert all("\n" not in line for line in one.lines)
        count = sum(
            owner in made.parties for item in items if item.state is not ItemState.DROPPED for made in item.resolutions
        )
        assert sum(line.startswith("Undertaking ") for line in one.lines) >= count
        assert excerpt_docx(one, MEETING, WORDS)
