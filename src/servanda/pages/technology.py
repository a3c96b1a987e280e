"""Technology: joint papers, what would be expected, fields, patents, citations, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from servanda.model.source import Source
from servanda.pages.charts import Chart
from servanda.pages.frame import Ask
from servanda.pages.held import Held, behind, cited
from servanda.pages.institutions import Institutions, institutions, written
from servanda.pages.library import Library
from servanda.pages.lines import bars, beside, intervals, over_years
from servanda.pages.since import Told, told
from servanda.review.areas.chosen import Pair
from servanda.review.areas.technology.choices import TechnologyChoices, technology_choices
from servanda.review.areas.technology.promises import Promise, promises, usual
from servanda.review.areas.technology.research import Research, Stated, research
from servanda.review.areas.technology.sentences import AREA, TechnologyReview, technology_review
from servanda.review.areas.technology.traded import SOURCE, Traded, command, traded
from servanda.review.review import Review
from servanda.settings import snapshots
from servanda.sources.added import added
from servanda.sources.shipped import shipped
from servanda.sources.snapshots import state
from servanda.sources.subjects import subjects


@dataclass(frozen=True, slots=True)
class TechnologyPage:
    """The chapter with its charts and the tables behind. The JSON twin is the chapter."""

    title: str
    technology: TechnologyReview
    charts: dict[str, Chart]
    beside: tuple[Stated, ...]
    institutions: Institutions
    since: tuple[Told, ...]
    rule: str
    rests: tuple[Source, ...]
    fetch: str
    tables: tuple[Held, ...]


def technology(library: Library, ask: Ask) -> TechnologyPage:
    """The chapter on technology of the case that is asked for."""
    case = ask.case or ""
    review = library.review(case, ask.as_of)
    choices = technology_choices()
    peers = choices.peers.get(case, ())
    upto = review.as_of.year
    held = _held(review.parties, peers, upto)
    known = {one for pair in (review.parties, *peers) for one in pair}
    known |= {one for peer in (held.gap.steps.get("rank") or {}).get("peers", ()) for one in peer["pair"]}
    names = {code: library.words.named(code).short for code in known}
    since = _since(library, ask, review, choices)
    made = technology_review(review, names, held, since, usual(review.parties, choices, ask.as_of.year))
    charts = library.kept(("technology charts", case, upto), lambda: drawings(made, choices))
    rows = tuple(sorted(held.beside, key=lambda one: -(one.published or 0.0)))
    meet = institutions(library, ask, review.parties)
    cards = held.cards | {name: shipped(name).card for name in (choices.intelligence, choices.sectors)}
    list_of = subjects()
    return TechnologyPage(made.title, made, charts, rows, meet, told(since, names, cards), list_of.rule,
                          list_of.sources, command(review.parties, "semiconductors"), behind(cards))  # fmt: skip


def _since(library: Library, ask: Ask, review: Review, choices: TechnologyChoices) -> tuple[Promise, ...]:
    """What moved since each promise, by the shipped tables and by those that were added or fetched."""
    pair = review.parties
    goods = _fetched(library, pair)
    own = written(library, pair)
    threads = [item for item in review.items if item.area == AREA]
    key = ("since", review.case, review.entries, ask.as_of, own and own.cite, goods and goods.cite)
    return library.kept(key, lambda: promises(threads, pair, choices, ask.as_of.year, own, goods))


def _fetched(library: Library, pair: Pair) -> Traded | None:
    """Exports by list of products of what was fetched; where it cannot be read the sectors stand in its place."""
    root = snapshots()
    return library.reckoned((SOURCE, state(root, SOURCE), pair), lambda: (traded(added(SOURCE, root), pair),))[0]


@lru_cache(maxsize=16)
def _held(pair: Pair, peers: tuple[Pair, ...], upto: int) -> Research:
    """What the shipped tables hold: the same for every register, and no visitor waits for another's."""
    return research(pair, technology_choices(), peers, upto)


def drawings(made: TechnologyReview, choices: TechnologyChoices) -> dict[str, Chart]:
    """The charts that the chapter's figures allow."""
    drawn = [_joint(made, choices), _parts(made, choices), *_expected(made, choices), _advantages(made, choices),
             _completed(made, choices), _cites(made, choices)]  # fmt: skip
    return {chart.name: chart for chart in drawn if chart is not None}


