"""servanda compute affiliations and links, as a user calls them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.faces.test_cli import Say, say

__all__ = ["say"]
REGISTRY = (
    "ror,name,aliases,cc,city\n"
    "r1,Korea Advanced Institute of Science and Technology,KAIST,KR,Daejeon\n"
    "r2,Indian Institute of Technology Bombay,IIT Bombay|IITB,IN,Mumbai\n"
)


def test_affiliations_keep_their_order_and_unknown_stays_unknown(say: Say, tmp_path: Path) -> None:
    table, registry, out = tmp_path / "a.csv", tmp_path / "r.csv", tmp_path / "out.csv"
    table.write_text(
        'affiliation\n"Nobody, Seoul, Korea"\n"School of AI, KAIST, Daejeon, Korea"\n""\n', encoding="utf-8"
    )
    registry.write_text(REGISTRY, encoding="utf-8")
    asked = ("compute", "affiliations", "--table", str(table), "--registry", str(registry), "--out", str(out))
    code, _, err = say(*asked, "--least", "0.5")
    assert code == 0 and "1 of 3 are named, from 0.5 up" in err
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["ror"], row["country"]) for row in rows] == [("", "KR"), ("r1", "KR"), ("", "")]
    assert rows[0]["probability"] == "" and float(rows[1]["probability"]) >= 0.5


def test_without_a_registry_it_says_where_one_is_had(say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "data"))
    (tmp_path / "a.csv").write_text("affiliation\nx\n", encoding="utf-8")
    code, _, err = say("compute", "affiliations", "--table", str(tmp_path / "a.csv"))
    assert code == 2 and "servanda fetch ror --set party=IND,KOR" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("paper,institution,year\n1,A,2000\n", "no column 'country'"),
        ("paper,institution,country,year\n1,A,IND,never\n", "'year' is not a whole number in 1 row: row 2: 'never'"),
        ("paper,institution,country,year\n1,A,IND,2015\n", "has no institution of KOR"),
        ("paper,institution,country,year\n1,A,IND,2015\n2,B,KOR,2015\n", "there is nothing to learn from"),
    ],
)
def test_what_links_cannot_be_reckoned_from_is_named(say: Say, tmp_path: Path, text: str, said: str) -> None:
    table = tmp_path / "p.csv"
    table.write_text(text, encoding="utf-8")
    code, _, err = say("compute", "links", "--table", str(table), "--until", "2019", "--pair", "IND,KOR")
    assert code == 2 and said in err


def test_collaboration_as_published(say: Say, tmp_path: Path) -> None:
    """Science and Engineering Indicators 2024: 2022."""
    table, totals = tmp_path / "joint.csv", tmp_path / "totals.csv"
    table.write_text("a,b,year,papers\nIND,KOR,2022,4780\n", encoding="utf-8")
    totals.write_text("party,year,papers\nIND,2022,57227\nKOR,2022,31523\nWLD,2022,755894\n", encoding="utf-8")
    code, out, _ = say("compute", "collaboration", "--table", str(table), "--totals", str(totals))
    (row,) = csv.DictReader(out.splitlines())
    assert code == 0 and round(float(row["index"]), 2) == 2.0 and round(float(row["salton"]), 4) == 0.1125
    totals.write_text("party,year,papers\nIND,2022,57227\nKOR,2022,31\nWLD,2022,755894\n", encoding="utf-8")
    code, _, err = say("compute", "collaboration", "--table", str(table), "--totals", str(totals))
    assert code == 2 and "1 rows have more joint papers than totals allow: IND and KOR 2022" in err
    totals.write_text("party,year,papers\nIND,2022,57227\nKOR,2022,31523\n", encoding="utf-8")
    code, _, err = say("compute", "collaboration", "--table", str(table), "--totals", str(totals))
    assert code == 2 and "1 totals are missing: WLD 2022" in err


def test_the_middle_of_a_star_is_its_centre(say: Say, tmp_path: Path) -> None:
    table = tmp_path / "p.csv"
    rows = "".join(f"{n},Middle,IND,2000\n{n},End {n},KOR,2000\n" for n in range(4))
    table.write_text(f"paper,institution,country,year\n{rows}", encoding="utf-8")
    code, out, _ = say("compute", "centrality", "--table", str(table), "--least", "1")
    first = next(csv.DictReader(out.splitlines()))
    assert code == 0 and (first["institution"], float(first["betweenness"])) == ("Middle", 1.0)
    code, _, err = say("compute", "centrality", "--table", str(table))
    assert code == 2 and "has no institution with 10 papers" in err
