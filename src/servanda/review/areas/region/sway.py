"""Who could influence whom, by the published index that a user added: both directions, the leap of aid told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from servanda.measures.region.influence import aid_part
from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.wording import either, percent
from servanda.sources.added import Added

AREA = "region"


@dataclass(frozen=True, slots=True)
class Way:
    """The index of `a` over `b` in a year with its factors. `by_aid` is what the share of aid alone adds, and whether
    that `is_artefact` is by the measure's rule; both are empty where the file does not hold the parts."""

    a: str
    b: str
    year: int
    index: float
    bandwidth: float
    dependence: float
    by_aid: float | None
    is_artefact: bool | None


@dataclass(frozen=True, slots=True)
class Sway:
    """Each of the pair over the other and each power over either, year by year; or why there is none of it."""

    missing: str | None
    ways: tuple[Way, ...]
    cite: str

    @property
    def last(self) -> tuple[Way, ...]:
        """The newest year of every direction."""
        newest = {(one.a, one.b): one for one in self.ways}
        return tuple(newest.values())


def sway(pair: Pair, powers: tuple[str, ...], held: Added, year: int) -> Sway:
    """What the added release holds of a pair and the powers, nothing later than `year`."""
    if held.table is None:
        return Sway(held.missing, (), held.cite)
    wanted = {pair, pair[::-1], *((power, one) for power in powers if power not in pair for one in pair)}
    table = held.table
    own = table.filter(pc.and_(pc.is_in(table["b"], pa.array(list(pair))), pc.less_equal(table["year"], year)))
    rows = [row for row in own.to_pylist() if (row["a"], row["b"]) in wanted]
    if not rows:
        return Sway(f"the file that was added holds neither of the two by {year}", (), held.cite)
    order = {one: place for place, one in enumerate((*pair, *powers))}
    rows.sort(key=lambda row: (order[row["a"]], order[row["b"]], row["year"]))
    index, wide, shares = (
        np.array([np.nan if row[name] is None else row[name] for row in rows], dtype=float)
        for name in ("index", "bandwidth", "ln_aid_share")
    )
    aid, large = aid_part(index, wide, shares)
    made = [
        Way(row["a"], row["b"], row["year"], row["index"], row["bandwidth"], row["dependence"],
            None if np.isnan(aid[place]) else float(aid[place]), None if np.isnan(aid[place]) else bool(large[place]))
        for place, row in enumerate(rows)
        if row["bandwidth"] is not None and row["dependence"] is not None
    ]  # fmt: skip
    return Sway(None, tuple(made), held.cite)


def both_ways(held: Sway, pair: Pair, names: dict[str, str]) -> Finding | None:
    """Each over the other in the newest year of both, and whether the share of aid makes the difference."""
    its = {(one.a, one.b): one for one in held.last}
    ways = [its.get(pair), its.get(pair[::-1])]
    if ways[0] is None or ways[1] is None or ways[0].year != ways[1].year:
        return None
    known = [one for one in ways if one is not None]
    said = [f"of {names[one.a]} over {names[one.b]} {one.index:.3f}" for one in known]
    text = f"The capacity to influence is {either(said)} in {known[0].year}, of 1."
    for one in known:
        if one.is_artefact and one.by_aid is not None:
            text += (
                f" Of that of {names[one.a]} {percent(one.by_aid / one.index)} is its share in what little aid "
                f"{names[one.b]} gets; without it, it is {one.index - one.by_aid:.3f}."
            )
    if all(one.is_artefact is None for one in known):
        text += " The file does not hold the parts, so that leaps by the share of aid cannot be told apart."
    readings = tuple(
        Reading(f"capacity of {names[one.a]} to influence {names[one.b]}", "index", one.index, used=1, expected=1,
                period=str(one.year), parties=(one.a, one.b))
        for one in known
    )  # fmt: skip
    return Finding("sway", AREA, text, "the newest year of both directions; measures/region/influence.py", readings)
