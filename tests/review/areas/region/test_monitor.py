"""What changed around a pair between two years: thresholds, treaties, and nothing after the day."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from servanda.review.areas.region.alignment import Alignment, Leaning, Together
from servanda.review.areas.region.domains import Risk
from servanda.review.areas.region.monitor import Changes, Watched, changes
from servanda.sources.added import Added
from servanda.sources.declared import sources

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


def held(name: str, table: pa.Table | None) -> Added:
    return Added(sources()[name], table, f"no {name}" if table is None else None, "cited")


def of(
    *rows: Together | Leaning, table: pa.Table | None = None, since: int = 2000, until: int = 2010,
    risk: pa.Table | None = None, sanctions: pa.Table | None = None,
) -> Changes:  # fmt: skip
    together = tuple(row for row in rows if isinstance(row, Together))
    leanings = tuple(row for row in rows if isinstance(row, Leaning))
    alike = Alignment(together, (), leanings, {})
    around = Watched(held("gpr", risk), Risk(), held("gsdb", sanctions), (until, 6))
    return changes(PAIR, NAMES, alike, table if table is not None else treaties(), since, until, around)


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
    assert made.findings == () and made.not_held == ("no gpr", "no gsdb")
    with pytest.raises(ValueError, match="is before"):
        of(since=2011)


def months(party: str, **years: float) -> list[dict[str, Any]]:
    return [{"party": party, "year": int(year[1:]), "month": month, "value": value}
            for year, value in years.items() for month in range(1, 13)]  # fmt: skip


def test_risk_is_told_where_twelve_months_differ_from_twelve_by_the_rule() -> None:
    """Of Z it doubles, of R it rises by a third, of P it doubles but from nothing to next to nothing."""
    rows = months("Z", y2000=0.4, y2009=0.8, y2010=0.8) + months("R", y2000=0.6, y2009=0.8, y2010=0.8)
    rows += months("P", y2000=0.02, y2009=0.04, y2010=0.04)
    made = of(risk=pa.Table.from_pylist(rows))
    assert list(said(made)) == ["risk-Z"] and made.not_held == ("no gsdb",)
    assert (
        "more of geopolitical risk with Zembla: 0.80 % of articles in the 12 months to 2010-06, 0.40 %"
        in said(made)["risk-Z"]
    )
    assert "less" in said(of(risk=pa.Table.from_pylist(months("Z", y2000=0.8, y2009=0.4, y2010=0.4))))["risk-Z"]


def test_months_after_the_day_and_years_with_gaps_tell_nothing() -> None:
    late = months("Z", y2000=0.4, y2009=0.4, y2010=0.4)
    late[-1]["value"] = 99.0
    assert said(of(risk=pa.Table.from_pylist(late))) == {}
    short = [row for row in months("Z", y2000=0.4, y2009=0.8, y2010=0.8) if (row["year"], row["month"]) != (2000, 5)]
    assert said(of(risk=pa.Table.from_pylist(short))) == {}


def test_new_sanctions_are_those_of_or_on_the_two_or_between_powers_and_each_is_told_once() -> None:
    schema = pa.schema([("case", pa.string()), ("target", pa.string()), ("sender", pa.string()), ("begin", pa.int64()),
                        ("end", pa.int64()), ("kinds", pa.list_(pa.string())), ("objective", pa.string())])  # fmt: skip
    told = [("1", "Z", "PRK", 2005, ["trade"]), ("2", "Z", "PRK", 2005, ["arms"]), ("3", "R", "Body", 2009, []),
            ("4", "R", "P", 2000, ["trade"]), ("5", "PRK", "AFG", 2006, ["trade"]), ("6", "P", "Z", 2011, ["trade"])]  # fmt: skip
    rows = [dict(zip(schema.names, (case, target, sender, begin, 2022, kinds, ""), strict=True))
            for case, target, sender, begin, kinds in told]  # fmt: skip
    text = said(of(sanctions=pa.Table.from_pylist(rows, schema=schema)))["new-sanctions"]
    assert (
        "2 new sanctions" in text
        and "Body on Ruritania (2009; not said); North Korea on Zembla (2005; arms, trade)." in text
    )
