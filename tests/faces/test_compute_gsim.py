"""servanda compute gsim: one industry in all its markets, from the shell."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from servanda.faces.cli.app import run
from servanda.scenarios.gsim import Industry, solve

HEAD = "exporter,importer,trade,before,after\n"
ROWS = """A,A,80,0,0
A,B,20,0.1,0
A,C,5,0.1,0.1
B,A,20,0.1,0
B,B,70,0,0
B,C,5,0.1,0.1
C,A,5,0.1,0.1
C,B,5,0.1,0.1
C,C,50,0,0
"""


def table(folder: Path, rows: str = ROWS) -> list[str]:
    (folder / "t.csv").write_text(HEAD + rows, encoding="utf-8")
    return ["compute", "gsim", "--table", str(folder / "t.csv")]


def answer(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_it_is_the_model_with_elasticities_for_all(tmp_path: Path) -> None:
    out, pairs = tmp_path / "parties.csv", tmp_path / "pairs.csv"
    asked = [*table(tmp_path), "--substitution", "4", "--demand", "1.1", "--supply", "2", "--out", str(out)]
    assert run([*asked, "--pairs", str(pairs)]) == 0
    trade = np.array([[80, 20, 5], [20, 70, 5], [5, 5, 50]], dtype=float)
    before = np.where(np.eye(3, dtype=bool), 0.0, 0.1)
    after = before.copy()
    after[0, 1] = after[1, 0] = 0.0
    one = np.ones(3)
    made = solve(Industry(("A", "B", "C"), trade, before, after, 1.1 * one, 4 * one, 2 * one))
    rows = answer(out)
    assert [row["party"] for row in rows] == ["A", "B", "C"]
    assert [float(row["welfare"]) for row in rows] == pytest.approx(made.welfare.tolist())
    assert float(rows[0]["price"]) > 1 > float(rows[2]["price"])
    flows = answer(pairs)
    assert [float(row["before"]) for row in flows] == trade.ravel().tolist()
    assert [float(row["after"]) for row in flows] == pytest.approx(made.after.ravel().tolist())


def test_no_change_of_tariffs_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "parties.csv"
    assert run([*table(tmp_path, ROWS.replace("0.1,0\n", "0.1,0.1\n")), "--out", str(out)]) == 0
    for row in answer(out):
        assert (float(row["price"]), float(row["welfare"])) == pytest.approx((1, 0), abs=1e-9)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ROWS.replace("C,C,50,0,0\n", ""), "domestic trade is missing for C"),
        (ROWS.replace("A,B,20,0.1", "A,B,-20,0.1"), "'trade' is less than 0"),
        (ROWS.replace("A,B,20,0.1", "A,B,20,ten"), "'before' is not a number"),
        (ROWS + "C,C,50,0,0\n", "stand twice"),
    ],
)
def test_what_is_off_in_the_table_is_named(
    tmp_path: Path, rows: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(table(tmp_path, rows)) == 2
    assert said in capsys.readouterr().err
