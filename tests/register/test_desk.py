"""A text before a coder: passages never overlap, no letter is lost, and what moved bounds can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from servanda.model.decision import Answer, Coding, Decision
from servanda.model.period import When
from servanda.model.proposal import Kind
from servanda.model.source import Source
from servanda.model.text import Text, fingerprint
from servanda.model.words import Publisher
from servanda.register.anchor import cut
from servanda.register.desk import blind_coders, in_force, is_word, lay, orphans
from servanda.texts.split import split
from tests.properties import examples, given
from tests.statement import STATEMENT

PAPER = Source("Gazette", Publisher.OFFICIAL)


def text_of(characters: str = STATEMENT) -> Text:
    return Text(
        "D-1.en", "c", "D-1", "en", "t", When.parse("2026"), ("ZEM",), fingerprint(characters), characters, PAPER
    )


def decision(number: int, start: int, end: int, answer: Answer = Answer.CORRECT, **fields: Any) -> Decision:
    text = text_of()
    quote = cut(text.characters, start, end, text.sha256)
    given = None if answer.moves else Coding(Kind.POSITION)
    return Decision(
        f"D-1.en-{number:04}", "c", "D-1.en", quote, fields.pop("coder", "Anna"), answer, "2026", None, given, **fields
    )


def words(text: Text, passages: Any) -> list[str]:
    return [text.characters[one.start : one.end] for one in passages]


def span(said: str) -> tuple[int, int]:
    start = STATEMENT.index(said)
    return start, start + len(said)


def test_without_decisions_it_is_what_the_splitter_made() -> None:
    text = text_of()
    desk = lay(text, [])
    assert list(desk.passages) == split(STATEMENT)
    assert words(text, desk.spoken) == [
        "## Statement on tides and poets", "The two ministers met on the pier.",
        "They will open a lighthouse by March 2031, and Zembla will lend 12 boats.",
        "Both sides welcomed the new timetable.", "Ruritania will print a book of tides every year.",
        "The sea was calm 🤝 that day.", "They will meet again.",
    ]  # fmt: skip
    assert desk.undecided() == desk.spoken and not desk.orphans
    assert {one.text for one in desk.passages} - {one.text for one in desk.spoken} == {"1.", "2."}


def test_split_merge_and_a_stretch_of_ones_own() -> None:
    start, end = span("They will open a lighthouse by March 2031, and Zembla will lend 12 boats.")
    at = STATEMENT.index("and Zembla") - start
    parted = decision(1, start, end, Answer.SPLIT, cuts=(at,))
    desk = lay(text_of(), [parted])
    assert words(desk.text, desk.spoken)[2:4] == [
        "They will open a lighthouse by March 2031,", "and Zembla will lend 12 boats.",
    ]  # fmt: skip
    joined = decision(2, start, end, Answer.MERGE)
    assert lay(text_of(), [parted, joined]).passages == lay(text_of(), []).passages
    own = decision(3, *span("calm 🤝 that day. They will meet"), Answer.ADD)
    desk = lay(text_of(), [parted, own])
    assert words(desk.text, desk.spoken)[-3:] == ["The sea was", "calm 🤝 that day. They will meet", "again."]
    assert list(desk.decided.values()) == [own]


def test_who_codes_blind_has_a_desk_of_their_own() -> None:
    open_one = decision(1, *span("They will meet again."))
    blind = decision(2, *span("They will meet again."), coder="Boris", blind=True)
    other = decision(3, *span("They will meet again."), coder="Clara", blind=True)
    rows = [open_one, blind, other]
    assert list(lay(text_of(), rows).decided.values()) == [open_one]
    assert list(lay(text_of(), rows, "Boris", True).decided.values()) == [blind]
    assert list(lay(text_of(), rows, "Dora", True).decided.values()) == []
    assert blind_coders(rows) == ["Boris", "Clara"]


def test_a_later_decision_withdraws_the_earlier_and_gone_it_holds_again() -> None:
    first = decision(1, *span("They will meet again."))
    second = decision(2, *span("They will meet again."), withdraws=(first.id,))
    assert in_force(text_of(), [second, first]) == [second]
    assert in_force(text_of(), [first]) == [first]


def test_words_that_are_gone_make_an_orphan_and_those_carried_on_do_not() -> None:
    kept = decision(1, *span("Both sides welcomed the new timetable."))
    lost = decision(2, *span("They will meet again."), coder="Boris", blind=True)
    moved = "A preface.\n\n" + STATEMENT.replace("meet again", "meet once more")
    desk = lay(text_of(moved), [kept, lost])
    start = moved.index("Both sides")
    assert list(desk.decided) == [(start, start + len(kept.quote.exact))] and not desk.orphans
    assert lay(text_of(moved), [kept, lost], "Boris", True).orphans == (lost,)
    assert orphans(text_of(moved), [kept, lost]) == [lost]
    # Words of a passage whose surroundings changed are not moved either.
    near = STATEMENT.replace("1. The two", "1. Tho two").replace("will print a book", "will print the book")
    assert kept in lay(text_of("x" * 400 + near), [kept]).orphans


moves = st.lists(
    st.tuples(st.integers(0, len(STATEMENT)), st.integers(1, 60), st.sampled_from(Answer), st.integers(1, 20)),
    max_size=6,
)


@examples(200)
@given(moves)
def test_passages_never_overlap_and_no_letter_is_lost(drawn: list[tuple[int, int, Answer, int]]) -> None:
    rows = []
    for number, (start, length, answer, at) in enumerate(drawn, 1):
        words = STATEMENT[start : start + length]
        if not is_word(words):
            continue
        cuts = (at,) if answer is Answer.SPLIT and at < length else ()
        rows.append(decision(number, start, start + length, answer, cuts=cuts))
    desk = lay(text_of(), rows)
    last = 0
    for one in desk.passages:
        assert last <= one.start < one.end
        assert one.text == STATEMENT[one.start : one.end] == one.text.strip()
        last = one.end
    covered = {at for one in desk.passages for at in range(one.start, one.end)}
    assert {at for at, letter in enumerate(STATEMENT) if letter.isalnum()} <= covered
    held = {(one.start, one.end) for one in desk.passages}
    assert set(desk.decided) <= held
    # Nothing depends on the order in which the rows are read.
    assert lay(text_of(), list(reversed(rows))) == desk


def test_a_cut_beyond_the_words_parts_nothing() -> None:
    start = STATEMENT.index("gain.")
    desk = lay(text_of(), [decision(1, start, len(STATEMENT), Answer.SPLIT, cuts=(len("gain.") + 2,))])
    assert (start, start + len("gain.")) in {(one.start, one.end) for one in desk.passages}


def test_bounds_survive_another_splitter() -> None:
    """What was decided stays a passage, whatever the splitter of a later version makes of the text."""
    start, end = span("sea was calm 🤝 that")
    row = decision(1, start, end)
    assert (start, end) in lay(text_of(), [row]).decided
    assert replace(row, id="D-1.en-0002").number == 2
