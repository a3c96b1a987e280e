"""What changed around a pair between two years: thresholds, treaties, and nothing after the day."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from servanda.review.areas.alignment import Alignment, Leaning, Together
from servanda.review.areas.monitor import NOT_HELD, Changes, changes

PAIR = ("Z", "R")
NAMES = {"Z": "Zembla", "R": "Ruritania", "P": "Power"}


def votes(a: str, b: str, year: int, kappa: float, votes_of: str = "all") -> Together:
    return Together(a, b, year, votes_of, 50, {"half": 0.9, "strict": 0.8, "s": 0.8, "kappa": kappa, "pi": kappa})


def lean(party: str, partner: str, year: int, share: float) -> Leaning:
    return Leaning(party, partner, year, 100 * share, share, None)


def treaties(*rows: tuple[str, str, int | None]) -> pa.Table:
    plain: list[dict[str, Any]] = [
        {"number": number, "name": f"Treaty {number}", "party": party, "in_force": year} for number, party, year in rows
    ]
    schema = pa.schema(
        [("number", pa.string()), ("name", pa.string()), ("party", pa.string()), ("in_force", pa.int64())]
    )
    return pa.Table.from_pylist(plain, schema=schema)


def of(*rows: Together | Leaning, table: pa.Table | None = None, since: int = 2000, until: int = 2010) -> Changes:
    together = tuple(row for row in rows if isinstance(row, Together))
    leanings = tuple(row for row in rows if isinstance(row, Leaning))
    held = Alignment(together, (), leanings, {})
    return changes(PAIR, NAMES, held, table if table is not None else treaties(), since, until)


def said(made: Changes) -> dict[str, str]:
    return {one.id: one.text for one in made.findings}


def test_a_treaty_in_force_between_the_years_is_told_with_who_is_in_it() -> None:
    table = treaties(("1", "Z", 2005), ("1", "R", 2005), ("2", "Z", 2000), ("2", "R", 2000), ("3", "Z", 2011), ("3", "R", 2011),
                     ("4", "Z", 2006), ("4", "P", 2006), ("5", "Z", None), ("5", "R", None), ("6", "Z", 2007))  # fmt: skip
    text = said(of(table=table))["new-treaties"]
    assert "2 treaties" in text and "Treaty 1 (2005; Ruritania and Zembla); Treaty 4 (2006; Power and Zembla)" in text


def test_votes_are_told_where_they_moved_by_the_threshold_and_only_of_the_set_that_is_spoken_of() -> None:
    rows = (votes("R", "Z", 1999, 0.5), votes("R", "Z", 2010, 0.61), votes("P", "Z", 1999, 0.5), votes("P", "Z", 2010, 0.55),
            votes("P", "R", 1999, 0.1, "final"), votes("P", "R", 2010, 0.9, "final"))  # fmt: skip
    made = of(*rows)
    assert list(said(made)) == ["votes-Z-R"] and "votes more like" in said(made)["votes-Z-R"]
    assert "less like" in said(of(votes("R", "Z", 1999, 0.5), votes("R", "Z", 2010, 0.2)))["votes-Z-R"]


def test_a_share_of_trade_that_moved_is_told_of_either() -> None:
    rows = (lean("Z", "P", 2000, 0.1), lean("Z", "P", 2010, 0.2), lean("Z", "R", 2000, 0.01), lean("Z", "R", 2010, 0.02),
            lean("R", "P", 2000, 0.3), lean("R", "P", 2010, 0.2))  # fmt: skip
    made = said(of(*rows))
    assert "Power 20 % (10 %)" in made["moved-Z"] and "Ruritania" not in made["moved-Z"]
    assert "Power 20 % (30 %)" in made["moved-R"]


def test_nothing_after_the_last_year_counts_and_what_is_not_held_is_said() -> None:
    made = of(
        votes("R", "Z", 1999, 0.5), votes("R", "Z", 2012, 0.9), lean("Z", "P", 2000, 0.1), lean("Z", "P", 2012, 0.9)
    )
    assert made.findings == () and made.not_held == NOT_HELD
    with pytest.raises(ValueError, match="is before"):
        of(since=2011)
