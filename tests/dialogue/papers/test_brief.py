"""The brief: facts with their sources, nothing private in a joint one, nothing guessed, the same for both sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from servanda.dialogue.papers.brief import Brief, Talk, brief
from servanda.dialogue.papers.points import Point
from servanda.dialogue.papers.word import HEADS
from servanda.errors import RequestError
from servanda.model.case import Conflict, Record
from servanda.model.dialogue import Item, Reply
from servanda.model.evidence import Assessment
from servanda.model.period import When
from servanda.model.words import Instrument, Shown
from servanda.register.keep import seed
from servanda.register.recall import recall
from servanda.store import entries
from servanda.store.connect import Store
from tests.dialogue.papers.drawn import AMBER, FERRY, MEETING, WORDS
from tests.properties import examples, given
from tests.review.made import Said, exchanged, record_of, renamed
from tests.strategies import records

DAY = date(2026, 11, 23)
OTHER = {"ZEM": "RUR", "RUR": "ZEM", "Zembla": "Ruritania", "Ruritania": "Zembla"}


@pytest.fixture
def small(store: Store, small_content: Path) -> Record:
    seed(store, small_content, "2021-07-01T08:00:00+00:00")
    with store.read() as unit:
        return recall(unit, "zem-rur", entries.head_of(unit)[0])


def item(*commitments: str, **more: Any) -> Item:
    return replace(FERRY, commitments=commitments, **more)


def said(made: Brief, part: str) -> list[str]:
    return [point.says for talk in made.talks for point in getattr(talk, part)]


def of(*promises: Said, side: str | None = "ZEM", day: date = DAY, **more: Any) -> Brief:
    record = record_of(*promises)
    return brief(replace(record, **more), WORDS, MEETING, [item(*record.commitments)], side, day)


def test_what_may_be_said_of_a_promise(small: Record) -> None:
    made = brief(small, WORDS, MEETING, [item("Z003")], "ZEM", date(2021, 4, 10))
    told = said(made, "points")
    assert told[0] == (
        "A ferry between the two coasts. Promised on 9 March 2020 in ‘Memorandum on the ferry’, memorandum of "
        "understanding: Open the ferry line by March 2021."
    )
    assert told[1] == "Owed by Ruritania; responsible: Ruritania."
    assert told[2] == (
        "The date in force is the end of March 2021. On 10 April 2021 that was 10 days ago. The first date ever promised "
        "ended on 31 December 2019."
    )
    assert told[3].startswith("Status by the written rule (status-1, step 4 under way): in progress: behind schedule.")
    assert (
        "‘The Coast Courier’ (press) has, for August 2019: The pier was built. Of Z001 it shows that a step" in told[4]
    )
    assert "It was promised 2 times, first on 2 May 2018 and last on 9 March 2020." in told
    assert any("its last wording has 3: deliverable, deadline and instrument." in line for line in told)
    assert "On what became of it: Zembla has not said; Ruritania has not said." in told
    point = made.talks[0].points[0]
    assert made.sources[point.sources[0] - 1].title == "Gazette of Ruritania"


def test_what_is_on_record_from_the_other_side(small: Record) -> None:
    reply = Reply(
        "R", "zem-rur", "Z001", "Z001-reviewer-1", "ZEM", "Minister", "The pier stands", "2020-03-01T00:00:00+00:00"
    )
    held = replace(small, replies={"R": reply})
    for_rur = said(
        brief(held, WORDS, MEETING, [item("Z001", proposed_by="ZEM", barriers=("ZB1",))], "RUR", date(2021, 4, 10)),
        "concerns",
    )
    assert for_rur == [
        "Zembla put this item on the agenda: late.",
        "Zembla (Ministry of Transport) gave the verdict ‘not started’ on Z001, as of February 2020.",
        "Zembla (Minister) replied on Z001, 2020-03-01: The pier stands.",
        "Reported by The Coast Courier, undated: A levy on amber. Goods: amber. Imposed by Ruritania; in force, as reported (ZB1).",
    ]  # fmt: skip
    for_zem = brief(held, WORDS, MEETING, [item("Z001", barriers=("ZB1",))], "ZEM", date(2021, 4, 10))
    assert said(for_zem, "concerns") == ["Ruritania has put nothing of its own on record here; nothing is guessed."]
    assert any("A levy on amber" in line for line in said(for_zem, "points"))


def test_evidence_against_what_the_readers_side_owes() -> None:
    missed = Said("ferry", "2020-01-01", "2026-01", shown=((Shown.NOT_BEGUN, "2026-02"),), parties=("ZEM",))
    assert any(line.startswith("On what Zembla owes: ‘Gazette’") for line in said(of(missed), "concerns"))
    assert not any("owes" in line for line in said(of(missed, side="RUR"), "concerns"))
    assert sum("owe" in line for line in said(of(replace(missed, parties=("ZEM", "RUR")), side=None), "concerns")) == 1


@pytest.mark.parametrize(
    ("promise", "says"),
    [
        (Said("a", "2020-01-01"), "Do not say that it was not delivered. No evidence was found"),
        (Said("a", "2020-01-01", "2025-01", shown=((Shown.STEP, "2024"),)), "Nothing later than its date was found"),
        (Said("a", "2020-01-01", instrument=Instrument.MEMORANDUM), "It stands in a memorandum of understanding."),
        (Said("a", "2020-01-01", "2025-Q1"), "no more than the first quarter of 2025, read as by the end of"),
        (Said("a", "2020-01-01", target=3.0), "It is promised, and no more."),
        (Said("a", "2020-01-01"), "Zembla and Ruritania did not give a verdict."),
    ],
)
def test_what_not_to_claim(promise: Said, says: str) -> None:
    assert any(says in line for line in said(of(promise), "avoid"))


def test_what_may_be_claimed_is_not_forbidden() -> None:
    kept = Said("a", "2020-01-01", "2025-01-31", instrument=Instrument.AGREEMENT, shown=((Shown.COMPLETED, "2024"),))
    both = {f"C0-{key}-1": Assessment(f"C0-{key}-1", "c", "C0", key, "somebody", "delivered") for key in ("ZEM", "RUR")}
    assert said(of(kept, assessments=both), "avoid") == []
    both["C0-RUR-1"] = replace(both["C0-RUR-1"], verdict="not started")
    assert said(of(kept, assessments=both), "avoid") == [
        "Do not say that both sides agree on what became of it: Zembla says ‘delivered’, Ruritania says ‘not started’."
    ]


def test_amounts_of_two_rungs_are_not_added() -> None:
    one = Said("a", "2020-01-01", target=3.0)
    other = replace(one, thread="b", instrument=Instrument.CONTRACT)
    assert any(
        line
        == "Do not add the amounts of C0 and C1. They stand on different rungs: C0 in a statement; C1 in a contract."
        for line in said(of(one, other), "avoid")
    )
    assert not any("Do not add" in line for line in said(of(one, replace(one, thread="b")), "avoid"))


def test_what_goes_for_several_promises_is_said_once() -> None:
    one, other = Said("a", "2020-01-01"), Said("b", "2020-01-01")
    made = of(one, other, replace(one, thread="c", instrument=Instrument.AGREEMENT))
    told = said(made, "avoid")
    assert "For each of ‘The a’ and ‘The b’: Do not call it an agreement in force. It stands in a statement." in told
    assert sum("No evidence was found" in line for line in told) == 1
    asked = said(made, "questions")
    assert "To Ruritania: what has come of ‘The a’, ‘The b’ and ‘The c’, and where can it be read?" in asked
    assert "To Ruritania: how will we know that ‘The a’, ‘The b’ and ‘The c’ are done?" in asked
    assert not any("six parts" in line for line in said(made, "points"))


def test_claims_of_one_source_stand_together_and_the_rest_is_counted() -> None:
    both = ((Shown.NOT_BEGUN, "2021-02-01"), (Shown.STEP, "2021-02-01"))
    told = said(
        of(Said("a", "2015-01-01", shown=(*both, *((Shown.STEP, one) for one in ("2016", "2017", "2018"))))), "points"
    )
    claims = [line for line in told if line.startswith("‘Gazette’")]
    assert [line.split(", for ")[1].split(":")[0] for line in claims] == ["1 February 2021", "2018", "2017"]
    assert claims[0].count("Of C0 it shows") == 2
    assert "1 further claim stands in the register." in told


def test_barriers_beyond_the_most_are_named(small: Record) -> None:
    one = small.barriers["ZB1"]
    held = {
        f"ZB{place}": replace(one, id=f"ZB{place}", reported=When.parse(f"20{10 + place}")) for place in range(1, 9)
    }
    agenda = [item(barriers=tuple(held))]
    told = said(brief(replace(small, barriers=held), WORDS, MEETING, agenda, "ZEM", DAY), "points")
    assert [line.rsplit("(", 1)[1] for line in told[:-1]] == [f"ZB{place})." for place in range(8, 2, -1)]
    assert told[-1] == "2 further barriers of this item stand in the register: ZB1, ZB2."
    ours = said(brief(replace(small, barriers=held), WORDS, MEETING, agenda, "RUR", DAY), "points")
    assert ours == ["The item rests on barriers that the reader’s own side imposes; they stand below."]


def test_rival_claims_on_the_matter_are_named() -> None:
    record = record_of(Said("ferry", "2020-01-01"))
    case = replace(
        record.case,
        conflicts=(
            Conflict("start of promise on the ferry", ("2015", "2016")),
            Conflict("amber", ("1", "2")),
            Conflict("Zemblan firms in Ruritania", ("5", "6")),
        ),
    )
    threads = {one: replace(kept, title="A Zemblan ferry to Ruritania") for one, kept in record.threads.items()}
    told = said(of(Said("ferry", "2020-01-01"), case=case, threads=threads), "avoid")
    assert [line for line in told if "Give no single account" in line] == [
        "Give no single account of ‘start of promise on the ferry’; sources differ: 2015; 2016."
    ]


def test_questions_go_to_who_owes() -> None:
    mine, theirs = Said("a", "2020-01-01", parties=("ZEM",)), Said("b", "2020-01-01", parties=("RUR",))
    told = said(of(mine, theirs), "questions")
    assert told[0].startswith("Be ready to answer: what has come of ‘The a’")
    assert any(line.startswith("To Ruritania: by when will ‘The b’ be done?") for line in told)
    joint = said(of(mine, theirs, side=None), "questions")
    assert {line.split(":")[0] for line in joint} == {"To Zembla", "To Ruritania"}
    done = replace(mine, shown=((Shown.COMPLETED, "2021"),))
    assert said(of(done), "questions") == ["To both: what is to be done, by whom, by when, and how will we know?"]


def test_where_nothing_is_recorded_it_says_so() -> None:
    record = record_of(Said("a", "2020-01-01"))
    made = brief(record, WORDS, MEETING, [item(), item("C9", id="x.02", place=2)], "ZEM", DAY)
    assert said(made, "points") == [
        "The item rests on no promise and no barrier of the record.",
        "The record holds no commitment C9.",
    ]
    early = brief(record, WORDS, MEETING, [item("C0")], "ZEM", date(2019, 1, 1))
    assert said(early, "points") == ["C0 was promised on 1 January 2020, after the day of this brief."]


def test_a_joint_brief_takes_no_private_notes() -> None:
    record = record_of(Said("a", "2020-01-01"))
    with pytest.raises(RequestError, match="a joint brief holds nothing private"):
        brief(record, WORDS, MEETING, [item("C0")], None, DAY, ["offer less"])
    assert brief(record, WORDS, MEETING, [item("C0")], None, DAY).notes == ()
    assert brief(record, WORDS, MEETING, [item("C0")], "ZEM", DAY, ["offer less"]).notes == ("offer less",)
    with pytest.raises(RequestError, match="'XXX' is no party of The two coasts; the sides are ZEM and RUR"):
        brief(record, WORDS, MEETING, [], "XXX", DAY)


@given(records(), st.sampled_from(["ZEM", "RUR", None]), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
@examples(60)
def test_both_sides_are_briefed_by_the_same_rule(record: Record, side: str | None, day: date) -> None:
    agenda = [item(*record.commitments, barriers=tuple(record.barriers)), AMBER]
    # Words that people wrote may hold a name themselves: those of the strategies hold none.
    one = brief(record, WORDS, MEETING, agenda, side, day)
    replies = {name: replace(kept, party=OTHER[kept.party]) for name, kept in record.replies.items()}
    turned = brief(
        replace(exchanged(record), replies=replies), WORDS, MEETING, agenda, OTHER.get(side) if side else None, day
    )
    left = [point.says for talk in one.talks for name, _ in HEADS for point in getattr(talk, name)]
    right = [point.says for talk in turned.talks for name, _ in HEADS for point in getattr(talk, name)]
    assert renamed(left, OTHER) == right


@given(records(), st.sampled_from(["ZEM", "RUR", None]), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
@examples(60)
def test_every_sentence_has_its_source_and_stands_on_one_line(record: Record, side: str | None, day: date) -> None:
    agenda = [item(*record.commitments, barriers=tuple(record.barriers))]
    made = brief(record, WORDS, MEETING, agenda, side, day)
    points: list[Point] = [point for talk in made.talks for name, _ in HEADS for point in getattr(talk, name)]
    used = set(chain.from_iterable(point.sources for point in points))
    assert used == set(range(1, len(made.sources) + 1))
    for point in points:
        assert point.says == " ".join(point.says.split()) and point.says
        assert ("Promised " not in point.says) or point.sources
    assert all(isinstance(talk, Talk) and talk.points and talk.concerns and talk.questions for talk in made.talks)


def test_dates_are_no_more_precise_than_their_source() -> None:
    from servanda.dialogue.papers.phrases import by, on
    from servanda.model.period import Deadline

    spoken = {
        "2018-05-02": "on 2 May 2018", "2018-05": "in May 2018", "2018": "in 2018",
        "2018-Q3": "in the third quarter of 2018", "2018-H2": "in the second half of 2018",
        "FY2025-26": "in the fiscal year 2025-26 (April to March)",
    }  # fmt: skip
    assert {text: on(When.parse(text)) for text in spoken} == spoken
    assert by(Deadline.parse("2018")) == "by the end of 2018"
    assert by(Deadline.parse("2018-05-02")) == "by 2 May 2018"
    assert by(Deadline.parse("every two years")) == "every two years"


def test_words_are_flat_and_letters_of_every_script_stay_whole() -> None:
    from servanda.dialogue.papers.phrases import flat, sentence

    assert flat("क्\u200dष \u202eevil\x1b[2J\nnext") == "क्\u200dष evil [2J next"
    assert sentence("a\n\nb") == "A b."
    assert sentence(" ") == ""
