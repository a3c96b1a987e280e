"""A case as a folder of YAML: read it whole or not at all, and write it back the same to the byte.

cases/<case>/case.yml              parties, searches, conflicts, warnings
cases/<case>/threads.yml           slug: title
cases/<case>/documents/<id>.yml    a document, its commitments, their evidence and assessments
cases/<case>/texts/<id>.yml        a text that was read, with what was decided of it
cases/<case>/events.yml figures.yml barriers.yml
cases/<case>/dialogue/<slug>.yml replies.yml   see meetings.py
cases/<case>/roadmaps/<slug>.yml   see roadmaps.py
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from servanda.model.case import Case, Record
from servanda.model.commitment import Commitment, Thread
from servanda.model.decision import Decision
from servanda.model.dialogue import Item, Meeting, Reply, Series
from servanda.model.document import Document, Event
from servanda.model.evidence import Assessment, Evidence, evidence_id
from servanda.model.figure import Barrier, Figure
from servanda.model.plain import to_plain
from servanda.model.roadmap import Roadmap
from servanda.model.text import Text, fingerprint
from servanda.register import meetings, roadmaps
from servanda.register.words import Words, words
from servanda.store import yaml
from servanda.store.door import Door

_LISTS = {"events": Event, "figures": Figure, "barriers": Barrier}
KEYS_BESIDE_PARTIES = ("reviewer",)


def cases(content: Path) -> list[str]:
    """The cases that a content folder holds."""
    return sorted(path.parent.name for path in (content / "cases").glob("*/case.yml"))


def read_case(content: Path, case: str) -> Record:
    """The record in a case's folder; raises ContentError listing what must be mended."""
    lists = words(content)
    door = Door(content)
    folder = content / "cases" / case
    nouns = list(_nouns(door, folder, case))
    door.close()
    record = _gather(nouns)
    _check_ids(door, record, nouns)
    _check(door, record, lists)
    door.close()
    return record


def _nouns(door: Door, folder: Path, case: str) -> Iterator[Any]:
    file = folder / "case.yml"
    head = door.noun(Case, door.open(file), door.name(file))
    if head and head.id != case:
        door.note(door.name(file), "id", f"the folder is named {case} and holds '{head.id}'; give both the same name")
    yield head
    file = folder / "threads.yml"
    for slug, title in door.pairs(door.open(file), door.name(file)).items():
        yield Thread(f"{case}.{slug}", case, str(title))
    for path in sorted((folder / "documents").glob("*.yml")):
        yield from _document(door, path, case)
    for path in sorted((folder / "texts").glob("*.yml")):
        yield from _text(door, path, case)
    for name, kind in _LISTS.items():
        file = folder / f"{name}.yml"
        if file.exists():
            for place, row in enumerate(door.rows(door.open(file), door.name(file), "")):
                yield door.noun(kind, _with(row, case=case), door.name(file), f"[{place}]")
    yield from meetings.nouns(door, folder, case)
    yield from roadmaps.nouns(door, folder, case)


def _document(door: Door, path: Path, case: str) -> Iterator[Any]:
    file, plain = door.name(path), door.open(path)
    if not isinstance(plain, dict):
        door.note(file, "", "expected a document; write 'id: ...' and the fields of its neighbours")
        return
    rows = door.rows(plain.pop("commitments", None), file, "commitments")
    document = door.noun(Document, _with(plain, case=case), file)
    if document and document.id != path.stem:
        door.note(file, "id", f"the file is named {path.stem} and holds '{document.id}'; give both the same name")
    yield document
    for place, row in enumerate(rows):
        yield from _commitment(door, file, f"commitments[{place}]", row, case, path.stem)


