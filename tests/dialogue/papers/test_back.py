"""Minutes go out, are edited, come back: every change is seen, and only what is accepted is taken."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.dialogue.papers.back import Returned, apply, changes
from servanda.errors import RequestError, TextUnreadable
from servanda.model.dialogue import Item, ItemState
from servanda.model.period import Deadline, When
from tests.dialogue.papers.drawn import (
    AMBER,
    FERRY,
    ITEMS,
    MEETING,
    POETS,
    SAIL,
    WORDS,
    agendas,
    edited,
    packed,
    parts,
    row,
    sent,
    without_memory,
    written,
    xml,
)
from tests.properties import examples, given


def back(edit: Callable[[Any], None], items: list[Item] | None = None) -> Returned:
    return changes(edited(sent(), edit), MEETING, items or ITEMS)


def only(returned: Returned) -> Any:
    assert len(returned.differences) == 1, returned.differences
    return returned.differences[0]


@given(agendas())
@examples(40)
def test_out_and_back_unchanged_gives_no_difference(items: list[Item]) -> None:
    returned = changes(sent(items), MEETING, items)
    assert returned.differences == ()
    assert returned.remembers
    assert apply(items, returned, ()) == items


@given(agendas())
@examples(15)
def test_saved_by_another_program_it_is_still_unchanged(items: list[Item]) -> None:
    assert changes(edited(sent(items), lambda paper: None), MEETING, items).differences == ()
    lean = changes(without_memory(sent(items)), MEETING, items, WORDS)
    assert lean.differences == ()
    assert lean.remembers, "the seal that is printed proves that nothing changed meanwhile"


CELLS = [
    ("Title", 1, "title", None), ("Decision", 1, "decision", None), ("Says", 1, "says", 1), ("Owner", 1, "owner", 1),
    ("Deliverable", 1, "deliverable", 1), ("Mechanism", 1, "mechanism", 1), ("Says", 2, "says", 2),
    ("Owner", 2, "owner", 2), ("Mechanism", 2, "mechanism", 2),
]  # fmt: skip


@given(st.sampled_from(CELLS), st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
@examples(40)
def test_any_single_edit_gives_exactly_that_difference(cell: tuple[str, int, str, int | None], words: str) -> None:
    label, time, field, number = cell
    one = only(back(written(0, label, f"now {words}", time)))
    assert (one.item, one.resolution, one.field, one.problem, one.is_conflict) == (FERRY.id, number, field, None, False)
    assert one.after.startswith("now ")
    took = apply(ITEMS, back(written(0, label, f"now {words}", time)), {1})
    noun: Any = took[0] if number is None else took[0].resolutions[number - 1]
    assert getattr(noun, field) == one.after
    same: Any = FERRY if number is None else FERRY.resolutions[number - 1]
    assert replace(noun, **{field: getattr(same, field)}) == same
    assert took[1] == AMBER


@pytest.mark.parametrize(
    ("label", "words", "field", "value"),
    [
        ("By when", "2022-03-09", "deadline", Deadline.parse("2022-03-09")),
        ("By when", "half-yearly", "deadline", Deadline.parse("half-yearly")),
        ("Parties", "RUR", "parties", ("RUR",)),
        ("Parties", "-", "parties", ()),
        ("Area", "energy", "area", "energy"),
        ("How far", None, "action", None),
        ("Action", "General", "action", "general"),
        ("Mechanism", "", "mechanism", None),
    ],
)
def test_a_value_of_each_kind_is_read(label: str, words: str | None, field: str, value: object) -> None:
    if words is None:
        return
    returned = back(written(0, label, words))
    assert only(returned).problem is None
    assert getattr(apply(ITEMS, returned, [1])[0].resolutions[0], field) == value


@pytest.mark.parametrize(
    ("label", "words", "says"),
    [
        ("By when", "next spring", "'next spring' is not a date; write 2026, 2026-03"),
        ("By when", "2021-02-30", "not a date that can be"),
        ("By when", "", "not a date"),
        ("State", "done", "'done' is no state; write one of open, decided, deferred, dropped"),
        ("Deferred to", "soon", "'soon' is not a date"),
        ("Parties", "Zembla", "'Zembla' is no code of a party"),
        ("Parties", "XYZ", "'XYZ' is not at this table; write RUR or ZEM"),
        ("Area", "cheese", "'cheese' is no area"),
        ("Says", "", "empty; write what is undertaken"),
        ("Title", "", "empty; write what the item is called"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_to_write(label: str, words: str, says: str) -> None:
    returned = back(written(0, label, words))
    assert says in (only(returned).problem or "")
    with pytest.raises(RequestError, match="cannot be taken"):
        apply(ITEMS, returned, {1})
    assert apply(ITEMS, returned, ()) == ITEMS


@pytest.mark.parametrize(
    ("label", "words"),
    [("Parties", "ZEM,RUR"), ("State", "Decided"), ("Area", "Trade"), ("Owner", " Ministry  of Transport ")],
)
def test_another_way_of_writing_the_same_is_no_difference(label: str, words: str) -> None:
    assert back(written(0, label, words)).differences == ()


def test_deferred_with_its_date() -> None:
    def edit(paper: Any) -> None:
        written(1, "State", "deferred")(paper)
        written(1, "Deferred to", "2022-03")(paper)

    returned = back(edit)
    assert [one.field for one in returned.differences] == ["state", "until"]
    took = apply(ITEMS, returned, {1, 2})[1]
    assert (took.state, took.until, took.is_settled) == (ItemState.DEFERRED, When.parse("2022-03"), True)


def fill(paper: Any, table: int, time: int) -> None:
    for label, words in (
        ("Says", "Paint the pier"), ("Owner", "Harbour office"), ("Parties", "ZEM"), ("By when", "2022"),
        ("Deliverable", "a blue pier"), ("Area", "trade"), ("Action", "specific"),
    ):  # fmt: skip
        written(table, label, words, time)(paper)


def test_an_undertaking_is_added() -> None:
    returned = back(lambda paper: fill(paper, 0, 3))
    one = only(returned)
    assert (one.field, one.resolution, one.before, one.problem) == ("undertaking", None, None, None)
    assert "Says: Paint the pier" in one.after
    made = apply(ITEMS, returned, {1})[0].resolutions
    assert made[:2] == (SAIL, POETS)
    assert (made[2].says, made[2].deadline, made[2].mechanism) == ("Paint the pier", Deadline.parse("2022"), None)


def test_an_undertaking_half_written_says_what_is_missing() -> None:
    one = only(back(written(0, "Says", "Paint the pier", 3)))
    assert one.problem is not None and one.problem.startswith("Owner: empty; write who answers for it")


def test_an_undertaking_is_removed_by_its_rows_or_by_its_cells() -> None:
    def cut(paper: Any) -> None:
        rows = list(paper.tables[0].rows)
        at = next(place for place, one in enumerate(rows) if [cell.text for cell in one.cells] == ["Undertaking", "1"])
        for one in rows[at : at + 9]:
            one._tr.getparent().remove(one._tr)

    def empty(paper: Any) -> None:
        for label in ("Says", "Owner", "Parties", "By when", "Deliverable", "Mechanism", "Area", "Action"):
            written(0, label, "")(paper)

    for edit in (cut, empty):
        returned = back(edit)
        one = only(returned)
        assert (one.field, one.resolution, one.after) == ("undertaking", 1, None)
        assert "Open the ferry line" in one.before
        assert apply(ITEMS, returned, {1})[0].resolutions == (POETS,)


def test_an_item_is_added_with_its_undertaking() -> None:
    def edit(paper: Any) -> None:
        written(2, "Title", "The lighthouse")(paper)
        fill(paper, 2, 1)

    returned = back(edit)
    assert [(one.item, one.field) for one in returned.differences] == [("new 1", "item"), ("new 1", "undertaking")]
    took = apply(ITEMS, returned, {1, 2})
    assert [one.id for one in took] == [FERRY.id, AMBER.id, f"{MEETING.id}.03"]
    assert (took[2].title, took[2].state, took[2].place, len(took[2].resolutions)) == (
        "The lighthouse", ItemState.OPEN, 3, 1,
    )  # fmt: skip
    with pytest.raises(RequestError, match="difference 2 belongs to an item that is not taken"):
        apply(ITEMS, returned, {2})
    with pytest.raises(RequestError, match="there is no difference 3"):
        apply(ITEMS, returned, {3})


def test_what_the_form_does_not_know_is_reported_and_not_taken() -> None:
    def edit(paper: Any) -> None:
        paper.add_paragraph("By the way, lunch was good.")
        row(paper, 0, "Item").cells[1].text = "zem-rur.talks.9.99"
        row(paper, 1, "Decision").cells[0].text = "Mood"
        row(paper, 1, "Mood").cells[1].text = "cheerful"

    found = back(edit).differences
    assert {(one.item, one.field, one.after) for one in found if one.field in ("paragraph", "Mood")} == {
        (None, "paragraph", "By the way, lunch was good."), (AMBER.id, "Mood", "cheerful"),
    }  # fmt: skip
    strange = next(one for one in found if one.item == "zem-rur.talks.9.99")
    assert "Open the ferry line" in (strange.after or "") and "no such item was sent" in (strange.problem or "")
    assert any(one.item == FERRY.id and "its table is gone" in (one.problem or "") for one in found)
    assert all(one.problem for one in found)


def test_a_table_that_stands_twice_and_one_that_was_cut_in_two() -> None:
    def twice(paper: Any) -> None:
        copy = deepcopy(paper.tables[1]._tbl)
        paper.tables[1]._tbl.addnext(copy)

    assert "stands twice" in (only(back(twice)).problem or "")

    def cut(paper: Any) -> None:
        table = paper.tables[0]._tbl
        rest = deepcopy(table)
        rows, others = table.tr_lst, rest.tr_lst
        for one in rows[5:]:
            table.remove(one)
        for one in others[:5]:
            rest.remove(one)
        table.addnext(rest)

    assert back(cut).differences == ()


def test_what_changed_in_the_record_meanwhile() -> None:
    edit = written(0, "Decision", "The ferry sails twice a day.")
    both = [replace(FERRY, decision="The ferry sails at noon."), AMBER]
    one = only(back(edit, both))
    assert one.is_conflict
    assert (one.before, one.now) == ("The ferry sails.", "The ferry sails at noon.")
    assert apply(both, back(edit, both), {1})[0].decision == "The ferry sails twice a day."
    assert apply(both, back(edit, both), ())[0].decision == "The ferry sails at noon."

    same = [replace(FERRY, decision="The ferry sails twice a day."), AMBER]
    assert not only(back(edit, same)).is_conflict
    other = [replace(FERRY, title="The ferry line"), replace(AMBER, state=ItemState.DROPPED, decision="settled")]
    took = apply(other, back(edit, other), {1})
    assert (took[0].title, took[0].decision) == ("The ferry line", "The ferry sails twice a day.")
    assert took[1] == other[1]


def test_undertakings_are_found_again_where_the_record_reordered_or_lost_them() -> None:
    edit = written(0, "Owner", "Academy of both states", 2)
    turned = [replace(FERRY, resolutions=(POETS, SAIL)), AMBER]
    took = apply(turned, back(edit, turned), {1})[0].resolutions
    assert [one.owner for one in took] == ["Academy of both states", "Ministry of Transport"]
    gone = [replace(FERRY, resolutions=(SAIL,)), AMBER]
    assert "no longer holds" in (only(back(edit, gone)).problem or "")
    assert apply(gone, back(edit, gone), ()) == gone


def test_runs_are_split_as_word_splits_them() -> None:
    pieces = r'<w:r><w:t xml:space="preserve">The ferry </w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>sails.</w:t></w:r>'
    assert changes(xml(sent(), r"<w:r><w:t>The ferry sails\.</w:t></w:r>", pieces), MEETING, ITEMS).differences == ()


def test_tracked_changes_are_taken_as_proposed() -> None:
    who = 'w:id="9" w:author="A. Clerk" w:date="2021-06-11T09:00:00Z"'
    track = (
        rf'<w:del {who}><w:r><w:delText>The ferry sails.</w:delText></w:r></w:del><w:ins {who}><w:r><w:t>It waits.</w:t></w:r></w:ins>'
    )  # fmt: skip
    returned = changes(xml(sent(), r"<w:r><w:t>The ferry sails\.</w:t></w:r>", track), MEETING, ITEMS)
    assert (only(returned).field, only(returned).after) == ("decision", "It waits.")
    assert "Tracked changes of A. Clerk were taken as proposed." in returned.remarks

    def strike(paper: Any) -> None:
        from docx.oxml import OxmlElement

        rows = list(paper.tables[0].rows)
        at = next(place for place, one in enumerate(rows) if [cell.text for cell in one.cells] == ["Undertaking", "2"])
        for one in rows[at : at + 9]:
            one._tr.get_or_add_trPr().append(OxmlElement("w:del"))

    assert (only(back(strike)).field, only(back(strike)).resolution) == ("undertaking", 2)


def test_comments_are_listed_with_their_item() -> None:
    def edit(paper: Any) -> None:
        runs = row(paper, 1, "Title").cells[1].paragraphs[0].runs
        paper.add_comment(runs, text="Who collects it?", author="B. Clerk")

    returned = back(edit)
    assert returned.differences == ()
    assert [(one.by, one.says, one.item) for one in returned.comments] == [("B. Clerk", "Who collects it?", AMBER.id)]


def test_words_in_margins_boxes_and_controls_are_seen() -> None:
    def edit(paper: Any) -> None:
        paper.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"

    assert only(back(edit)).after == "CONFIDENTIAL"
    control = r"<w:sdt><w:sdtContent><w:r><w:t>It waits.</w:t></w:r></w:sdtContent></w:sdt>"
    returned = changes(xml(sent(), r"<w:r><w:t>The ferry sails\.</w:t></w:r>", control), MEETING, ITEMS)
    assert only(returned).after == "It waits."
    box = r"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p><w:sectPr"
    returned = changes(xml(sent(), r"<w:sectPr", box), MEETING, ITEMS)
    assert [one.after for one in returned.differences] == ["In a box"]


def test_words_in_a_note_at_the_foot_are_seen() -> None:
    family = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = f'<w:footnotes {family}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>Not before May</w:t></w:r></w:p></w:footnote></w:footnotes>'
    returned = changes(packed({**parts(sent()), "word/footnotes.xml": note.encode()}), MEETING, ITEMS)
    assert [(one.field, one.after) for one in returned.differences] == [("paragraph", "Not before May")]


def test_a_file_that_forgot_what_was_sent_is_doubted_where_the_record_moved() -> None:
    raw = without_memory(edited(sent(), written(0, "Decision", "It waits.")))
    sure = changes(raw, MEETING, ITEMS, WORDS)
    assert (only(sure).field, only(sure).is_conflict, sure.remembers) == ("decision", False, True)
    moved = [FERRY, replace(AMBER, reason="reported twice")]
    doubted = changes(raw, MEETING, moved, WORDS)
    assert (only(doubted).is_conflict, doubted.remembers) == (True, False)
    assert "cannot be told" in doubted.remarks[0]


def test_a_forged_memory_is_doubted() -> None:
    raw = sent()
    name = next(name for name, body in parts(raw).items() if b"urn:servanda:minutes" in body)
    forged = xml(raw, "The ferry sails", "The ferry sinks", name)
    returned = changes(forged, MEETING, ITEMS, WORDS)
    assert not returned.remembers and "does not match its seal" in returned.remarks[0]


def test_the_minutes_of_another_meeting_are_refused() -> None:
    with pytest.raises(RequestError, match=r"these are the minutes of zem-rur\.talks\.1, not of zem-rur\.talks\.2"):
        changes(sent(), replace(MEETING, id="zem-rur.talks.2"), ITEMS)


def entity(text: str) -> bytes:
    held = parts(sent())
    body = held["word/document.xml"].decode()
    begin = body.index("?>") + 2
    held["word/document.xml"] = (body[:begin] + text + body[begin:]).encode()
    return packed(held)


def bomb() -> bytes:
    held = parts(sent())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in held.items():
            archive.writestr(name, body)
        archive.writestr("word/extra.xml", b"0" * 60_000_000)
    return out.getvalue()


def encrypted() -> bytes:
    raw = bytearray(sent())
    at = 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        raw[at + 8] |= 1
        at += 4
    return bytes(raw)


BAD = {
    "no file": (b"", "is empty"),
    "text": (b"just words", "is no Word file"),
    "pdf": (b"%PDF-1.7 1 0 obj endobj", "is no Word file"),
    "broken": (sent()[:3000], "broken"),
    "large": (b"PK\x03\x04" + b"0" * 10_000_001, "larger than 10 MB"),
    "old or encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "password": (encrypted(), "encrypted"),
    "bomb": (bomb(), "would unpack to more than"),
    "laughs": (entity('<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>'), "declares entities"),
    "outside": (entity('<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "declares entities"),
    "macro": (packed({**parts(sent()), "word/vbaProject.bin": b"x"}), "carries a macro"),
    "macro by its type": (packed({**parts(sent()), "[Content_Types].xml": b"<Types><a b='macroEnabled'/></Types>"}), "macro"),
    "laughs in another alphabet": (packed({**parts(sent()), "word/document.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'.encode("utf-16")}), "declares entities"),
    "no body": (packed({**parts(sent()), "word/document.xml": b"<a/>"}), "is broken"),
    "deep": (packed({**parts(sent()), "word/document.xml": b"<a>" * 5000 + b"</a>" * 5000}), "is broken"),
    "many": (packed({**parts(sent()), **{f"word/x{number}.bin": b"" for number in range(600)}}), "would unpack"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_taken_is_refused_in_one_sentence(name: str) -> None:
    raw, says = BAD[name]
    with pytest.raises(TextUnreadable) as caught:
        changes(raw, MEETING, ITEMS)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=400), st.integers(0, 40_000))
@examples(60)
def test_any_damage_gives_a_sentence_or_a_reading(noise: bytes, at: int) -> None:
    raw = sent()
    try:
        changes(raw[:at] + noise + raw[at + len(noise) :], MEETING, ITEMS)
    except (TextUnreadable, RequestError):
        return


MARKED = parts(sent())["word/document.xml"].decode()
WORDS_IN_IT = [found.start() for found in re.finditer(r"</w:t>", MARKED)]


@given(st.sampled_from(WORDS_IN_IT), st.sampled_from(["QZX", " QZX", "\u00e9QZX"]))
@examples(80)
def test_words_written_anywhere_are_seen(place: int, words: str) -> None:
    body = MARKED[:place] + words + MARKED[place:]
    returned = changes(packed({**parts(sent()), "word/document.xml": body.encode()}), MEETING, ITEMS)
    seen = [f"{one.item} {one.field} {one.after}" for one in returned.differences]
    assert any("QZX" in one for one in seen), MARKED[place - 60 : place]


ROWS = [found.group() for found in re.finditer(r"<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", MARKED, re.DOTALL)]


@given(st.integers(0, len(ROWS) - 1))
@examples(40)
def test_a_row_that_is_gone_is_seen_unless_it_was_empty(number: int) -> None:
    found = list(re.finditer(r"<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", MARKED, re.DOTALL))[number]
    body = MARKED[: found.start()] + MARKED[found.end() :]
    returned = changes(packed({**parts(sent()), "word/document.xml": body.encode()}), MEETING, ITEMS)
    label, words = (re.sub(r"<[^>]+>", "", cell) for cell in re.split(r"(?<=</w:tc>)", found.group(), maxsplit=1))
    if words and words != "new":
        assert returned.differences, (label, words)


def test_words_of_the_file_are_never_markup() -> None:
    nasty = "<script>alert(1)</script> [bold]{{x}} & <w:p/>"
    returned = back(written(0, "Decision", nasty))
    assert only(returned).after == nasty
    took = apply(ITEMS, returned, {1})
    assert changes(sent(took), MEETING, took).differences == ()
