"""servanda compute ge: the elasticity by its two names, and the variants."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from servanda.faces.cli.app import run

TRADE = """exporter,importer,trade,log_cost_effect
A,A,80,0
A,B,20,0.5
A,C,5,0
B,A,20,0.5
B,B,70,0
B,C,5,0
C,A,5,0
C,B,5,0
C,C,50,0
"""


@pytest.fixture
def table(tmp_path: Path) -> list[str]:
    (tmp_path / "t.csv").write_text(TRADE, encoding="utf-8")
    return ["compute", "ge", "--table", str(tmp_path / "t.csv")]


def answer(arguments: list[str], out: Path) -> dict[str, float]:
    assert run([*arguments, "--out", str(out)]) == 0
    rows = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    return {row["country"]: float(row["real_income"]) for row in rows}


def test_sigma_is_theta_and_one(table: list[str], tmp_path: Path) -> None:
    theta = answer([*table, "--theta", "4", "--model", "eaton-kortum"], tmp_path / "a.csv")
    sigma = answer([*table, "--sigma", "5", "--model", "armington"], tmp_path / "b.csv")
    assert theta == sigma and theta["A"] > 1 > theta["C"]


def test_variants_by_name(table: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exact = answer([*table, "--theta", "4"], tmp_path / "a.csv")
    for name in ("book", "gegravity"):
        made = answer([*table, "--theta", "4", "--variant", name, "--numeraire", "C"], tmp_path / f"{name}.csv")
        assert made["A"] == pytest.approx(exact["A"], abs=0.02) and made["A"] != exact["A"]
    assert "prices still moved by" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "give the elasticity of trade once"),
        (["--theta", "4", "--sigma", "5"], "give the elasticity of trade once"),
        (["--sigma", "5", "--model", "eaton-kortum"], "Armington's elasticity is --sigma"),
        (["--sigma", "1"], "sigma is 1"),
        (["--theta", "0"], "theta is 0"),
        (["--theta", "4", "--variant", "book"], "name it with --numeraire"),
    ],
)
def test_what_cannot_be_is_said(
    table: list[str], more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*table, *more]) == 2
    assert said in capsys.readouterr().err
