"""servanda compute sectors, from files to an answer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from servanda.faces.cli.app import run

FLOWS = """exporter,sector,importer,intermediate,final,log_cost_effect
A,s,A,40,40,0
A,s,B,10,10,0.5
B,s,A,10,10,0.5
B,s,B,40,41,0
B,t,B,5,-1,0
"""
ADDED = """party,sector,value_added
A,s,50
B,s,51
B,t,1
"""


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    (tmp_path / "flows.csv").write_text(FLOWS, encoding="utf-8")
    (tmp_path / "added.csv").write_text(ADDED, encoding="utf-8")
    return ["compute", "sectors", "--table", str(tmp_path / "flows.csv"), "--value-added", str(tmp_path / "added.csv")]


def test_from_files_to_an_answer(tables: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, goods = tmp_path / "out.csv", tmp_path / "goods.csv"
    assert run([*tables, "--theta", "4", "--out", str(out), "--by-sector", str(goods)]) == 0
    said = capsys.readouterr().err
    assert "1 negative final uses (0.980% of trade) were taken as nothing" in said and "solved in" in said
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["party"] for row in rows] == ["A", "B"] and all(float(row["real_income"]) > 1 for row in rows)
    assert len(list(csv.DictReader(goods.read_text(encoding="utf-8").splitlines()))) == 4


def test_a_table_of_elasticities(tables: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "theta.csv"
    path.write_text("sector,theta\ns,4\n", encoding="utf-8")
    assert run([*tables, "--elasticities", str(path)]) == 2
    assert "1 sectors have no theta (t); give one for each" in capsys.readouterr().err
    assert run(tables) == 2
    assert "give the elasticity of trade once" in capsys.readouterr().err


def test_a_sector_without_value_added(tables: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "added.csv").write_text("party,sector,value_added\nA,s,50\n", encoding="utf-8")
    assert run([*tables, "--theta", "4"]) == 2
    assert "2 sectors that sell have no value added (B s, B t)" in capsys.readouterr().err
