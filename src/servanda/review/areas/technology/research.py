"""What two parties research and patent by the tables that are held, and what would be expected. No record, no names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from servanda.measures.technology.citations import Interest, interest
from servanda.measures.technology.collaboration import Counts, collaboration, index, jaccard, salton
from servanda.measures.technology.fields import Completed, advantage, completed, correlation, likeness, shares
from servanda.measures.ties.expected import Question, expected
from servanda.model.data import TableCard
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.technology.choices import TechnologyChoices
from servanda.sources.shipped import shipped
from servanda.sources.subjects import subjects

WORLD = "WLD"
ALL_FIELDS = "all fields"


@dataclass(frozen=True, slots=True)
class Yearly:
    """Joint papers of a year, with the share in the international papers of either, and Salton's and Jaccard's."""

    year: int
    papers: int
    of_one: float
    of_other: float
    salton: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class Stated:
    """The index of collaboration of a pair as published for a year, and as it comes out of the published counts."""

    pair: Pair
    year: int
    papers: int
    published: float | None
    found: float | None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of papers: each party's papers, share and advantage."""

    name: str
    papers: tuple[float, float]
    shares: tuple[float, float]
    advantages: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Research:
    """All of it, with the cards of the tables behind. `definitions` are of the newest published year."""

    pair: Pair
    yearly: tuple[Yearly, ...]
    stated: tuple[Stated, ...]
    beside: tuple[Stated, ...]
    artificial: Stated | None
    definitions: tuple[Reading, ...]
    gap: Reading
    fields: tuple[Field, ...]
    fields_year: int | None
    likeness: float | None
    correlation: float | None
    completed: tuple[Completed, ...]
    patents_year: int | None
    interest: tuple[Interest, ...]
    cards: dict[str, TableCard]


def research(pair: Pair, choices: TechnologyChoices, peers: tuple[Pair, ...], upto: int) -> Research:
    """What the tables that `choices` names hold of the pair until the year `upto`."""
    names = (choices.pairs, choices.apart, choices.totals, choices.index, choices.fields, choices.patents,
             choices.citations, choices.artificial)  # fmt: skip
    held = {name: shipped(name) for name in names}
    tables = {name: _until(one.table, upto) for name, one in held.items()}
    stated = _stated(tables[choices.index], [pair])
    fields, year = _fields(tables[choices.fields], pair)
    papers, patents = (_latest(tables[name]) for name in (choices.fields, choices.patents))
    mine = _advantages(papers, pair)
    return Research(
        pair=pair,
        yearly=_yearly(tables[choices.pairs], tables[choices.totals], pair),
        stated=stated,
        beside=_stated(_newest(tables[choices.index]), [pair, *peers]),
        artificial=next(iter(_stated(tables[choices.artificial], [pair])), None),
        definitions=_definitions(tables[choices.index], pair),
        gap=_gap(tables[choices.pairs], tables[choices.apart], pair, peers, choices),
        fields=fields,
        fields_year=year,
        likeness=likeness(papers.get(pair[0], {}), papers.get(pair[1], {})),
        correlation=correlation(*mine),
        completed=_completed(papers, patents, pair, choices),
        patents_year=_year(tables[choices.patents]),
        interest=_interest(tables[choices.citations], pair),
        cards={name: one.card for name, one in held.items()},
    )


def _until(table: pa.Table, upto: int) -> pa.Table:
    return table.filter(pc.less_equal(table["year"], upto)) if "year" in table.column_names else table


def _year(table: pa.Table) -> int | None:
    found = pc.max(table["year"]).as_py()
    return int(found) if found is not None else None


def _newest(table: pa.Table) -> pa.Table:
    return table.filter(pc.equal(table["year"], _year(table) or 0))


def _yearly(pairs: pa.Table, totals: pa.Table, pair: Pair) -> tuple[Yearly, ...]:
    of = {(row["party"], row["year"]): row["papers"] for row in totals.to_pylist() if row["party"] in pair}
    made = []
    for row in _of(pairs, pair).to_pylist():
        one, other = (of.get((party, row["year"]), 0) for party in pair)
        if min(one, other) < row["papers"] or not one or not other:
            continue
        counts = Counts(row["papers"], one, other, float(one + other))
        made.append(Yearly(row["year"], row["papers"], row["papers"] / one, row["papers"] / other,
                           salton(counts) or 0.0, jaccard(counts) or 0.0))  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.year))


def _of(table: pa.Table, pair: Pair) -> pa.Table:
    first, second = sorted(pair)
    return table.filter(pc.and_(pc.equal(table["a"], first), pc.equal(table["b"], second)))


def _counts(table: pa.Table) -> tuple[dict[tuple[str, int], int], dict[int, int]]:
    """International papers by party and year, and of the world by year."""
    own = {(row["a"], row["year"]): row["papers"] for row in table.filter(pc.equal(table["b"], WORLD)).to_pylist()}
    return own, {year: papers for (party, year), papers in own.items() if party == WORLD}


