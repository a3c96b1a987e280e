"""Published equilibria: the three of Yotov et al. 2016 for 69 countries, and two runs of the program gegravity.

The book's rounds stop where prices move by less than 0.01; taken over as they are, every published number comes back to
the digits that the estimates are published with. The exact equilibrium is what they would come to: how far it is from
where the book stops is asserted too.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from servanda.scenarios.equilibrium import Array, Equilibrium, conditional, full
from servanda.scenarios.variants import book, one_step
from tests.measures.shared import SHARED
from tests.scenarios.world import borders, margins_met, nafta, one_border, published

THETA = 6.0
SCENARIOS = ("app1_remove_all_international_borders_2006", "ex1_part_A", "app2_NAFTA_effect_1994")


def world(scenario: str) -> tuple[tuple[str, ...], Array, Array]:
    if scenario == SCENARIOS[0]:
        return borders()
    return one_border("CAN", "USA") if scenario == SCENARIOS[1] else nafta()[:3]


def changes(made: Equilibrium, scenario: str) -> dict[str, Array]:
    """Per cent, as published: of NAFTA the change from without to with it."""
    names = {"exports": "Xi", "price": "price", "price_index": "IMR", "real_income": "rGDP"}
    ends = scenario == SCENARIOS[2]
    found = {}
    for name, theirs in names.items():
        ratio = getattr(made, name)
        turned = (1 - ratio) * 100 if theirs == "price" else (1 / ratio - 1) * 100
        found[theirs] = turned if ends else (ratio - 1) * 100
    return found


def told(scenario: str, name: str) -> Array:
    held = published(scenario)
    assert len(held) == 69
    return np.array([held[code][name] for code in world(scenario)[0]])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_exports_with_incomes_fixed(scenario: str) -> None:
    made = changes(conditional(*world(scenario), THETA), scenario)["Xi"]
    assert made == pytest.approx(told(scenario, "change_Xi_CDL"), abs=0.002)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_number_of_the_book(scenario: str) -> None:
    made = changes(book(*world(scenario), THETA, "DEU"), scenario)
    for name, ours in made.items():
        assert ours == pytest.approx(told(scenario, f"change_{name}_FULL"), abs=0.002 if name == "Xi" else 3e-5), name


@pytest.mark.parametrize(("scenario", "median", "greatest"), [(SCENARIOS[0], 0.09, 0.61), (SCENARIOS[2], 0.003, 0.04)])
def test_how_far_the_book_stops_from_the_exact_equilibrium(scenario: str, median: float, greatest: float) -> None:
    """Points of real income, 69 countries."""
    made = changes(full(*world(scenario), THETA, numeraire="DEU", is_bought=True), scenario)["rGDP"]
    apart = np.abs(made - told(scenario, "change_rGDP_FULL"))
    assert np.median(apart) < median and 0.01 < apart.max() < greatest


def test_the_agreement_is_estimated_as_published() -> None:
    assert nafta()[3] == pytest.approx(0.5571853, abs=5e-7)


GEGRAVITY = {
    "lndist": -0.3898623, "contiguity": 0.891577, "pta": 0.4711383, "common_language": 0.0326249,
    "international": -3.412584,
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "pair", "begins"), [("CAN_JPN", ("CAN", "JPN"), 1), ("remove_IND_KOR_pta", ("IND", "KOR"), -1)]
)
def test_the_one_step_of_gegravity(file: str, pair: tuple[str, str], begins: int) -> None:
    with SHARED("trade/gegravity_sample_30c_2006.csv").open(encoding="utf-8") as sample:
        rows = list(csv.DictReader(sample))
    names = tuple(sorted({row["exporter"] for row in rows}))
    cost, made_, spent = np.zeros((30, 30)), np.zeros(30), np.zeros(30)
    for row in rows:
        at = names.index(row["exporter"]), names.index(row["importer"])
        cost[at] = np.exp(sum(beta * float(row[name]) for name, beta in GEGRAVITY.items()))
        made_[at[0]], spent[at[1]] = float(row["Y"]), float(row["E"])
    trade = margins_met(cost, made_ * spent.sum() / made_.sum(), spent)
    effect = np.zeros((30, 30))
    places = names.index(pair[0]), names.index(pair[1])
    effect[places] = effect[places[::-1]] = begins * GEGRAVITY["pta"]
    made = one_step(names, trade, effect, 4, "DEU")
    with SHARED(f"trade/gegravity_ref_{file}_country.csv").open(encoding="utf-8") as answer:
        theirs = {row["country"]: row for row in csv.DictReader(answer)}
    columns = {
        "factory gate price change (percent)": made.price,
        "imr change (percent)": made.price_index,
        "GDP change (percent)": made.real_income,
        "foreign exports change (percent)": made.exports,
        "foreign imports change (percent)": made.imports,
    }
    for name, ratio in columns.items():
        assert (ratio - 1) * 100 == pytest.approx([float(theirs[code][name]) for code in names], abs=1e-6), name
    assert 1 / made.welfare == pytest.approx([float(theirs[code]["welfare statistic"]) for code in names], abs=1e-8)
