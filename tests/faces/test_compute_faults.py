"""Every subject names what is off in a table: missing columns, text in numbers, negative flows, keys that stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faces.test_cli import Say, say

__all__ = ["say"]
FLOW = ("exporter", "importer", "product", "value")
PAIR = ("--pair", "AAA,BBB")
TABLES: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "rca": (("exporter", "product", "value"), "value", ()),
    "complexity": (("exporter", "product", "value"), "value", ()),
    "concentration": (("exporter", "product", "value"), "value", ()),
    "relatedness": (("exporter", "product", "value"), "value", ()),
    "complementarity": (("exporter", "product", "value"), "value", ("--imports", "SOUND")),
    "potential": (FLOW, "value", PAIR),
    "intensity": (FLOW, "value", ()),
    "intra-industry": (FLOW, "value", PAIR),
    "named": (("exporter", "importer", "product", "year", "value"), "value", (*PAIR, "--products", "SOUND")),
    "balance": (("reporter", "partner", "flow", "year", "value"), "value", PAIR),
    "mirror": (("reporter", "partner", "flow", "product", "value"), "value", PAIR),
    "fiscal": (("year", "month", "value"), "value", ()),
    "tariffs": (("exporter", "importer", "product", "regime", "rate"), "rate", (*PAIR, "--flows", "SOUND")),
    "gravity": (("exporter", "importer", "year", "trade", "dist"), "trade", ("--formula", "log(dist)")),
    "expected": (("exporter", "importer", "year", "trade", "dist"), "trade", (*PAIR, "--formula", "log(dist)")),
    "ge": (("exporter", "importer", "trade", "log_cost_effect"), "trade", ("--theta", "4")),
}
"""The columns of each subject's table, which of them holds flows, and what else it asks for."""
CELLS = {"exporter": "AAA", "importer": "BBB", "reporter": "AAA", "partner": "BBB", "product": "0101", "flow": "export", "year": "2019",
         "month": "1", "regime": "mfn", "dist": "5", "log_cost_effect": "0", "value": "3", "rate": "3", "trade": "3"}  # fmt: skip


def written(
    folder: Path, subject: str, rows: list[dict[str, str]], columns: tuple[str, ...] | None = None
) -> list[str]:
    names, _, more = TABLES[subject]
    told = columns or names
    lines = [",".join(told), *(",".join({**CELLS, **row}[name] for name in told) for row in rows)]
    path = folder / "t.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["compute", subject, "--table", str(path), *(str(path) if one == "SOUND" else one for one in more)]


@pytest.mark.parametrize("subject", list(TABLES))
def test_what_is_off_is_named_with_rows_and_five_examples(say: Say, tmp_path: Path, subject: str) -> None:
    names, flow, _ = TABLES[subject]
    keys = next(one for one in ("product", "partner", "importer", "month") if one in names)
    told = {"product": "{:04}", "partner": "P{}", "importer": "P{}", "month": "{}"}[keys]
    some: list[dict[str, str]] = [{str(keys): told.format(one)} for one in range(1, 8)]
    code, _, err = say(*written(tmp_path, subject, some, tuple(one for one in names if one != flow)))
    assert code == 2 and f"no column '{flow}'" in err and "the table has" in err, err
    code, _, err = say(*written(tmp_path, subject, [{**row, flow: "many"} for row in some]))
    assert code == 2 and f"'{flow}' is not a number in 7 rows: row 2: 'many'" in err and err.count("row ") == 5, err
    code, _, err = say(*written(tmp_path, subject, [{**row, flow: "-4"} for row in some]))
    assert code == 2 and f"'{flow}' is less than 0 in 7 rows: row 2: '-4'" in err, err
    code, _, err = say(*written(tmp_path, subject, [*some, some[0]]))
    assert code == 2 and "stand twice and may stand once" in err and "in rows 2 and 9" in err, err


def test_other_tables_name_theirs(say: Say, tmp_path: Path) -> None:
    def file(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    for subject, text, said in (
        ("trend", "year,value\n2000,x\n", "'value' is not a number in 1 row: row 2: 'x'"),
        ("trend", "year,value\n2000,1\n2000,2\n", "stand twice"),
        ("utilisation", "whose,period,rate\nA,2022,5\n", "no column 'source'"),
        ("utilisation", "whose,period,source,rate\nA,2022,x,120\n", "'rate' is more than 100 in 1 row: row 2: '120'"),
        ("agreement", "rollcall,session,member\n1,1,A\n", "no column 'vote'"),
        (
            "ideal-points",
            "rollcall,session,member,vote\n1,1,A,yes\n",
            "'vote' is not a whole number in 1 row: row 2: 'yes'",
        ),
        ("restatements", "pair,earlier_sentence\n1,x\n", "later_sentence"),
    ):
        more = ("--out", str(tmp_path / "o.csv")) if subject == "restatements" else ()
        code, _, err = say("compute", subject, "--table", file("t.csv", text), *more)
        assert code == 2 and said in err, err
    flows = file("f.csv", "exporter,importer,product,value\nA,B,01,1\n")
    rules = file("r.csv", "id,imposed_by,affects,product\nB1,B,A,01\n")
    code, _, err = say("compute", "barriers", "--table", rules, "--flows", flows)
    assert code == 2 and "no column 'kind'" in err
