"""What a person decides: rows that stay, commitments that follow, and everything taken back as it was."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.errors import ExtraMissing, RequestError
from servanda.model.commitment import Commitment
from servanda.model.decision import Answer, Coding, Decision
from servanda.model.proposal import Kind, Restated, Terms
from servanda.model.text import Text
from servanda.model.words import Action, Area, Instrument, Undertaking
from servanda.register.decide import before, decide, take_back, text_of
from servanda.register.desk import blind_coders, in_force, lay
from servanda.register.keep import bring_in, write_out
from servanda.register.receive import receive
from servanda.register.sitting import Said
from servanda.register.verify import verify
from servanda.register.words import Words, words
from servanda.settings import store_url
from servanda.store import entries, search
from servanda.store.connect import Store
from tests.properties import examples, given
from tests.small import write_small
from tests.statement import AT, PROMISES, STATEMENT, handed, read

NAME = "D-2026-TIDES-POETS.en"
OWN = Coding(Kind.COMMITMENT, Terms(("RUR",), Action.GENERAL, Area.PEOPLE, quantity="3 poets"), "Feed the poets")


@pytest.fixture
def open_text(kept: Store, lists: Words) -> tuple[Store, Words]:
    """The register with the statement handed in."""
    receive(kept, lists, handed(), "Anna", AT)
    return kept, lists


def span(said: str, characters: str = STATEMENT) -> tuple[int, int]:
    start = characters.index(said)
    return start, start + len(said)


def say(
    held: tuple[Store, Words], answer: Answer, said: str, coding: Coding | None = None, who: str = "Anna",
    blind: bool = False, cuts: tuple[int, ...] = (),
) -> Decision:  # fmt: skip
    answers = [Said(answer, *span(said), coding, cuts)]
    (made,) = decide(held[0], held[1], NAME, who, answers, AT, blind=blind, read=read)
    return made


def promised(store: Store) -> dict[str, Commitment]:
    record = text_of(store, NAME)[1]
    return {name: one for name, one in record.commitments.items() if one.document == "D-2026-TIDES-POETS"}


def test_accepting_makes_a_commitment_that_says_where_it_was_read(open_text: tuple[Store, Words]) -> None:
    made = say(open_text, Answer.ACCEPT, PROMISES[0])
    assert made.proposed is not None and made.coding is not None
    assert (made.proposed.kind, made.proposed.probability) == (Kind.COMMITMENT, 0.9)
    assert made.proposed.reader and made.coding.reader is None and made.coding.terms == made.proposed.terms
    one = promised(open_text[0])["Z004"]
    assert made.commitment == "Z004"
    assert (one.parties, str(one.deadline), one.kind) == (("ZEM", "RUR"), "2031-03", Undertaking.TARGET)
    assert one.target is not None and (one.target.value, one.target.unit) == (12, "boats")
    assert (one.owner, one.instrument) == ("Zembla and Ruritania", Instrument.STATEMENT)
    assert one.quote == made.quote and one.quote is not None and one.quote.exact == PROMISES[0]
    assert one.source.url == "https://gazette.example/tides" and one.search == "reading of D-2026-TIDES-POETS"
    assert verify(open_text[0]).problems == ()
    with open_text[0].read() as unit:
        from datetime import date

        hits = search.find(unit, search.Query(date(2026, 11, 24), words="lighthouse")).hits
    assert [(hit.ref, hit.status) for hit in hits] == [("Z004", "no evidence found")]


def test_correcting_keeps_the_id_and_both_readings(open_text: tuple[Store, Words]) -> None:
    first = say(open_text, Answer.ACCEPT, PROMISES[1])
    second = say(open_text, Answer.CORRECT, PROMISES[1], OWN)
    assert second.commitment == first.commitment == "Z004" and second.withdraws == (first.id,)
    assert second.proposed == first.proposed and second.coding == OWN
    one = promised(open_text[0])["Z004"]
    assert (one.says, one.area, one.parties, one.action) == ("Feed the poets", Area.PEOPLE, ("RUR",), Action.GENERAL)
    _, rows = before(open_text[0], NAME)
    assert [row.id for row in rows] == [f"{NAME}-0001", f"{NAME}-0002"], "the earlier row stays"


def test_rejecting_withdraws_and_taking_back_restores(open_text: tuple[Store, Words]) -> None:
    store = open_text[0]
    say(open_text, Answer.ACCEPT, PROMISES[1])
    accepted = text_of(store, NAME)[1]
    say(open_text, Answer.CORRECT, PROMISES[1], OWN)
    corrected = text_of(store, NAME)[1]
    gone = say(open_text, Answer.REJECT, PROMISES[1])
    assert gone.coding is None and promised(store) == {}
    assert not [
        name for name in text_of(store, NAME)[1].threads if name not in ("zem-rur.ferry", "zem-rur.exchange-of-poets")
    ]
    for was in (corrected, accepted):
        take_back(store, NAME, "Anna", AT)
        now = text_of(store, NAME)[1]
        assert (now.commitments, now.threads, now.decisions) == (was.commitments, was.threads, was.decisions)
    take_back(store, NAME, "Anna", AT)
    assert promised(store) == {} and text_of(store, NAME)[1].decisions == {}
    with pytest.raises(RequestError, match="nothing is decided here yet"):
        take_back(store, NAME, "Anna", AT)
    assert verify(store).problems == ()
    # An id is never given twice: what Z004 was is still in the chain.
    assert say(open_text, Answer.ACCEPT, PROMISES[0]).commitment == "Z005"


def test_what_is_no_commitment_makes_none(open_text: tuple[Store, Words]) -> None:
    made = say(open_text, Answer.ACCEPT, "Both sides welcomed the new timetable.")
    assert made.commitment is None and made.coding is not None and made.coding.kind is Kind.OUTCOME
    made = say(open_text, Answer.CORRECT, PROMISES[2], Coding(Kind.EXPECTATION, OWN.terms, "x", ("y",), "z"))
    assert made.commitment is None and made.coding == Coding(Kind.EXPECTATION), "terms belong to commitments only"
    assert promised(open_text[0]) == {}


def test_a_sentence_with_two_promises_is_split(open_text: tuple[Store, Words]) -> None:
    store = open_text[0]
    say(open_text, Answer.ACCEPT, PROMISES[0])
    parted = say(open_text, Answer.SPLIT, PROMISES[0], cuts=(PROMISES[0].index("and Zembla"),))
    assert parted.coding is None and parted.proposed is not None and promised(store) == {}
    assert say(open_text, Answer.ACCEPT, "They will open a lighthouse by March 2031,").commitment == "Z005"
    made = say(open_text, Answer.ACCEPT, "and Zembla will lend 12 boats.")
    assert made.proposed is not None and made.proposed.terms is not None
    assert made.commitment == "Z006" and made.proposed.terms.due is None
    whole = say(open_text, Answer.MERGE, PROMISES[0])
    assert len(whole.withdraws) == 2 and promised(store) == {}
    take_back(store, NAME, "Anna", AT)
    assert sorted(promised(store)) == ["Z005", "Z006"]


def test_a_stretch_of_ones_own(open_text: tuple[Store, Words]) -> None:
    made = say(open_text, Answer.ADD, "Zembla will lend 12 boats", OWN)
    assert made.proposed is None and made.quote.exact == "Zembla will lend 12 boats"
    assert promised(open_text[0])["Z004"].says == "Feed the poets"
    with pytest.raises(RequestError, match="some of these words are decided already"):
        say(open_text, Answer.ADD, "lend 12", OWN)


def test_a_commitment_continues_a_thread(open_text: tuple[Store, Words]) -> None:
    store = open_text[0]
    say(open_text, Answer.CORRECT, PROMISES[1], dataclasses.replace(OWN, thread="exchange-of-poets"))
    assert promised(store)["Z004"].thread == "zem-rur.exchange-of-poets"
    say(open_text, Answer.CORRECT, PROMISES[1], dataclasses.replace(OWN, thread="zem-rur.ferry"))
    assert promised(store)["Z004"].thread == "zem-rur.ferry"
    with pytest.raises(RequestError, match=r"no thread 'fery' in this case; nearest are zem-rur\.ferry"):
        say(open_text, Answer.CORRECT, PROMISES[1], dataclasses.replace(OWN, thread="fery"))
    assert OWN.terms is not None
    again = dataclasses.replace(OWN.terms, restates=Restated("Z002", "Invite three poets a year", 0.9, ""))
    say(open_text, Answer.CORRECT, PROMISES[2], dataclasses.replace(OWN, terms=again))
    assert promised(store)["Z005"].thread == "zem-rur.feed-poets", "what the machine thinks binds nobody"


def test_an_accepted_commitment_continues_a_thread_where_the_person_says_so(open_text: tuple[Store, Words]) -> None:
    store, lists = open_text
    start, end = span(PROMISES[1])
    (made,) = decide(store, lists, NAME, "Anna", [Said(Answer.ACCEPT, start, end, thread="ferry")], AT, read=read)
    assert made.coding is not None and made.coding.thread == "ferry"
    assert promised(store)["Z004"].thread == "zem-rur.ferry"
    say(open_text, Answer.ACCEPT, PROMISES[2])
    assert promised(store)["Z005"].thread not in ("zem-rur.ferry", "zem-rur.exchange-of-poets")


def test_a_commitment_with_evidence_is_not_withdrawn_from_under_it(
    open_text: tuple[Store, Words], small_content: Path
) -> None:
    store = open_text[0]
    say(open_text, Answer.ACCEPT, PROMISES[0])
    out = small_content.parent / "out"
    write_out(store, out, words_from=small_content)
    path = out / "cases/zem-rur/documents/D-2026-TIDES-POETS.yml"
    path.write_text(
        path.read_text()
        + "  evidence:\n  - {claim: A stone was laid, shows: step taken, confidence: confirmed by press,\n"
        "     origin: 'person: a', search: reading of D-2026-TIDES-POETS, source: {title: Courier, publisher: press}}\n"
    )
    bring_in(store, out, "a", "evidence", AT)
    held = text_of(store, NAME)[1]
    for answer in (Answer.REJECT, Answer.SPLIT):
        with pytest.raises(RequestError, match="Z004 has evidence or assessments in the register"):
            say(open_text, answer, PROMISES[0], cuts=(10,) if answer is Answer.SPLIT else ())
    with pytest.raises(RequestError, match="Z004 has evidence"):
        take_back(store, NAME, "Anna", AT)
    assert text_of(store, NAME)[1] == held
    # To say it otherwise is no withdrawal.
    assert say(open_text, Answer.CORRECT, PROMISES[0], OWN).commitment == "Z004"


@pytest.mark.parametrize(
    ("answer", "said", "coding", "cuts", "problem"),
    [
        (Answer.ACCEPT, "They will", None, (), "changed since this page was made"),
        (Answer.ACCEPT, ".\n\n", None, (), "no words were chosen"),
        (Answer.REJECT, "Both sides welcomed the new timetable.", None, (), "proposes no commitment here"),
        (Answer.CORRECT, PROMISES[0], None, (), "say what the passage is"),
        (Answer.CORRECT, PROMISES[0], Coding(Kind.COMMITMENT), (), "a commitment needs who undertakes it"),
        (Answer.SPLIT, PROMISES[0], None, (), "a passage is split inside"),
        (Answer.SPLIT, PROMISES[0], None, (0,), "a passage is split inside"),
        (Answer.SPLIT, PROMISES[0], None, (len(PROMISES[0]) - 1,), "a passage is split inside"),
        (Answer.SPLIT, PROMISES[0], None, (900,), "a passage is split inside"),
        (Answer.MERGE, PROMISES[0], None, (), "two passages or more are merged"),
    ],
)
def test_an_answer_that_cannot_be_is_said_and_nothing_is_written(
    small: Store, lists: Words, answer: Answer, said: str, coding: Coding | None, cuts: tuple[int, ...], problem: str
) -> None:
    receive(small, lists, handed(), "Anna", AT)
    held = (small, lists)
    head = verify(small)
    with pytest.raises(RequestError, match=problem):
        say(held, answer, said, coding, cuts=cuts)
    assert verify(small) == head


def test_a_page_that_is_stale_writes_nothing(small: Store, lists: Words) -> None:
    receive(small, lists, handed(), "Anna", AT)
    answers = [Said(Answer.ACCEPT, *span(PROMISES[0]))]
    with pytest.raises(RequestError, match="open it again"):
        decide(small, lists, NAME, "Anna", answers, AT, read=read, sha256="0" * 64)

    def slow(text: Text, passages: Any) -> Any:
        """Somebody hands in other characters while the machine reads."""
        receive(small, lists, handed("They will sing.", document="D-2026-TIDES-POETS"), "Boris", AT)
        return read(text, passages)

    with pytest.raises(RequestError, match="open it again"):
        decide(small, lists, NAME, "Anna", answers, AT, read=slow)
    assert text_of(small, NAME)[1].decisions == {}


def test_many_at_once_or_none(small: Store, lists: Words) -> None:
    receive(small, lists, handed(), "Anna", AT)
    both = [Said(Answer.ACCEPT, *span(one)) for one in PROMISES[:2]]
    made = decide(small, lists, NAME, "Anna", both, AT, read=read)
    assert [one.commitment for one in made] == ["Z004", "Z005"]
    head = verify(small)
    bad = [Said(Answer.ACCEPT, *span(PROMISES[2])), Said(Answer.REJECT, *span("The sea was calm 🤝 that day."))]
    with pytest.raises(RequestError):
        decide(small, lists, NAME, "Anna", bad, AT, read=read)
    with pytest.raises(RequestError, match="one at a time"):
        decide(small, lists, NAME, "Anna", [*bad, Said(Answer.SPLIT, *span(PROMISES[0]), None, (9,))], AT, read=read)
    assert verify(small) == head


def test_without_the_machine_a_person_can_code(small: Store, lists: Words) -> None:
    receive(small, lists, handed(), "Anna", AT)

    def missing(text: Text, passages: Any) -> Any:
        raise ExtraMissing("servanda read", "reading")

    answers = [Said(Answer.CORRECT, *span(PROMISES[0]), OWN)]
    (made,) = decide(small, lists, NAME, "Anna", answers, AT, read=missing)
    assert made.proposed is None and made.commitment == "Z004"
    with pytest.raises(RequestError, match="nothing is proposed here to accept"):
        decide(small, lists, NAME, "Anna", [Said(Answer.ACCEPT, *span(PROMISES[1]))], AT, read=missing)


def test_who_codes_blind_writes_decisions_only(open_text: tuple[Store, Words]) -> None:
    store = open_text[0]
    say(open_text, Answer.ACCEPT, PROMISES[0])
    held = text_of(store, NAME)[1].commitments
    made = say(open_text, Answer.ADD, PROMISES[0], OWN, "Boris", blind=True)
    assert made.blind and made.proposed is None and made.commitment is None and made.withdraws == ()
    again = say(open_text, Answer.ADD, PROMISES[0], Coding(Kind.CALL), "Boris", blind=True)
    assert again.withdraws == (made.id,)
    assert text_of(store, NAME)[1].commitments == held
    with pytest.raises(RequestError, match="nothing is proposed here to accept"):
        say(open_text, Answer.ACCEPT, PROMISES[1], who="Boris", blind=True)
    with pytest.raises(
        RequestError, match="Anna has decided openly on this text; a second coder must be somebody else"
    ):
        say(open_text, Answer.ADD, PROMISES[1], OWN, blind=True)
    with pytest.raises(RequestError, match="Boris codes this text blind and has 6 passages to go"):
        say(open_text, Answer.ACCEPT, PROMISES[1], who="Boris")
    with pytest.raises(RequestError, match="the last decision is Anna's, not Clara's"):
        take_back(store, NAME, "Clara", AT)
    assert take_back(store, NAME, "Boris", AT, blind=True) == again


def test_another_text_leaves_orphans_that_a_person_settles(open_text: tuple[Store, Words]) -> None:
    store, lists = open_text
    say(open_text, Answer.ACCEPT, PROMISES[0])
    say(open_text, Answer.ACCEPT, PROMISES[1])
    other = "A note first.\n\n" + STATEMENT.replace("12 boats", "20 boats")
    receive(store, lists, handed(other, document="D-2026-TIDES-POETS"), "Anna", AT)
    text, record = text_of(store, NAME)
    desk = lay(text, record.decisions.values())
    assert [one.commitment for one in desk.orphans] == ["Z004"]
    assert [one.commitment for one in desk.decided.values()] == ["Z005"]
    verdict = verify(store)
    assert verdict.problems == ()
    assert verdict.orphans == (
        f"decision {NAME}-0001 of Anna, which made Z004: “{PROMISES[0][:60]}” is no longer in {NAME}",
    )
    with pytest.raises(RequestError, match="is no decision of Boris that is in force here"):
        take_back(store, NAME, "Boris", AT, decision=f"{NAME}-0002")
    take_back(store, NAME, "Boris", AT, decision=f"{NAME}-0001")
    assert sorted(promised(store)) == ["Z005"] and verify(store).orphans == ()


def test_a_case_brought_in_without_its_history_says_so(small: Store, small_content: Path, lists: Words) -> None:
    receive(small, lists, handed(), "Anna", AT)
    held = (small, lists)
    say(held, Answer.ACCEPT, PROMISES[0])
    say(held, Answer.CORRECT, PROMISES[0], OWN)
    out = small_content.parent / "out"
    write_out(small, out, words_from=small_content)
    fresh = Store(store_url(str(small_content.parent / "fresh.sqlite")))
    bring_in(fresh, out, "a", "b", AT)
    with pytest.raises(RequestError, match="does not know what Z004 was before"):
        take_back(fresh, NAME, "Anna", AT)
    fresh.close()


def test_an_unknown_text_names_the_nearest(small: Store, lists: Words) -> None:
    with pytest.raises(RequestError, match="hand one in"):
        before(small, NAME)
    receive(small, lists, handed(), "Anna", AT)
    with pytest.raises(RequestError, match=f"nearest are {NAME}"):
        text_of(small, "D-2026-TIDES-POET.en")


steps = st.lists(
    st.tuples(st.sampled_from([*Answer, "undo"]), st.integers(0, 30), st.integers(1, 40), st.booleans()), max_size=8
)


@examples(25)
@given(steps)
def test_any_sitting_keeps_the_register_whole_and_can_be_taken_back(drawn: list[tuple[Any, int, int, bool]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        content = write_small(Path(name) / "in")
        store, lists = Store(store_url(f"{name}/r.sqlite")), words(content)
        bring_in(store, content, "a", "b", AT)
        receive(store, lists, handed(), "Anna", AT)
        start = text_of(store, NAME)[1]
        for answer, place, size, blind in drawn:
            try:
                _step(store, lists, answer, place, size, blind)
            except RequestError:
                continue
            _check(store, Path(name))
        while in_force(*before(store, NAME)):
            take_back(store, NAME, "Anna", AT)
            _check(store, Path(name))
        end = text_of(store, NAME)[1]
        assert (end.commitments, end.threads) == (start.commitments, start.threads)
        store.close()


def _step(store: Store, lists: Words, answer: Any, place: int, size: int, blind: bool) -> None:
    who = "Boris" if blind else "Anna"
    if answer == "undo":
        take_back(store, NAME, who, AT, blind=blind)
        return
    text, rows = before(store, NAME)
    spoken = lay(text, rows, who, blind).spoken
    one = spoken[place % len(spoken)]
    start, end = one.start, one.end
    if answer is Answer.MERGE:
        end = spoken[min(place % len(spoken) + 1, len(spoken) - 1)].end
    if answer is Answer.ADD and size % 2:
        start, end = start + size % 7, min(end, start + size % 7 + size)
    given = OWN if size % 3 else Coding(Kind.OUTCOME)
    cuts = (size,) if answer is Answer.SPLIT else ()
    decide(store, lists, NAME, who, [Said(answer, start, end, given, cuts)], AT, blind=blind, read=read)


def _check(store: Store, folder: Path) -> None:
    text, record = text_of(store, NAME)
    rows = record.decisions.values()
    made = [one.commitment for one in in_force(text, rows) if one.commitment]
    assert sorted(made) == sorted(promised(store)), "each commitment has its decision, and each decision its commitment"
    assert {one.thread for one in record.commitments.values()} == set(record.threads)
    assert not any(one.commitment or one.proposed for one in rows if one.blind)
    for desk in (lay(text, rows), *(lay(text, rows, coder, True) for coder in blind_coders(rows))):
        assert not desk.orphans
    assert verify(store).problems == ()
    write_out(store, folder / "out", words_from=folder / "in")
    assert [(one.put, one.withdrawn) for one in bring_in(store, folder / "out", "a", "b", AT)] == [(0, 0)]
    with store.read() as unit:
        assert len(entries.refs(unit, "zem-rur", "text")) == 1
