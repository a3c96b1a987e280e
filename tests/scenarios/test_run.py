"""A scenario from file to result: shipped ones, one of one's own, reproduced to the digit, refused where it cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from servanda.errors import ContentError, RequestError
from servanda.pages.plain import plain
from servanda.register.content import read_case
from servanda.scenarios.equilibrium import full
from servanda.scenarios.held import hold
from servanda.scenarios.lines import changed
from servanda.scenarios.partial import simulate
from servanda.scenarios.result import Result
from servanda.scenarios.run import run
from servanda.scenarios.scenario import Kind
from servanda.scenarios.shelf import find, listed
from servanda.settings import shipped_content

CONTENT = shipped_content()
NAMES = sorted(one.name for one in listed(CONTENT))
MINE = """id: mine
title: Steel is freed
kind: partial
parties: [AAA, BBB]
idea: {says: An invented one.}
lines: lines.csv
changes:
- {importer: AAA, goods: ['72'], formula: free, years: 4}
exceptions:
- {importer: AAA, goods: ['720299']}
demand: {value: 1.2, low: 0.6, high: 2.4, basis: made up}
substitution: {value: 1.5, low: 1.1, high: 3.0, basis: made up}
years: [0, 2, 4]
draws: 200
leaves_out: [Everything but steel.]
"""
LINES = """code,importer,exporter,trade,others,general,demand
720110,AAA,BBB,100,200,0.2,
720299,AAA,BBB,50,10,0.2,
840101,AAA,BBB,70,10,0.1,2
840102,BBB,AAA,30,10,0.1,
"""


def made(name: str, draws: int = 100) -> Result:
    scenario, held = hold(find(name, CONTENT), CONTENT)
    return run(replace(scenario, draws=draws), held, "test")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "lines.csv").write_text(LINES, encoding="utf-8")
    path = tmp_path / "mine.yml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_runs_and_says_what_it_is(name: str) -> None:
    result = made(name)
    assert result.leaves_out and result.inputs and result.drivers
    for number in result.numbers:
        at = number.interval
        assert np.isfinite([at.value, at.low, at.high, at.delta_low, at.delta_high]).all()
        assert at.low <= at.high and 0 <= at.share_above <= 1
    case = name.partition("/")[0]
    record = read_case(CONTENT, case)
    assert result.scenario.idea.threads, f"{name} says of no thread that it would change it"
    for one in result.scenario.idea.threads:
        assert f"{case}.{one}" in record.threads, f"{name} would change {one}, which the register does not hold"
    documents = record.documents
    known = {one.id if hasattr(one, "id") else one for one in documents}
    for one in result.scenario.idea.documents:
        assert one in known, f"{name} speaks of {one}, which the register does not hold"
    assert result.scenario.idea.documents or result.scenario.idea.sources


def test_what_one_sells_the_other_buys() -> None:
    for name in NAMES:
        if find(name, CONTENT).scenario.kind is not Kind.PARTIAL:
            continue
        result = made(name)
        value = {(one.name, one.party): one.interval.value for one in result.numbers}
        one, other = result.scenario.parties
        assert value["exports", one] == pytest.approx(value["imports", other])
        assert value["balance", one] == pytest.approx(-value["balance", other])
        assert sum(line.welfare for line in result.lines if line.importer == one) == pytest.approx(
            value["welfare", one]
        )


def test_the_same_again_to_the_digit() -> None:
    one, other = (json.dumps(plain(made(NAMES[-1]))) for _ in range(2))
    assert one == other


def test_an_equilibrium_is_the_one_sector_model() -> None:
    scenario, held = hold(find("ind-kor/as-other-agreements", CONTENT), CONTENT)
    result = run(replace(scenario, draws=100), held, "test")
    assert held.trade is not None and scenario.effect and scenario.theta
    effect = np.zeros_like(held.trade)
    one, other = (held.economies.index(party) for party in scenario.parties)
    effect[one, other] = effect[other, one] = scenario.effect.value
    alone = full(held.economies, held.trade, effect, scenario.theta.value)
    value = {(number.name, number.party): number.interval.value for number in result.numbers}
    for place, party in enumerate(held.economies):
        assert value["exports", party] == pytest.approx(100 * (alone.exports[place] - 1), abs=1e-7)


def test_lines_of_ones_own(mine: Path) -> None:
    scenario, held = hold(find(str(mine), CONTENT), CONTENT)
    assert held.lines is not None
    result = run(scenario, held, "test")
    by_code = {line.code: line for line in result.lines}
    assert by_code["720110"].imports == pytest.approx(20 + 200 / 13), "as worked by hand in test_partial"
    assert by_code["720299"].imports == by_code["840102"].imports == 0, (
        "an exception stays, and so does what is not named"
    )
    assert result.carry == (("720110", "AAA"),)
    years = {(one.year, one.party): one.imports for one in result.years}
    assert years[0, "AAA"] == 0 < years[2, "AAA"] < years[4, "AAA"] == pytest.approx(20 + 200 / 13)
    assert held.lines.demand.tolist() == [1.2, 1.2, 2.0, 1.2]
    assert simulate(changed(held.lines, scenario)).imports.sum() == pytest.approx(20 + 200 / 13)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("formula: free", "formula: fre", "mine.yml: changes[0].formula: unknown word 'fre'"),
        ("formula: free", "formula: rate, by: 15.0", "a rate cut by 15 cannot be"),
        ("formula: free, ", "", "nothing changes; write a formula"),
        ("importer: AAA, goods: ['72']", "importer: CCC", "CCC is neither of AAA and BBB"),
        ("draws: 200", "draw: 200", "mine.yml: draw: unknown field; did you mean draws?"),
        ("low: 0.6", "low: 0.0", "'demand' is 0 at its low end; elasticities are above 0"),
        ("leaves_out: [Everything but steel.]", "leaves_out: []", "say at least one thing that the model leaves out"),
        ("parties: [AAA, BBB]", "parties: [AAA, AAA]", "a pair is two parties, AAA stands twice"),
    ],
)
def test_a_file_that_must_be_mended(mine: Path, old: str, new: str, said: str) -> None:
    mine.write_text(MINE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as fault:
        find(str(mine), CONTENT)
    assert said in str(fault.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("100,200,0.2", "100,200,15", "'general' is more than 10 in 1 row: row 2"),
        ("100,200,0.2", "-100,200,0.2", "'trade' is less than 0 in 1 row"),
        ("0.1,2\n", "0.1,0\n", "demand cannot be in 1 line"),
        ("840102,BBB,AAA", "840102,CCC,AAA", "the lines name CCC"),
    ],
)
def test_lines_that_cannot_be(mine: Path, old: str, new: str, said: str) -> None:
    mine.with_name("lines.csv").write_text(LINES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RequestError, match=said):
        run(*hold(find(str(mine), CONTENT), CONTENT), "test")


def test_a_change_that_meets_no_line(mine: Path) -> None:
    mine.write_text(MINE.replace("'72'", "'99'"), encoding="utf-8")
    with pytest.raises(RequestError, match="a change of AAA for 99 meets no line"):
        run(*hold(find(str(mine), CONTENT), CONTENT), "test")


def test_a_pair_that_does_not_trade(mine: Path) -> None:
    none = LINES.replace(",100,", ",0,").replace(",50,", ",0,").replace(",70,", ",0,").replace(",30,", ",0,")
    mine.with_name("lines.csv").write_text(none, encoding="utf-8")
    with pytest.raises(RequestError, match="there is no trade in any line"):
        run(*hold(find(str(mine), CONTENT), CONTENT), "test")


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(RequestError, match="nearest is ind-kor/request-list"):
        find("ind-kor/request-lst", CONTENT)
    with pytest.raises(RequestError, match=r"there is no file other\.yml"):
        find("other.yml", CONTENT)


def test_working_in_pieces_changes_nothing(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from servanda.scenarios import run as module

    scenario, held = hold(find(str(mine), CONTENT), CONTENT)
    whole = run(scenario, held, "test")
    monkeypatch.setattr(module, "AT_ONCE", 40)
    pieces = run(scenario, held, "test")
    for one, other in zip((*whole.numbers, *whole.groups), (*pieces.numbers, *pieces.groups), strict=True):
        assert (one.name, one.party, one.goods) == (other.name, other.party, other.goods)
        assert one.interval.low == pytest.approx(other.interval.low, rel=1e-12, abs=1e-12)
    for party in scenario.parties:
        groups = sum(one.interval.value for one in whole.groups if one.party == party)
        value = {(one.name, one.party): one.interval.value for one in whole.numbers}
        assert groups == pytest.approx(value["imports", party]), "groups add up to the party"
