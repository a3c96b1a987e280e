"""The subjects of trade, as a user calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.faces.test_cli import Say, say

__all__ = ["say"]
EXPORTS = "exporter,product,value,year\nIND,0101,30,2000\nIND,0102,10,2000\nKOR,0101,10,2000\nKOR,0102,50,2000\n"


@pytest.fixture
def exports(tmp_path: Path) -> str:
    path = tmp_path / "exports.csv"
    path.write_text(EXPORTS, encoding="utf-8")
    return str(path)


def test_rca_to_a_file_and_to_the_output(say: Say, exports: str, tmp_path: Path) -> None:
    code, out, _ = say("compute", "rca", "--table", exports)
    rows = list(csv.DictReader(out.splitlines()))
    assert code == 0 and list(rows[0]) == ["year", "exporter", "product", "rca"]
    assert {row["product"] for row in rows} == {"0101", "0102"}
    assert say("compute", "rca", "--table", exports, "--out", str(tmp_path / "o.parquet"), "--forms")[0] == 0
    assert pq.read_table(tmp_path / "o.parquet").column_names == ["year", "exporter", "product", "rca", "rsca", "nrca"]


def test_complexity_in_long_form(say: Say, tmp_path: Path) -> None:
    rows = ["exporter,product,value"]
    for exporter, products in (("A", "uvwxyz"), ("B", "uvwx"), ("C", "uv"), ("D", "uwz"), ("E", "u")):
        rows += [f"{exporter},{product},{10 + ord(product) % 7}" for product in products]
    (tmp_path / "t.csv").write_text("\n".join(rows), encoding="utf-8")
    code, out, _ = say("compute", "complexity", "--table", str(tmp_path / "t.csv"), "--format", "json")
    made = json.loads(out)
    assert code == 0 and {row["index"] for row in made if row["level"] == "exporter"} == {"eci", "fitness", "diversity"}
    assert {row["index"] for row in made if row["level"] == "product"} == {"pci", "fitness", "ubiquity"}


def test_the_others(say: Say, exports: str, tmp_path: Path) -> None:
    assert say("compute", "concentration", "--table", exports)[0] == 0
    bought = tmp_path / "imports.csv"
    bought.write_text("importer,product,value,year\nJPN,0101,1,2000\nJPN,0102,1,2000\n", encoding="utf-8")
    code, out, _ = say("compute", "complementarity", "--table", exports, "--imports", str(bought))
    assert code == 0 and len(out.splitlines()) == 3
    flows = tmp_path / "reports.csv"
    flows.write_text(
        "reporter,partner,flow,year,value\nIND,KOR,export,2019,4\nKOR,IND,import,2019,5\n", encoding="utf-8"
    )
    code, out, _ = say("compute", "balance", "--table", str(flows), "--pair", "IND,KOR", "--format", "json")
    assert code == 0 and json.loads(out)[0]["exports"] == pytest.approx((4 + 5 / 1.08) / 2)
    code, _, err = say("compute", "balance", "--table", str(flows), "--pair", "699,410")
    assert code == 2 and "are these its codes?" in err


def test_what_is_no_subject(say: Say) -> None:
    code, _, err = say("compute", "rsa", "--table", "x")
    assert code == 2 and "did you mean rca" in err


FLOWS = (
    "exporter,importer,product,value\nIND,KOR,0101,30\nIND,JPN,0101,10\nIND,JPN,0202,20\n"
    "VNM,KOR,0202,40\nVNM,JPN,0202,20\nVNM,KOR,0101,10\n"
)


def test_potential_of_a_pair_and_of_all(say: Say, tmp_path: Path) -> None:
    flows, rates = tmp_path / "flows.csv", tmp_path / "rates.csv"
    flows.write_text(FLOWS, encoding="utf-8")
    rates.write_text("exporter,importer,product,rate\nall,KOR,0101,8\nIND,KOR,0101,0\n", encoding="utf-8")
    code, out, _ = say("compute", "potential", "--table", str(flows), "--pair", "IND,KOR", "--format", "json")
    rows = json.loads(out)
    assert code == 0 and [row["product"] for row in rows] == ["0101", "0202"]
    assert list(rows[0]) == [
        "exporter",
        "importer",
        "product",
        "potential",
        "actual",
        "unused",
        "supply",
        "ease",
        "demand",
    ]
    assert rows[0]["ease"] == pytest.approx(30 / 42)
    code, out, err = say("compute", "potential", "--table", str(flows), "--tariffs", str(rates), "--format", "json")
    assert code == 0 and len(json.loads(out)) == 8 and "tariff_advantage: not known in 6 of 8 rows" in err
    assert len(say("compute", "potential", "--table", str(flows), "--rows", "traded")[1].splitlines()) == 7
    code, _, err = say("compute", "potential", "--table", str(flows), "--pair", "IND,PRK")
    assert code == 2 and "flows.csv has no PRK" in err
    code, out, _ = say("compute", "rca", "--table", str(flows))
    assert code == 0 and len(out.splitlines()) == 5, "flows are summed over importers"


def test_measures_of_a_pair(say: Say, tmp_path: Path) -> None:
    flows, reports, months, years = (tmp_path / f"{name}.csv" for name in ("flows", "reports", "months", "years"))
    flows.write_text(FLOWS + "KOR,IND,0101,15\n", encoding="utf-8")
    code, out, _ = say("compute", "intensity", "--table", str(flows), "--pair", "IND,KOR", "--format", "json")
    assert code == 0 and [row["exporter"] for row in json.loads(out)] == ["IND", "KOR"]
    code, out, _ = say("compute", "intra-industry", "--table", str(flows), "--pair", "IND,KOR", "--format", "json")
    assert code == 0 and json.loads(out)[0]["grubel_lloyd"] == pytest.approx(30 / 45)
    assert say("compute", "intra-industry", "--table", str(flows), "--pair", "IND,KOR", "--by-product")[0] == 0
    code, _, err = say(
        "compute", "intra-industry", "--table", str(flows), "--pair", "IND,KOR", "--between", "2010,2020"
    )
    assert code == 2 and "needs a column 'year'" in err
    reports.write_text(
        "reporter,partner,flow,product,value\nIND,KOR,export,0101,10\nKOR,IND,import,0101,10.8\n", encoding="utf-8"
    )
    code, out, _ = say("compute", "mirror", "--table", str(reports), "--pair", "IND,KOR", "--format", "json")
    assert code == 0 and json.loads(out)[0]["gap"] == pytest.approx(0)
    months.write_text("year,month,value\n" + "".join(f"2020,{n},1\n" for n in range(1, 13)), encoding="utf-8")
    code, out, _ = say("compute", "fiscal", "--table", str(months), "--first-month", "4", "--format", "json")
    assert code == 0 and [(row["label"], row["months"]) for row in json.loads(out)] == [("2019-20", 3), ("2020-21", 9)]
    years.write_text("year,value\n" + "".join(f"{n},{2 * n - 4100}\n" for n in range(2000, 2010)), encoding="utf-8")
    code, out, _ = say("compute", "trend", "--table", str(years), "--format", "json")
    assert code == 0 and json.loads(out)["value"] == pytest.approx(2)
    assert say("compute", "trend", "--table", str(years), "--out", str(tmp_path / "t.json"))[0] == 0


def test_what_stands_between_two_markets(say: Say, tmp_path: Path) -> None:
    def file(name: str, text: str) -> str:
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    flows = file("flows", FLOWS)
    rates = file("rates", "exporter,importer,product,regime,rate\nall,KOR,0101,mfn,8\nIND,KOR,0101,preferential,0\n")
    code, out, _ = say(
        "compute", "tariffs", "--table", rates, "--flows", flows, "--pair", "IND,KOR", "--format", "json"
    )
    assert code == 0 and [(row["regime"], row["weighted"]) for row in json.loads(out)] == [
        ("mfn", 8),
        ("preferential", 0),
    ]
    rules = file("rules", "id,imposed_by,affects,kind,product\nB1,KOR,IND,B technical,01\nB2,KOR,IND,B technical,\n")
    code, out, err = say("compute", "barriers", "--table", rules, "--flows", flows, "--format", "json")
    assert code == 0 and json.loads(out)[0]["coverage"] == 100 and "1 rows name no product" in err
    years = file("years", "exporter,importer,product,value,year\nIND,KOR,0101,5,2018\nIND,KOR,0101,10,2020\n")
    names = file("names", "name,product,since\nhorses,01,2018\n")
    code, out, _ = say(
        "compute", "named", "--table", years, "--products", names, "--pair", "IND,KOR", "--format", "json"
    )
    assert code == 0 and [row["index"] for row in json.loads(out) if row["exporter"] == "IND"] == [100, 200]
    code, _, err = say("compute", "named", "--table", flows, "--products", names, "--pair", "IND,KOR")
    assert code == 2 and "no column 'year'" in err
    used = file("used", "whose,period,source,rate,base\nKOR,2022,x,79.5,eligible trade\nKOR,2022,y,41.7,\n")
    code, out, _ = say("compute", "utilisation", "--table", used, "--format", "json")
    assert (
        code == 0
        and json.loads(out)[0]["value"] is None
        and "2 figures from 41.7 to 79.5" in json.loads(out)[0]["reason"]
    )
    code, out, _ = say("compute", "relatedness", "--table", flows, "--format", "json")
    assert code == 0 and {row["product"] for row in json.loads(out)} == {"0101", "0202"}
    code, _, err = say("compute", "relatedness", "--table", flows, "--products", "ships")
    assert code == 2 and "no product of the table begins with 89" in err


def test_expected_of_a_pair(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "trade.parquet"
    from evaluation.ties.coverage import World, simulate

    pq.write_table(simulate(World(12, 3, 0.4), 1), path)
    asked = ("compute", "expected", "--table", str(path), "--pair", "P000,P001", "--formula", "log(dist)")
    code, out, _ = say(*asked, "--peers", "P002,P003 P004,P005", "--format", "json")
    made = json.loads(out)
    assert code == 0 and made["low"] < made["value"] < made["high"] and made["steps"]["rank"]["of"] == 3
    assert [one["year"] for one in made["steps"]["path"]] == [2000, 2001, 2002]
    code, out, _ = say(*asked)
    assert code == 0 and float(next(csv.DictReader(out.splitlines()))["value"]) < 1
