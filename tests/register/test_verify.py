"""Tampering shows: whatever is altered behind the register's back is found and named."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from servanda.model.entry import GENESIS, Change, seal
from servanda.model.words import Act, Kind
from servanda.register.keep import bring_in
from servanda.register.ledger import remember
from servanda.register.verify import Verdict, verify
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.properties import examples, given
from tests.small import write_small

COLUMNS = ("at", "who", "why", "act", "kind", "ref", "case_id", "body", "before", "hash")
COUNT = 16


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small register with a put, a change and a withdrawal; only to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    store = Store(store_url(str(folder / "r.sqlite")))
    content = write_small(folder / "content")
    bring_in(store, content, "a", "b", "2026-01-01")
    with store.write() as unit:
        gone = Change(Act.WITHDRAW, Kind.FIGURE, "ZF1", "zem-rur", None)
        remember(unit, [gone], "2026-02-01", "a", "wrong")
    assert verify(store).entries == COUNT
    store.close()
    return folder / "r.sqlite"


def verdict_after(kept: Path, tamper: Callable[[sqlite3.Connection], object]) -> Verdict:
    """What verify says of a copy that was altered with another program."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "r.sqlite"
        shutil.copyfile(kept, copy)
        other = sqlite3.connect(copy)
        tamper(other)
        other.commit()
        other.close()
        store = Store(store_url(str(copy)))
        verdict = verify(store)
        store.close()
        return verdict


def test_untouched_register_holds(kept: Path) -> None:
    verdict = verdict_after(kept, lambda _: None)
    assert (verdict.entries, verdict.problems) == (COUNT, ())
    assert len(verdict.head) == 64


def test_empty_register_holds(store: Store) -> None:
    assert verify(store) == Verdict(0, GENESIS, ())


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 8, COUNT])
def test_any_altered_field_is_named(kept: Path, column: str, seq: int) -> None:
    verdict = verdict_after(
        kept, lambda other: other.execute(f"UPDATE entries SET {column} = {column} || 'x' WHERE seq = ?", (seq,))
    )
    assert verdict.problems[0].startswith(f"entry {seq} (")
    assert "was altered: its words do not give its hash" in verdict.problems[0]


@examples(40)
@given(st.sampled_from(COLUMNS), st.integers(1, COUNT), st.text("abc0 ", max_size=6))
def test_any_other_words_are_found(kept: Path, column: str, seq: int, words: str) -> None:
    def tamper(other: sqlite3.Connection) -> None:
        ((old,),) = other.execute(f"SELECT {column} FROM entries WHERE seq = ?", (seq,))
        other.execute(f"UPDATE entries SET {column} = ? WHERE seq = ?", (words + str(old) + "!", seq))

    assert any(problem.startswith(f"entry {seq} (") for problem in verdict_after(kept, tamper).problems)


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ((1,), "entry 1 was removed"),
        ((7,), "entry 7 was removed"),
        ((7, 8, 9), "entries 7 to 9 were removed"),
        ((COUNT,), f"entry {COUNT} was removed from the end"),
        ((COUNT - 1, COUNT), f"entries {COUNT - 1} to {COUNT} were removed from the end"),
        (tuple(range(1, COUNT + 1)), f"entries 1 to {COUNT} were removed from the end"),
    ],
)
def test_removed_entries_are_named(kept: Path, gone: tuple[int, ...], said: str) -> None:
    verdict = verdict_after(kept, lambda other: other.execute(f"DELETE FROM entries WHERE seq IN {(*gone, 0)}"))
    assert verdict.problems[0] == said


@examples(30)
@given(st.sets(st.integers(1, COUNT), min_size=1))
def test_whatever_is_removed_is_found(kept: Path, gone: set[int]) -> None:
    said = "; ".join(
        verdict_after(kept, lambda other: other.execute(f"DELETE FROM entries WHERE seq IN {(*gone, 0)}")).problems
    )
    for seq in gone:
        first = max(number for number in range(1, seq + 1) if number - 1 not in gone and number in gone)
        assert f"entry {first} was" in said or f"entries {first} to" in said


@examples(30)
@given(st.lists(st.integers(1, COUNT), min_size=2, max_size=2, unique=True))
def test_swapped_entries_are_named(kept: Path, pair: list[int]) -> None:
    one, two = pair

    def tamper(other: sqlite3.Connection) -> None:
        for seq, moved in ((one, -1), (two, one), (-1, two)):
            other.execute("UPDATE entries SET seq = ? WHERE seq = ?", (moved, seq))

    said = verdict_after(kept, tamper).problems
    assert {problem.split(" (")[0] for problem in said if "was altered" in problem} == {f"entry {one}", f"entry {two}"}


