"""How far an agreement is used: what claims its rates over what could, and rival figures side by side.

Rate of use = imports that claim the preference / imports that are eligible (WTO, World Trade Report 2011, p. 72-74).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from servanda.model.reading import Reading

NAME, UNIT = "use of the agreement", "per cent"
ROUNDED = 0.5
"""Figures no further apart than this, in points, are one figure rounded twice."""
UNSAID = "not said"


@dataclass(frozen=True, slots=True)
class Claim:
    """One published figure: whose trade in which period used the agreement, as `rate` in per cent or as amounts.

    `base`: what the rate is of (eligible trade, all trade, firms), UNSAID where the source does not say. `used`,
    `eligible`, `total`: amounts in one unit.
    """

    whose: str
    period: str
    source: str
    rate: float | None = None
    base: str = UNSAID
    used: float | None = None
    eligible: float | None = None
    total: float | None = None

    @property
    def of_eligible(self) -> float | None:
        """From the amounts: used over eligible, in per cent."""
        return 100 * self.used / self.eligible if self.used is not None and self.eligible else None

    @property
    def of_total(self) -> float | None:
        """From the amounts: used over all trade, in per cent."""
        return 100 * self.used / self.total if self.used is not None and self.total else None

    @property
    def figure(self) -> float | None:
        """The rate as stated, else from the amounts, of eligible trade before that of all."""
        for one in (self.rate, self.of_eligible, self.of_total):
            if one is not None:
                return one
        return None

    @property
    def of(self) -> str:
        """What the figure is of."""
        if self.base != UNSAID:
            return self.base
        if self.rate is not None:
            return UNSAID
        return "eligible trade" if self.of_eligible is not None else "all trade"


def utilisation(claims: Sequence[Claim]) -> list[Reading]:
    """A reading for each of whose trade it is and period: the figure where there is one, or why there is none.

    Figures further apart than ROUNDED give no value but the reason: how far apart they are, and in what their
    definitions differ. `steps` hold every figure with its source and base, and any that its own amounts belie.
    """
    kept = sorted(claims, key=lambda one: (one.whose, one.period))
    return [_reading(*key, list(some)) for key, some in groupby(kept, key=lambda one: (one.whose, one.period))]


def _reading(whose: str, period: str, claims: list[Claim]) -> Reading:
    figures = [(one.figure, one) for one in claims if one.figure is not None]
    steps = {
        "figures": [{"value": value, "of": one.of, "source": one.source} for value, one in figures],
        "belied": [
            {"source": one.source, "stated": one.rate, "by_its_amounts": amounts}
            for one in claims
            if one.rate is not None and (amounts := _amounts(one)) is not None and abs(amounts - one.rate) > ROUNDED
        ],
    }
    about: dict[str, Any] = {
        "period": period,
        "parties": (whose,),
        "used": len(figures),
        "expected": len(claims),
        "steps": steps,
    }
    if not figures:
        return Reading(NAME, UNIT, reason="no source gives a rate, or amounts to take one from", **about)
    values = [value for value, _ in figures]
    if max(values) - min(values) <= ROUNDED:
        return Reading(NAME, UNIT, value=sum(values) / len(values), **about)
    reason = f"{len(values)} figures from {min(values):.1f} to {max(values):.1f} %: {_why([one for _, one in figures])}"
    return Reading(NAME, UNIT, reason=reason, caveats=("rival_figures",), **about)


def _amounts(one: Claim) -> float | None:
    """What the amounts give on the base that the rate is said to have."""
    return one.of_total if one.base == "all trade" else one.of_eligible


def _why(claims: list[Claim]) -> str:
    bases = sorted({one.of for one in claims})
    if len(bases) > 1:
        return f"they are of different things ({', '.join(bases)})"
    if bases == [UNSAID]:
        return "none says what it is of"
    return f"all are of {bases[0]}; the sources do not say what else differs"