def _joint(made: TechnologyReview, choices: TechnologyChoices) -> Chart | None:
    lines = [
        {"year": one.year, "value": one.papers, "series": "OpenAlex, all sorts of works"} for one in made.held.yearly
    ]
    points = [
        {
            "year": one.year,
            "value": one.papers,
            "series": "Scopus, articles",
            "of": "as published",
            "period": str(one.year),
        }
        for one in made.held.stated
    ]
    source = cited(made.held.cards, choices.pairs, choices.index)
    return over_years("technology-joint", "Papers with authors of both", "papers a year", source, lines, points)


def _parts(made: TechnologyReview, choices: TechnologyChoices) -> Chart | None:
    lines = [
        {"year": one.year, "value": 100 * value, "series": f"of {made.names[party]}"}
        for side, party in enumerate(made.parties)
        for one in made.held.yearly
        for value in ((one.of_one, one.of_other)[side],)
    ]
    title = "Part of joint papers in what each writes with anybody abroad"
    source = cited(made.held.cards, choices.pairs, choices.totals)
    return over_years("technology-parts", title, "per cent of international papers", source, lines)


def _expected(made: TechnologyReview, choices: TechnologyChoices) -> list[Chart | None]:
    gap = made.held.gap
    if gap.value is None:
        return []
    source = f"{cited(made.held.cards, choices.pairs, choices.apart)}; expected by Servanda, {choices.formula}"
    # Either way of a pair holds the same papers, so that the path counts each twice.
    lines = [
        {"year": row["year"], "value": row[what] / 2, "series": said}
        for what, said in (("actual", "there"), ("expected", "expected"))
        for row in gap.steps["path"]
    ]
    first = over_years("technology-expected", "Joint papers: what there is and what would be expected", "papers a year",
                       source, lines)  # fmt: skip
    pair = " and ".join(made.names[one] for one in made.parties)
    rows: list[dict[str, Any]] = [{"row": pair, "value": gap.value, "low": gap.low, "high": gap.high}]
    rows += [
        {"row": " and ".join(made.names.get(one, one) for one in peer["pair"]), "value": peer["untapped_share"],
         "low": peer["low"], "high": peer["high"]}
        for peer in gap.steps["rank"]["peers"]
    ]  # fmt: skip
    rows.sort(key=lambda row: -(row["value"] or 0.0))
    title = f"Share of the joint papers expected that is not there, {gap.period}"
    return [first, intervals("technology-peers", title, "not there; left of the line is more", source, rows, pair)]


def _advantages(made: TechnologyReview, choices: TechnologyChoices) -> Chart | None:
    names = tuple(made.names[party] for party in made.parties)
    rows = [
        {"row": one.name, names[0]: one.advantages[0], names[1]: one.advantages[1],
         f"papers, {names[0]}": one.papers[0], f"papers, {names[1]}": one.papers[1]}
        for one in made.held.fields
    ]  # fmt: skip
    title = f"Papers by field over the share of the world's, {made.held.fields_year}; 1 is the world's share"
    source = cited(made.held.cards, choices.fields)
    return beside("technology-fields", title, "times the world's share", source, rows, (names[0], names[1]))


def _completed(made: TechnologyReview, choices: TechnologyChoices) -> Chart | None:
    rows = [
        {"row": f"{one.subject}: {made.names[one.publishes]}, {made.names[one.patents]}",
         "papers": one.papers, "patents": one.patented}
        for one in made.held.completed
    ]  # fmt: skip
    title = "Where one may complete the other: papers of the first, patents of the second"
    title += f" ({made.held.fields_year} and {made.held.patents_year})"
    source = cited(made.held.cards, choices.fields, choices.patents)
    return beside("technology-completed", title, "times the world's share", source, rows, ("papers", "patents"))


def _cites(made: TechnologyReview, choices: TechnologyChoices) -> Chart | None:
    one, other = (made.names[party] for party in made.parties)
    rows = [
        {"row": row.field, "value": value, "series": series}
        for row in made.held.interest
        for series, value in ((f"{one} cites {other}", row.one_cites), (f"{other} cites {one}", row.other_cites))
    ]
    title = "Who cites whom by field, 2020; 1 is what the other's size would give"
    return bars("technology-cites", title, "relative citation index", cited(made.held.cards, choices.citations), rows)