def reseal(other: sqlite3.Connection, seq: int) -> None:
    """Give an altered entry a hash that fits its new words, as somebody who knows the chain would."""
    row = other.execute(
        "SELECT seq, at, who, why, act, kind, ref, case_id, body, before FROM entries WHERE seq = ?", (seq,)
    ).fetchone()
    other.execute("UPDATE entries SET hash = ? WHERE seq = ?", (seal(tuple(str(word) for word in row)), seq))


@pytest.mark.parametrize("seq", range(1, COUNT + 1))
def test_an_entry_that_was_sealed_anew_is_found_by_what_follows(kept: Path, seq: int) -> None:
    def tamper(other: sqlite3.Connection) -> None:
        other.execute("UPDATE entries SET why = 'for another reason' WHERE seq = ?", (seq,))
        reseal(other, seq)

    (said,) = verdict_after(kept, tamper).problems
    if seq == COUNT:
        assert said == f"entry {seq} was replaced: its hash is not the one the register kept"
    else:
        assert said.startswith(f"entry {seq + 1} (")
        assert said.endswith(f"does not follow entry {seq}: one of them was replaced")


def test_entries_added_behind_the_end(kept: Path) -> None:
    def tamper(other: sqlite3.Connection) -> None:
        other.execute(
            "INSERT INTO entries SELECT seq + 1, at, who, why, act, kind, ref, case_id, body, hash, hash "
            "FROM entries WHERE seq = ?",
            (COUNT,),
        )
        reseal(other, COUNT + 1)

    assert verdict_after(kept, tamper).problems == (
        f"entries {COUNT + 1} to {COUNT + 1} were added past the end without the register's hand",
    )


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE items SET body = replace(body, 'trade', 'energy') WHERE ref = 'Z001'",
         "commitment Z001 differs in the present state from entry 6 that put it"),
        ("UPDATE items SET seq = 3 WHERE ref = 'Z001'", "commitment Z001 differs in the present state from entry 6"),
        ("UPDATE items SET case_id = 'other' WHERE ref = 'Z001'",
         "commitment Z001 differs in the present state from entry 6"),
        ("DELETE FROM items WHERE ref = 'ZE1'", "event ZE1 is missing from the present state; entry"),
        ("UPDATE items SET ref = 'ZE2' WHERE ref = 'ZE1'", "event ZE1 is missing from the present state; entry"),
        ("INSERT INTO items VALUES ('event', 'ZE9', 'zem-rur', 1, '{}')",
         "event ZE9 stands in the present state and in no entry"),
        # What was withdrawn must stay away.
        ("INSERT INTO items VALUES ('figure', 'ZF1', 'zem-rur', 13, '{}')",
         "figure ZF1 stands in the present state and in no entry"),
        ("UPDATE head SET hash = 'x'", f"entry {COUNT} was replaced: its hash is not the one the register kept"),
        ("UPDATE head SET seq = 5", f"entries 6 to {COUNT} were added past the end without the register's hand"),
        ("DELETE FROM head", f"entries 1 to {COUNT} were added past the end without the register's hand"),
    ],
)  # fmt: skip
def test_altered_present_state_is_named(kept: Path, sql: str, said: str) -> None:
    problems = verdict_after(kept, lambda other: other.execute(sql)).problems
    assert problems[0].startswith(said)


@pytest.mark.parametrize(
    "kind", ["case", "document", "thread", "commitment", "evidence", "assessment", "event", "barrier"]
)
def test_every_kind_of_noun_is_held_against_its_entries(kept: Path, kind: str) -> None:
    verdict = verdict_after(
        kept, lambda other: other.execute("UPDATE items SET body = body || ' ' WHERE kind = ?", (kind,))
    )
    assert verdict.problems
    assert all(problem.startswith(f"{kind} ") for problem in verdict.problems)


def test_an_altered_index_is_named(seeded_copy: Callable[[], Path]) -> None:
    """What search shows is held against the rule as well."""
    path = seeded_copy()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE packed SET standings = zeroblob(length(standings)) WHERE case_id = 'ind-kor'")
    connection.close()
    store = Store(store_url(str(path)))
    assert any("stands wrongly in the index" in problem for problem in verify(store).problems)
    store.close()
