"""Two keys and a third opinion: agreed only where both parties say the same, and a right of reply beside it."""

from __future__ import annotations

import pytest

from servanda.dialogue.assess import assess, keys, reply
from servanda.dialogue.may import NotAllowed
from servanda.dialogue.report import report
from servanda.errors import RequestError
from servanda.model.words import Shown
from servanda.register.explain import explain
from servanda.register.keep import bring_in, write_out
from servanda.register.verify import verify
from servanda.register.words import Words
from servanda.store.connect import Store
from tests.dialogue.conftest import ANNA, AT, BORIS, CLARA, DORA, EMIL, record


def test_agreed_only_where_both_keys_turn_the_same_way(either: Store, lists: Words) -> None:
    assert keys(record(either), "Z001").difference == "RUR has not assessed it"
    assess(either, lists, "Z001", "delivered", "The pier stands.", CLARA, AT)
    assert keys(record(either), "Z001").agreed is None, "a reviewer makes no agreement"
    assess(either, lists, "Z001", "delivered", "The pier stands.", BORIS, AT)
    assert keys(record(either), "Z001").difference == "the parties differ (ZEM: not started, RUR: delivered)"
    made = assess(either, lists, "Z001", "delivered", "We have seen it.", ANNA, AT)
    assert (made.id, made.key, made.by) == ("Z001-ZEM-2", "ZEM", "Anna")
    found = keys(record(either), "Z001")
    assert found.agreed == "delivered" and [one.key for one in found.columns] == ["ZEM", "RUR", "reviewer"]
    assert "Z001-ZEM-1" in record(either).assessments, "the earlier one stays"
    assert verify(either).problems == ()


def test_a_right_of_reply(small: Store, lists: Words) -> None:
    made = reply(small, "Z001-ZEM-1", "The engine was ordered in May.", BORIS, AT)
    assert (made.id, made.party) == ("Z001-ZEM-1-reply-1", "RUR")
    assert reply(small, "Z001-ZEM-1", "And paid.", BORIS, AT).id == "Z001-ZEM-1-reply-2"
    (mine, _, _) = keys(record(small), "Z001").columns
    assert [one.says for one in mine.replies] == ["The engine was ordered in May.", "And paid."]
    with pytest.raises(RequestError, match="your own side's assessment"):
        reply(small, "Z001-ZEM-1", "Yes.", ANNA, AT)
    with pytest.raises(RequestError, match="no assessment 'Z001-ZEM-9'"):
        reply(small, "Z001-ZEM-9", "Yes.", BORIS, AT)
    with pytest.raises(NotAllowed):
        reply(small, "Z001-ZEM-1", "Yes.", CLARA, AT)
    assess(small, lists, "Z001", "delivered", "Seen.", ANNA, AT)
    assert keys(record(small), "Z001").columns[0].replies == (), "a reply is to what it answered"


def test_what_cannot_be_assessed(small: Store, lists: Words) -> None:
    for speaker in (DORA, EMIL):
        with pytest.raises(NotAllowed):
            assess(small, lists, "Z001", "delivered", "Seen.", speaker, AT)
    with pytest.raises(RequestError, match="'done' is no verdict; write one of delivered"):
        assess(small, lists, "Z001", "done", "Seen.", ANNA, AT)
    with pytest.raises(RequestError, match="say on what the verdict rests"):
        assess(small, lists, "Z001", "delivered", " ", ANNA, AT)
    with pytest.raises(RequestError, match="no commitment 'Z01'; nearest are"):
        assess(small, lists, "Z01", "delivered", "Seen.", ANNA, AT)


GIVEN = {
    "claim": "The second ferry was bought", "shows": "step taken", "date": "2026-10-01", "title": "Gazette",
    "publisher": "official", "url": "https://gazette.example/9",
}  # fmt: skip


def test_an_owner_reports_with_evidence(small: Store) -> None:
    made = report(small, "Z002", GIVEN, DORA, AT)
    assert (made.shows, made.origin, made.search) == (Shown.STEP, "person: Dora", "reports of Dora 2026-11-24")
    assert record(small).evidence[made.id] == made
    assert str(explain(small, "Z002", made.date.last).ruling.status) != "no evidence found" if made.date else False
    with pytest.raises(RequestError, match=f"on record already, as {made.id}"):
        report(small, "Z002", GIVEN, ANNA, AT)
    with pytest.raises(NotAllowed):
        report(small, "Z002", {**GIVEN, "claim": "x"}, EMIL, AT)
    for off, said in (
        ({"claim": ""}, "say what happened"), ({"shows": "great"}, "does not say what it shows"),
        ({"title": ""}, "name the source"), ({"url": "javascript:x"}, "no web address"),
        ({"url": ""}, "give the address"), ({"date": "2026-12-01"}, "is not over yet"),
    ):  # fmt: skip
        with pytest.raises(RequestError, match=said):
            report(small, "Z002", {**GIVEN, "claim": "Another", **off}, ANNA, AT)


def test_the_dialogue_goes_out_as_yaml_and_comes_back_the_same(small: Store, lists: Words, content, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from servanda.settings import store_url
    from tests.dialogue.conftest import opened

    opened(small)
    assess(small, lists, "Z001", "delivered", "Seen.", ANNA, AT)
    reply(small, "Z001-ZEM-1", "No: 'paid'.", BORIS, AT)
    report(small, "Z002", GIVEN, DORA, AT)
    write_out(small, tmp_path / "out", words_from=content)
    other = Store(store_url(str(tmp_path / "other.sqlite")))
    bring_in(other, tmp_path / "out", "a", "b", AT)
    write_out(other, tmp_path / "again", words_from=content)
    same = {p.relative_to(tmp_path / "out"): p.read_bytes() for p in sorted((tmp_path / "out").rglob("*.yml"))}
    assert same == {
        p.relative_to(tmp_path / "again"): p.read_bytes() for p in sorted((tmp_path / "again").rglob("*.yml"))
    }
    assert any("dialogue" in str(name) for name in same) and any("replies" in str(name) for name in same)
    other.close()
