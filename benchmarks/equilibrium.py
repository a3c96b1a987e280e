"""General equilibrium of 150 countries beside gegravity on the same table; draws, sectors and product lines alone.

gegravity runs in a process of its own and tells how long it took and what it found; our one-step variant must agree.
It is no part of the project: install it anywhere and name that Python in SERVANDA_GEGRAVITY; else only our own figures
are given.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Row, in_ms, side_by_side

COUNTRIES, DRAWS, LINES = 150, 1000, 5000
PARTIES, SECTORS = 41, 35
RUNS, SEED = 20, 2016
DISTANCE, BORDER, AGREEMENT, SIGMA = -1.0, -1.5, 0.5, 5.0
FASTER, CLOSE = 500.0, 1e-6


def rows() -> Iterator[Row]:
    """Time of each, and how many times faster than the peer the same answer came."""
    from servanda.scenarios.batch import many
    from servanda.scenarios.equilibrium import full
    from servanda.scenarios.sectors import solve
    from servanda.scenarios.variants import one_step

    names, dist, size = world()
    trade, effect = fitted(dist, size), agreement(dist)
    taken = side_by_side(
        RUNS,
        [
            ("exact", lambda: full(names, trade, effect, SIGMA - 1)),
            ("one step", lambda: one_step(names, trade, effect, SIGMA - 1, names[-1])),
        ],
    )
    yield Row(f"{COUNTRIES} countries, one agreement, exact", "ms", 50.0, in_ms(taken["exact"]))
    theirs = _told(dist, size)
    if theirs is not None:
        made = one_step(names, trade, effect, SIGMA - 1, names[-1])
        for name in ("price", "price_index"):
            off = float(np.abs(getattr(made, name) - np.array(theirs[name])).max())
            assert off < CLOSE, f"{name} of gegravity and of our one step differ by {off:.2g}"
        yield Row(f"{COUNTRIES} countries, gegravity's one step: a {FASTER:.0f}th of gegravity", "ms",
                  1000 * theirs["seconds"] / FASTER, in_ms(taken["one step"]), is_a_peers=True)  # fmt: skip
        yield Row("peer, gegravity", "ms", None, (1000 * theirs["seconds"],))
    random = np.random.default_rng(SEED)
    drawn, thetas = random.normal(AGREEMENT, 0.1, (DRAWS, 1)), random.uniform(3, 8, DRAWS)
    pattern = effect[None] / AGREEMENT
    yield Row(
        f"{DRAWS:,} draws of {COUNTRIES} countries",
        "s",
        60.0,
        _seconds(lambda: many(names, trade, pattern, drawn, thetas)),
    )
    large = sectors()
    yield Row(f"{PARTIES} parties, {SECTORS} sectors with inputs", "s", 5.0, _seconds(lambda: solve(large)))
    yield from _lines()


def dominates() -> str:
    return (
        "Newton's method takes three or four steps; each solves one system of as many equations as countries. Of the "
        "draws, the products of shares take most. Of the sectors, the first slope of wages, one equilibrium of prices "
        "and spending for each party. gegravity's time is in Python loops over pairs and a solver without a slope."
    )


def world() -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Names, distances and sizes of countries strewn over a square."""
    random = np.random.default_rng(SEED)
    place = random.uniform(0, 1, (COUNTRIES, 2))
    dist = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2)) + 0.05
    return tuple(f"C{number:03d}" for number in range(COUNTRIES)), dist, np.exp(random.normal(0, 1, COUNTRIES))


