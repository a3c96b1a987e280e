"""The index of commitments: full text, filters, counts of each filter, sorted pages."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, reduce
from operator import and_, getitem
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
)

from servanda.store.tables import codes, commitments, packed, standings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Whole = NDArray[np.int64]

FACETS = ("case_id", "area", "status", "owed_by", "instrument", "action")
SORTS = {"made": ("made", 1), "-made": ("made", -1), "due": ("due", 1), "id": (None, 1)}
_CLOSED = ("delivered", "lapsed", "superseded")

# One standing in `packed`, little-endian. The case stands beside the bytes, every other facet in them as its code.
_CODED = FACETS[1:]
_DAYS = ("start", "stop", "due", "made")
_FIELDS = [("number", "<i4"), *((name, "<i4") for name in _DAYS), *((name, "<u2") for name in _CODED)]
_ONE = struct.Struct("<5i5H")
_NO_DAY = date.max.toordinal()
_SIMPLE = literal_column("'simple'", Text)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, on which day. `chosen` holds the words picked in each facet."""

    day: date
    words: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    overdue: bool = False
    thread: str | None = None
    sort: str = "-made"
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """One commitment found, with its standing on the day."""

    ref: str
    case: str
    status: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, how many there are in all, and for each facet how many each word would leave."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]


def index(unit: Connection, rows: Sequence[dict[str, Any]], stretches: Sequence[dict[str, Any]]) -> None:
    """Put commitments and their standings into the index, in place of what it held of them."""
    touched = _take_out(unit, [row["ref"] for row in rows]) | {row["case_id"] for row in rows}
    if rows:
        unit.execute(insert(commitments), [{**row, "words": " ".join(_terms(row["words"]))} for row in rows])
    if stretches:
        unit.execute(insert(standings), list(stretches))
    for some in _batches([row["ref"] for row in rows]):
        _full_text(unit, "INSERT INTO commitment_words(rowid, words) SELECT number, words", some)
    _pack(unit, touched)


def remove(unit: Connection, refs: Sequence[str]) -> None:
    """Take commitments out of the index."""
    _pack(unit, _take_out(unit, refs))


def _take_out(unit: Connection, refs: Sequence[str]) -> set[str]:
    """Take commitments out; the cases they were in, whose standings must be packed anew."""
    touched: set[str] = set()
    for some in _batches(refs):
        touched |= set(unit.execute(select(commitments.c.case_id).where(commitments.c.ref.in_(some))).scalars())
        forget = "INSERT INTO commitment_words(commitment_words, rowid, words) SELECT 'delete', number, words"
        _full_text(unit, forget, some)
        unit.execute(delete(standings).where(standings.c.ref.in_(some)))
        unit.execute(delete(commitments).where(commitments.c.ref.in_(some)))
    return touched


def _batches(refs: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(refs), 500):
        yield list(refs[start : start + 500])


def _full_text(unit: Connection, verb: str, refs: Sequence[str]) -> None:
    """SQLite's full-text index keeps no words of its own and must be told; PostgreSQL's follows by itself."""
    if unit.dialect.name == "sqlite":
        marks = ",".join(f":r{place}" for place in range(len(refs)))
        told = text(f"{verb} FROM commitments WHERE ref IN ({marks})")
        unit.execute(told, {f"r{place}": ref for place, ref in enumerate(refs)})


# A search counts six facets over every commitment. Read as rows that is 100,000 times the cost of a row; read as one
# value a case, in which each standing is thirty bytes, it is 2,000 times, and the counting is arithmetic on columns.
def _pack(unit: Connection, cases: Iterable[str]) -> None:
    for case in sorted(cases):
        unit.execute(delete(packed).where(packed.c.case_id == case))
        rows = unit.execute(_unpacked(case)).all()
        if rows:
            known = _codes_for(unit, {(name, getattr(row, name)) for row in rows for name in _CODED})
            standing = b"".join(_bytes(row, known) for row in rows)
            refs = "\n".join(dict.fromkeys(row.ref for row in rows))
            unit.execute(insert(packed), {"case_id": case, "refs": refs, "standings": standing})


