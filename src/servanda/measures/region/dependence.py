"""On whom a party depends for its trade, under the usual definitions side by side, and a profile of such shares.

Oneal and Russett 1997 set trade with a partner beside gross domestic product, Barbieri 1996 beside all trade; salience,
symmetry and interdependence are Barbieri's, of the two shares. The two families can point opposite ways, for a closed
economy can lean on few and trade little (Gartzke and Li 2003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
