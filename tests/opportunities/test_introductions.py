"""Introductions: the likeliest pairs with why, without parts of one firm, programmes of the two sides, and a letter."""

from __future__ import annotations

import io
import itertools
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from servanda.dialogue.papers.introduction import introduction
from servanda.errors import RequestError
from servanda.measures.technology.links import Ranked, rank
from servanda.measures.technology.network.graph import Papers
from servanda.opportunities.held import least_papers
from servanda.opportunities.introductions import funds, introductions, topics_of
from servanda.opportunities.programmes import programmes
from servanda.settings import shipped_content
from servanda.sources.papers import numbered
from tests.faces.test_cli import Say, say
from tests.measures.technology.test_links import world

__all__ = ["say"]
PROGRAMMES = programmes(shipped_content())


def table() -> pa.Table:
    rows = world()
    names = ("paper", "institution", "country", "year")
    made = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})
    return made.append_column("topic", pa.array([f"subject {int(row[1][1:]) // 15}" for row in rows]))


def ranked() -> tuple[Papers, Ranked]:
    held = Papers(*numbered(table()))
    made = rank(held, 2005, ("IND", "KOR"))
    assert isinstance(made, Ranked)
    return held, made


def test_the_likeliest_come_first_and_size_alone_stands_beside() -> None:
    held, made = ranked()
    found = introductions(held, made, PROGRAMMES.values(), first=1000)
    assert [one.place for one in found] == list(range(1, len(found) + 1))
    assert sorted(one.by_size for one in found) == [one.place for one in found]
    for one in found:
        assert 0 < one.low <= one.chance <= one.high < 1 and one.parties == ("IND", "KOR") and one.reasons
    assert all(one.chance >= other.chance for one, other in itertools.pairwise(found))


def test_parts_of_one_firm_are_left_out() -> None:
    held, made = ranked()
    firm = replace(made, firm=made.firm * 0 + 1)
    assert introductions(held, firm, ()) == ()


def test_an_area_keeps_those_who_both_wrote_on_it() -> None:
    held, made = ranked()
    found = introductions(held, made, (), topics_of(held, "Subject 2"), first=1000)
    assert found and all(30 <= int(name[1:]) < 45 for one in found for name in one.names)
    with pytest.raises(RequestError, match="no topic of the table is of 'chips' or has it in its name; it has subject"):
        topics_of(held, "chips")
    meant = replace(held, topics=("VLSI circuits", "Wind power", "Photonic chips", "Ships"))
    assert topics_of(meant, "semiconductors") == {0} and topics_of(meant, "CHIP") == {0, 2}
    assert topics_of(meant, "renewable") == {1}, "a word of a subject means all of it"
    with pytest.raises(RequestError, match="no column topic or venue"):
        topics_of(replace(held, topics=()), "chips")


def test_programmes_name_a_side_and_nobody_else() -> None:
    found = funds(PROGRAMMES.values(), ("IND", "KOR"))
    assert found and found == funds(PROGRAMMES.values(), ("KOR", "IND")), "both sides are treated alike"
    states = [str(one.state) for one in found]
    assert states == sorted(states, key=["open", "rolling", "unverified", "closed"].index)
    assert funds(PROGRAMMES.values(), ("FJI", "TON")) == ()


def test_the_letter_says_what_is_known_on_one_page() -> None:
    from docx import Document

    held, made = ranked()
    one = introductions(held, made, PROGRAMMES.values())[0]
    raw = introduction(one, {"IND": "India", "KOR": "Korea"}, 2005, 3, "papers.csv", date(2026, 11, 23))
    assert raw == introduction(one, {"IND": "India", "KOR": "Korea"}, 2005, 3, "papers.csv", date(2026, 11, 23))
    text = "\n".join(line.text for line in Document(io.BytesIO(raw)).paragraphs)
    assert one.names[0] in text and "(India)" in text and "no joint paper until 2005 in papers.csv" in text
    assert "95 % interval" in text and "by size alone" in text and len(text) < 2600, "a page holds no more"
    none = replace(one, programmes=(), names=("A\x00B", "C"))
    again = Document(io.BytesIO(introduction(none, {}, 2005, 3, "t", date(2026, 11, 23))))
    assert "holds none" in "\n".join(line.text for line in again.paragraphs)


def test_from_the_shell(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    pyarrow.csv.write_csv(table(), path)
    asked = ("match", "institutions", "India", "Korea", "--table", str(path), "--until", "2005", "--first", "3")
    code, out, err = say(*asked, "--letters", str(tmp_path / "letters"), "--format", "json")
    assert code == 0 and len(json.loads(out)) == 3 and "wrote 3 letters" in err
    assert len(list((tmp_path / "letters").glob("*.docx"))) == 3
    code, out, _ = say(*asked)
    assert code == 0 and out.startswith("1. ") and "by size alone number" in out
    code, _, err = say("match", "institutions", "IND", "FJI", "--table", str(path), "--until", "2005")
    assert code == 2 and "has no institution of FJI" in err
    code, _, err = say("match", "institutions", "IND", "--table", str(path), "--until", "2005")
    assert code == 2 and "a pair is two countries" in err
    code, out, err = say("compute", "links", "--table", str(path), "--until", "2005", "--pair", "IND,KOR")
    assert code == 0 and out.startswith('"a","b","score","reasons"') and "learned from" in err


def test_without_a_table_the_one_that_was_added_is_used(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "data"))
    code, _, err = say("match", "institutions", "IND", "KOR")
    assert code == 2 and "no table of papers is held" in err and "servanda add FILE --source papers" in err
    path = tmp_path / "papers.csv"
    pyarrow.csv.write_csv(table(), path)
    assert say("add", str(path), "--source", "papers")[0] == 0
    code, out, _ = say("match", "institutions", "IND", "KOR", "--first", "3", "--as-of", "2006-05-01")
    assert code == 0
    assert out == say("match", "institutions", "IND", "KOR", "--table", str(path), "--until", "2005", "--first", "3")[1]
    code, _, err = say("match", "institutions", "IND", "KOR", "--as-of", "1990-05-01")
    assert code == 2 and "no paper of a year before 1990" in err


def test_so_many_papers_that_pairs_can_be_ranked() -> None:
    held, _ = ranked()
    known = held.year <= 2005
    papers = np.zeros(len(held.names))
    for _, place in {(int(a), int(b)) for a, b in zip(held.paper[known], held.institution[known], strict=True)}:
        papers[place] += 1

    def pairs(least: float) -> int:
        one, other = (int((papers[held.parties == side] >= least).sum()) for side in ("IND", "KOR"))
        return one * other

    assert least_papers(held, ("IND", "KOR"), 2005) == 1, "where pairs are few, all institutions are taken"
    for most in (100, 200, 350):
        least = least_papers(held, ("IND", "KOR"), 2005, most)
        assert pairs(least) <= most < pairs(least - 1)
    assert least_papers(held, ("IND", "KOR"), 1900, 1) == 1
