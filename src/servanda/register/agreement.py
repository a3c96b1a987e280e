"""The verb that compares the coders of one text: alpha with its interval, and every passage on which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.decision import Answer, Coding
from servanda.model.passage import Passage
from servanda.model.proposal import Kind
from servanda.model.reading import Reading
from servanda.model.text import Text
from servanda.model.words import Action, Area
from servanda.register.alpha import DRAWS, alpha, interval, pairable
from servanda.register.decide import text_of
from servanda.register.desk import Desk, blind_coders, lay, speaks
from servanda.store.connect import Store
from servanda.texts.split import split

PROMISE, OTHER = "commitment", "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """What one coder has of one passage: whether it is a commitment, its kind where said, and its terms.

    Where a coder split the passage, the first kind of the codebook's order counts, and the strongest act.
    """

    promise: str
    kind: Kind | None = None
    action: Action | None = None
    area: Area | None = None
    coding: Coding | None = None


@dataclass(frozen=True, slots=True)
class Coder:
    """One coder of a text: the names, and how many passages are coded. All who decide openly are one coder."""

    name: str
    blind: bool
    coded: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage on which coders differ: its place and words, what differs, and what each of them has."""

    place: int
    start: int
    end: int
    words: str
    about: tuple[str, ...]
    judged: tuple[Judged | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the coders of a text agree. The order of `coders` is that of every list beside it."""

    text: str
    title: str
    sha256: str
    passages: int
    coders: tuple[Coder, ...]
    readings: tuple[Reading, ...]
    differences: tuple[Difference, ...]


def agreement(store: Store, name: str) -> Agreement:
    """The agreement of the coders of a text; raises RequestError where there is one coder or none."""
    text, record = text_of(store, name)
    return compare(text, record)


def compare(text: Text, record: Record) -> Agreement:
    """The agreement from a record."""
    its = [one for one in record.decisions.values() if one.text == text.id]
    desks = [lay(text, its), *(lay(text, its, coder, True) for coder in blind_coders(its))]
    desks = [desk for desk in desks if desk.decided]
    if len(desks) < 2:
        raise RequestError(
            f"{len(desks) or 'no'} coder has coded {text.id}; a second codes it blind, at /read/{text.id}?blind=1"
        )
    passages = [one for one in split(text.characters) if speaks(one)]
    units = [tuple(_judged(desk, one) for desk in desks) for one in passages]
    coders = tuple(
        Coder(_name(desk), desk.blind, sum(unit[place] is not None for unit in units))
        for place, desk in enumerate(desks)
    )
    return Agreement(
        text.id, text.title, text.sha256, len(passages), coders, readings(units), tuple(_differences(passages, units))
    )


def readings(units: Sequence[Sequence[Judged | None]]) -> tuple[Reading, ...]:
    """Alpha of what the codebook asks: is it a commitment, of which kind, how far does it go, in which area."""
    return (
        _reading("commitment or not", units, "promise", (PROMISE, OTHER), "nominal"),
        _reading("kind", units, "kind", tuple(Kind), "nominal"),
        _reading("action", units, "action", tuple(Action), "ordinal"),
        _reading("area", units, "area", tuple(Area), "nominal"),
    )


def _reading(
    name: str, units: Sequence[Sequence[Judged | None]], field: str, order: Sequence[object], metric: str
) -> Reading:
    values = [[getattr(one, field) if one else None for one in unit] for unit in units]
    unit, used = f"Krippendorff's alpha, {metric}", pairable(values)
    found = alpha(values, order, metric)
    if found is None:
        reason = "no passage has two values" if not used else "all values are the same: chance leaves no room"
        return Reading(name, unit, reason=reason, used=used, expected=len(units))
    bounds = interval(values, order, metric)
    low, high = bounds or (None, None)
    said = f"95 %, {DRAWS} draws of passages" if bounds else None
    return Reading(name, unit, found, used=used, expected=len(units), low=low, high=high, interval=said)


def _judged(desk: Desk, unit: Passage) -> Judged | None:
    """What a coder has of a passage as the splitter made it; None where not all of it is coded."""
    met = [one for one in desk.spoken if one.start < unit.end and unit.start < one.end]
    found = [desk.decided.get((one.start, one.end)) for one in met]
    codings = [one.coding for one in found if one and one.coding]
    promised = [one for one in codings if one.promised]
    if promised:
        terms = [one.promised for one in promised if one.promised]
        strongest = max((one.action for one in terms), key=list(Action).index)
        return Judged(PROMISE, Kind.COMMITMENT, strongest, terms[0].area, promised[0])
    if not found or None in found:
        return None
    kinds = [one.kind for one in codings]
    rejected = any(one is not None and one.answer is Answer.REJECT for one in found)
    kind = None if rejected or not kinds else min(kinds, key=list(Kind).index)
    return Judged(OTHER, kind, coding=codings[0] if codings and not rejected else None)


def _differences(passages: Sequence[Passage], units: Sequence[tuple[Judged | None, ...]]) -> list[Difference]:
    found = []
    for place, (passage, unit) in enumerate(zip(passages, units, strict=True), 1):
        about = tuple(field for field in ("promise", "kind", "action", "area") if _differ(unit, field))
        if about:
            words = " ".join(passage.text.split())
            about = tuple("commitment or not" if field == "promise" else field for field in about)
            found.append(Difference(place, passage.start, passage.end, words, about, unit))
    return found


def _differ(unit: Sequence[Judged | None], field: str) -> bool:
    return len({getattr(one, field) for one in unit if one is not None} - {None}) > 1


def _name(desk: Desk) -> str:
    if desk.blind:
        return desk.coder
    return " and ".join(dict.fromkeys(one.coder for one in desk.decided.values()))
