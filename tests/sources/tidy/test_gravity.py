"""CEPII Gravity and GeoDist: countries that were not there, codes of before, dots for gaps."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from servanda.errors import SourceFault
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied

HEAD = "year,country_id_o,country_id_d,iso3_o,iso3_d,country_exists_o,country_exists_d,dist,contig,comlang_off,fta_wto,gdp_o\n"


def archive(text: str, name: str = "Gravity_V202211.csv") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(name, text)
        made.writestr("Countries_V202211.csv", "iso3\n")
    return held.getvalue()


def test_countries_that_did_not_exist_are_left_out(tmp_path: Path) -> None:
    text = HEAD + "1950,IND,KOR,IND,KOR,1,1,4692,0,0,0,NA\n1950,IND,XKX,IND,XKX,1,0,5000,0,0,0,2.5\n"
    made = tidied(tmp_path, "gravity", ("g.zip", archive(text)))
    assert made.table.to_pylist() == [
        {"exporter": "IND", "importer": "KOR", "year": 1950, "dist": 4692.0, "contig": 0.0, "comlang_off": 0.0, "gdp_o": None, "fta_wto": 0.0},
    ]  # fmt: skip
    assert made.left_out == {"one of the two did not exist that year": 1}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (archive(HEAD + "1950,IND,KOR,IND,KOR,1,1,far,0,0,0,1\n"), "'dist' is no number somewhere"),
        (archive(HEAD + "1950,IND,KOR,IND,KOR,1,1,99999,0,0,0,1\n"), "'dist' is more than 20100"),
        (archive(HEAD + "1950,IND,Q,IND,QQQ,1,1,1,0,0,0,1\n"), r"1 codes are not known \('QQQ' in row 1\)"),
        (archive(HEAD, "readme.txt"), r"holds no Gravity_\*\.csv; it holds readme\.txt"),
        (archive("year,iso3_o\n1950,IND\n"), "no column iso3_d, country_exists_o, country_exists_d"),
    ],
)
def test_what_is_off_is_named(body: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "gravity", ("g.zip", body))


def test_dots_are_gaps_and_codes_are_of_today(tmp_path: Path) -> None:
    text = "iso_o,iso_d,contig,comlang_off,colony,dist,distcap,distw\nIND,ROM,0,0,0,4808.3,4808.3,.\nZAR,ANT,0,0,0,1.5,1.5,2\n"
    made = tidied(tmp_path, "geodist", ("d.csv", text)).table.to_pylist()
    assert [(one["exporter"], one["importer"], one["dist"], one["distw"]) for one in made] == [
        ("IND", "ROU", 4808.3, None),
        ("COD", "ANT", 1.5, 2.0),
    ]


def test_the_published_dyads(tmp_path: Path) -> None:
    held = io.BytesIO()
    pyarrow.csv.write_csv(pq.read_table(SHARED("trade/cepii_geodist_dyads.parquet")), held)
    made = tidied(tmp_path, "geodist", ("d.csv", held.getvalue())).table
    assert made.num_rows == 50_176
    pair = [one for one in made.to_pylist() if (one["exporter"], one["importer"]) == ("IND", "KOR")]
    assert [(one["dist"], one["distw"]) for one in pair] == [(4692.672, 5108.001)]
    assert not {"ROM", "ZAR", "TMP", "YUG", "PAL"} & set(made["exporter"].to_pylist())
