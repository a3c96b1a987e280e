"""Private notes: kept, withdrawn, shown to have been touched, and not there for the other party in any way."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import text

from servanda.accounts.notes import read, verify, withdraw, write
from servanda.errors import RequestError
from servanda.model.dialogue import Role, Speaker
from servanda.model.words import Act, Kind
from servanda.register.keep import bring_in, write_out
from servanda.register.verify import verify as verify_register
from servanda.store import notes as kept
from servanda.store import tables
from servanda.store.connect import Store
from tests.accounts.conftest import AT

ANNA = Speaker("Anna Lee", "ZEM", Role.CO_CHAIR)
BORIS = Speaker("Boris Rao", "RUR", Role.POLICYMAKER)
RUTH = Speaker("Ruth Ng", None, Role.REVIEWER)
C = Kind.COMMITMENT
MARK = "quelque chose de secret"


@pytest.fixture
def noted(register: Store, small_content: Path) -> Store:
    """The small case, in which Zembla has noted something."""
    bring_in(register, small_content, "a", "b", AT)
    write(register, ANNA, C, "Z001", MARK, AT)
    return register


def test_a_party_reads_what_its_people_wrote(noted: Store) -> None:
    other = Speaker("Zoe Li", "ZEM", Role.OBSERVER, ("trade",))
    write(noted, other, C, "Z001", "  And this.\r\nTwo lines. ", AT)
    assert [(one.by, one.says) for one in read(noted, ANNA, C, "Z001")] == [
        ("Anna Lee", MARK),
        ("Zoe Li", "And this.\nTwo lines."),
    ]
    assert read(noted, ANNA, C, "Z002") == () and read(noted, ANNA, Kind.BARRIER, "Z001") == ()


@pytest.mark.parametrize("speaker", [BORIS, RUTH], ids=["the other party", "of no party"])
def test_nobody_else_meets_anything_of_it(noted: Store, speaker: Speaker) -> None:
    def met(ref: str) -> list[Any]:
        """All that can be asked about a commitment, with the words of every refusal."""
        found: list[Any] = []
        for party in (None, "ZEM", "RUR", "zem", "", "%"):
            found.append(read(noted, speaker, C, ref, party=party))
            for seq in (0, 1, 2, -1, 2**31, 2**63):
                with pytest.raises(RequestError) as refused:
                    withdraw(noted, speaker, seq, "why", AT, party=party)
                found.append(str(refused.value))
        return found

    assert met("Z001") == met("Z002") == met("Z999"), "with notes, without, and of nothing at all"
    with pytest.raises(RequestError, match="you speak for none"):
        write(noted, speaker, C, "Z001", "x", AT, party="ZEM")
    assert len(read(noted, ANNA, C, "Z001")) == 1


def test_numbers_of_one_party_tell_nothing_of_the_other(noted: Store) -> None:
    for number in range(5):
        write(noted, ANNA, C, "Z001", f"note {number}", AT)
    first = write(noted, BORIS, C, "Z001", "ours", AT)
    assert (first.seq, first.before) == (1, "0" * 64)
    assert [one.says for one in read(noted, BORIS, C, "Z001")] == ["ours"]
    assert withdraw(noted, BORIS, 1, "no longer", AT).seq == 2
    assert len(read(noted, ANNA, C, "Z001")) == 6


def test_a_withdrawal_takes_it_back_once_and_both_stay(noted: Store) -> None:
    withdraw(noted, ANNA, 1, "it was wrong", AT)
    assert read(noted, ANNA, C, "Z001") == ()
    with pytest.raises(RequestError, match="withdrawn already"):
        withdraw(noted, ANNA, 1, "again", AT)
    with pytest.raises(RequestError, match="no note 2 of yours"):
        withdraw(noted, ANNA, 2, "a withdrawal", AT)
    with noted.read() as unit:
        rows = [(one.act, one.says, one.of) for one in kept.read_all(unit, "ZEM")]
    assert rows == [(Act.PUT, MARK, None), (Act.WITHDRAW, "it was wrong", 1)]
    assert verify(noted, "ZEM").problems == ()


def test_alone_on_a_laptop_the_party_is_chosen(noted: Store) -> None:
    write(noted, None, C, "Z001", "of Ruritania", AT, party="RUR", by="me")
    assert [one.says for one in read(noted, None, C, "Z001", party="RUR")] == ["of Ruritania"]
    assert [one.says for one in read(noted, None, C, "Z001", party="ZEM")] == [MARK]
    assert read(noted, None, C, "Z001") == ()
    with pytest.raises(RequestError, match="nobody is named"):
        write(noted, None, C, "Z001", "x", AT, party="RUR")
    with pytest.raises(RequestError, match="belongs to a party"):
        write(noted, None, C, "Z001", "x", AT, by="me")
    withdraw(noted, None, 1, "no longer", AT, party="RUR")
    assert read(noted, None, C, "Z001", party="RUR") == ()


@pytest.mark.parametrize(
    ("about", "ref", "says", "why"),
    [
        (C, "Z999", "x", "no commitment 'Z999'"), (Kind.MEETING, "Z001", "x", "no meeting 'Z001'"),
        (Kind.DOCUMENT, "D-2018-COAST", "x", "not about a document"), (C, "Z001", " ", "1 to 20,000 characters"),
        (C, "Z001", "x" * 20_001, "this one has 20,001"), (C, "Z001", "a\x00b", "can be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_noted_is_refused(noted: Store, about: Kind, ref: str, says: str, why: str) -> None:
    with pytest.raises(RequestError, match=why):
        write(noted, ANNA, about, ref, says, AT)
    assert verify(noted, "ZEM").notes == 1


TAMPERING = {
    "words changed": "UPDATE notes SET says = 'x' WHERE seq = 2",
    "author changed": "UPDATE notes SET by = 'x' WHERE seq = 2",
    "one removed": "DELETE FROM notes WHERE seq = 2",
    "the last removed": "DELETE FROM notes WHERE seq = 3",
    "all removed": "DELETE FROM notes",
    "moved to the other": "UPDATE notes SET party = 'RUR' WHERE seq = 3",
    "moved to another noun": "UPDATE notes SET ref = 'Z002' WHERE seq = 1",
}


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_shows(noted: Store, how: str) -> None:
    for number in range(2):
        write(noted, ANNA, C, "Z001", f"note {number}", AT)
    before = verify(noted, "ZEM")
    assert (before.notes, before.problems) == (3, ())
    with noted.aside() as unit:
        unit.execute(text(TAMPERING[how].replace("by =", '"by" =')))
    assert verify(noted, "ZEM").problems


def test_a_chain_rewritten_whole_shows_against_a_hash_kept(noted: Store) -> None:
    head = verify(noted, "ZEM").head
    with noted.aside() as unit:
        unit.execute(text("DELETE FROM notes"))
        unit.execute(text("DELETE FROM note_heads"))
    write(noted, ANNA, C, "Z001", "another", AT)
    assert verify(noted, "ZEM").problems == ()
    assert "rewritten" in verify(noted, "ZEM", head).problems[0]
    assert verify(noted, "RUR") == verify(noted, "nobody")


def test_they_are_no_part_of_the_register(noted: Store, tmp_path: Path) -> None:
    before = verify_register(noted)
    write(noted, ANNA, C, "Z002", MARK, AT)
    assert verify_register(noted) == before
    with noted.read() as unit:
        for table in ("entries", "items", "commitments", "head", "packed"):
            assert MARK not in str(unit.execute(text(f"SELECT * FROM {table}")).all()), table
    for path in write_out(noted, tmp_path / "out"):
        assert MARK not in path.read_text(encoding="utf-8")


def test_many_at_once_make_one_chain(noted: Store) -> None:
    def one(number: int) -> int:
        return write(noted, ANNA if number % 2 else BORIS, C, "Z001", f"note {number}", AT).seq

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(one, range(24)))
    assert (verify(noted, "ZEM").notes, verify(noted, "ZEM").problems) == (13, ())
    assert (verify(noted, "RUR").notes, verify(noted, "RUR").problems) == (12, ())


def plant(store: Store, count: int) -> None:
    with store.aside() as unit:
        last, _ = kept.head_of(unit, "ZEM")
        rows = [
            {"party": "ZEM", "seq": last + 1 + number, "at": AT, "by": "x", "act": "put", "about": "commitment",
             "ref": "Z001", "says": "y" * 300, "of": None, "before": "0" * 64, "hash": "0" * 64}
            for number in range(count)
        ]  # fmt: skip
        unit.execute(tables.notes.insert(), rows)


def test_the_other_s_notes_are_not_even_passed_over(noted: Store) -> None:
    """The plan goes by the party first; and on SQLite the very steps of the machine are the same with 3,000 more."""

    def plan() -> str:
        with noted.read() as unit:
            kept.by_key(unit)
            query = kept.about("RUR", "commitment", "Z001").compile(unit.engine, compile_kwargs={"literal_binds": True})
            how = "EXPLAIN QUERY PLAN" if unit.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF)"
            return "\n".join(str(row) for row in unit.execute(text(f"{how} {query}")))

    def steps() -> int:
        counted = [0]
        with noted.read() as unit:
            raw: Any = unit.connection.driver_connection
            if unit.dialect.name == "sqlite":
                raw.set_progress_handler(lambda: counted.__setitem__(0, counted[0] + 1), 1)
            kept.read(unit, "RUR", "commitment", "Z001")
            kept.find(unit, "RUR", 1)
            kept.head_of(unit, "RUR")
            if unit.dialect.name == "sqlite":
                raw.set_progress_handler(None, 0)
        return counted[0]

    before, walked = plan(), steps()
    plant(noted, 3000)
    assert plan() == before and steps() == walked
    assert "notes_about" in before and "party" in before and "SCAN notes" not in before and "Seq Scan" not in before
    if noted.engine.dialect.name == "sqlite":
        assert walked > 0


def test_the_time_of_an_answer_does_not_tell_how_many_there_are(noted: Store) -> None:
    def took() -> float:
        spent = []
        for _ in range(60):
            start = time.perf_counter()
            read(noted, BORIS, C, "Z001")
            spent.append(time.perf_counter() - start)
        return median(spent)

    took()
    few = took()
    plant(noted, 3000)
    many = min(took() for _ in range(5))
    assert many < few * 1.5, "and a reading of those rows would take many times as long"
    start = time.perf_counter()
    assert len(read(noted, ANNA, C, "Z001")) == 3001
    assert time.perf_counter() - start > few * 3, "the measure can tell the two apart"