def _text(door: Door, path: Path, case: str) -> Iterator[Any]:
    file, plain = door.name(path), door.open(path)
    if not isinstance(plain, dict):
        door.note(file, "", "expected a text; write 'id: ...' and its fields")
        return
    rows = door.rows(plain.pop("decisions", None), file, "decisions")
    text = door.noun(Text, _with(plain, case=case), file)
    if text and text.id != path.stem:
        door.note(file, "id", f"the file is named {path.stem} and holds '{text.id}'; give both the same name")
    yield text
    for place, row in enumerate(rows):
        yield door.noun(Decision, _with(row, case=case, text=path.stem), file, f"decisions[{place}]")


def _commitment(door: Door, file: str, place: str, row: Any, case: str, document: str) -> Iterator[Any]:
    if not isinstance(row, dict):
        door.note(file, place, "expected a commitment with its fields")
        return
    row = dict(row)
    evidence = door.rows(row.pop("evidence", None), file, f"{place}.evidence")
    assessments = door.rows(row.pop("assessments", None), file, f"{place}.assessments")
    thread = f"{case}.{row['thread']}" if "thread" in row else None
    yield door.noun(
        Commitment, _with(row, case=case, document=document, **({"thread": thread} if thread else {})), file, place
    )
    name = str(row.get("id"))
    for number, one in enumerate(evidence):
        where = f"{place}.evidence[{number}]"
        plain = _with(one, case=case, commitment=name, id="?")
        if isinstance(plain, dict):
            plain["id"] = _evidence_id(name, plain)
        yield door.noun(Evidence, plain, file, where)
    numbers: Counter[str] = Counter()
    for number, one in enumerate(assessments):
        key = str(one.get("key")) if isinstance(one, dict) else ""
        numbers[key] += 1
        plain = _with(one, case=case, commitment=name, id=f"{name}-{key}-{numbers[key]}")
        yield door.noun(Assessment, plain, file, f"{place}.assessments[{number}]")


def _evidence_id(commitment: str, plain: dict[str, Any]) -> str:
    source = plain.get("source")
    url = source.get("url") if isinstance(source, dict) else None
    day = plain.get("date")
    return evidence_id(commitment, None if day is None else str(day), str(plain.get("claim")), url)


def _with(row: Any, **fields: Any) -> Any:
    return {**row, **fields} if isinstance(row, dict) else row


def _gather(nouns: list[Any]) -> Record:
    def of(kind: type) -> dict[str, Any]:
        found: list[Any] = [one for one in nouns if isinstance(one, kind)]
        return {noun.id: noun for noun in sorted(found, key=lambda one: str(one.id))}

    return Record(
        case=next(noun for noun in nouns if isinstance(noun, Case)),
        documents=of(Document), threads=of(Thread), commitments=of(Commitment), evidence=of(Evidence),
        assessments=of(Assessment), events=of(Event), figures=of(Figure), barriers=of(Barrier), entries=0,
        texts=of(Text), decisions=of(Decision), replies=of(Reply), series=of(Series), meetings=of(Meeting),
        agenda=of(Item), roadmaps=of(Roadmap),
    )  # fmt: skip


def _check_ids(door: Door, record: Record, nouns: list[Any]) -> None:
    stands: dict[tuple[str, str], list[str]] = {}
    for noun in nouns:
        stands.setdefault((type(noun).__name__.lower(), noun.id), []).append(_file(record, noun))
    for (kind, name), files in stands.items():
        if len(files) > 1:
            where = " and ".join(dict.fromkeys(files))
            words = f"stands {len(files)} times, in {where}; an id names one {kind} only, write another"
            door.note(files[-1], f"{kind} {name}", words)


