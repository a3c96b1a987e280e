"""What a deal is worth where it was published in layers: a contract of the buyer and one of the supplier beneath it.

Layers of one deal are the same money seen twice and are never added; neither are currencies, nor years of prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Layer:
    """One published amount of a deal: whose contract it is, in the words of its source."""

    deal: str
    of: str
    value: float
    unit: str
    period: str


def worth(layers: Sequence[Layer]) -> Reading:
    """What the deals are worth together, in one unit; a reason where that cannot be said."""
    name = "worth of the deals"
    if not layers:
        return Reading(name, "money", reason="no amount was published")
    deals = [one.deal for one in layers]
    twice = sorted({deal for deal in deals if deals.count(deal) > 1})
    units = sorted({one.unit for one in layers})
    if twice:
        return Reading(
            name, "money", reason=f"{', '.join(twice)}: layers of one deal are not added", expected=len(layers)
        )
    if len(units) > 1:
        return Reading(name, "money", reason=f"amounts in {' and '.join(units)} are not added", expected=len(layers))
    value = sum(one.value for one in layers)
    return Reading(
        name, units[0], value, used=len(layers), expected=len(layers), steps={one.deal: one.value for one in layers}
    )
