"""SIPRI's exports by position: two vintages of header, titles, footers, marks of uncertainty, in invented deals."""

from __future__ import annotations

from pathlib import Path

import pytest

from servanda.errors import SourceFault
from servanda.sources.arms import register, totals

OLD = (
    "Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
NEW = (
    "Supplier,Recipient,Year of order,?,Number ordered,?,Weapon designation,Weapon description,"
    "Deliveries in the Year Range,?,Delivery Years,Condition,Comments,TIV per unit,TIV order,TIV delivered"
)
TITLE = (
    '"Transfers of major weapons: deals with deliveries or orders made for 1950-2024"\nInformation of 10 March 2025\n\n'
)
FOOTER = "\nSource: the institute's data base\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "register.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_both_headers_give_the_same_deals(tmp_path: Path) -> None:
    rows = '1999,?,"1,200",?,Boat-1,patrol boat,12,?,2001; 2002,New,"slow, late",2.5,3000,30\n'
    old = register(write(tmp_path, f"{TITLE}{OLD}\nZembla,Ruritania,{rows}{FOOTER}"))
    new = register(write(tmp_path, f"{TITLE}{NEW}\nRuritania,Zembla,{rows}{FOOTER}"))
    assert old.table.equals(new.table) and old.vintage == new.vintage == "10 March 2025"
    (row,) = old.table.to_pylist()
    assert row == {
        "recipient": "Zembla", "supplier": "Ruritania", "ordered_in": 1999, "designation": "Boat-1",
        "description": "patrol boat", "ordered": 1200.0, "delivered": 12.0, "years": [2001, 2002],
        "comments": "slow, late", "tiv_unit": 2.5, "tiv_order": 3000.0, "tiv_delivered": 30.0, "is_uncertain": True,
    }  # fmt: skip
    assert old.left_out == ("line 7: Source: the institute's data base",)


def test_years_in_brackets_and_stretches_and_orders_without_delivery(tmp_path: Path) -> None:
    text = f"{OLD}\nZ,R,(2010),,3,,A,a,3,,2011-2013,New,,1,3,3\nZ,R,2023,,5,,B,b,0,,,,,1,5,0\n"
    first, second = register(write(tmp_path, text)).table.to_pylist()
    assert (first["ordered_in"], first["years"], first["is_uncertain"]) == (2010, [2011, 2012, 2013], True)
    assert (second["years"], second["delivered"], second["is_uncertain"]) == ([], 0.0, False)


def test_words_of_another_code_page_are_read(tmp_path: Path) -> None:
    text = f"{OLD}\nCôte,R,2010,,3,,A,a,3,,2011,New,,1,3,3\n"
    assert register(write(tmp_path, text, "cp1252")).table["recipient"].to_pylist() == ["Côte"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no line begins with 'Recipient,Supplier'"),
        (OLD + "\n", "no deal below its header"),
        (OLD + "\nZ,R,2010,,some,,A,a,3,,2011,New,,1,3,3\n", "line 2: number ordered 'some' is no number"),
        (OLD + "\nZ,R,2010,,3,,A,a,3,,soon,New,,1,3,3\n", "line 2: years of delivery 'soon'"),
    ],
)
def test_what_is_off_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceFault, match=said):
        register(write(tmp_path, text))


def test_totals_keep_a_published_nil_apart_from_no_figure(tmp_path: Path) -> None:
    text = "TIV of arms imports\nsome words\n,2022,2023,2024,Total\nZembla,0,,12,12\nTotal,100,200,1 300,1600\n"
    text += '"Figures are in millions, and a 0 is under, say, half of one"\n'
    rows = totals(write(tmp_path, text)).to_pylist()
    assert [(row["party"], row["year"], row["tiv"], row["is_under_half"]) for row in rows] == [
        ("Zembla", 2022, 0.0, True), ("Zembla", 2024, 12.0, False),
        ("Total", 2022, 100.0, False), ("Total", 2023, 200.0, False), ("Total", 2024, 1300.0, False),
    ]  # fmt: skip
    with pytest.raises(SourceFault, match="no line of years"):
        totals(write(tmp_path, "a,b\n"))