def _unpacked(case: str) -> Select[Any]:
    plain = (commitments.c.ref, commitments.c.number, commitments.c.made, *(standings.c[name] for name in _DAYS[:3]))
    joined = select(*plain, *map(_column, _CODED)).join(standings, standings.c.ref == commitments.c.ref)
    return joined.where(commitments.c.case_id == case).order_by(commitments.c.ref, standings.c.start)


def _column(name: str) -> ColumnElement[Any]:
    return standings.c.status if name == "status" else commitments.c[name]


def _bytes(row: Any, known: dict[tuple[str, str], int]) -> bytes:
    days = (_ordinal(row.start), _ordinal(row.stop), _ordinal(row.due), _ordinal(row.made))
    return _ONE.pack(row.number, *days, *(known[name, getattr(row, name)] for name in _CODED))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else _NO_DAY


def _codes_for(unit: Connection, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The code of each word of a facet; a word met for the first time gets the next."""
    known = {(row.facet, row.word): row.code for row in unit.execute(select(codes))}
    used = Counter(name for name, _ in known)
    for name, word in sorted(wanted - known.keys()):
        known[name, word] = used[name]
        unit.execute(insert(codes), {"facet": name, "code": used[name], "word": word})
        used[name] += 1
    return known


def find(unit: Connection, query: Query) -> Found:
    """The page of commitments that the query asks for, with the counts of each facet."""
    held = _read(unit)
    base = held.where(_meets(unit, held, query))
    picked = {name: base.has(name, words) for name, words in query.chosen.items() if words}
    facets = {name: base.count(name, [mask for other, mask in picked.items() if other != name]) for name in FACETS}
    matching = base.where(list(picked.values()))
    return Found(len(matching.rows), tuple(map(matching.hit, _page(matching, query))), facets)


def _meets(unit: Connection, held: _Columns, query: Query) -> list[Bools]:
    """Which standings hold on the day, and which meet each condition but those of the facets."""
    import numpy as np

    day = query.day.toordinal()
    masks = [held.rows["start"] <= day, held.rows["stop"] > day]
    if query.overdue:
        masks += [held.rows["due"] < day, ~held.has("status", _CLOSED)]
    for wanted in _narrowed(unit.dialect.name, query):
        said: str | None = unit.execute(wanted).scalar()
        numbers: NDArray[Any] = np.fromstring(said or "-1", dtype=np.int32, sep=",")
        masks.append(np.isin(held.rows["number"], numbers))
    return masks


@dataclass(frozen=True, slots=True)
class _Columns:
    """Standings as columns of one length: the case of each, its line among the ids of that case, the rest.

    `words` holds for each facet the word of each code; `refs_of` the ids of a case, read only where needed.
    """

    words: dict[str, list[str]]
    refs_of: Callable[[int], list[str]]
    case: Whole
    line: Whole
    rows: NDArray[Any]

    def where(self, masks: Sequence[Bools]) -> _Columns:
        """The same columns, of the standings in every mask."""
        if not masks:
            return self
        kept = reduce(and_, masks)
        return _Columns(self.words, self.refs_of, self.case[kept], self.line[kept], self.rows[kept])

    def codes(self, name: str) -> NDArray[Any]:
        """The code of each standing in a facet."""
        return self.case if name == "case_id" else self.rows[name]

    def has(self, name: str, words: Sequence[str]) -> Bools:
        """Which standings have one of the words in a facet."""
        import numpy as np

        return np.isin(self.codes(name), [code for code, word in enumerate(self.words[name]) if word in words])

    def count(self, name: str, masks: Sequence[Bools]) -> dict[str, int]:
        """How many standings in every mask have each word of a facet, most first."""
        import numpy as np

        found = self.codes(name)[reduce(and_, masks)] if masks else self.codes(name)
        counts = zip(self.words[name], np.bincount(found).tolist(), strict=False)
        return dict(sorted(((word, times) for word, times in counts if times), key=lambda one: (-one[1], one[0])))

    def refs(self, places: Whole) -> list[str]:
        """The ids of the commitments at some places."""
        return list(map(getitem, map(self.refs_of, self.case[places].tolist()), self.line[places].tolist()))

    def hit(self, found: tuple[str, int]) -> Hit:
        """The commitment of an id and a place, with its standing."""
        ref, place = found
        row = self.rows[place]
        due = None if row["due"] == _NO_DAY else date.fromordinal(int(row["due"]))
        return Hit(ref, self.words["case_id"][self.case[place]], self.words["status"][row["status"]], due)


def _read(unit: Connection) -> _Columns:
    """Every standing of every case."""
    import numpy as np

    held = unit.execute(select(packed.c.case_id, packed.c.refs, packed.c.standings).order_by(packed.c.case_id)).all()
    words: dict[str, list[str]] = {name: [] for name in FACETS} | {"case_id": [row.case_id for row in held]}
    for row in unit.execute(select(codes).order_by(codes.c.facet, codes.c.code)):
        words[row.facet].append(row.word)
    rows = np.frombuffer(b"".join(row.standings for row in held), dtype=_FIELDS)
    lengths = np.array([len(row.standings) // _ONE.size for row in held], dtype=np.int64)
    # Each commitment has one id and its standings one after the other.
    nth = np.cumsum(np.diff(rows["number"], prepend=-1) != 0)
    line = nth - np.repeat(nth[np.cumsum(lengths) - lengths], lengths)
    refs_of = cache(lambda case: held[case].refs.split("\n"))
    return _Columns(words, refs_of, np.repeat(np.arange(len(held)), lengths), line, rows)


# Ids are read only of what can be on the page: of those whose key lies between the one at its top and the one at its
# foot. Equal keys are told apart by the id.
def _page(found: _Columns, query: Query) -> list[tuple[str, int]]:
    """Id and place of those on the page asked for, in its order."""
    import numpy as np

    begin = max(0, query.page - 1) * query.size
    end = min(begin + query.size, len(found.rows))
    if begin >= end:
        return []
    name, sign = SORTS.get(query.sort, SORTS["-made"])
    keys = found.rows[name] * sign if name else np.zeros(len(found.rows), dtype=np.int32)
    top, foot = np.partition(keys, (begin, end - 1))[[begin, end - 1]]
    before = int(np.count_nonzero(keys < top))
    near = np.flatnonzero((keys >= top) & (keys <= foot))
    refs = found.refs(near)
    by_ref = np.array(sorted(range(len(refs)), key=refs.__getitem__))
    order = by_ref[np.argsort(keys[near[by_ref]], kind="stable")][begin - before : end - before]
    return [(refs[one], int(near[one])) for one in order]


def _narrowed(dialect: str, query: Query) -> Iterator[Select[str]]:
    """The numbers of the commitments that have the words, and of those in the thread; each as one text, "3,7,12".

    Latin words match as beginnings of words by the full-text index; words in other scripts match anywhere.
    """
    numbers = select(_listed(commitments.c.number))
    terms = _terms(query.words)
    latin = [term for term in terms if term.isascii()]
    if latin and dialect == "sqlite":
        words = table("commitment_words", column("rowid", Integer), column("commitment_words", Text))
        match = " ".join(f'"{term}"*' for term in latin)
        yield select(_listed(words.c.rowid)).where(words.c.commitment_words.op("MATCH")(match))
    elif latin:
        match = " & ".join(f"{term}:*" for term in latin)
        yield numbers.where(func.to_tsvector(_SIMPLE, commitments.c.words).op("@@")(func.to_tsquery(_SIMPLE, match)))
    for term in terms:
        if not term.isascii():
            yield numbers.where(commitments.c.words.contains(term, autoescape=True))
    if query.thread:
        yield numbers.where(commitments.c.thread == query.thread)


# One long text is read many times faster than as many rows.
def _listed(numbers: ColumnElement[int]) -> ColumnElement[str]:
    return func.aggregate_strings(cast(numbers, Text), ",")


# Words are folded here and not by the database, so that SQLite and PostgreSQL find the same: small letters, no accents,
# nothing but letters and digits, and a gap wherever the script changes.
def _terms(said: str) -> list[str]:
    """The words of a text as the index holds them."""
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", said.casefold()))
    found: list[str] = []
    for run in re.findall(r"[a-z0-9]+|[^\x00-\x7f]+", plain):
        found.extend([run] if run.isascii() else _letters(unicodedata.normalize("NFC", run)))
    return found


def _letters(run: str) -> list[str]:
    """The words in a stretch of another script; vowel signs belong to their letters."""
    return "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in run).split()
