"""servanda compute gravity, as a user calls it: the answer, what is told beside it, and every fault of a table."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from tests.faces.test_cli import Say, say
from tests.measures.ties.fit.flows import gravity

__all__ = ["say"]
ASK = ("--formula", "rta + log(dist)", "--fixed-effects", "exporter-year,importer-year", "--cluster", "pair")


def asked(say: Say, table: Path, *more: str) -> tuple[int, str, str]:
    return say("compute", "gravity", "--table", str(table), *(more or ASK))


def written(folder: Path, held: pa.Table, name: str = "t.csv") -> Path:
    path = folder / name
    if name.endswith(".csv"):
        pyarrow.csv.write_csv(held, path)
    else:
        pyarrow.parquet.write_table(held, path)
    return path


def test_json_says_all_that_the_numbers_rest_on(say: Say, tmp_path: Path) -> None:
    code, out, err = asked(say, written(tmp_path, gravity(1)), *ASK, "--format", "json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert [one["name"] for one in answer["coefficients"]] == ["rta", "log(dist)", "constant"]
    assert set(answer["coefficients"][0]) == {"name", "estimate", "std_error"}
    assert answer["converged"] is True and answer["n"] == 324 and answer["iterations"] > 2 and answer["deviance"] > 0
    assert np.shape(answer["covariance"]) == (3, 3)
    assert any("missing and not a zero" in one for one in answer["assumed"])


def test_csv_and_parquet_give_the_same(say: Say, tmp_path: Path) -> None:
    held = gravity(1)
    answers = [
        json.loads(asked(say, written(tmp_path, held, name), *ASK, "--format", "json")[1])
        for name in ("t.csv", "t.parquet")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.parquet"])
def test_the_answer_goes_to_a_file_and_the_notes_to_the_reader(say: Say, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    code, printed, err = asked(say, written(tmp_path, gravity(1)), *ASK, "--out", str(out))
    assert (code, printed) == (0, "")
    assert "324 rows, deviance" in err and "assumed: errors are correlated within pair" in err
    if name == "out.csv":
        found = [one["name"] for one in csv.DictReader(out.read_text(encoding="utf-8").splitlines())]
    elif name == "out.json":
        found = [one["name"] for one in json.loads(out.read_text(encoding="utf-8"))["coefficients"]]
    else:
        found = pyarrow.parquet.read_table(out)["name"].to_pylist()
    assert found == ["rta", "log(dist)", "constant"]


def test_a_cross_section_needs_no_year(say: Say, tmp_path: Path) -> None:
    held = gravity(2, years=3)
    held = held.filter(pa.array(held["year"].to_numpy() == 2002)).drop_columns(["year"])
    options = ("--formula", "log(dist)", "--fixed-effects", "exporter,importer", "--format", "json")
    code, out, err = asked(say, written(tmp_path, held), *options)
    assert code == 0, err
    assert json.loads(out)["n"] <= 81


def test_what_is_dropped_is_told_with_rows(say: Say, tmp_path: Path) -> None:
    held = gravity(3)
    trade = held["trade"].to_pylist()
    trade[4] = None
    path = written(tmp_path, held.drop_columns(["trade"]).append_column("trade", pa.array(trade)))
    options = ("--formula", "rta + dist", "--fixed-effects", "pair,exporter-year,importer-year", "--format", "json")
    dropped = {one["reason"]: one for one in json.loads(asked(say, path, *options)[1])["dropped"]}
    assert dropped["no value in trade (a missing value is not a zero)"]["examples"] == [5]
    assert dropped["dist is a sum of the fixed effects"]["term"] == "dist"


def test_a_correction_shows_what_was_there_before(say: Say, tmp_path: Path) -> None:
    options = ("--formula", "rta + tariff", "--fixed-effects", "exporter-year,importer-year,pair", "--cluster", "pair")
    code, out, err = asked(say, written(tmp_path, gravity(4)), *options, "--bias-corrected", "--format", "json")
    assert code == 0, err
    first = json.loads(out)["coefficients"][0]
    assert first["estimate"] != first["uncorrected"]
    assert first["std_error"] > first["uncorrected_std_error"]


def test_a_sum_stands_beside_its_terms(say: Say, tmp_path: Path) -> None:
    code, out, err = asked(say, written(tmp_path, gravity(4)), *ASK, "--sum", "rta + log(dist)", "--format", "json")
    assert code == 0, err
    assert [one["name"] for one in json.loads(out)["coefficients"]][-1] == "rta + log(dist)"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rta": None}, "no column 'rta'"),
        ({"exporter": None}, "no column 'exporter'"),
        ({"trade": "-3"}, "'trade' is less than 0 in 1 row: row 3: '-3'"),
        ({"dist": "far"}, "'dist' is not a number in 1 row: row 3: 'far'"),
        ({"exporter": ""}, "'exporter' is empty in 1 row"),
        ({"year": "20x0"}, "'year' is not a whole number in 1 row"),
        ({"importer": "P00"}, "stand twice and may stand once: P00, P00, 2000"),
    ],
)
def test_a_fault_of_the_table_is_named_with_its_row(
    say: Say, tmp_path: Path, change: dict[str, str | None], told: str
) -> None:
    rows = [{key: str(value) for key, value in row.items()} for row in gravity(5).to_pylist()]
    rows[1]["importer"] = "P00x" if "importer" not in change else rows[1]["importer"]
    ((column, value),) = change.items()
    if value is None:
        rows = [{key: one for key, one in row.items() if key != column} for row in rows]
    else:
        rows[1 if column != "importer" else 4][column] = value
        rows[4]["year"] = "2000" if column == "importer" else rows[4]["year"]
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    code, _, err = asked(say, path)
    assert code == 2 and told in err, err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--formula", "rta +"), "empty term"),
        (("--formula", ""), "nothing to estimate"),
        (("--formula", "rta", "--response", "log(log(trade))"), "cannot be read"),
        (("--formula", "rta", "--fixed-effects", "exporter-"), "joined by '-'"),
        (("--formula", "rta", "--small-sample", "spss"), "'spss' is not one of"),
        (("--formula", "rta", "--bias-corrected"), "derived for exporter-year, importer-year and pair effects"),
    ],
)
def test_what_cannot_be_asked_is_named(say: Say, tmp_path: Path, options: tuple[str, ...], told: str) -> None:
    code, _, err = asked(say, written(tmp_path, gravity(6)), *options)
    assert code == 2 and told in err, err
