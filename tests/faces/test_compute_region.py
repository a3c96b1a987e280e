"""servanda compute dependence, profile, influence and transfers, as a user calls them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from servanda.measures.region.influence import BANDWIDTH, DEPENDENCE
from tests.faces.test_cli import Say, say
from tests.sources.test_arms import OLD

__all__ = ["say"]


def table(folder: Path, text: str, name: str = "t.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def rows(said: str) -> list[dict[str, str]]:
    return list(csv.DictReader(said.splitlines()))


def test_dependence_by_hand_and_a_reason_where_a_size_lacks(say: Say, tmp_path: Path) -> None:
    flows = "exporter,importer,value,year\nIND,KOR,5,2020\nKOR,IND,15,2020\nIND,USA,60,2020\nUSA,KOR,380,2020\nIND,IND,999,2020\n"
    sizes = table(tmp_path, "party,year,product\nIND,2020,1000\n", "sizes.csv")
    code, out, _ = say(
        "compute", "dependence", "--table", table(tmp_path, flows), "--sizes", sizes, "--pair", "IND,KOR"
    )
    one, other = rows(out)
    assert code == 0 and (one["party"], float(one["of_trade"]), float(one["of_product"])) == ("IND", 0.25, 0.02)
    assert (
        float(other["of_trade"]) == 0.05
        and other["of_product"] == ""
        and other["reason"] == "no product of KOR in 2020"
    )
    assert one["salience"] == other["salience"] and float(one["symmetry"]) == pytest.approx(0.8)
    code, _, err = say("compute", "dependence", "--table", table(tmp_path, flows), "--pair", "IND,JPN")
    assert code == 2 and "no flow between IND and JPN" in err


def test_a_profile_with_a_group_a_rest_and_the_weightings(say: Say, tmp_path: Path) -> None:
    text = "party,domain,partner,value,year\n"
    text += (
        "IND,oil,SAU,40,2023\nIND,oil,ARE,20,2023\nIND,oil,OTH,40,2023\nIND,oil,SAU,999,2001\nIND,chips,CHN,3,2023\n"
    )
    text += "KOR,oil,SAU,50,2023\nKOR,oil,OTH,50,2023\nKOR,chips,CHN,1,2023\nKOR,chips,USA,3,2023\n"
    asked = ("compute", "profile", "--table", table(tmp_path, text), "--columns", "SAU,GULF,CHN", "--rest", "OTH")
    code, out, err = say(*asked, "--pair", "IND,KOR")
    made = {(row["party"], row["domain"], row["column"]): row for row in rows(out)}
    assert code == 0 and float(made["IND", "oil", "SAU"]["share"]) == 0.4
    assert made["IND", "oil", "GULF"]["reason"] == "2 of 6 members told apart, with all others at most 100.0 %"
    assert float(made["IND", "composite", "CHN"]["share"]) == 1 and float(made["KOR", "chips", "CHN"]["share"]) == 0.25
    assert "SAU: by 0 % of all weightings IND leans more on it than KOR (1 domains)" in err
    assert "CHN: by 100 %" in err
    code, _, err = say(*asked, "--pair", "IND,JPN")
    assert code == 2 and "no row of JPN" in err


def test_influence_from_its_parts_and_a_gap_is_no_nil(say: Say, tmp_path: Path) -> None:
    names = ["a", "b", "year", *BANDWIDTH, *DEPENDENCE]
    whole = ["IND", "KOR", "2023", *["0.5"] * len(BANDWIDTH), *["0.2"] * len(DEPENDENCE)]
    text = (
        ",".join(names) + "\n" + ",".join(whole) + "\n" + ",".join(["KOR", *whole[1:2], "2022", "", *whole[4:]]) + "\n"
    )
    code, out, _ = say("compute", "influence", "--table", table(tmp_path, text))
    one, other = rows(out)
    assert code == 0 and float(one["index"]) == pytest.approx(
        float(one["bandwidth"]) * float(one["dependence"]) / 0.58199161
    )
    assert other["index"] == other["is_artefact"] == ""
    code, _, err = say("compute", "influence", "--table", table(tmp_path, "a,b,year\nIND,KOR,2020\n"))
    assert code == 2 and "no column 'representation'" in err


def test_transfers_of_a_register_as_it_was_saved(say: Say, tmp_path: Path) -> None:
    deals = ("India,Russia,2020,,1,,T-1,tank,1,,2023,New,,50,50,50", "Poland,South Korea,2020,,1,,T-2,tank,1,,2022,New,,80,80,80",
             "India,South Korea,2017,,1,,G-1,towed gun,1,,2024,New,,50,50,50")  # fmt: skip
    path = table(tmp_path, "\n".join([OLD, *deals]) + "\n")
    asked = ("compute", "transfers", "--table", path, "--pair", "India,South Korea")
    code, out, _ = say(*asked)
    assert code == 0 and [(row["supplier"], row["share"], row["first"]) for row in rows(out)] == [
        ("Russia", "0.5", "2020"), ("South Korea", "0.5", "2020"),
    ]  # fmt: skip
    code, out, _ = say(*asked, "--offers")
    (one,) = rows(out)
    assert (one["supplier"], one["category"], one["sold"], one["of"]) == (
        "South Korea",
        "armoured vehicles",
        "80",
        "Russia",
    )
    code, _, err = say("compute", "transfers", "--table", path, "--pair", "India,South Korean")
    assert code == 2 and "names no 'South Korean'; nearest is 'South Korea'" in err
