"""servanda compute students, residents, visitors, flights and visas, as a user calls them; each trap of the tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.csv
import pytest

from tests.faces.test_cli import Say, say
from tests.measures.people.test_residents import world

__all__ = ["say"]
STUDENTS = (
    "origin,destination,year,students\nIND,KOR,2015,745\nIND,KOR,2016,764\nIND,KOR,2017,775\nOTH,IND,2017,18141\n"
)


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def rows_of(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def between(folder: Path, rows: list[dict[str, Any]], joins: Any, value: str) -> tuple[str, str]:
    """The invented world of the measures as the two tables that a user hands in."""
    pyarrow.csv.write_csv(joins, folder / "joins.csv")
    lines = [f"{row['origin']},{row['destination']},{row['year']},{row['persons']}" for row in rows]
    return written(folder, "t.csv", "\n".join([f"origin,destination,year,{value}", *lines])), str(folder / "joins.csv")


def test_students_both_ways_with_the_reason_for_none(say: Say, tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", STUDENTS)
    code, out, err = say("compute", "students", "--table", table, "--pair", "IND,KOR")
    assert (code, err) == (0, "")
    one, other = rows_of(out)
    assert (one["from"], one["value"], one["period"], one["used"]) == ("IND", "775", "2017", "3")
    assert other["value"] == "" and "lumped with other small origins" in other["reason"]
    _, out, _ = say("compute", "students", "--table", table, "--pair", "IND,KOR", "--upto", "2015", "--format", "json")
    assert json.loads(out)[0]["steps"]["path"] == {"2015": 745}


@pytest.mark.parametrize(
    ("times", "says"), [(2, "is 2 times that of t.csv: it counts somebody twice"), (1, "no exact")]
)
def test_a_copy_that_counts_twice_is_told(say: Say, tmp_path: Path, times: int, says: str) -> None:
    head, *lines = STUDENTS.splitlines()
    copied = [f"{line.rpartition(',')[0]},{times * int(line.rpartition(',')[2])}" for line in lines]
    copy = written(tmp_path, "copy.csv", "\n".join([head, *copied]))
    table = written(tmp_path, "t.csv", STUDENTS)
    code, _, err = say("compute", "students", "--table", table, "--pair", "IND,KOR", "--beside", copy)
    assert code == 0 and says in err


@pytest.mark.parametrize(("subject", "value", "more"), [("students", "students", ("--since", "2015")),
                                                         ("residents", "persons", ("--year", "2020"))])  # fmt: skip
def test_what_would_be_expected(say: Say, tmp_path: Path, subject: str, value: str, more: tuple[str, ...]) -> None:
    table, joins = between(tmp_path, *world(0.6), value)
    asked = ("compute", subject, "--table", table, "--pair", "P00,P01", "--joins", joins, "--format", "json")
    code, out, _ = say(*asked, *more)
    assert code == 0 and json.loads(out)["value"] == pytest.approx(0.6, abs=0.02)
    if subject == "students":
        code, _, err = say(*asked)
        assert code == 2 and "--joins needs --since" in err


def test_residents_of_whom_nothing_is_reported(say: Say, tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "origin,destination,year,persons\nIND,KOR,2020,6172\nKOR,IND,2020,0\n")
    code, out, _ = say("compute", "residents", "--table", table, "--pair", "IND,KOR")
    assert code == 0
    assert [row["value"] for row in rows_of(out)] == ["6172", ""]
    assert rows_of(out)[1]["reason"] == "IND reports nobody of KOR, which is not the same as nobody living there"


def test_months_of_a_stock_are_never_added(say: Say, tmp_path: Path) -> None:
    months = [f"2023,{month},{2400 + month}" for month in range(1, 13)] + ["2024,1,2500"]
    table = written(tmp_path, "t.csv", "\n".join(["year,month,persons", *months]))
    _, flow, _ = say("compute", "visitors", "--table", table, "--are", "flow")
    _, stock, _ = say("compute", "visitors", "--table", table, "--are", "stock")
    assert [row["value"] for row in rows_of(flow)] == ["28878", ""]
    assert rows_of(flow)[1]["reason"] == "1 of 12 months of 2024 are held, which is no year"
    assert [row["value"] for row in rows_of(stock)] == ["2406.5", "2500"]
    code, _, err = say("compute", "visitors", "--table", table)
    assert code == 2 and "--are" in err


def test_flights_of_the_last_year_and_no_pair_twice(say: Say, tmp_path: Path) -> None:
    head = "a,b,year,services\n"
    table = written(tmp_path, "t.csv", head + "IND,KOR,2013,9\nIND,KOR,2014,6\nIND,JPN,2014,10\n")
    code, out, _ = say("compute", "flights", "--table", table, "--pair", "IND,KOR", "--format", "json")
    made = json.loads(out)
    assert code == 0 and (made["value"], made["period"], made["steps"]["IND"]["place"]) == (6, "2014", 2)
    table = written(tmp_path, "t.csv", head + "IND,KOR,2014,6\nKOR,IND,2014,6\n")
    code, _, err = say("compute", "flights", "--table", table, "--pair", "IND,KOR")
    assert code == 2 and "1 pairs stand in both orders, and would be counted twice: IND and KOR 2014" in err


def test_visas_of_changes_and_of_one_snapshot(say: Say, tmp_path: Path) -> None:
    changes = (
        "passport,destination,since,requirement,days\nIND,KOR,2019-11-23,visa required,\nIND,KOR,2023-12-03,e-visa,\n"
        "KOR,IND,2022-01-05,visa on arrival,\nJPN,KOR,2022-01-05,visa free,90\n"
    )
    asked = ("compute", "visas", "--pair", "IND,KOR", "--table", written(tmp_path, "t.csv", changes))
    _, out, _ = say(*asked, "--as-of", "2023-01-01")
    _, later, _ = say(*asked, "--as-of", "2024-01-01")
    assert [rows_of(one)[0]["requirement"] for one in (out, later)] == ["visa required", "e-visa"]
    assert (rows_of(later)[0]["step"], rows_of(later)[0]["more_open"]) == ("2", "1")
    snapshot = "passport,destination,requirement,days\nIND,KOR,e-visa,\n"
    asked = ("compute", "visas", "--pair", "IND,KOR", "--table", written(tmp_path, "s.csv", snapshot))
    _, out, _ = say(*asked, "--as-of", "2026-02-17")
    assert rows_of(out)[0]["since"] == "2026-02-17"
    assert rows_of(out)[1]["reason"] == "the tables hold no requirement then"


def test_titles_on_both_lists(say: Say, tmp_path: Path) -> None:
    table = written(tmp_path, "t.csv", "party,week,title\nIND,2022-01-02,a\nIND,2022-01-02,b\nKOR,2022-01-02,b\n")
    code, out, _ = say("compute", "titles", "--table", table, "--pair", "IND,KOR", "--format", "json")
    assert code == 0 and (json.loads(out)["value"], json.loads(out)["used"]) == (1, 1)


@pytest.mark.parametrize(
    ("subject", "text", "more", "said"),
    [
        ("students", "origin,destination,year\nA,B,2000\n", (), "no column 'students'"),
        ("students", STUDENTS + "IND,KOR,2017,9\n", (), "stand twice"),
        ("residents", "origin,destination,year,persons\nA,B,2000,many\n", (), "'persons' is not a whole number in 1 row"),
        ("flights", "a,b,year,services\nA,B,2000,-1\n", (), "'services' is less than 0 in 1 row"),
        ("visas", "passport,destination,requirement\nA,B,sometimes\n", (), "'sometimes' is no requirement"),
        ("visas", "passport,destination,since,requirement\nA,B,soon,e-visa\n", (), "'since' is no day in 1 rows: 'soon'"),
    ],
)  # fmt: skip
def test_what_is_off_is_named(
    say: Say, tmp_path: Path, subject: str, text: str, more: tuple[str, ...], said: str
) -> None:
    code, _, err = say("compute", subject, "--table", written(tmp_path, "t.csv", text), "--pair", "IND,KOR", *more)
    assert code == 2 and said in err


def test_people_abroad_by_their_own_state_beside_others(say: Say, tmp_path: Path) -> None:
    table = written(
        tmp_path, "c.csv", "origin,destination,year,persons,citizens,of_origin\nIND,KOR,2016,6732,6721,11\n"
    )
    stock = written(tmp_path, "s.csv", "origin,destination,year,persons\nIND,KOR,2020,6172\n")
    code, out, err = say("compute", "diaspora", "--table", table, "--pair", "IND,KOR", "--stock", stock)
    assert (code, err) == (0, "")
    made = [(row["from"], row["value"], row["unit"].partition(",")[0], row["period"]) for row in rows_of(out)]
    assert made[0] == ("IND", "6732", "persons", "2016") and made[2] == ("IND", "6172", "persons", "2020")
    assert "as their own state counts" in rows_of(out)[0]["unit"] and rows_of(out)[2]["unit"] == "persons"
    assert "no count that KOR makes" in rows_of(out)[1]["reason"] and made[1][1] == ""


def test_visitors_of_a_direction_by_what_the_table_says_it_counts(say: Say, tmp_path: Path) -> None:
    head = "origin,destination,year,month,persons,counts\n"
    rows = "IND,KOR,2019,,100,arrivals\nJPN,KOR,2019,,900,arrivals\n"
    table = written(tmp_path, "t.csv", head + rows)
    code, out, _ = say("compute", "visitors", "--table", table, "--are", "flow", "--pair", "IND,KOR")
    assert code == 0 and [row["value"] for row in rows_of(out)] == ["100"]
    for extra, told in (
        ((), "the table has 2 directions; choose one with --pair"),
        (("--pair", "VNM,KOR"), "no row is from VNM to KOR: not named is not nil"),
    ):
        code, _, err = say("compute", "visitors", "--table", table, "--are", "flow", *extra)
        assert code == 2 and told in err
    code, _, err = say("compute", "visitors", "--table", table, "--are", "stock", "--pair", "IND,KOR")
    assert code == 2 and "the table counts arrivals, which are no stock; say --are flow" in err
    plain = written(tmp_path, "p.csv", "year,month,persons\n2019,1,5\n")
    code, _, err = say("compute", "visitors", "--table", plain, "--are", "flow", "--pair", "IND,KOR")
    assert code == 2 and "leave --pair out" in err


def test_passengers_both_ways_and_seats_or_why_not(say: Say, tmp_path: Path) -> None:
    rows = "".join(f"KOR,IND,2024,{quarter},{quarter}\n" for quarter in range(1, 5))
    table = written(tmp_path, "t.csv", "origin,destination,year,quarter,passengers\n" + rows)
    code, out, _ = say("compute", "passengers", "--table", table, "--pair", "IND,KOR")
    assert code == 0 and [(row["from"], row["value"]) for row in rows_of(out)] == [("IND", ""), ("KOR", "10")]
    head = "a,b,year,services,seats\n"
    for seats, value in (("1400", 1400), ("", None)):
        table = written(tmp_path, "s.csv", head + f"IND,KOR,2014,6,{seats}\n")
        code, out, _ = say("compute", "flights", "--table", table, "--pair", "IND,KOR", "--seats", "--format", "json")
        assert code == 0 and json.loads(out)["value"] == value
