"""A table that somebody hands in: each fault named with its rows, five examples, and what to write."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError
from servanda.sources.flows import exports, reports
from servanda.sources.table import Column, Sort, TableFault, read

COLUMNS = [Column("exporter"), Column("product"), Column("value", Sort.NUMBER, 0)]
KEY = ["exporter", "product"]


def csv(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_codes_keep_their_zeros_and_na_is_a_code(tmp_path: Path) -> None:
    made = read(csv(tmp_path, "exporter,product,value,more\nNA,0101,1.5,x\nIN,0102,2,y\n"), COLUMNS, KEY)
    assert made.to_pylist() == [
        {"exporter": "NA", "product": "0101", "value": 1.5}, {"exporter": "IN", "product": "0102", "value": 2.0},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exporter,produkt,value\nA,x,1\n", r"no column 'product' \(a code\); the table has exporter, produkt, value; nearest is 'produkt'"),
        ("exporter,product,value\nA,x,1\nA,y,many\nB,x,1e999\n", r"'value' is not a number in 2 rows: row 3: 'many', row 4: '1e999'"),
        ("exporter,product,value\nA,x,-1\n", r"'value' is less than 0 in 1 row: row 2: '-1'"),
        ("exporter,product,value\n,x,1\n", r"'exporter' is empty in 1 row: row 2"),
        ("exporter,product,value\nA,x,1\nB,x,1\nA,x,2\n", r"1 of exporter, product stand twice and may stand once: A, x in rows 2 and 4"),
        ("exporter,product,value\n", r"the table has a header and no rows"),
    ],
)  # fmt: skip
def test_what_is_off_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TableFault, match=said):
        read(csv(tmp_path, text), COLUMNS, KEY)


def test_five_examples_and_how_many(tmp_path: Path) -> None:
    rows = "".join(f"A,p{place},-{place}\n" for place in range(1, 13))
    with pytest.raises(TableFault) as fault:
        read(csv(tmp_path, f"exporter,product,value\n{rows}"), COLUMNS, KEY)
    assert "in 12 rows" in str(fault.value) and str(fault.value).count("row ") == 5


def test_parquet_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"exporter": ["A", "B"], "product": ["01", "02"], "value": [1.0, float("nan")]}), path)
    with pytest.raises(TableFault, match="'value' is not a number in 1 row: row 2: 'nan'"):
        read(path, COLUMNS, KEY)


def test_what_is_no_table_is_said(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no file"):
        read(tmp_path / "none.csv", COLUMNS)
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(b"PAR1 no parquet")
    with pytest.raises(RequestError, match="cannot be read as a table"):
        read(bad, COLUMNS)


def test_columns_that_changed_places(tmp_path: Path) -> None:
    with pytest.raises(TableFault, match="the two columns have changed places"):
        exports(csv(tmp_path, "exporter,product,value\n0101,IND,1\n0102,KOR,2\n"))


def test_a_report_is_export_or_import(tmp_path: Path) -> None:
    with pytest.raises(TableFault, match="'flow' is none of export, import in 1 row: row 2: 're-export'"):
        reports(csv(tmp_path, "reporter,partner,flow,year,value\nA,B,re-export,2019,1\n"))
