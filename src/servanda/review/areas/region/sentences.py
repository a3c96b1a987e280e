"""The region: what was promised about third countries and the world, beside how the two vote and on whom they lean."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.measures.region.dependence import dependence
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chapter import Chapter, head
from servanda.review.areas.region.alignment import Alignment, Leaning, Together
from servanda.review.areas.region.leaning import Lean, Manoeuvre
from servanda.review.areas.region.sway import Sway, both_ways
from servanda.review.review import Review
from servanda.review.wording import count, either, percent, the

AREA = "region"
HALF = 0.5
CHANCE, SALIENT = 0.5, 0.1
VOTES_OF = "all"
"""The set of votes that sentences speak of; charts show either."""


@dataclass(frozen=True, slots=True)
class RegionReview(Chapter):
    """The chapter on the region. `names` holds the parties, the powers and the groups; `free` the profiles, `sway`
    who could influence whom."""

    held: Alignment
    free: Manoeuvre
    sway: Sway


def region_review(review: Review, names: dict[str, str], held: Alignment, free: Manoeuvre, sway: Sway) -> RegionReview:
    """The chapter from the review of the pair on the day and what the tables hold; `names` of all who are spoken of."""
    year = review.as_of.year
    found = (
        _alike(review, names, held, year),
        *(_nearer(party, review, names, held, year) for party in review.parties),
        *(_leans(party, names, held, year) for party in review.parties),
        *(_most(one, names) for one in free.leans),
        *(_range(one, names) for one in free.leans),
        _mutual(review, names, held, year),
        both_ways(sway, review.parties, names),
    )
    return RegionReview(
        **head(review, AREA, found, names),
        held=held,
        free=free,
        sway=sway,
    )


def _alike(review: Review, names: dict[str, str], held: Alignment, upto: int) -> Finding | None:
    """How often the two vote alike, and what of it any two members would show."""
    pair = tuple(sorted(review.parties))
    last = _last([one for one in held.together if (one.a, one.b) == pair], upto)
    if last is None or last.figures["half"] is None:
        return None
    half, strict, kappa = (last.figures[name] for name in ("half", "strict", "kappa"))
    assert half is not None
    text = f"In the General Assembly of {last.year} {either([names[one] for one in review.parties])} agreed by "
    text += f"{percent(half)} with half a point for an abstention"
    if strict is not None:
        text += f" and cast the same vote in {percent(strict)}"
    text += f" of {last.votes} divided votes"
    if kappa is not None:
        text += f"; with what their own voting would give by chance taken off, {kappa:.2f} of 1 is left (kappa)"
        text += ": most of it is what any two members show" if kappa < CHANCE else ""
    rule = f"the last session held; a kappa under {CHANCE:g} is called mostly chance"
    return Finding("alike", AREA, text + ".", rule, _readings(last, review.parties))


def _readings(one: Together, parties: tuple[str, str]) -> tuple[Reading, ...]:
    return tuple(
        Reading(f"{name}, {one.votes_of} votes, {one.year}", "share" if name in ("half", "strict") else "index", value,
                used=one.votes, expected=one.votes, parties=parties, period=str(one.year))
        for name, value in one.figures.items()
        if value is not None
    )  # fmt: skip


def _nearer(party: str, review: Review, names: dict[str, str], held: Alignment, upto: int) -> Finding | None:
    """With which power one votes most alike, by the definition that takes chance off, and what the other says."""
    partner = next(one for one in review.parties if one != party)
    found: dict[str, Together] = {}
    for other in {one for row in held.together for one in (row.a, row.b)} - {party, partner}:
        last = _last([row for row in held.together if {row.a, row.b} == {party, other}], upto)
        if last is not None and last.figures["kappa"] is not None:
            found[other] = last
    if len(found) < 2:
        return None
    by_half, by_kappa = (
        sorted(found, key=lambda one: -(found[one].figures[name] or 0.0)) for name in ("half", "kappa")
    )
    first, second = by_kappa[0], by_half[0]
    year = found[first].year
    text = f"Of the powers {names[party]} voted in {year} most like {the(names[first])} once chance is taken off "
    text += f"(kappa {found[first].figures['kappa']:.2f})"
    if second != first:
        text += (
            f", and most like {the(names[second])} where it is not ({percent(found[second].figures['half'] or 0.0)})"
        )
    last_of = the(names[by_kappa[-1]])
    text += f"; least like {last_of} ({found[by_kappa[-1]].figures['kappa']:.2f})"
    readings = tuple(
        Reading(f"kappa with {names[one]}", "index", found[one].figures["kappa"], used=found[one].votes,
                expected=found[one].votes, period=str(found[one].year))
        for one in by_kappa
    )  # fmt: skip
    return Finding(f"nearer-{party}", AREA, text + ".", "kappa of the last session held, powers only", readings)


def _leans(party: str, names: dict[str, str], held: Alignment, upto: int) -> Finding | None:
    """The part of each power and of the partner in one's trade, in the last year and the first."""
    its = [one for one in held.leanings if one.party == party and one.year <= upto]
    if not its:
        return None
    last, first = max(one.year for one in its), min(one.year for one in its)
    now = sorted((one for one in its if one.year == last), key=lambda one: -one.of_trade)
    then = {one.partner: one.of_trade for one in its if one.year == first}
    said = [f"{the(names[one.partner])} {percent(one.of_trade)} ({_was(then, one)})" for one in now]
    text = f"Of what {names[party]} traded abroad in {last}, goods and services ({first} in brackets): {either(said)}."
    readings = tuple(
        Reading(f"part of {names[one.partner]} in trade", "share", one.of_trade, used=1, expected=1, period=str(last))
        for one in now
    )
    return Finding(f"leans-{party}", AREA, text, "parts of trade in the last and the first year held", readings)


