"""Import and export: lossless both ways, and exactly the entries of what changed."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servanda.errors import ContentError, RequestError
from servanda.model.case import Record
from servanda.model.entry import Entry
from servanda.model.evidence import evidence_id
from servanda.model.status import Status
from servanda.register.content import read_case, write_case
from servanda.register.keep import Kept, bring_in, seed, write_out
from servanda.register.threads import strands
from servanda.register.verify import verify
from servanda.settings import shipped_content, store_url
from servanda.store import entries, items, search
from servanda.store.connect import Store
from tests.properties import examples, given
from tests.small import write_small
from tests.strategies import CASE, records

AT, LATER = "2026-11-23T00:00:00+00:00", "2026-12-01T00:00:00+00:00"
COAST = f"cases/{CASE}/documents/D-2018-COAST.yml"
FERRY = f"cases/{CASE}/documents/D-2020-FERRY.yml"
DAYS = (date(2019, 1, 1), date(2020, 6, 1), date(2021, 5, 1), date(2026, 11, 23))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")}


def test_export_over_the_content_leaves_scenarios_and_rates_where_they_lie(small_content: Path, store: Store) -> None:
    bring_in(store, small_content, "a", "first", LATER)
    beside = [small_content / "scenarios" / "zem-rur" / name for name in ("cut.yml", "rates.yml")]
    gone = small_content / "cases" / "zem-rur" / "documents" / "D-1900-GONE.yml"
    for path in (*beside, gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("id: cut\n", encoding="utf-8")
    write_out(store, small_content)
    assert all(path.exists() for path in beside) and not gone.exists()


def made_after(store: Store, last: int) -> list[Entry]:
    with store.read() as unit:
        return [entry for entry in entries.read_all(unit) if entry.seq > last]


def indexed(store: Store) -> list[Any]:
    """What the index of commitments answers, on several days."""
    with store.read() as unit:
        asked = [search.Query(day, words, sort="id", size=500) for day in DAYS for words in ("", "ferry", "poets")]
        return [search.find(unit, query) for query in asked]


def edit(content: Path, file: str, old: str, new: str) -> None:
    path = content / file
    text = path.read_text()
    assert text.count(old) == 1, (old, text.count(old))
    path.write_text(text.replace(old, new))


def test_export_is_the_shipped_content_to_the_byte(seeded: Path, tmp_path: Path) -> None:
    copy = tmp_path / "r.sqlite"
    shutil.copyfile(seeded, copy)
    store = Store(store_url(str(copy)))
    written = write_out(store, tmp_path / "out")
    shipped = files_of(shipped_content() / "cases")
    assert files_of(tmp_path / "out" / "cases") == shipped
    assert sorted(path.relative_to(tmp_path / "out" / "cases").as_posix() for path in written) == sorted(shipped)
    # And bringing it in again finds nothing new.
    kept = bring_in(store, shipped_content(), "a", "again", LATER)
    assert {(one.put, one.withdrawn) for one in kept} == {(0, 0)}
    assert verify(store).entries == 4275
    store.close()


@examples(30)
@given(records())
def test_any_record_survives_its_folder(record: Record) -> None:
    with tempfile.TemporaryDirectory() as name:
        content = write_small(Path(name))
        shutil.rmtree(content / "cases")
        write_case(content, record)
        assert read_case(content, CASE) == record
        first = files_of(content)
        write_case(content, read_case(content, CASE))
        assert files_of(content) == first


@examples(12)
@given(records(), records())
def test_any_two_records_in_turn_survive_the_register(one: Record, other: Record) -> None:
    with tempfile.TemporaryDirectory() as name:
        content, out = write_small(Path(name) / "in"), write_small(Path(name) / "out")
        store, fresh = Store(store_url(f"{name}/r.sqlite")), Store(store_url(f"{name}/fresh.sqlite"))
        for record in (one, other):
            shutil.rmtree(content / "cases")
            write_case(content, record)
            bring_in(store, content, "a", "b", AT)
            write_out(store, out)
            assert files_of(out / "cases") == files_of(content / "cases")
            (kept,) = bring_in(store, out, "a", "again", LATER)
            assert (kept.put, kept.withdrawn) == (0, 0)
        # The second record replaced the first in every respect: present state and index are as if it had been alone.
        bring_in(fresh, content, "a", "b", AT)
        with store.read() as unit, fresh.read() as alone:
            assert items.bodies(unit, CASE) == items.bodies(alone, CASE)
            # And at every entry on the way there was a record that could be read.
            for upto in range(1, entries.head_of(unit)[0] + 1):
                bodies = items.bodies_at(unit, CASE, upto)
                assert items.record(bodies, upto).evidence_on().keys() == items.record(bodies, upto).commitments.keys()
        assert indexed(store) == indexed(fresh)
        assert verify(store).problems == ()
        store.close()
        fresh.close()


def test_first_import_says_who_and_why(store: Store, small_content: Path) -> None:
    assert bring_in(store, small_content, "a reader", "first look", AT) == [Kept(CASE, 15, 0, 15)]
    rows = made_after(store, 0)
    assert {(row.at, row.who, row.act, row.case) for row in rows} == {(AT, "a reader", "put", CASE)}
    assert [row.why for row in rows] == ["first look (first search)"] * 14 + ["first look (second search)"]
    # Nouns are entered in the order in which they rest on each other.
    order = ["case", "document", "thread", "commitment", "evidence", "assessment", "event", "figure", "barrier"]
    kinds = [row.kind for row in rows[:14]]
    assert kinds == sorted(kinds, key=order.index)


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ((COAST, "area: trade", "area: technology"), [("put", "commitment", "Z001")]),
        ((COAST, "title: Statement on the shared coast", "title: On the coast"), [("put", "document", "D-2018-COAST")]),
        ((COAST, "as_of: 2020-02", "as_of: 2020-03"), [("put", "assessment", "Z001-ZEM-1")]),
        ((f"cases/{CASE}/threads.yml", "A ferry between", "The ferry between"), [("put", "thread", f"{CASE}.ferry")]),
        ((f"cases/{CASE}/figures.yml", "value: 0", "value: 1"), [("put", "figure", "ZF1")]),
        ((f"cases/{CASE}/barriers.yml", "status: in force", "status: removed"), [("put", "barrier", "ZB1")]),
        ((f"cases/{CASE}/events.yml", "exchange envoys", "exchange gifts"), [("put", "event", "ZE1")]),
        ((f"cases/{CASE}/case.yml", "title: Zembla and", "title: Great Zembla and"), [("put", "case", CASE)]),
        # A claim that reads otherwise is another claim: a new row, and the old one withdrawn.
        ((COAST, "The pier was built", "Half of it was built"),
         [("put", "evidence", "Z001-"), ("withdraw", "evidence", "Z001-")]),
        # How it is written down does not matter.
        ((COAST, "action: specific\n  instrument: statement", "instrument: statement\n  action: specific"), []),
    ],
)  # fmt: skip
def test_an_edit_makes_exactly_its_entries(
    store: Store, small_content: Path, edited: tuple[str, str, str], expected: list[tuple[str, str, str]]
) -> None:
    bring_in(store, small_content, "a", "b", AT)
    edit(small_content, *edited)
    (kept,) = bring_in(store, small_content, "an editor", "a correction", LATER)
    rows = made_after(store, 15)
    assert [(row.act, row.kind) for row in rows] == [(act, kind) for act, kind, _ in expected]
    assert all(row.ref.startswith(ref) for row, (_, _, ref) in zip(rows, expected, strict=True))
    assert all((row.who, row.at) == ("an editor", LATER) for row in rows)
    assert all(row.why.startswith("a correction (") for row in rows)
    assert (kept.put, kept.withdrawn) == tuple([row.act for row in rows].count(act) for act in ("put", "withdraw"))
    assert verify(store).problems == ()


def test_what_is_gone_from_the_content_is_withdrawn_and_remembered(store: Store, small_content: Path) -> None:
    bring_in(store, small_content, "a", "b", AT)
    (small_content / FERRY).unlink()
    bring_in(store, small_content, "an editor", "not ours", LATER)
    rows = made_after(store, 15)
    # What rests on another noun goes before it.
    assert [(row.act, row.kind) for row in rows] == [
        ("withdraw", kind) for kind in ("evidence", "commitment", "document")
    ]
    assert {row.why for row in rows} == {"not ours (no longer in the content)"}
    assert {row.body for row in rows} == {"null"}
    with store.read() as unit:
        assert ("commitment", "Z003") not in items.bodies(unit, CASE)
        assert ("commitment", "Z003") in items.bodies_at(unit, CASE, 15)
        assert [hit.ref for hit in search.find(unit, search.Query(DAYS[-1], sort="id")).hits] == ["Z001", "Z002"]
    write_out(store, small_content.parent / "out")
    assert not (small_content.parent / "out" / FERRY).exists()


def test_export_removes_files_of_nouns_that_are_gone(store: Store, small_content: Path) -> None:
    bring_in(store, small_content, "a", "b", AT)
    out = small_content.parent / "out"
    write_out(store, out)
    (out / f"cases/{CASE}/documents/D-1999-OLD.yml").write_text("id: D-1999-OLD\n")
    write_out(store, out)
    assert not (out / f"cases/{CASE}/documents/D-1999-OLD.yml").exists()
    assert not [path for path in out.rglob("*") if path.suffix == ".part"]


def test_a_search_can_be_renamed(store: Store, small_content: Path) -> None:
    # The case and what its searches found change in one unit; half-way, evidence speaks of a search that is no more.
    bring_in(store, small_content, "a", "b", AT)
    edit(small_content, f"cases/{CASE}/case.yml", "id: second", "id: letters")
    edit(small_content, FERRY, "search: second", "search: letters")
    (kept,) = bring_in(store, small_content, "a", "renamed", LATER)
    assert (kept.put, kept.withdrawn) == (2, 0)
    assert verify(store).problems == ()


def test_index_follows_evidence_that_comes_and_goes(store: Store, small_content: Path) -> None:
    def status() -> str:
        with store.read() as unit:
            return next(hit.status for hit in search.find(unit, search.Query(DAYS[-1])).hits if hit.ref == "Z003")

    bring_in(store, small_content, "a", "b", AT)
    whole = (small_content / FERRY).read_text()
    assert status() == Status.DELIVERED
    (small_content / FERRY).write_text(whole.split("  evidence:")[0])
    bring_in(store, small_content, "a", "doubt", LATER)
    assert status() == Status.NO_EVIDENCE
    (small_content / FERRY).write_text(whole)
    bring_in(store, small_content, "a", "no doubt", LATER)
    assert status() == Status.DELIVERED


def test_history_shows_both_searches(seeded: Path, tmp_path: Path) -> None:
    # The first search found nothing of the agreement on prisoners; the second found that it took effect.
    copy = tmp_path / "r.sqlite"
    shutil.copyfile(seeded, copy)
    store = Store(store_url(str(copy)))
    thread, day = "ind-kor.sentenced-prisoners-transfer", date(2026, 11, 23)
    with store.read() as unit:
        about = [row for row in entries.read_all(unit, case="ind-kor") if "C018" in (row.ref, *row.ref.split("-"))]
        first = max(row.seq for row in entries.read_all(unit, case="ind-kor") if row.why.endswith("(first search)"))
        then = items.record(items.bodies_at(unit, "ind-kor", first), first)
        now = items.record(items.bodies(unit, "ind-kor"), entries.head_of(unit)[0])
    store.close()
    whys = [(row.kind, row.why.rsplit("(", 1)[1]) for row in about]
    assert whys == [
        ("commitment", "first search)"),
        ("assessment", "first search)"),
        ("evidence", "second search)"),
        ("assessment", "second search)"),
    ]
    assert strands(then, day)[thread].ruling.status is Status.NO_EVIDENCE
    assert strands(now, day)[thread].ruling.status is Status.DELIVERED


def test_seed_only_fills_an_empty_register(store: Store, small_content: Path) -> None:
    assert [one.put for one in seed(store, small_content, AT)] == [15]
    edit(small_content, COAST, "area: trade", "area: technology")
    assert seed(store, small_content, LATER) == []
    assert made_after(store, 15) == []


def test_export_of_what_is_not_there(store: Store, small_content: Path) -> None:
    with pytest.raises(RequestError, match="no case 'zem-rur' in the register; it holds none"):
        write_out(store, small_content.parent / "out", [CASE])
    bring_in(store, small_content, "a", "b", AT)
    with pytest.raises(RequestError, match="no case 'zem' in the register; it holds zem-rur"):
        write_out(store, small_content.parent / "out", ["zem"])


def test_export_to_where_nothing_can_be_written(store: Store, small_content: Path) -> None:
    bring_in(store, small_content, "a", "b", AT)
    (small_content.parent / "out").write_text("a file")
    with pytest.raises(RequestError, match=r"cannot write to .*out: .*; choose another folder"):
        write_out(store, small_content.parent / "out")


def test_all_cases_or_none(store: Store, small_content: Path) -> None:
    # The second case is read well and fails only when it meets the first in the register.
    second = small_content / "cases" / "zzz"
    shutil.copytree(small_content / "cases" / CASE, second)
    edit(small_content, "cases/zzz/case.yml", f"id: {CASE}", "id: zzz")
    with pytest.raises(ContentError, match=f"case {CASE} holds this id already"):
        bring_in(store, small_content, "a", "b", AT)
    assert made_after(store, 0) == []


def test_evidence_that_a_later_row_withdraws_no_longer_counts(store: Store, small_content: Path) -> None:
    record = read_case(small_content, CASE)
    sailed = next(row for row in record.evidence.values() if row.commitment == "Z003")
    row = dataclasses.replace(
        sailed, id="?", claim="It was another ferry", withdraws=sailed.id, shows=sailed.shows.NO_BEARING
    )
    row = dataclasses.replace(row, id=evidence_id("Z003", str(row.date), row.claim, row.source.url))
    write_case(small_content, dataclasses.replace(record, evidence={**record.evidence, row.id: row}))
    bring_in(store, small_content, "a", "b", AT)
    with store.read() as unit:
        found = {hit.ref: hit.status for hit in search.find(unit, search.Query(DAYS[-1])).hits}
    assert found["Z003"] == Status.NO_EVIDENCE