def _stated(table: pa.Table, pairs: Iterable[Pair]) -> tuple[Stated, ...]:
    own, world = _counts(table)
    made = []
    for pair in pairs:
        for row in sorted(_of(table, pair).to_pylist(), key=lambda row: int(row["year"])):
            sizes = [own.get((party, row["year"])) for party in pair]
            every = world.get(row["year"])
            found = None
            if sizes[0] and sizes[1] and every:
                found = index(Counts(row["papers"], float(sizes[0]), float(sizes[1]), float(every)))
            made.append(Stated(pair, row["year"], row["papers"], row["index"], found))
    return tuple(made)


def _definitions(table: pa.Table, pair: Pair) -> tuple[Reading, ...]:
    own, world = _counts(table)
    years = [row["year"] for row in _of(table, pair).to_pylist()]
    if not years:
        return ()
    year = max(years)
    sizes = [own.get((party, year)) for party in pair]
    if not all(sizes) or year not in world:
        return ()
    joint = next(row["papers"] for row in _of(table, pair).to_pylist() if row["year"] == year)
    counts = Counts(joint, float(sizes[0] or 0), float(sizes[1] or 0), float(world[year]))
    return collaboration(counts, pair, str(year))


def _gap(pairs: pa.Table, apart: pa.Table, pair: Pair, peers: tuple[Pair, ...], choices: TechnologyChoices) -> Reading:
    """What would be expected of two such parties: joint papers either way, so that both have an effect each year."""
    if not pairs.num_rows or (_year(pairs) or 0) < choices.since:
        reason = f"what is expected is reckoned from {choices.since} on, which was not over on the day"
        return Reading("untapped share", "share of what is expected", reason=reason, parties=pair)
    since = pairs.filter(pc.greater_equal(pairs["year"], choices.since))
    joined = since.join(apart, ["a", "b"], join_type="inner").rename_columns(
        {"a": "exporter", "b": "importer", "papers": "trade"}
    )
    turned = joined.rename_columns({"exporter": "importer", "importer": "exporter"}).select(joined.column_names)
    both = pa.concat_tables([joined, turned]).combine_chunks().sort_by(
        [("exporter", "ascending"), ("importer", "ascending"), ("year", "ascending")]
    )  # fmt: skip
    known = set(pc.unique(both["exporter"]).to_pylist())
    gone = [party for party in pair if party not in known]
    if gone or not both.num_rows:
        reason = f"the table holds no joint paper of {' or '.join(gone) or 'anybody'}"
        return Reading("untapped share", "share of what is expected", reason=reason, parties=pair)
    asked = Question(pair, choices.formula, tuple(one for one in peers if set(one) <= known))
    return expected(both, asked)


def _latest(table: pa.Table) -> dict[str, dict[str, float]]:
    """Papers or patents of each party by field or class, in the newest year."""
    held: dict[str, dict[str, float]] = {}
    what, counted = table.column_names[1], table.column_names[3]
    for row in _newest(table).to_pylist():
        held.setdefault(row["party"], {})[row[what]] = row[counted]
    return held


def _advantages(papers: dict[str, dict[str, float]], pair: Pair) -> tuple[dict[str, float], dict[str, float]]:
    world = papers.get(WORLD, {})
    one, other = (advantage(papers.get(party, {}), world) for party in pair)
    return one, other


def _fields(table: pa.Table, pair: Pair) -> tuple[tuple[Field, ...], int | None]:
    papers = _latest(table)
    if any(party not in papers for party in pair) or WORLD not in papers:
        return (), None
    first, second = _advantages(papers, pair)
    one, other = (shares(papers[party]) for party in pair)
    made = [
        Field(name, (papers[pair[0]].get(name, 0.0), papers[pair[1]].get(name, 0.0)),
              (one.get(name, 0.0), other.get(name, 0.0)), (first[name], second[name]))
        for name in first.keys() & second.keys()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-sum(one.papers), one.name))), _year(table)


def _completed(
    papers: dict[str, dict[str, float]], patents: dict[str, dict[str, float]], pair: Pair, choices: TechnologyChoices
) -> tuple[Completed, ...]:
    if any(party not in held for party in (*pair, WORLD) for held in (papers, patents)):
        return ()
    known = subjects().subjects
    chosen = {name: (known[name].fields, known[name].classes) for name in choices.subjects}
    mine, theirs = ({party: held[party] for party in pair} for held in (papers, patents))
    return completed(mine, theirs, (papers[WORLD], patents[WORLD]), chosen)


def _interest(table: pa.Table, pair: Pair) -> tuple[Interest, ...]:
    cites: dict[Pair, dict[str, float]] = {pair: {}, pair[::-1]: {}}
    for row in table.to_pylist():
        way = (row["citing"], row["cited"])
        if way in cites:
            cites[way][row["field"]] = row["index"]
    return interest(cites[pair], cites[pair[::-1]])