def fitted(dist: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Trade with the costs of distance and border that adds up to the sizes of sellers and buyers."""
    cost = np.exp(DISTANCE * np.log(dist) + BORDER * (1 - np.eye(len(dist))))
    buys = np.ones(len(dist))
    for _ in range(5000):
        sells = size / (cost @ buys)
        buys = size / (cost.T @ sells)
    return np.asarray(cost * np.outer(sells, buys))


def agreement(dist: np.ndarray) -> np.ndarray:
    """The effect of an agreement of the first two."""
    made = np.zeros_like(dist)
    made[0, 1] = made[1, 0] = AGREEMENT
    return made


def sectors() -> Any:
    """An invented world of the size of WIOD's."""
    from servanda.scenarios.world import World

    random = np.random.default_rng(SEED)
    shape = (PARTIES, SECTORS, PARTIES)
    flows = np.exp(random.normal(0, 2, shape))
    home = np.arange(PARTIES)
    flows[home, :, home] += np.exp(random.normal(5, 1, (PARTIES, SECTORS)))
    part, zero, effect = random.uniform(0.3, 0.6, shape), np.zeros(shape), np.zeros(shape)
    effect[0, :, 1] = effect[1, :, 0] = AGREEMENT
    return World(
        tuple(f"P{number:02d}" for number in range(PARTIES)), tuple(f"s{number:02d}" for number in range(SECTORS)),
        flows * part, flows * (1 - part), flows.sum(axis=2) * 0.5, zero, zero, effect, random.uniform(2, 8, SECTORS),
    )  # fmt: skip


def _lines() -> Iterator[Row]:
    from servanda.scenarios.partial import Lines, simulate, totals

    random = np.random.default_rng(SEED)
    general = random.uniform(0, 0.4, LINES)
    zero, one = np.zeros(LINES), np.ones(LINES)
    lines = Lines(
        tuple(f"{number:06d}" for number in range(LINES)), tuple(f"{number % 97:02d}" for number in range(LINES)),
        ("AAA",) * LINES, ("BBB",) * LINES, np.exp(random.normal(0, 2, LINES)), np.exp(random.normal(1, 2, LINES)),
        general, general, zero, one, one * 1.2, one * 3.4, np.full(LINES, np.inf), zero, zero,
    )  # fmt: skip
    yield Row(f"{LINES:,} product lines, by chapter", "s", 1.0,
              _seconds(lambda: totals(lines, simulate(lines), lines.group)))  # fmt: skip


def _seconds(thing: Any, runs: int = 3) -> tuple[float, ...]:
    return tuple(side_by_side(runs, [("it", thing)])["it"])


def _told(dist: np.ndarray, size: np.ndarray) -> dict[str, Any] | None:
    """What gegravity tells in a process of its own; None where it is not installed."""
    named = os.environ.get("SERVANDA_GEGRAVITY")
    interpreter = named or (sys.executable if find_spec("gegravity") else None)
    if interpreter is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.npz"
        np.savez(path, dist=dist, size=size, trade=fitted(dist, size))
        code = [interpreter, "-m", "benchmarks.equilibrium", str(path)]
        found = subprocess.run(code, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return told


def gegravity(path: Path) -> dict[str, Any]:
    """The same agreement by gegravity, its tables built before the clock starts."""
    warnings.simplefilter("ignore")
    pandas, peer = import_module("pandas"), import_module("gegravity")
    held = np.load(path)
    names = np.array(world()[0])
    one, other = (part.ravel() for part in np.indices(held["dist"].shape))
    table = pandas.DataFrame({
        "exporter": names[one], "importer": names[other], "year": "2006", "trade": held["trade"].ravel(),
        "Y": held["size"][one], "E": held["size"][other], "lndist": np.log(held["dist"]).ravel(),
        "international": (one != other).astype(int), "pta": 0,
    })  # fmt: skip
    costs = {"lndist": DISTANCE, "international": BORDER, "pta": AGREEMENT}
    listed = pandas.DataFrame([{"var": name, "coeff": value, "ste": 0.1} for name, value in costs.items()])
    coefficients = peer.CostCoeffs(listed, identifier_col="var", coeff_col="coeff", stderr_col="ste")
    base = peer.BaselineData(
        table, imp_var_name="importer", exp_var_name="exporter", year_var_name="year", trade_var_name="trade",
        expend_var_name="E", output_var_name="Y",
    )  # fmt: skip
    begun = time.perf_counter()
    model = peer.OneSectorGE(
        base, year="2006", expend_var_name="E", output_var_name="Y", cost_coeff_values=coefficients,
        cost_variables=list(costs), reference_importer=str(names[-1]), sigma=SIGMA, quiet=True,
    )  # fmt: skip
    model.build_baseline(omr_rescale=1)
    after = model.baseline_data.copy()
    pair = after.exporter.isin(names[:2]) & after.importer.isin(names[:2]) & (after.exporter != after.importer)
    after.loc[pair, "pta"] = 1
    model.define_experiment(after)
    model.simulate()
    seconds = time.perf_counter() - begun
    assert all(one.success for one in model.solver_diagnostics.values()), "gegravity did not converge"
    found = model.country_results.loc[list(names)]
    return {
        "seconds": seconds,
        "price": (1 + found["factory gate price change (percent)"] / 100).tolist(),
        "price_index": (1 + found["imr change (percent)"] / 100).tolist(),
    }


if __name__ == "__main__":
    print(json.dumps(gegravity(Path(sys.argv[1]))))
