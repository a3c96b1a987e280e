"""Partial equilibrium by product line, one market at a time, after SMART (the single-market model of WITS).

Laird and Yeats 1986 (The UNCTAD Trade Policy Simulation Model, part I), Jammes and Olarreaga 2005 (Explaining SMART and
GSIM). Goods are told apart by origin. A cheaper supplier sells more because the good is cheaper (creation) and because
it is cheaper than that of others (diversion). Income, other markets and other products stay as they are.

Prices at the border are 1 before, so that quantities are values. All of it per line, as arrays of one length.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.tariffs import MOST, paid

Array = NDArray[np.float64]
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Lines:
    """Product lines, each bought by `importer` from `exporter`. Arrays are (lines,); rates and shares as 0.1.

    `group` puts lines together: a sector, a chapter.
    `trade` from the exporter and `others` from all other suppliers, in one money; `general` is what others pay,
    `before` and `after` the preferential rates of the exporter, `used` the share of its trade that claims them;
    `barrier_before` and `barrier_after` raise the price without revenue (ad-valorem equivalents). `demand`: fall of
    demand for the good with its price; `substitution`: between suppliers; `supply`: of the exporter, infinite where its
    price stays. All three are positive.
    """

    code: tuple[str, ...]
    group: tuple[str, ...]
    importer: tuple[str, ...]
    exporter: tuple[str, ...]
    trade: Array
    others: Array
    general: Array
    before: Array
    after: Array
    used: Array
    demand: Array
    substitution: Array
    supply: Array
    barrier_before: Array
    barrier_after: Array

    def __len__(self) -> int:
        return len(self.code)


@dataclass(frozen=True, slots=True)
class Effects:
    """What changes per line, in the money of trade; arrays are (lines,), or (draws, lines).

    `imports`, of the importer from the exporter, is `creation` + `diversion` + `price`; others lose `diversion`.
    `revenue`: of the importer, from all suppliers. `surplus`: of its buyers. `welfare` is the sum of the two; where the
    exporter's price rises, what it gains is `price` and not part of it.
    """

    creation: Array
    diversion: Array
    price: Array
    imports: Array
    revenue: Array
    surplus: Array
    welfare: Array


def simulate(lines: Lines) -> Effects:
    """The effects of the new rates and barriers on every line. Raises RequestError for lines that cannot be."""
    check(lines)
    return effects(lines, lines.demand, lines.substitution, lines.supply)


def effects(lines: Lines, demand: Array, substitution: Array, supply: Array) -> Effects:
    """The same with other elasticities, (lines,) or (draws, lines), on lines that were checked.

    Laird and Yeats 1986: creation M e r / (1 + e/m), diversion M N s r / (M + N + M s r), where r is the fall of the
    price as a share, e demand, s substitution, m supply. Diversion is never more than others sell, and where the
    price rises never more than the exporter sells.
    """
    old, new = (paid(rate, lines.general, lines.used) for rate in (lines.before, lines.after))
    fall = 1 - (1 + new) * (1 + lines.barrier_after) / ((1 + old) * (1 + lines.barrier_before))
    share = demand / supply
    creation = np.maximum(lines.trade * demand * fall / (1 + share), -lines.trade)
    pull = substitution * fall
    both = lines.trade + lines.others
    whole = both + lines.trade * np.maximum(pull, -1)
    diversion = lines.trade * lines.others * pull / np.where(whole > 0, whole, 1)
    diversion = np.minimum(diversion, lines.others)
    diversion = np.maximum(diversion, -(lines.trade + np.minimum(creation, 0)))
    moved = creation + diversion
    # The exporter's price rises by what it must sell more over its elasticity of supply.
    rise = np.where(lines.trade > 0, moved / np.where(lines.trade > 0, lines.trade, 1), 0) / supply
    price = rise * lines.trade
    sold = lines.trade + moved
    revenue = new * sold * (1 + rise) - old * lines.trade - lines.general * diversion
    wedge = (1 + new) * (1 + lines.barrier_after) * (1 + rise) - (1 + old) * (1 + lines.barrier_before)
    surplus = -wedge * (lines.trade + sold) / 2
    return Effects(creation, diversion, price, moved + price, revenue, surplus, surplus + revenue)


def totals(lines: Lines, made: Effects, by: tuple[str, ...]) -> dict[str, Effects]:
    """Effects added up over lines that share a word in `by` (lines,), in the order in which words appear."""
    words = list(dict.fromkeys(by))
    if len(by) != len(lines):
        raise RequestError(f"{len(lines)} lines cannot be added up by {len(by)} words")
    place = {word: number for number, word in enumerate(words)}
    belongs = np.zeros((len(by), len(words)))
    belongs[np.arange(len(by)), [place[word] for word in by]] = 1
    summed = {one.name: getattr(made, one.name) @ belongs for one in fields(Effects)}
    return {
        word: Effects(**{name: values[..., number] for name, values in summed.items()})
        for number, word in enumerate(words)
    }


def carriers(values: Array, share: float = 0.8) -> tuple[int, ...]:
    """The fewest lines that together carry `share` of all movement (the sum of sizes), the largest first."""
    size = np.abs(values)
    if size.sum() == 0:
        return ()
    order = np.argsort(-size, kind="stable")
    many = int(np.searchsorted(np.cumsum(size[order]), share * size.sum() * (1 - 1e-12))) + 1
    return tuple(int(one) for one in order[:many])


def check(lines: Lines) -> None:
    """Raises RequestError for every kind of value that cannot be, with how many lines and five of them."""
    rates = "a rate is a share between 0 and 10 (1,000 per cent); write 0.15 for 15 per cent"
    positive = "an elasticity is above 0; without one nothing answers to a price, so write the published one"
    rules = [
        (name, getattr(lines, name), low, high, strict, why)
        for names, low, high, strict, why in (
            (("trade", "others"), 0.0, np.inf, False, "trade is not negative; write 0 where nothing is sold"),
            (("general", "before", "after", "barrier_before", "barrier_after"), 0.0, MOST, False, rates),
            (("used",), 0.0, 1.0, False, "the share that uses the preference lies between 0 and 1"),
            (("demand", "substitution"), 0.0, 1e6, True, positive),
        )
        for name in names
    ]
    rules.append(("supply", np.where(np.isinf(lines.supply), 1.0, lines.supply), 0.0, np.inf, True, positive))
    faults = []
    for name, values, low, high, strict, why in rules:
        if values.shape != (len(lines),):
            raise RequestError(f"{len(lines)} lines need as many of {name}, not {values.shape}")
        bad = ~np.isfinite(values) | (values <= low if strict else values < low) | (values > high)
        if bad.any():
            faults.append(f"{name} cannot be in {int(bad.sum()):,} line{'s' if bad.sum() > 1 else ''} "
                          f"({_told(lines, getattr(lines, name), bad)}); {why}")  # fmt: skip
    if not faults and len(lines) and not lines.trade.any():
        pairs = ", ".join(
            sorted({f"{one} from {other}" for one, other in zip(lines.importer, lines.exporter, strict=True)})
        )
        faults.append(
            f"there is no trade in any line ({pairs}); a partial equilibrium scales trade that is there and cannot "
            "say what a pair that does not trade would begin to sell"
        )
    if not len(lines):
        faults.append("there are no lines; give at least one with its trade")
    if faults:
        raise RequestError("; ".join(faults))


def _told(lines: Lines, values: Array, bad: NDArray[np.bool_]) -> str:
    places = np.nonzero(bad)[0][:EXAMPLES]
    return ", ".join(
        f"{lines.code[one]} {lines.importer[one]} from {lines.exporter[one]}: {values[one]:g}" for one in places
    )
