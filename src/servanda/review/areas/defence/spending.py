"""Military spending of a pair, from an openly licensed source that a user fetched. No record, no names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from servanda.review.areas.chosen import Pair
from servanda.review.areas.defence.choices import DefenceChoices
from servanda.sources.added import added


@dataclass(frozen=True, slots=True)
class Spent:
    """A party's spending in a year under one indicator, in the unit that the choices give it."""

    party: str
    of: str
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Spending:
    """All years of both, by indicator; or why there are none. `units` by indicator."""

    missing: str | None
    rows: tuple[Spent, ...]
    units: dict[str, str]
    cite: str


def spending(pair: Pair, choices: DefenceChoices, root: Path, year: int) -> Spending:
    """What was fetched of the indicators of both parties, nothing later than `year`."""
    held = added(choices.spending, root)
    how = f"'servanda fetch {choices.spending} --set party={','.join(pair)} --set indicator={','.join(choices.spent)}' "
    how = f"none of it comes with this program; {how}gets it"
    units = {code: one.unit for code, one in choices.spent.items()}
    if held.table is None:
        return Spending(how, (), units, held.cite)
    mask = pc.and_(
        pc.is_in(held.table["indicator"], pa.array(list(choices.spent))),
        pc.is_in(held.table["party"], pa.array(list(pair))),
    )
    rows = [
        Spent(row["party"], row["indicator"], row["year"], row["value"] / choices.spent[row["indicator"]].over)
        for row in held.table.filter(mask).to_pylist()
        if row["value"] is not None and row["year"] <= year
    ]  # fmt: skip
    rows.sort(key=lambda one: (one.of, pair.index(one.party), one.year))
    return Spending(None if rows else f"what was fetched holds neither of the two; {how}", tuple(rows), units,
                    held.cite)  # fmt: skip
