"""The world of many sectors before and after a change, checked, with negative uses set aside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.scenarios.tariffs import MOST

Array = NDArray[np.float64]
MOST_ADDED = 1.02
"""Value added over output: 1 at most, but for rounding."""


@dataclass(frozen=True, slots=True)
class World:
    """Trade by sector. `intermediate` and `final` are (exporters, sectors, importers) at border prices, domestic use
    included; `added` value added (parties, sectors); `tariff_before`, `tariff_after` and `effect` (the change of the
    log of trade due to other costs) of the shape of trade; `theta` the elasticity of trade of each sector.

    `inputs` (parties, selling sectors, buying sectors): cost shares, where they are known; else in the same mix.
    """

    parties: tuple[str, ...]
    sectors: tuple[str, ...]
    intermediate: Array
    final: Array
    added: Array
    tariff_before: Array
    tariff_after: Array
    effect: Array
    theta: Array
    inputs: Array | None = None


def without_negatives(flows: Array) -> tuple[Array, int, float]:
    """Flows with what is below zero set to nothing, how many cells that were, and their size as a share of all flows.

    Final use is negative where inventories are drawn down (WIOD). What is left defines output and spending.
    """
    below = flows < 0
    return np.where(below, 0.0, flows), int(below.sum()), float(-flows[below].sum() / np.abs(flows).sum())


def check(world: World) -> None:
    """Raises RequestError for a world that cannot be."""
    _check_cubes(world)
    _check_parameters(world)
    for axis, deed in ((2, "sells"), (0, "buys")):
        for name, total in zip(world.parties, (world.intermediate + world.final).sum(axis=(1, axis)), strict=True):
            if total <= 0:
                raise RequestError(f"{name} {deed} nothing, not even at home; leave it out")
    for name, total in zip(world.parties, world.final.sum(axis=(0, 1)), strict=True):
        if total <= 0:
            raise RequestError(f"{name} has no final use, so nothing says what a price is worth to it; leave it out")
    sold = (world.intermediate + world.final).sum(axis=(1, 2))
    for name, value, output in zip(world.parties, world.added.sum(axis=1), sold, strict=True):
        if value > output * MOST_ADDED:
            raise RequestError(
                f"{name} adds {value:,.0f} of value and sells {output:,.0f}; the two tables are not of one unit or year"
            )


def _check_cubes(world: World) -> None:
    shape = (len(world.parties), len(world.sectors), len(world.parties))
    for name in ("intermediate", "final", "tariff_before", "tariff_after", "effect"):
        values = getattr(world, name)
        if values.shape != shape:
            raise RequestError(f"{name} is exporters, sectors, importers {shape}, not {values.shape}")
        if not np.isfinite(values).all():
            raise RequestError(f"{name} has an empty cell; write 0 where nothing is sold or nothing changes")
    for name in ("intermediate", "final"):
        below = int((getattr(world, name) < 0).sum())
        if below:
            raise RequestError(f"{name} is negative in {below:,} cells; use without_negatives")
    for rate in (world.tariff_before, world.tariff_after):
        if (rate < 0).any() or (rate > MOST).any():
            raise RequestError("a tariff is a share from 0 to 10; write 0.15 for 15 per cent")
    if np.abs(world.effect).max(initial=0.0) > 20:
        raise RequestError("a change of the log of trade beyond 20 is no change of costs; give logs, not per cent")


def _check_parameters(world: World) -> None:
    parties, sectors = len(world.parties), len(world.sectors)
    if world.theta.shape != (sectors,) or not (np.isfinite(world.theta) & (world.theta > 0)).all():
        raise RequestError(f"theta is one elasticity above 0 for each of {sectors} sectors")
    if world.added.shape != (parties, sectors) or not np.isfinite(world.added).all():
        raise RequestError(f"value added is parties, sectors {(parties, sectors)}, not {world.added.shape}")