def _most(one: Lean, names: dict[str, str]) -> Finding | None:
    """On which column a party leans most, domain by domain; how many domains have no figure."""
    said, readings, without = [], [], 0
    for row in one.rows:
        known = {column: cell for column, cell in row.cells.items() if cell.value is not None}
        first = max(known, key=lambda column: known[column].value or 0.0, default="")
        if not known or (len(known) < 2 and (known[first].value or 0.0) <= HALF):
            without += not known
            continue
        said.append(f"in {row.domain.title[0].lower()}{row.domain.title[1:]} on {the(names[first])} "
                    f"({percent(known[first].value or 0.0)}, {row.period})")  # fmt: skip
        readings.append(known[first])
    if not said:
        return None
    text = f"Of the powers, groups and the partner, {names[one.party]} leans most {'; '.join(said)}"
    text += f". Of {count(without, 'domain')} nothing is held." if without else "."
    rule = "the largest share among the columns, where at least two have a figure or one has more than half"
    return Finding(f"most-{one.party}", AREA, text, rule, tuple(readings))


def _range(one: Lean, names: dict[str, str]) -> Finding | None:
    """Whether any weighting changes on whom a party leans more, of the two highest composites."""
    found = {
        column: made.composite for column, made in one.composites.items()
        if made.composite.value is not None and made.composite.used > 1
    }  # fmt: skip
    if len(found) < 2:
        return None
    first, second = sorted(found, key=lambda column: -(found[column].value or 0.0))[:2]
    said = [
        f"{the(names[column])} {percent(made.value or 0.0)} ({percent(made.low or 0.0)} to {percent(made.high or 0.0)} "
        f"whatever the weights, {count(made.used, 'domain')})"
        for column, made in ((first, found[first]), (second, found[second]))
    ]
    text = f"For those who want one number: {names[one.party]} leans on {either(said)}. "
    text += "They rest on different domains and are no ranking." if _unlike(one, first, second) else (
        "The choice of weights can turn the two round." if (found[second].high or 0) > (found[first].low or 0)
        else "No weights turn the two round."
    )  # fmt: skip
    rule = "the two highest means, of at least two domains; content/review/region.yml has the weights"
    return Finding(f"range-{one.party}", AREA, text, rule, (found[first], found[second]))


def _unlike(one: Lean, first: str, second: str) -> bool:
    return set(one.composites[first].weights) != set(one.composites[second].weights)


def _mutual(review: Review, names: dict[str, str], held: Alignment, upto: int) -> Finding | None:
    """How the two depend on each other under both families of definitions, in both directions."""
    one, other = review.parties
    its: dict[str, Leaning] = {}
    for row in held.leanings:
        newer = row.year <= upto and (row.party not in its or row.year > its[row.party].year)
        if row.partner in (one, other) and newer:
            its[row.party] = row
    if len(its) < 2 or its[one].year != its[other].year:
        return None
    year = its[one].year
    trade = {party: row.trade / row.of_trade for party, row in its.items() if row.of_trade}
    product = {party: row.trade / row.of_product for party, row in its.items() if row.of_product}
    made = dependence((one, other), year, its[one].trade, trade, product)
    if made.salience.value is None or made.symmetry.value is None:
        return None
    said = []
    for place, party in enumerate((one, other)):
        lean, size = made.of_trade[place].value, made.of_product[place].value
        assert lean is not None
        of_size = f" and {percent(size)} of its product" if size is not None else ""
        said.append(f"{percent(lean)} of the trade of {names[party]}{of_size}")
    text = f"In {year} trade of the two was {either(said)}. By Barbieri's measures its salience is "
    text += f"{made.salience.value:.3f} and its symmetry {made.symmetry.value:.2f}, of 1: "
    text += "neither leans much on the other." if made.salience.value < SALIENT else "each matters to the other."
    readings = (*made.of_trade, *made.of_product, made.salience, made.symmetry, made.interdependence)
    return Finding(
        "mutual", AREA, text, f"the last year held of both; a salience under {SALIENT:g} is called little", readings
    )


def _was(then: dict[str, float], one: Leaning) -> str:
    return percent(then[one.partner]) if one.partner in then else "none"


def _last(rows: list[Together], upto: int) -> Together | None:
    known = [row for row in rows if row.votes_of == VOTES_OF and row.year <= upto]
    return max(known, key=lambda row: row.year, default=None)
