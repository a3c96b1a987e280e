"""What a treaty between two parties obliges them to, after ATOP, and whether that is an alliance.

A promise not to attack each other obliges nobody to help: it is told as what it is and never counted as an alliance.
"""

from __future__ import annotations

from dataclasses import dataclass

CLAUSES = ("defence", "offence", "neutrality", "consultation", "non-aggression")
RANKS = {"defence": 3, "offence": 3, "neutrality": 2, "consultation": 2, "non-aggression": 1}
"""The order that weighted indices of alliance use: help in war, then neutrality or consultation, then no attack."""
ALLIES = 3


@dataclass(frozen=True, slots=True)
class Obligation:
    """What binds two parties in a year: the clauses, their highest rank, and whether they are allies."""

    clauses: tuple[str, ...]
    rank: int
    is_alliance: bool
    says: str


def obligation(clauses: dict[str, bool]) -> Obligation:
    """The obligation from the clauses that hold; ValueError for a word that is no clause."""
    strange = sorted(set(clauses) - set(CLAUSES))
    if strange:
        raise ValueError(f"{', '.join(strange)} is no clause; write {', '.join(CLAUSES)}")
    held = tuple(one for one in CLAUSES if clauses.get(one))
    rank = max((RANKS[one] for one in held), default=0)
    if not held:
        return Obligation((), 0, False, "no treaty of alliance, neutrality, consultation or non-aggression")
    if rank == ALLIES:
        return Obligation(held, rank, True, f"allies: {', '.join(held)}")
    only = (
        "non-aggression only, which is no alliance"
        if held == ("non-aggression",)
        else f"{', '.join(held)}: no alliance"
    )
    return Obligation(held, rank, False, only)
