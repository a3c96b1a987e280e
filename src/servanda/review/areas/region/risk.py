"""Changes of risk and new sanctions around a pair, by tables that a user fetched or added; each by a written rule."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from servanda.model.finding import Finding
from servanda.model.reading import Reading
from servanda.review.areas.chosen import Pair
from servanda.review.areas.region.domains import Risk
from servanda.review.wording import count

AREA = "region"
SHOWN = 8
"""Sanctions that are named; the rest are counted."""


def risk(party: str, names: dict[str, str], table: pa.Table, since: int, until: tuple[int, int], rule: Risk) -> (
    Finding | None
):  # fmt: skip
    """Whether newspapers write of risk and of a party more or less than at the end of `since`; `until` is a month."""
    own = table.filter(pc.equal(table["party"], party)).to_pylist()
    held = {12 * row["year"] + row["month"] - 1: row["value"] for row in own if (row["year"], row["month"]) <= until}
    before = [held[at] for at in range(12 * since + 12 - rule.months, 12 * since + 12) if at in held]
    last = max(held, default=0)
    after = [held[at] for at in range(last - rule.months + 1, last + 1) if at in held]
    if len(before) < rule.months or len(after) < rule.months or last < 12 * since + 11 + rule.months:
        return None
    then, now = sum(before) / rule.months, sum(after) / rule.months
    if abs(now - then) < rule.least or max(now, then) < rule.times * min(now, then):
        return None
    top = max((at for at in held if at >= 12 * since + 12), key=lambda at: held[at])
    text = f"Newspapers wrote {'more' if now > then else 'less'} of geopolitical risk with {names[party]}: "
    text += f"{now:.2f} % of articles in the {rule.months} months to {_month(last)}, {then:.2f} % in those to "
    text += f"{since}-12; most in {_month(top)} ({held[top]:.2f} %)."
    readings = tuple(
        Reading("articles on risk", "per cent", value, used=rule.months, expected=rule.months, period=period,
                parties=(party,))
        for value, period in ((then, f"to {since}-12"), (now, f"to {_month(last)}"))
    )  # fmt: skip
    said = f"means of {rule.months} months, {rule.times:g} times as large or as small and {rule.least:g} apart"
    return Finding(f"risk-{party}", AREA, text, said, readings)


def _month(at: int) -> str:
    return f"{at // 12}-{at % 12 + 1:02d}"


def sanctions(
    pair: Pair, others: Iterable[str], names: dict[str, str], table: pa.Table, since: int, until: int
) -> Finding | None:
    """Cases that began after `since` in which one of the pair sanctions or is sanctioned, or two of the powers do."""
    powers = {*pair, *others}
    found: dict[tuple[int, str, str], set[str]] = {}
    for row in table.to_pylist():
        sides = {row["sender"], row["target"]}
        if since < row["begin"] <= until and (sides & set(pair) or sides <= powers):
            found.setdefault((row["begin"], row["sender"], row["target"]), set()).update(row["kinds"])
    if not found:
        return None
    told = [
        f"{_named(names, sender)} on {_named(names, target)} ({begin}; {', '.join(sorted(kinds)) or 'not said'})"
        for (begin, sender, target), kinds in sorted(found.items(), key=lambda one: (-one[0][0], one[0][1:]))
    ]
    text = f"After {since} and up to {min(until, max(table['begin'].to_pylist()))} "
    text += f"{count(len(told), 'new sanction')} of or on the two, or between the powers: {'; '.join(told[:SHOWN])}"
    text += f"; and {len(told) - SHOWN} more." if len(told) > SHOWN else "."
    reading = Reading("new sanctions", "sanctions", float(len(told)), used=len(told), expected=len(told))
    rule = "cases that began between, one of the two or two of the powers in them; each sender, target and year once"
    return Finding("new-sanctions", AREA, text, rule, (reading,))


def _named(names: dict[str, str], said: str) -> str:
    """An everyday name where it is known; else that of ISO 3166, or the source's own word for a body."""
    import pycountry

    found = pycountry.countries.get(alpha_3=said)
    return names.get(said) or str(getattr(found, "common_name", None) or getattr(found, "name", said))
