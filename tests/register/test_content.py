"""The door: a case is read whole or not at all; every fault says file, place, what was expected, what to write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from servanda.errors import ContentError, RequestError
from servanda.register.content import cases, read_case
from servanda.register.keep import bring_in
from servanda.register.verify import verify
from servanda.register.words import words
from servanda.settings import shipped_content
from servanda.store import entries, items
from servanda.store.connect import Store

CASE = "cases/zem-rur"
COAST = f"{CASE}/documents/D-2018-COAST.yml"
FERRY = f"{CASE}/documents/D-2020-FERRY.yml"

# What is wrong, in which file, what stands there and what is written in its place, and all that must be said of it.
Fault = tuple[str, str, str | None, str | bytes, list[str]]
FAULTS: list[Fault] = [
    (
        "unknown field, near one",
        COAST,
        "deadline: 2019",
        "dealine: 2019",
        ["commitments[0].dealine", "unknown field", "did you mean deadline?"],
    ),
    (
        "unknown field inside a source",
        COAST,
        "publisher: press}",
        "publisher: press, titel: x}",
        ["commitments[0].evidence[0].source.titel", "unknown field", "did you mean title?"],
    ),
    (
        "missing field",
        COAST,
        "  owner: both ministries of transport\n",
        "",
        ["commitments[0].owner: missing", "every commitment needs it", "write 'owner: ...'"],
    ),
    (
        "missing field inside a source",
        COAST,
        "source: {title: The Coast Courier, publisher: press}",
        "source: {title: X}",
        ["commitments[0].evidence[0].source.publisher: missing", "every source needs it"],
    ),
    (
        "unknown word",
        COAST,
        "area: trade",
        "area: traed",
        ["commitments[0].area", "unknown word 'traed'", "write one of: 'trade', 'technology'"],
    ),
    (
        "unknown showing",
        COAST,
        "shows: step taken",
        "shows: step",
        ["evidence[0].shows", "'step taken'", "'completed'"],
    ),
    (
        "impossible date",
        COAST,
        "date: 2018-05-02",
        "date: 2018-02-30",
        ["date: '2018-02-30' is not a date that can be", "write 2026, 2026-03, 2026-03-09"],
    ),
    (
        "no date",
        COAST,
        "date: 2019-08",
        "date: summer",
        ["commitments[0].evidence[0].date: 'summer' is not a date", "2026-Q1"],
    ),
    (
        "no deadline",
        COAST,
        "deadline: yearly",
        "deadline: often",
        ["commitments[1].deadline: 'often' is not a date", "yearly, half-yearly, quarterly"],
    ),
    (
        "text instead of a number",
        COAST,
        "value: 3,",
        "value: many,",
        ["commitments[1].target.value", "number", "'many'"],
    ),
    ("not a number", COAST, "value: 3,", "value: .nan,", ["commitments[1].target.value", "finite number"]),
    (
        "unknown thread",
        FERRY,
        "thread: ferry",
        "thread: fery",
        ["Z003.thread", "unknown thread 'zem-rur.fery'", "zem-rur.ferry"],
    ),
    ("unknown party", FERRY, "parties: [RUR]", "parties: [RUS]", ["Z003.parties", "unknown party 'RUS'", "RUR"]),
    (
        "unknown confidence",
        FERRY,
        "confidence: confirmed by press",
        "confidence: sure",
        ["confidence", "unknown confidence 'sure'", "confirmed by press"],
    ),
    (
        "unknown verdict",
        COAST,
        "verdict: not started",
        "verdict: not stated",
        ["unknown verdict 'not stated'", "not started"],
    ),
    ("unknown key", COAST, "key: ZEM", "key: KOR", ["unknown key 'KOR'", "RUR, ZEM, reviewer"]),
    ("unknown search", FERRY, "search: second", "search: third", ["unknown search 'third'", "first, second"]),
    (
        "unknown document",
        f"{CASE}/events.yml",
        "[D-2018-COAST]",
        "[D-2018-COST]",
        ["ZE1.documents", "unknown document 'D-2018-COST'", "D-2018-COAST"],
    ),
    (
        "unknown status of a barrier",
        f"{CASE}/barriers.yml",
        "in force",
        "inforce",
        ["ZB1.status", "'inforce'", "in force"],
    ),
    (
        "document named otherwise than its file",
        FERRY,
        "id: D-2020-FERRY",
        "id: D-2020-FERRIES",
        ["id", "the file is named D-2020-FERRY and holds 'D-2020-FERRIES'", "give both the same name"],
    ),
    (
        "evidence without source",
        COAST,
        "    source: {title: The Coast Courier, publisher: press}\n",
        "",
        ["commitments[0].evidence[0].source: missing", "every evidence needs it", "write 'source: ...'"],
    ),
    (
        "an id twice",
        FERRY,
        "id: Z003",
        "id: Z002",
        ["commitment Z002", "stands 2 times", "an id names one commitment only, write another"],
    ),
    (
        "evidence dated after its search",
        FERRY,
        "date: 2021-04-20",
        "date: 2021-07-01",
        ["Z003.evidence", "dated 2021-07-01, after the search that found it (2021-06-30)", "mend one of the two"],
    ),
    (
        "commitment found before its document",
        FERRY,
        "level: minister",
        "level: minister\nsearch: second",
        [
            "Z003",
            "is of search 'first', before the search that found D-2020-FERRY",
            "write 'search: second' or a later one",
        ],
    ),
    (
        "withdraws what is not there",
        COAST,
        "shows: step taken",
        "shows: step taken\n    withdraws: Z001-zzzzzzzz",
        ["withdraws", "unknown evidence 'Z001-zzzzzzzz'"],
    ),
    (
        "not YAML",
        COAST,
        "level: head of government",
        "level: head: of government",
        ["line 5, column 12", "not YAML", "mend the line or what stands before it"],
    ),
    ("not YAML either", COAST, "  owner: Zembla", " owner: Zembla", ["line ", "column ", "not YAML"]),
    (
        "a key twice",
        COAST,
        "level: head of government",
        "level: a\nlevel: b",
        ["line 1, column 1", "the key 'level' is written twice"],
    ),
    ("not UTF-8", COAST, "the shared coast", b"the shared c\xf4te", ["is not UTF-8; save the file as UTF-8", "byte "]),
    (
        "one thing where a list belongs",
        COAST,
        "bodies: [Ministry of Transport]",
        "bodies: Ministry of Transport",
        ["commitments[0].bodies", "tuple", "'Ministry of Transport'"],
    ),
    (
        "a commitment that is a sentence",
        FERRY,
        "commitments:\n",
        "commitments:\n- A promise\n",
        ["commitments[0]", "expected a commitment with its fields"],
    ),
    (
        "a list of threads",
        f"{CASE}/threads.yml",
        None,
        "- ferry\n- exchange-of-poets\n",
        ["threads.yml", "expected lines of 'name: words', found list", "write 'name: words', one a line"],
    ),
    (
        "a thread without a title",
        f"{CASE}/threads.yml",
        "ferry: A ferry between the two coasts",
        "ferry:",
        ["ferry: expected words, found None", "write 'ferry: ...'"],
    ),
    ("a document that is a list", FERRY, None, "- id: D-2020-FERRY\n", ["expected a document", "write 'id: ...'"]),
    ("an empty document", FERRY, None, "", ["expected a document", "write 'id: ...'"]),
]


def spoil(content: Path, file: str, old: str | None, new: str | bytes) -> None:
    path = content / file
    raw = path.read_bytes()
    fresh = new if isinstance(new, bytes) else new.encode()
    if old is None:
        path.write_bytes(fresh)
        return
    assert raw.count(old.encode()) >= 1, old
    path.write_bytes(raw.replace(old.encode(), fresh, 1))


@pytest.mark.parametrize("fault", FAULTS, ids=[row[0] for row in FAULTS])
def test_bad_input_stops_the_load_and_changes_nothing(fault: Fault, small_content: Path, store: Store) -> None:
    _, file, old, new, said = fault
    bring_in(store, small_content, "a", "b", "2026")
    with store.read() as unit:
        before = (entries.head_of(unit), items.all_bodies(unit))
    # Elsewhere, because the lists of words are read once a folder.
    edited = small_content.parent / "edited"
    shutil.copytree(small_content, edited)
    spoil(edited, file, old, new)
    with pytest.raises(ContentError) as caught:
        bring_in(store, edited, "a", "b", "2027")
    problems = "\n".join(caught.value.problems)
    missing = [words for words in said if words not in problems]
    assert not missing, f"{missing} not in: {problems}"
    assert problems.startswith(f"{file}: ")
    assert "nothing was changed" in str(caught.value)
    with store.read() as unit:
        assert (entries.head_of(unit), items.all_bodies(unit)) == before
    assert verify(store).problems == ()


def test_evidence_found_before_its_commitment(small_content: Path) -> None:
    spoil(small_content, FERRY, "  text_basis: full text", "  text_basis: full text\n  search: second")
    spoil(small_content, FERRY, "    search: second", "    search: first")
    spoil(small_content, FERRY, "date: 2021-04-20", "date: 2021-01-20")
    with pytest.raises(
        ContentError, match="is of search 'first', before the search that found Z003; write 'search: second'"
    ):
        read_case(small_content, "zem-rur")


def test_list_expected(small_content: Path) -> None:
    (small_content / CASE / "events.yml").write_text("id: ZE1\nevent: envoys\n")
    with pytest.raises(
        ContentError, match=r"events\.yml: expected a list, found dict; write lines that begin with '- '"
    ):
        read_case(small_content, "zem-rur")


def test_many_faults_are_all_counted_and_five_are_shown(small_content: Path) -> None:
    for place in range(7):
        path = small_content / CASE / "documents" / f"D-{place}.yml"
        path.write_text("- nothing\n")
    with pytest.raises(ContentError) as caught:
        read_case(small_content, "zem-rur")
    assert len(caught.value.problems) == 7
    said = str(caught.value)
    assert said.startswith("7 problems in the content; nothing was changed:\n")
    assert said.endswith("\n  and 2 more")
    assert len(said.splitlines()) == 7


def test_one_fault_does_not_hide_another(small_content: Path) -> None:
    spoil(small_content, COAST, "area: trade", "area: traed")
    spoil(small_content, FERRY, "deadline: 2021-03", "deadline: 2021-13")
    with pytest.raises(ContentError) as caught:
        read_case(small_content, "zem-rur")
    assert len(caught.value.problems) == 2


def test_case_named_otherwise_than_its_folder(small_content: Path) -> None:
    shutil.move(small_content / CASE, small_content / "cases" / "rur-zem")
    with pytest.raises(ContentError, match="the folder is named rur-zem and holds 'zem-rur'; give both the same name"):
        read_case(small_content, "rur-zem")


def test_a_file_that_is_gone(small_content: Path) -> None:
    (small_content / CASE / "threads.yml").unlink()
    with pytest.raises(ContentError, match=r"threads\.yml: cannot be read \(No such file or directory\)"):
        read_case(small_content, "zem-rur")


def test_words_without_quotes_stay_words(small_content: Path) -> None:
    # YAML 1.1 takes these for true and false; an analyst who writes "on: 2021" or "place: No" means words.
    raw = (small_content / CASE / "case.yml").read_text()
    assert " on: 2021" in raw
    spoil(small_content, COAST, "level: head of government", "level: yes")
    record = read_case(small_content, "zem-rur")
    assert record.documents["D-2018-COAST"].level == "yes"
    assert str(record.case.searches[0].on) == "2021-01-31"


def test_no_case_and_no_such_case(store: Store, small_content: Path, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"holds no case; expected .*case\.yml"):
        bring_in(store, tmp_path / "nothing", "a", "b", "2026")
    with pytest.raises(RequestError, match=r"no case 'zem-run' in .*; it holds zem-rur"):
        bring_in(store, small_content, "a", "b", "2026", ["zem-run"])


def test_a_second_case_must_not_take_over_the_ids_of_the_first(store: Store, small_content: Path) -> None:
    bring_in(store, small_content, "a", "b", "2026")
    other = small_content / "cases" / "rur-zem"
    shutil.copytree(small_content / CASE, other)
    (other / "case.yml").write_text((other / "case.yml").read_text().replace("id: zem-rur", "id: rur-zem"))
    with store.read() as unit:
        before = items.all_bodies(unit)
    with pytest.raises(ContentError, match="case zem-rur holds this id already; write another id"):
        bring_in(store, small_content, "a", "b", "2027")
    with store.read() as unit:
        assert items.all_bodies(unit) == before


def test_parties_by_every_name(small_content: Path) -> None:
    lists = words(small_content)
    for said in ("ZEM", "zem", "Zembla", " nova zembla ", "Republic of Zembla"):
        assert lists.party(said).code == "ZEM"
    with pytest.raises(RequestError, match=r"unknown country 'Zemla'; nearest are .*Zembla"):
        lists.party("Zemla")
    with pytest.raises(RequestError, match="write a country's name or its three-letter code"):
        lists.party("!!!")


COUNTS: list[tuple[str, dict[str, int]]] = [
    ("ind-kor", {"documents": 169, "commitments": 249, "evidence": 315, "events": 284, "barriers": 80, "figures": 248}),
    ("ind-jpn", {"documents": 135, "commitments": 212, "events": 249, "figures": 145, "barriers": 0}),
    ("kor-vnm", {"documents": 115, "commitments": 176, "events": 187, "figures": 176, "barriers": 0}),
]


@pytest.mark.parametrize(("case", "counts"), COUNTS, ids=[case for case, _ in COUNTS])
def test_shipped_case_loads_whole(case: str, counts: dict[str, int]) -> None:
    record = read_case(shipped_content(), case)
    assert {shelf: len(getattr(record, shelf)) for shelf in counts} == counts
    # No promise stands alone: each has its document, its thread, and a source.
    assert {one.document for one in record.commitments.values()} <= set(record.documents)
    assert {one.thread for one in record.commitments.values()} == set(record.threads)


def test_shipped_figures_of_the_first_case() -> None:
    figures = read_case(shipped_content(), "ind-kor").figures.values()
    assert sum(one.subject == "pair" for one in figures) == 174
    assert sum(one.subject != "pair" for one in figures) == 74


def test_shipped_cases_share_no_id() -> None:
    held = [read_case(shipped_content(), case) for case in cases(shipped_content())]
    assert len(held) == 3
    for shelf in ("documents", "threads", "commitments", "evidence", "assessments", "events", "figures", "barriers"):
        names = [name for record in held for name in getattr(record, shelf)]
        assert len(names) == len(set(names)), shelf