def _check(door: Door, record: Record, lists: Words) -> None:
    case = record.case.id
    searches = [one.id for one in record.case.searches]
    # A pair may be of countries that no list speaks of yet; beside its own two it names those of the list.
    parties = dict.fromkeys([*lists.parties, *(code for code in record.case.parties if lists.knows(code))])
    for code in record.case.parties:
        door.known(f"cases/{case}/case.yml", "parties", code, parties, "party")
    for one in record.commitments.values():
        file = f"cases/{case}/documents/{one.document}.yml"
        _check_order(door, record, file, one, record.documents[one.document])
        door.known(file, f"{one.id}.thread", one.thread, record.threads, "thread")
        for code in one.parties:
            door.known(file, f"{one.id}.parties", code, parties, "party")
    for row in record.evidence.values():
        _check_evidence(door, record, row)
    for verdict in record.assessments.values():
        file = _file(record, verdict)
        _check_order(door, record, file, verdict, record.commitments[verdict.commitment])
        door.known(file, f"{verdict.id}.key", verdict.key, (*record.case.parties, *KEYS_BESIDE_PARTIES), "key")
        door.known(file, f"{verdict.id}.verdict", verdict.verdict, lists.lists["verdicts"], "verdict")
    for event in record.events.values():
        for name in event.documents:
            door.known(f"cases/{case}/events.yml", f"{event.id}.documents", name, record.documents, "document")
    for barrier in record.barriers.values():
        for code in (*barrier.imposed_by, *barrier.affects):
            door.known(f"cases/{case}/barriers.yml", barrier.id, code, parties, "party")
        door.known(
            f"cases/{case}/barriers.yml", f"{barrier.id}.status", barrier.status, lists.lists["barriers"], "status"
        )
    _check_texts(door, record, parties)
    meetings.check(door, record)
    roadmaps.check(door, record)
    for shelf in (
        record.documents, record.commitments, record.evidence, record.assessments, record.events, record.figures,
        record.barriers, record.texts, record.decisions, record.replies, record.series, record.meetings, record.agenda,
        record.roadmaps,
    ):  # fmt: skip
        for noun in shelf.values():
            door.known(_file(record, noun), f"{noun.id}.search", noun.search, searches, "search")
            confidence = getattr(noun, "confidence", None)
            if confidence is not None:
                held = lists.lists["confidence"]
                door.known(_file(record, noun), f"{noun.id}.confidence", confidence, held, "confidence")


def _check_texts(door: Door, record: Record, parties: Iterable[str]) -> None:
    for text in record.texts.values():
        file = _file(record, text)
        door.known(file, "document", text.document, record.documents, "document")
        if text.document in record.documents:
            _check_order(door, record, file, text, record.documents[text.document])
        for code in text.parties:
            door.known(file, "parties", code, parties, "party")
        if text.sha256 != fingerprint(text.characters):
            door.note(file, "sha256", f"the characters give another; write {fingerprint(text.characters)}")
    gone = {name for one in record.decisions.values() for name in one.withdraws}
    for one in record.decisions.values():
        file = _file(record, one)
        _check_order(door, record, file, one, record.texts[one.text])
        if not re.fullmatch(re.escape(one.text) + r"-\d{4,}", one.id):
            door.note(file, one.id, f"is no id of a decision on this text; write {one.text}-0001 and count on")
        for name in one.withdraws:
            door.known(file, f"{one.id}.withdraws", name, record.decisions, "decision")
        if one.commitment and one.id not in gone:
            door.known(file, f"{one.id}.commitment", one.commitment, record.commitments, "commitment")


def _check_evidence(door: Door, record: Record, row: Evidence) -> None:
    file = _file(record, row)
    _check_order(door, record, file, row, record.commitments[row.commitment])
    if row.withdraws:
        beside = [one.id for one in record.evidence.values() if one.commitment == row.commitment]
        door.known(file, f"{row.id}.withdraws", row.withdraws, beside, "evidence")
    on = [one.on for one in record.case.searches if one.id == row.search]
    if row.date and on and row.date.first > on[0].last:
        door.note(
            file,
            f"{row.commitment}.evidence",
            f"dated {row.date}, after the search that found it ({on[0]}); mend one of the two",
        )


