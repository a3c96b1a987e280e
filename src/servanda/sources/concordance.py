"""From one vintage of the Harmonized System to another: values are shared out, codes that fan out stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from servanda.errors import SourceFault

MOST = 50
"""A code of waste (8549 in 2022) leads to a thousand codes of before; a share of each says nothing."""
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Concordance:
    """The codes of before that a code leads to; `fans` are those that lead to more than MOST."""

    leads: dict[str, tuple[str, ...]]
    fans: dict[str, int]


def concordance(pairs: Iterable[tuple[str, str]]) -> Concordance:
    """From pairs of codes (after, before); raises SourceFault where one has lost the zero at its head."""
    held: dict[str, set[str]] = defaultdict(set)
    short: list[str] = []
    for after, before in pairs:
        short += [one for one in (after, before) if len(one) != DIGITS or not one.isdigit()]
        held[after].add(before)
    if short:
        raise SourceFault(f"{len(short)} codes are not six digits ({', '.join(short[:5])}): a zero at the head is lost")
    fans = {code: len(found) for code, found in held.items() if len(found) > MOST}
    return Concordance({code: tuple(sorted(found)) for code, found in held.items() if code not in fans}, fans)


def convert(
    table: pa.Table, by: Concordance, product: str = "product", value: str = "value"
) -> tuple[pa.Table, list[str]]:
    """In the codes of before, values shared equally among the codes that one leads to, and what to know of it.

    Codes that fan out or are not known keep their code and value, and are named: the total is that of before.
    """
    others = [name for name in table.column_names if name not in (product, value)]
    kept: dict[str, float] = defaultdict(float)
    places: list[int] = []
    codes: list[str] = []
    values: list[float | None] = []
    for place, (code, amount) in enumerate(zip(table[product].to_pylist(), table[value].to_pylist(), strict=True)):
        to = by.leads.get(code)
        if to is None:
            kept[code] += amount or 0.0
            to = (code,)
        places += [place] * len(to)
        codes += to
        values += [None if amount is None else amount / len(to)] * len(to)
    at = pa.array(places, pa.int64())
    spread = pa.table({name: table[name].take(at) for name in others}
                      | {product: pa.array(codes, pa.string()), value: pa.array(values, pa.float64())})  # fmt: skip
    made = spread.group_by([*others, product]).aggregate([(value, "sum")]).rename_columns([*others, product, value])
    whole = pc.sum(table[value]).as_py() or 0.0
    share = f"{100 * sum(kept.values()) / whole:.1f}" if whole else "0.0"
    if not kept:
        return made, []
    shown = ", ".join(sorted(kept)[:5])
    return made, [
        f"{len(kept)} codes kept as they are ({shown}), {share} per cent of the value: "
        f"they lead to more than {MOST} codes, or to none"
    ]
