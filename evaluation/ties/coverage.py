"""How often the interval of an untapped share holds the truth, by simulation: `make evaluate` writes coverage.md.

Flows are drawn by size, distance, a lasting deviation of each pair and noise from year to year; the pair asked about
trades less by a known share, which is then asked for.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from servanda.measures.ties.expected import Question, expected

HERE = Path(__file__).parent
DRAWS = 400
OWN = ("P000", "P001")


@dataclass(frozen=True, slots=True)
class World:
    """How large a simulated world is and how it behaves: `lasting` is the standard deviation of pairs that stays,
    `together` the correlation of noise from year to year, `zeros` the share of flows that are rounded to nothing,
    `lumped` the share of flows, the smallest, that nobody names and that are taken as nothing.
    """

    parties: int
    years: int
    gap: float
    lasting: float = 0.3
    together: float = 0.0
    zeros: float = 0.0
    lumped: float = 0.0


WORLDS = (
    World(20, 6, 0.0),
    World(20, 6, 0.4),
    World(20, 6, 0.8),
    World(20, 6, -0.5),
    World(20, 6, 0.4, together=0.6),
    World(20, 6, 0.4, lasting=0.8),
    World(20, 6, 0.4, zeros=0.3),
    World(40, 6, 0.4),
    World(12, 6, 0.4),
    World(20, 1, 0.4),
    World(40, 1, 0.4, lasting=0.8),
    World(40, 1, 0.4, lasting=0.8, lumped=0.5),
    World(40, 1, 0.4, lasting=0.8, lumped=0.8),
)


def simulate(world: World, seed: int) -> pa.Table:
    """exporter, importer, year, trade, dist of every pair and year."""
    draw = np.random.default_rng(seed)
    many, years = world.parties, world.years
    one, other, year = (part.ravel() for part in np.indices((many, many, years)))
    keep = one != other
    one, other, year = one[keep], other[keep], year[keep]
    dist = np.exp(draw.normal(8, 0.7, (many, many)))
    dist = (dist + dist.T) / 2
    own = np.triu(draw.normal(0, world.lasting, (many, many)), 1)
    own = own + own.T
    # The pair asked about has no deviation but its gap; that of the others averages to one in levels.
    own[0, 1] = own[1, 0] = world.lasting**2 / 2
    noise = draw.normal(size=(many, many, years))
    for now in range(1, years):
        noise[..., now] = world.together * noise[..., now - 1] + np.sqrt(1 - world.together**2) * noise[..., now]
    size = draw.normal(0, 0.7, (2, many, years))
    index = size[0][one, year] + size[1][other, year] - 0.8 * np.log(dist[one, other]) + 10
    trade = np.exp(index + own[one, other] - world.lasting**2 / 2 + 0.5 * noise[one, other, year] - 0.125)
    if world.zeros:
        lost = draw.random(trade.size) < world.zeros
        trade = np.where(lost, 0.0, trade / (1 - world.zeros))
    asked = ((one == 0) & (other == 1)) | ((one == 1) & (other == 0))
    trade = np.where(asked, trade * (1 - world.gap), trade)
    if world.lumped:
        trade = np.where((trade < np.quantile(trade, world.lumped)) & ~asked, 0.0, trade)
    names = np.array([f"P{number:03}" for number in range(many)])
    return pa.table(
        {
            "exporter": names[one].tolist(),
            "importer": names[other].tolist(),
            "year": year + 2000,
            "trade": trade,
            "dist": dist[one, other],
        }
    )


def measured(world: World, draws: int = DRAWS) -> tuple[int, float, float, float]:
    """How many draws have an interval, the median share found, the share of intervals that hold the gap, and their
    median width.
    """
    found = [expected(simulate(world, seed), Question(OWN, "log(dist)", (("P002", "P003"),))) for seed in range(draws)]
    bounds = [(one.low, one.high) for one in found if one.low is not None and one.high is not None]
    inside = float(np.mean([low < world.gap < high for low, high in bounds]))
    middle = float(np.median([one.value for one in found if one.value is not None]))
    return len(bounds), middle, inside, float(np.median([high - low for low, high in bounds]))


def main() -> None:
    """Simulate every world and write what was found."""
    lines = [
        "# How honest the interval of an untapped share is", "", "Made by `make evaluate`; do not edit.", "",
        f"Nominal 95 %, {DRAWS} draws a world. `lasting` is the standard deviation of what is peculiar to each pair and stays,"
        " `together` the correlation of noise from year to year, `zeros` the share of flows that are nothing, `lumped` the share of the smallest that is taken as nothing.",
        "", "| parties | years | true gap | lasting | together | zeros | lumped | median found | share held | median width | with an interval |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for world in WORLDS:
        many, middle, inside, wide = measured(world)
        lines.append(
            f"| {world.parties} | {world.years} | {world.gap:g} | {world.lasting:g} | {world.together:g} | {world.zeros:g} "
            f"| {world.lumped:g} | {middle:.3f} | {inside:.1%} | {wide:.2f} | {many} |"
        )
        print(lines[-1], file=sys.stderr, flush=True)
    (HERE / "coverage.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
