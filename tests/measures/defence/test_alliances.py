"""What is an alliance and what is not."""

from __future__ import annotations

import csv

import pytest

from servanda.measures.defence.alliances import CLAUSES, obligation
from tests.measures.shared import SHARED


def test_a_promise_not_to_attack_is_no_alliance() -> None:
    made = obligation({"non-aggression": True})
    assert not made.is_alliance and made.rank == 1 and "no alliance" in made.says


@pytest.mark.parametrize(
    ("clause", "rank"), list(zip(CLAUSES, (3, 3, 2, 2, 1), strict=True))
)  # fmt: skip
def test_every_clause_has_its_rank_and_only_help_in_war_allies(clause: str, rank: int) -> None:
    made = obligation({clause: True, "non-aggression": True})
    assert made.rank == rank and made.is_alliance is (rank == 3)
    assert obligation({}).rank == 0 and not obligation({}).is_alliance


def test_what_is_no_clause_is_refused() -> None:
    with pytest.raises(ValueError, match="friendship is no clause"):
        obligation({"friendship": True})


def test_the_published_table_calls_a_pair_allied_that_is_not() -> None:
    """Since 2004 the data set codes the two as bound by non-aggression alone."""
    names = {"atop_defense": "defence", "atop_offense": "offence", "atop_neutral": "neutrality",
             "atop_consul": "consultation", "atop_nonagg": "non-aggression"}  # fmt: skip
    with SHARED("region/atop51_alliances_ind_kor_to2018.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if {float(row["ccode1"]), float(row["ccode2"])} == {732.0, 750.0}]
    held = [row for row in rows if any(float(row[name] or 0) for name in names)]
    assert held and min(float(row["year"]) for row in held) == 2004
    for row in held:
        made = obligation({clause: bool(float(row[name] or 0)) for name, clause in names.items()})
        assert made.clauses == ("non-aggression",) and not made.is_alliance
