"""BACI: a zip with a table a year."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from servanda.errors import SourceFault
from servanda.sources.declared import source
from servanda.sources.tidy.baci import baci
from tests.sources.pieces import tidied

HEAD = "t,i,j,k,v,q\n"


def archive(**members: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, text in members.items():
            made.writestr(f"{name}.csv", text)
    return held.getvalue()


def test_countries_products_and_gaps_of_weight(tmp_path: Path) -> None:
    """India is 699, a product keeps its zero, and NA is a gap in weights and no country."""
    text = (
        HEAD
        + "2019,699,410,010121,       1.500,NA\n2019,410,699,854231,2.25,       0.125\n2019,490,516,271000,0.001,3\n"
    )
    made = tidied(
        tmp_path, "baci", ("B.zip", archive(BACI_HS12_Y2019_V202501=text, country_codes_V202501="country_code\n4\n"))
    ).table
    assert made.to_pylist() == [
        {"exporter": "IND", "importer": "KOR", "product": "010121", "year": 2019, "value": 1.5, "weight_t": None},
        {"exporter": "KOR", "importer": "IND", "product": "854231", "year": 2019, "value": 2.25, "weight_t": 0.125},
        {"exporter": "TWN", "importer": "NAM", "product": "271000", "year": 2019, "value": 0.001, "weight_t": 3.0},
    ]


def test_years_can_be_chosen(tmp_path: Path) -> None:
    body = archive(
        BACI_HS12_Y2018_V1=HEAD + "2018,699,410,010121,1,1\n", BACI_HS12_Y2019_V1=HEAD + "2019,699,410,010121,1,1\n"
    )
    (tmp_path / "B.zip").write_bytes(body)
    both = tidied(tmp_path, "baci", ("B.zip", body))
    assert both.table["year"].to_pylist() == [2018, 2019]
    from servanda.model.snapshot import Piece

    pieces = [(Piece("B.zip", "", 0, ""), tmp_path / "B.zip")]
    assert baci(pieces, source("baci"), (2019,)).table["year"].to_pylist() == [2019]
    with pytest.raises(SourceFault, match=r"holds no table of the years asked for; it holds BACI_HS12_Y2018_V1\.csv"):
        baci(pieces, source("baci"), (1999,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "2019,699,410,10121,1,1\n", r"a product has lost the zero at its head in 1 rows: row 2: '10121'"),
        (HEAD + "2019,356,410,010121,1,1\n2019,998,410,010121,1,1\n", r"1 codes are not known \('998' in row 2\)"),
        (HEAD + "2019,699,410,010121,many,1\n", r"many"),
        (HEAD + "2019,699,410,010121,-1,1\n", r"'value' is less than 0"),
        (
            HEAD + "2019,699,410,010121,1,1\n2019,699,410,010121,2,1\n",
            r"1 reports of exporter, importer, product, year stand twice: IND, KOR, 010121, 2019",
        ),
        ("t,i,j,k,v\n2019,699,410,010121,1\n", r"no column q; it has t, i, j, k, v"),
    ],
)
def test_what_is_off_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "baci", ("B.zip", archive(BACI_HS12_Y2019_V1=text)))
