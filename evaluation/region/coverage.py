"""How often the interval of an ideal point holds the truth, by simulation: `make evaluate` writes coverage.md.

Positions walk, roll calls are drawn, votes are cast by the model; then positions are found again. Positions have no scale
of their own: truths are put on the scale of mean 0 and standard deviation 1 before they are compared.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from servanda.measures.region.ideal import WIDER, Points, ideal_points

HERE = Path(__file__).parent
DRAWS = 20
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class World:
    """How large a simulated assembly is: members, sessions, roll calls a session, and how fast positions move."""

    members: int
    sessions: int
    calls: int
    step: float
    absent: float = 0.15


WORLDS = (
    World(60, 8, 20, 0.3),
    World(60, 8, 80, 0.3),
    World(150, 12, 60, 0.3),
    World(150, 12, 60, 0.1),
    World(100, 10, 60, 0.6),
)


def simulate(
    world: World, seed: int
) -> tuple[Array, tuple[NDArray[np.str_], NDArray[np.int64], NDArray[np.str_], NDArray[np.int64]]]:
    """True positions (members x sessions), and the rows of votes: rollcall, session, member, vote."""
    draw = np.random.default_rng(seed)
    truth = np.empty((world.members, world.sessions))
    truth[:, 0] = draw.normal(0, 1, world.members)
    for session in range(1, world.sessions):
        truth[:, session] = truth[:, session - 1] * np.sqrt(1 - min(world.step, 0.9) ** 2) + draw.normal(
            0, world.step, world.members
        )
    rows: list[tuple[str, int, str, int]] = []
    for session in range(world.sessions):
        for call in range(world.calls):
            slope, cut, wide = draw.normal(0, 1), draw.normal(0, 0.8), abs(draw.normal(0, 0.5)) + 0.05
            latent = slope * truth[:, session] + draw.normal(0, 1, world.members)
            vote = 1 + (latent > cut).astype(int) + (latent > cut + wide).astype(int)
            for member in np.flatnonzero(draw.random(world.members) >= world.absent):
                rows.append((f"{session}-{call}", session + 1, f"M{member:03}", int(vote[member])))
    names, sessions, members, votes = zip(*rows, strict=True)
    return truth, (
        np.array(names),
        np.array(sessions, dtype=np.int64),
        np.array(members),
        np.array(votes, dtype=np.int64),
    )


def held(truth: Array, made: Points) -> tuple[Array, Array]:
    """For each position whether its interval holds the truth, and the truth on the scale of what was found."""
    member = np.array([int(name[1:]) for name in made.member])
    real = truth[member, made.session - 1]
    real = (real - real.mean()) / real.std()
    if np.corrcoef(real, made.point)[0, 1] < 0:
        real = -real
    return (made.low <= real) & (real <= made.high), real


def main() -> None:
    """Simulate every world and write what was found."""
    lines = [
        "# How honest the intervals of ideal points are", "", "Made by `make evaluate`; do not edit.", "",
        f"Nominal 95 %. Intervals take the roll calls as known and are widened by {WIDER:g} for what is not known of them.",
        "", "| members | sessions | roll calls a session | step | correlation with the truth | share held |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for world in WORLDS:
        shares, near = [], []
        for seed in range(DRAWS):
            truth, rows = simulate(world, seed)
            made = ideal_points(*rows)
            inside, real = held(truth, made)
            shares.append(float(inside.mean()))
            near.append(float(np.corrcoef(real, made.point)[0, 1]))
        lines.append(
            f"| {world.members} | {world.sessions} | {world.calls} | {world.step:g} | {np.mean(near):.3f} | {np.mean(shares):.1%} |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    (HERE / "coverage.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
