"""Spreadsheets: the largest sheet, cells as they are held, alone or in a zip; what is none is named."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from servanda.errors import SourceFault
from servanda.sources.declared import source
from servanda.sources.fetch import add
from servanda.sources.sheet import as_text
from servanda.sources.snapshots import latest
from servanda.sources.tidy.read import tidy

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Rows = list[list[str | float | bool | None]]


def cell(place: str, value: str | float | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def workbook(**sheets: Rows) -> bytes:
    """A workbook of Office Open XML with these sheets."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        types = "".join(
            f'<Override PartName="/xl/worksheets/s{at}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for at in range(len(sheets))
        )
        made.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        )
        made.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(f'<sheet name="{name}" sheetId="{at + 1}" r:id="s{at}"/>' for at, name in enumerate(sheets))
        made.writestr(
            "xl/workbook.xml", f'<workbook {NAMESPACE} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        parts = "".join(
            f'<Relationship Id="s{at}" Type="{OFFICE}/worksheet" Target="worksheets/s{at}.xml"/>'
            for at in range(len(sheets))
        )
        made.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELATIONS}">{parts}</Relationships>')
        for at, rows in enumerate(sheets.values()):
            body = "".join(
                f'<row r="{row}">{"".join(cell(f"{chr(65 + column)}{row}", value) for column, value in enumerate(values))}</row>'
                for row, values in enumerate(rows, 1)
            )
            made.writestr(
                f"xl/worksheets/s{at}.xml", f"<worksheet {NAMESPACE}><sheetData>{body}</sheetData></worksheet>"
            )
    return held.getvalue()


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(as_text(path, path.stem).read_text(encoding="utf-8").splitlines()))


def test_the_largest_sheet_with_its_cells_as_they_are_held(tmp_path: Path) -> None:
    path = tmp_path / "largest.xlsx"
    path.write_bytes(
        workbook(
            notes=[["About this file"]], data=[["code", "dist", "name"], [699.0, 4692.5, "a, b"], ["010121", None, "é"]]
        )
    )
    assert read(path) == [["code", "dist", "name"], ["699", "4692.5", "a, b"], ["010121", "", "é"]]


def test_one_in_a_zip_is_opened_and_other_files_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "inzip.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("dist.xlsx", workbook(data=[["a"], [1.0]]))
        made.writestr("readme.txt", "words")
    assert read(path) == [["a"], ["1"]]
    for name, body in (("plain.csv", b"a\n1\n"), ("empty.zip", b"no zip")):
        other = tmp_path / name
        other.write_bytes(body)
        assert as_text(other, "k") == other


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"<!doctype html>sign in", "is no spreadsheet that can be read"), (b"", "is no spreadsheet that can be read"),
     (workbook(data=[]), "has no sheet with rows")],
)  # fmt: skip
def test_what_is_none_is_named(body: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / f"broken{len(body)}.xlsx"
    path.write_bytes(body)
    with pytest.raises(SourceFault, match=said):
        as_text(path, path.stem)


def test_a_workbook_that_is_added_is_read_as_its_source(tmp_path: Path) -> None:
    rows: Rows = [
        ["iso_o", "iso_d", "contig", "comlang_off", "colony", "dist", "distcap", "distw"],
        ["IND", "KOR", 0.0, 0.0, 0.0, 4692.5, 4692.5, "."],
        ["KOR", "IND", 0.0, 0.0, 0.0, 4692.5, 4692.5, 4700.0],
    ]
    path = tmp_path / "dist_cepii.xlsx"
    path.write_bytes(workbook(dist_cepii=rows))
    root = tmp_path / "data"
    add(path, source("geodist"), root, "2026-11-20", "2026-11-20T00:00:00+00:00")
    held = latest(root, "geodist")
    assert held is not None
    made = tidy(held, source("geodist"), root).table.to_pylist()
    assert [(one["exporter"], one["dist"], one["distw"]) for one in made] == [
        ("IND", 4692.5, None),
        ("KOR", 4692.5, 4700.0),
    ]
