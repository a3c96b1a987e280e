"""Who should meet, on the page: the table that was added, its faults, the sheet and the letters."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

from servanda.errors import PageMissing
from servanda.pages.frame import Ask
from servanda.pages.institutions import Institutions, institutions, letter, pairs_csv
from servanda.pages.library import Library
from servanda.pages.render import html
from servanda.pages.technology import technology
from servanda.sources.declared import source
from servanda.sources.fetch import add
from tests.opportunities.test_introductions import table

PAIR = ("IND", "KOR")
DAY = date(2006, 5, 1)
AT = "2026-11-20T00:00:00+00:00"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "data"))
    return tmp_path


def put(root: Path, made: pa.Table, name: str = "papers.csv") -> None:
    pyarrow.csv.write_csv(made, root / name)
    add(root / name, source("papers"), root / "data", "2026-11-20", AT)


def asked(day: date = DAY, **query: str) -> Ask:
    return Ask(day, True, "ind-kor", {name: (value,) for name, value in query.items()})


def of(library: Library, day: date = DAY, **query: str) -> Institutions:
    return institutions(library, asked(day, **query), PAIR)


def test_without_a_table_the_page_says_the_command_that_adds_one(library: Library, root: Path) -> None:
    ask = asked(date(2026, 11, 23))
    said = html(technology(library, ask), "technology", ask)
    assert "No openly licensed table" in said and "<code>servanda add FILE --source papers</code>" in said
    assert "Map of institutions" not in said


def test_what_is_shown_is_of_the_years_that_were_over(library: Library, root: Path) -> None:
    put(root, table())
    made = of(library)
    assert made.until == 2005 and made.missing is None and made.cite == "papers.csv, added 2026-11-20"
    assert made.network is not None and made.network.papers and len(made.pairs) > 20
    later = of(library, date(2026, 11, 23))
    assert later.until == 2011 and later.network is not None and later.network.papers > made.network.papers
    assert "no paper of a year before 1999" in (of(library, date(1999, 1, 1)).missing or "")


def test_a_field_keeps_those_who_write_on_it(library: Library, root: Path) -> None:
    put(root, table())
    made = of(library, field="subject 2")
    assert made.field == "subject 2" and made.fields == tuple(f"subject {n}" for n in range(4))
    assert made.network is not None
    assert {int(one.name[1:]) // 15 for one in (*made.network.left, *made.network.right)} == {2}
    assert of(library, field="<b>") == of(library), "what is no field of the table filters nothing"


def test_a_table_with_faults_keeps_no_page_away(library: Library, root: Path) -> None:
    (root / "bad.csv").write_text("paper,institution,country,year\n1,A,India,soon\n", encoding="utf-8")
    add(root / "bad.csv", source("papers"), root / "data", "2026-11-20", AT)
    ask = asked()
    said = html(technology(library, ask), "technology", ask)
    assert "cannot be used" in said and "row 2" in said and "What was promised" in said


def test_who_met_is_shown_though_nothing_can_be_learned(library: Library, root: Path) -> None:
    rows = {"paper": ["1", "1"], "institution": ["<script>A", "B & C"], "country": ["IND", "KOR"], "year": [2001, 2001]}
    put(root, pa.table(rows))
    made = of(library)
    assert made.pairs == () and "nothing to learn from" in (made.no_pairs or "")
    assert [(one.left, one.right, one.said) for one in made.rows] == [("<script>A", "B & C", "1 joint paper")]
    said = html(technology(library, asked()), "technology", asked())
    assert "<script>A" not in said and "&lt;script&gt;A" in said and "No pairs: " in said


def test_the_sheet_and_the_letters_hold_the_list_of_the_page(library: Library, root: Path) -> None:
    put(root, table())
    made = of(library, field="subject 1")
    rows = list(csv.DictReader(io.StringIO(pairs_csv(made), newline="")))
    assert len(rows) == len(made.pairs) + 1 and rows[-1]["place"].startswith("# source: papers.csv, added 2026-11-20")
    assert rows[0]["institution"] == made.pairs[0].names[0] and rows[0]["why"].count(";") > 2
    names = dict(zip(("one", "other"), made.pairs[3].names, strict=True))
    assert letter(library, asked(DAY, field="subject 1", **names), made).startswith(b"PK")
    with pytest.raises(PageMissing, match="no such pair"):
        letter(library, asked(one="A", other="B"), made)
