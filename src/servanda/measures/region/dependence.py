"""On whom a party depends, under the usual definitions side by side, and a profile of such shares.

Oneal and Russett 1997 set trade with a partner beside gross domestic product, Barbieri 1996 beside all trade; salience,
symmetry and interdependence are Barbieri's, of the two shares. The two families can point opposite ways, for a closed
economy can lean on few and trade little (Gartzke and Li 2003).

A share of a partner, or of a group of partners, is of all that a party has with anybody; concentration is the sum of
squared shares (Hirschman 1964). What a table lumps together is known as a whole only, and gives a range.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from servanda.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Dependence:
    """What two share in one year: `of_product` and `of_trade` of each, and the three of the pair; each a reading."""

    of_product: tuple[Reading, Reading]
    of_trade: tuple[Reading, Reading]
    salience: Reading
    symmetry: Reading
    interdependence: Reading


def dependence(
    pair: tuple[str, str], year: int, between: float, trade: Mapping[str, float], product: Mapping[str, float]
) -> Dependence:
    """From trade between the two (both ways), all trade abroad and the gross domestic product of each, in one money.

    A figure that lacks, or is not above 0, gives a reason and no share.
    """
    lean = tuple(_share("trade with the other, of all trade", one, year, between, trade) for one in pair)
    size = tuple(_share("trade with the other, of gross domestic product", one, year, between, product) for one in pair)
    names = ("salience", "symmetry", "interdependence")
    a, b = (one.value for one in lean)
    if a is None or b is None:
        lacking = next(one.reason for one in lean if one.value is None)
        none = tuple(Reading(name, "index", reason=lacking, period=str(year), parties=pair) for name in names)
        return Dependence((size[0], size[1]), (lean[0], lean[1]), *none)
    salience, symmetry = (a * b) ** 0.5, 1 - abs(a - b)
    values = (salience, symmetry, salience * symmetry)
    made = tuple(
        Reading(name, "index", value, used=2, expected=2, period=str(year), parties=pair)
        for name, value in zip(names, values, strict=True)
    )
    return Dependence((size[0], size[1]), (lean[0], lean[1]), *made)


def _share(name: str, party: str, year: int, part: float, whole: Mapping[str, float]) -> Reading:
    size = whole.get(party)
    if size is None or size <= 0:
        what = "product" if "product" in name else "trade"
        return Reading(name, "share", reason=f"no {what} of {party} in {year}", period=str(year), parties=(party,))
    return Reading(name, "share", part / size, used=1, expected=1, period=str(year), parties=(party,))


@dataclass(frozen=True, slots=True)
class Profile:
    """Parts of one party's dependence on another, and for those who want one number a composite: the parts by their
    weights, with the least and the most that any weights could make of it.
    """

    parts: tuple[Reading, ...]
    weights: dict[str, float]
    composite: Reading


def profile(name: str, parts: Sequence[Reading], weights: Mapping[str, float] | None = None) -> Profile:
    """A composite of shares; equal weights where none are given. Parts without a figure are named and left out, their
    weight given to the rest. ValueError for weights of what is no part, below nothing, or all nothing.

    Whatever the weights, a weighted mean lies between the smallest and the largest part: that is its range.
    """
    given = dict(weights) if weights is not None else {one.name: 1.0 for one in parts}
    strange = sorted(set(given) - {one.name for one in parts})
    if strange or min(given.values(), default=0) < 0 or not sum(given.values()):
        raise ValueError(f"weights are for the parts, none below 0 and not all 0; off are {strange or given}")
    held = {one.name: one.value for one in parts if one.value is not None and given.get(one.name, 0) > 0}
    if not held:
        reason = "no part has a figure: " + "; ".join(f"{one.name}: {one.reason}" for one in parts)
        return Profile(tuple(parts), {}, Reading(name, "share", reason=reason, expected=len(parts)))
    whole = sum(given[one] for one in held)
    used = {one: given[one] / whole for one in held}
    value = sum(share * held[one] for one, share in used.items())
    lacking = tuple(one.name for one in parts if one.value is None)
    composite = Reading(
        name, "share", value, used=len(held), expected=len(parts), low=min(*held.values(), value),
        high=max(*held.values(), value), interval="whatever the weights", steps={"weights": used, "without": lacking},
    )  # fmt: skip
    return Profile(tuple(parts), used, composite)


MOST_OF = 0.5
"""Part of the members of a group that have to be told apart for a figure of the group."""
LARGE = 0.05
"""A partner of so large a share that is missing a year later did not report: few go from there to nothing."""


@dataclass(frozen=True, slots=True)
class Partners:
    """What one party has with each partner in a period, in one unit.

    `rest` is what it has with partners that the table lumps together; where it `is_ranked` none of them is larger than
    the smallest of `held`. Where it `is_closed` a partner that is not held has nothing; else nothing is known of it.
    `silent`: partners of which the source never tells, with the reason.
    """

    party: str
    period: str
    held: Mapping[str, float]
    rest: float = 0.0
    is_closed: bool = False
    is_ranked: bool = False
    silent: Mapping[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> float:
        """What it has with all, in the same unit."""
        return sum(self.held.values()) + self.rest


def lean(own: Partners, whose: Collection[str], name: str) -> Reading:
    """The share of a partner, or of a group's members together; the party itself is never its own partner.

    Used are the members told apart. Of a group of which half are, the rest may be in what is lumped: the share is at
    least `value` and at most `high`. Fewer are no figure of the group, but a reason.
    """
    members = sorted(set(whose) - {own.party})
    told = [one for one in members if own.is_closed or one in own.held]
    about: dict[str, Any] = {"period": own.period, "parties": (own.party,), "used": len(told), "expected": len(members)}
    if own.whole <= 0:
        return Reading(name, "share", reason=f"nothing of {own.party} in {own.period}", **about)
    silent = next((own.silent[one] for one in members if one in own.silent and one not in own.held), None)
    if not told or len(told) < MOST_OF * len(members):
        return Reading(name, "share", reason=_untold(own, told, members, silent), **about)
    value = sum(own.held.get(one, 0.0) for one in told) / own.whole
    if len(told) == len(members):
        return Reading(name, "share", value, **about)
    said = f"{len(told)} of {len(members)} members told apart"
    if not own.rest:
        return Reading(name, "share", value, caveats=(f"{said}; of the others nothing is held",), **about)
    high = value + own.rest / own.whole
    return Reading(name, "share", value, low=value, high=high, interval=f"{said}; the others may be among the rest",
                   **about)  # fmt: skip


def _untold(own: Partners, told: Sequence[str], members: Sequence[str], silent: str | None) -> str:
    """Why there is no share, and the most that it can be where the table lumps."""
    if len(members) == 1 and silent is not None:
        return silent
    most = ""
    if own.rest:
        least = min(own.held.values(), default=own.rest) if own.is_ranked and len(members) == 1 else own.rest
        part = min(own.rest, least)
        most = f", {'with all others' if told or len(members) > 1 else 'among others'} at most "
        most += f"{100 * (part + sum(own.held.get(one, 0.0) for one in told)) / own.whole:.1f} %"
    if len(members) == 1:
        return f"not told apart{most}" if most else "not in the table"
    return f"{len(told)} of {len(members)} members told apart{most}"


def concentrated(own: Partners) -> Reading:
    """The sum of squared shares of the partners: 1 is one partner alone. What is lumped may be many or one, which
    gives the range; `steps["covered"]` is the share of what is told apart."""
    name = "concentration of partners"
    about: dict[str, Any] = {"period": own.period, "parties": (own.party,)}
    if own.whole <= 0:
        return Reading(name, "index", reason=f"nothing of {own.party} in {own.period}", **about)
    least = sum((value / own.whole) ** 2 for value in own.held.values())
    part = own.rest / own.whole
    many = len(own.held)
    steps = {"covered": 1 - part, "partners": many}
    if not part:
        return Reading(name, "index", least, used=many, expected=many, steps=steps, **about)
    return Reading(
        name, "index", least, used=many, expected=many, low=least, high=least + part * part,
        interval="what is lumped together is many, or one", steps=steps, **about,
    )  # fmt: skip


def whole_years(years: Mapping[int, Mapping[str, float]]) -> tuple[int, ...]:
    """The years in which every partner that had a large share in the last such year has a row, in their order.

    Where a partner as large as LARGE is missing it did not report, and shares would be shares of those who did.
    """
    made: list[int] = []
    for year in sorted(years):
        if made:
            before = years[made[-1]]
            large = {one for one, value in before.items() if value >= LARGE * sum(before.values())}
            if large - set(years[year]):
                continue
        made.append(year)
    return tuple(made)


def weightings(one: Sequence[float], other: Sequence[float]) -> float:
    """The share of all weightings (none below 0, sum 1, each as likely as the next) by which the first leans more.

    The part of the simplex on one side of a plane, exactly, by recursion (Varsi 1973, The multidimensional content of
    the frustum of the simplex, Pacific Journal of Mathematics 46). ValueError for no parts, or unlike many.
    """
    apart = [a - b for a, b in zip(one, other, strict=True)]
    if not apart:
        raise ValueError("there is nothing to weigh")
    above, below = [value for value in apart if value > 0], [value for value in apart if value <= 0]
    content = [1.0, *(0.0 for _ in below)]
    for up in above:
        for place, down in enumerate(below, 1):
            content[place] = (up * content[place - 1] - down * content[place]) / (up - down)
    return content[-1]
