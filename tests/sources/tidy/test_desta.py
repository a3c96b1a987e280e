"""DESTA: which treaty is meant decides from when a pair is joined; withdrawals, negotiations and gaps."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from servanda.errors import RequestError, SourceFault
from servanda.sources.tidy.desta import in_force
from tests.measures.shared import SHARED
from tests.sources.pieces import tidied

HEAD = "number,base_treaty,name,entry_type,year,entryforceyear,iso_n\n"
BANGKOK = (
    "100,100,Bangkok Agreement,base_treaty,1975.0,1976.0,356\n100,100,Bangkok Agreement,base_treaty,1975.0,1976.0,410\n"
)
OWN = "489,489,India Korea,base_treaty,2009.0,2010.0,356\n489,489,India Korea,base_treaty,2009.0,2010.0,410\n"


def joined(table: pa.Table, pair: tuple[str, str], treaty: int | None, first: int, last: int) -> list[int]:
    """The years in which a pair is joined, in both directions alike."""
    rows = in_force(table, pair, range(first, last + 1), treaty).to_pylist()
    both = [{one["year"] for one in rows if one["rta"] and one["exporter"] == side} for side in pair]
    assert both[0] == both[1]
    return sorted(both[0])


def test_any_treaty_is_not_the_treaty_in_question(tmp_path: Path) -> None:
    table = tidied(tmp_path, "desta", ("d.csv", HEAD + BANGKOK + OWN)).table
    assert joined(table, ("IND", "KOR"), 489, 2005, 2011) == [2010, 2011]
    assert joined(table, ("IND", "KOR"), None, 1974, 1978) == [1976, 1977, 1978]
    with pytest.raises(RequestError, match="no treaty 488 came into force in this table"):
        in_force(table, ("IND", "KOR"), (2010,), 488)


def test_who_withdrew_is_bound_no_more_and_who_stayed_is(tmp_path: Path) -> None:
    """The row of the withdrawal lists all that there were; only its name says who left."""
    members = "".join(f"461,461,GSTP,base_treaty,1988,1989,{code}\n" for code in (356, 410, 642))
    left = "".join(
        f"461_1,461,Global System withdrawal Romania,withdrawal,2007,NA,{code}\n" for code in (356, 410, 642)
    )
    table = tidied(tmp_path, "desta", ("d.csv", HEAD + members + left)).table
    assert joined(table, ("IND", "KOR"), 461, 2005, 2009) == [2005, 2006, 2007, 2008, 2009]
    assert joined(table, ("IND", "ROU"), 461, 2005, 2009) == [2005, 2006]


def test_negotiations_and_what_never_came_into_force_bind_nobody(tmp_path: Path) -> None:
    text = (
        HEAD
        + OWN
        + "887,887,Korea Japan,negotiation,NA,NA,410\n887,887,Korea Japan,negotiation,NA,NA,392\n9,9,Plan,base_treaty,2016,,410\n9,9,Plan,base_treaty,2016,,392\n"
    )
    table = tidied(tmp_path, "desta", ("d.csv", text)).table
    assert joined(table, ("JPN", "KOR"), None, 1990, 2020) == []
    assert table["in_force"].null_count == 4


def test_who_acceded_is_bound_from_then(tmp_path: Path) -> None:
    text = (
        HEAD
        + BANGKOK
        + "".join(
            f"100+1,100,Bangkok Agreement China accession,accession,2001,2002,{code}\n" for code in (356, 410, 156)
        )
    )
    table = tidied(tmp_path, "desta", ("d.csv", text)).table
    assert joined(table, ("CHN", "IND"), 100, 2000, 2003) == [2002, 2003]
    assert joined(table, ("IND", "KOR"), 100, 1975, 1977) == [1976, 1977]


def test_pairs_are_read_as_members(tmp_path: Path) -> None:
    text = "country1,country2,iso1,iso2,number,base_treaty,name,entry_type,year,entryforceyear\nIndia,Korea,356,410,489,489,India Korea,base_treaty,2009,2010\n"
    table = tidied(tmp_path, "desta", ("d.csv", text)).table
    assert sorted(table["party"].to_pylist()) == ["IND", "KOR"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + "1,1,X,treaty,2009,2010,356\n", "'entry_type' is none of base_treaty, .* in 1 row: row 1: 'treaty'"),
        (HEAD + "1,1,X,base_treaty,2009,2010,699\n", r"1 codes are not known \('699' in row 2\)"),
        ("number,name\n1,X\n", "no column base_treaty, entry_type, year, entryforceyear"),
    ],
)
def test_what_is_off_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceFault, match=said):
        tidied(tmp_path, "desta", ("d.csv", text))


def test_the_published_list(tmp_path: Path) -> None:
    """India and the Republic of Korea: any treaty since 1973, their own since 2010."""
    held = io.BytesIO()
    pyarrow.csv.write_csv(pq.read_table(SHARED("trade/desta_members_long.parquet")), held)
    made = tidied(tmp_path, "desta", ("d.csv", held.getvalue()))
    assert made.table.num_rows > 7000
    assert joined(made.table, ("IND", "KOR"), None, 1970, 1975) == [1973, 1974, 1975]
    assert joined(made.table, ("IND", "KOR"), 489, 2000, 2012) == [2010, 2011, 2012]
    assert joined(made.table, ("KOR", "VNM"), 913, 2010, 2016) == [2015, 2016]
