"""How a status came about: every entry with the status after it, what was searched, and what both parties say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.entry import Change
from servanda.model.words import Act, Kind
from servanda.register.content import read_case
from servanda.register.explain import account, agreed, explain
from servanda.register.keep import bring_in
from servanda.register.ledger import remember
from servanda.register.rule import VERSION, promise, rule, showing
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store
from tests.properties import examples, given
from tests.small import write_small
from tests.strategies import records

TODAY = date(2026, 11, 23)
AT, LATER = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
COAST = "cases/zem-rur/documents/D-2018-COAST.yml"
FERRY = "cases/zem-rur/documents/D-2020-FERRY.yml"


@pytest.fixture(scope="module")
def shipped(seeded: Path) -> Iterator[Store]:
    opened = Store(store_url(str(seeded)))
    yield opened
    opened.close()


def test_c018_shows_the_entries_of_both_searches_and_the_status_after_each(shipped: Store) -> None:
    made = explain(shipped, "C018", TODAY)
    told = [(one.what.split(":")[0], one.status) for one in made.history]
    assert told == [
        ("commitment put", "no evidence found"),
        ("assessment by researcher, first search", None),
        ("evidence", "delivered"),
        ("assessment by researcher, second search", None),
    ]
    assert ["first" in made.history[0].why, "second" in made.history[2].why] == [True, True]
    assert [one.seq for one in made.history] == sorted({one.seq for one in made.history})
    assert (made.ruling.status, made.rule_version, made.case_title) == (
        "delivered",
        VERSION,
        "India and the Republic of Korea",
    )
    assert [(one.counted, one.carried, str(one.evidence.date)) for one in made.weighed] == [(True, True, "2012-06-18")]
    assert [(str(one.start), one.status) for one in made.standings] == [
        ("2010-01-25", "no evidence found"),
        ("2012-06-18", "delivered"),
    ]
    assert len(made.searched) == 2
    assert made.elsewhere.g20 == 1
    assert made.agreed == "not assessed by IND and KOR"


def test_evidence_later_than_the_day_is_shown_and_does_not_count(shipped: Store) -> None:
    made = explain(shipped, "C018", date(2012, 1, 1))
    assert made.ruling.status == "no evidence found"
    assert [(one.counted, one.carried) for one in made.weighed] == [(False, False)]


def test_the_history_of_every_shipped_commitment_ends_in_its_status(shipped: Store) -> None:
    record = read_case(shipped_content(), "ind-kor")
    for name in sorted(record.commitments)[::12]:
        made = explain(shipped, name, TODAY)
        statuses = [one.status for one in made.history if one.status is not None]
        assert statuses[-1] == made.ruling.status == account(record, name, TODAY).ruling.status
        assert len(made.history) == 1 + len(made.weighed) + len(made.assessments)


@pytest.mark.parametrize("word", ["C18", "c18", "c018", "C0018"])
def test_an_id_with_other_zeros_is_told_the_right_one_first(shipped: Store, word: str) -> None:
    with pytest.raises(RequestError, match=f"no commitment '{word}'; nearest are C018, "):
        explain(shipped, word, TODAY)


def test_a_word_like_no_id_is_sent_to_the_list(shipped: Store) -> None:
    with pytest.raises(RequestError, match="no commitment 'Zanzibar'; see 'servanda commitments'"):
        explain(shipped, "Zanzibar", TODAY)


def test_before_it_was_promised_there_is_nothing_to_explain(shipped: Store) -> None:
    assert explain(shipped, "C018", date(2010, 1, 25)).ruling.status == "no evidence found"
    with pytest.raises(RequestError, match="C018 was promised on 2010-01-25, after 2010-01-24; choose a later day"):
        explain(shipped, "C018", date(2010, 1, 24))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_small(tmp_path / "content")


def edit(content: Path, file: str, old: str, new: str) -> None:
    path = content / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def told(store: Store, name: str, day: date = TODAY) -> list[tuple[str, str | None]]:
    return [(one.what.split(":")[0], one.status) for one in explain(store, name, day).history]


def test_with_its_evidence_withdrawn_nothing_is_found_and_the_search_is_named(store: Store, content: Path) -> None:
    bring_in(store, content, "a", "b", AT)
    (shown,) = explain(store, "Z003", TODAY).weighed
    with store.write() as unit:
        gone = Change(Act.WITHDRAW, Kind.EVIDENCE, shown.evidence.id, "zem-rur", None)
        remember(unit, [gone], LATER, "the editor", "the newspaper took it back")
    made = explain(store, "Z003", TODAY)
    assert (made.ruling.status, made.weighed) == ("no evidence found", ())
    assert "what was searched" in made.ruling.because
    assert made.searched == ("The gazettes of both states.",)
    # What was withdrawn is gone from the record and stays in its history, with who and why.
    assert told(store, "Z003") == [
        ("commitment put", "no evidence found"),
        ("evidence", "delivered"),
        ("evidence withdrawn", "no evidence found"),
    ]
    last = made.history[-1]
    assert (last.who, last.why, last.at) == ("the editor", "the newspaper took it back", LATER)
    # On a day before it was withdrawn, it is not yet.
    before = explain(store, "Z003", date(2026, 1, 15))
    assert before.ruling.status == "delivered"
    assert len(before.history) == 2


def test_a_row_that_takes_back_another_is_weighed_in_its_place(store: Store, content: Path) -> None:
    bring_in(store, content, "a", "b", AT)
    (shown,) = explain(store, "Z003", TODAY).weighed
    row = (content / FERRY).read_text().split("  evidence:\n")[1]
    correction = row.replace("The first ferry sailed", "It had sailed empty, as a test").replace(
        "completed", "step taken"
    )
    path = content / FERRY
    path.write_text(path.read_text() + correction.rstrip() + f"\n    withdraws: {shown.evidence.id}\n")
    bring_in(store, content, "a", "b", LATER)
    made = explain(store, "Z003", TODAY)
    assert [one.evidence.claim for one in made.weighed] == ["It had sailed empty, as a test"]
    assert [status for _, status in told(store, "Z003")] == [
        "no evidence found",
        "delivered",
        "in progress: behind schedule",
    ]
    assert made.history[-1].status == made.ruling.status


def test_after_each_entry_the_wording_of_that_entry_is_judged(store: Store, content: Path) -> None:
    bring_in(store, content, "a", "b", AT)
    edit(content, COAST, "deadline: 2019", "deadline: 2030")
    bring_in(store, content, "a", "b", LATER)
    assert [status for what, status in told(store, "Z001") if what == "commitment put"] == [
        "no evidence found",
        "in progress: on schedule",
    ]
    assert told(store, "Z001")[1] == ("evidence", "in progress: behind schedule")


def test_an_assessment_that_was_withdrawn_stays_in_the_history(store: Store, content: Path) -> None:
    bring_in(store, content, "a", "b", AT)
    with store.write() as unit:
        remember(
            unit, [Change(Act.WITHDRAW, Kind.ASSESSMENT, "Z001-ZEM-1", "zem-rur", None)], LATER, "a", "given in error"
        )
    assert [what for what, _ in told(store, "Z001")] == [
        "commitment put",
        "evidence",
        "assessment by Ministry of Transport",
        "assessment by a reader",
        "assessment withdrawn",
    ]


def test_the_history_of_one_commitment_holds_nothing_of_another(store: Store, content: Path) -> None:
    # Ids of which one begins like the other.
    edit(content, FERRY, "- id: Z003", "- id: Z001-Z")
    bring_in(store, content, "a", "b", AT)
    assert [what for what, _ in told(store, "Z001")] == [
        "commitment put",
        "evidence",
        "assessment by Ministry of Transport",
        "assessment by a reader",
    ]
    assert [what for what, _ in told(store, "Z001-Z")] == ["commitment put", "evidence"]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((), "not assessed by ZEM and RUR"),
        ((("ZEM", "delivered"),), "not assessed by RUR"),
        ((("RUR", "delivered"), ("reviewer", "delivered")), "not assessed by ZEM"),
        ((("ZEM", "delivered"), ("RUR", "delivered")), "agreed: delivered"),
        ((("ZEM", "delivered"), ("RUR", "not started"), ("reviewer", "delivered")), "the parties differ"),
        # The last turn of a key counts.
        ((("ZEM", "not started"), ("RUR", "delivered"), ("ZEM", "delivered")), "agreed: delivered"),
        ((("ZEM", "delivered"), ("RUR", "delivered"), ("RUR", "unknown")), "the parties differ"),
    ],
)
def test_agreed_is_what_both_parties_say_and_nobody_else(
    content: Path, verdicts: tuple[tuple[str, str], ...], said: str
) -> None:
    lines = "".join(f"  - {{key: {key}, by: somebody, verdict: {word}}}\n" for key, word in verdicts)
    path = content / COAST
    head, rest = path.read_text().split("  assessments:\n")
    after = rest[rest.index("- id: Z002") :]
    path.write_text(head + (f"  assessments:\n{lines}" if lines else "") + after)
    record = read_case(content, "zem-rur")
    made = account(record, "Z001", TODAY)
    assert (made.agreed, len(made.assessments)) == (said, len(verdicts))
    assert agreed(record, made.assessments) == said


@examples(40)
@given(records(), st.lists(st.integers(0, 16_000), min_size=1, max_size=5))
def test_the_statuses_over_the_years_are_those_of_the_rule_on_those_days(record: Record, later: list[int]) -> None:
    for name, one in record.commitments.items():
        since = record.documents[one.document].date.first
        made = account(record, name, TODAY)
        shown = [showing(row, record.searched_on(row.search)) for row in record.evidence_on()[name]]
        assert made.standings[0].start == since
        for before, after in zip(made.standings, made.standings[1:], strict=False):
            assert before.stop == after.start
        turns = [part.start for part in made.standings] + [part.stop - timedelta(1) for part in made.standings]
        for day in [*turns, *(since + timedelta(days) for days in later)]:
            (holds,) = [part for part in made.standings if part.start <= day < part.stop]
            ruling = rule(promise(one, since), shown, day)
            assert holds.status == ruling.status
            if ruling.status.is_open:
                # What was met in part by its date is owed by no date any more; late it is by both or by neither.
                assert (max(0, (day - holds.due).days) if holds.due else 0) == ruling.days_overdue
            else:
                assert holds.due == ruling.due