def _check_order(door: Door, record: Record, file: str, noun: Any, upon: Any) -> None:
    """A noun is entered with the search that found it, after the noun that it rests upon."""
    order = [one.id for one in record.case.searches]
    if {noun.search, upon.search} <= set(order) and order.index(noun.search) < order.index(upon.search):
        found = f"is of search '{noun.search}', before the search that found {upon.id}"
        door.note(file, noun.id, f"{found}; write 'search: {upon.search}' or a later one")


def _file(record: Record, noun: Any) -> str:
    """The file in which a noun stands."""
    folder = f"cases/{record.case.id}"
    if isinstance(noun, Document):
        return f"{folder}/documents/{noun.id}.yml"
    if isinstance(noun, Series | Meeting | Item | Reply):
        return meetings.file_of(record, noun)
    if isinstance(noun, Roadmap):
        return roadmaps.file_of(noun)
    if isinstance(noun, Text | Decision):
        return f"{folder}/texts/{noun.text if isinstance(noun, Decision) else noun.id}.yml"
    if isinstance(noun, Evidence | Assessment):
        noun = record.commitments[noun.commitment]
    if isinstance(noun, Commitment):
        return f"{folder}/documents/{noun.document}.yml"
    return f"{folder}/{type(noun).__name__.lower()}{'' if isinstance(noun, Case) else 's'}.yml"


def write_case(content: Path, record: Record) -> list[Path]:
    """Write a record as its folder of YAML; returns the files written. Files of nouns that are gone are removed."""
    folder = content / "cases" / record.case.id
    made: dict[Path, Any] = {folder / "case.yml": to_plain(record.case)}
    made[folder / "threads.yml"] = {one.id.removeprefix(f"{one.case}."): one.title for one in record.threads.values()}
    evidence, assessments = _by_commitment(record.evidence), _by_commitment(record.assessments)
    commitments: dict[str, list[Any]] = {}
    for one in record.commitments.values():
        plain = _without(to_plain(one), "case", "document")
        plain["thread"] = one.thread.removeprefix(f"{one.case}.")
        if one.id in evidence:
            plain["evidence"] = [_without(to_plain(row), "id", "case", "commitment") for row in evidence[one.id]]
        if one.id in assessments:
            plain["assessments"] = [_without(to_plain(row), "id", "case", "commitment") for row in assessments[one.id]]
        commitments.setdefault(one.document, []).append(plain)
    for document in record.documents.values():
        plain = _without(to_plain(document), "case")
        if document.id in commitments:
            plain["commitments"] = commitments[document.id]
        made[folder / "documents" / f"{document.id}.yml"] = plain
    for text in record.texts.values():
        made[folder / "texts" / f"{text.id}.yml"] = _text_plain(record, text)
    for name in _LISTS:
        rows = [_without(to_plain(noun), "case") for noun in getattr(record, name).values()]
        if rows:
            made[folder / f"{name}.yml"] = rows
    made |= meetings.files(folder, record) | roadmaps.files(folder, record)
    for path, plain in made.items():
        yaml.write(path, plain)
    for path in folder.rglob("*.yml"):
        if path not in made:
            path.unlink()
    return sorted(made)


def _text_plain(record: Record, text: Text) -> dict[str, Any]:
    plain = _without(to_plain(text), "case")
    plain["characters"] = yaml.Lines(text.characters)
    decided = sorted((one for one in record.decisions.values() if one.text == text.id), key=lambda one: one.number)
    if decided:
        plain["decisions"] = [_without(to_plain(one), "case", "text") for one in decided]
    return plain


def _by_commitment(shelf: dict[str, Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in sorted(shelf.values(), key=_oldest_first):
        found.setdefault(row.commitment, []).append(row)
    return found


def _oldest_first(row: Any) -> tuple[Any, ...]:
    if isinstance(row, Assessment):
        return (row.key, int(row.id.rsplit("-", 1)[1]))
    return (row.date is None, row.date.last if row.date else None, row.id) if row.date else (True, row.id)


def _without(plain: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in fields}
