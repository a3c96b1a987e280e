"""A world without a large exporter is said to be one."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pytest

from servanda.sources.shipped import shipped
from servanda.sources.world import absent
from tests.faces.test_cli import Say, say
from tests.measures.shared import SHARED

__all__ = ["say"]


def without(*codes: str) -> pa.Table:
    table = shipped("trade/exports").table
    return table.filter(pc.invert(pc.is_in(table["exporter"], pa.array(codes)))) if codes else table


def test_who_is_large_and_missing_is_named_and_who_is_small_is_not() -> None:
    assert absent(without()) == [] and absent(without("MLT", "CYP", "ROW")) == []
    (said,) = absent(without("CHN", "MLT"))
    assert said.startswith("the world of this table lacks CHN (") and "MLT" not in said


def test_a_choice_of_few_is_no_world() -> None:
    table = shipped("trade/exports").table
    assert absent(table.filter(pc.is_in(table["exporter"], pa.array(["IND", "KOR"])))) == []


def test_the_copy_of_2019_lacks_china() -> None:
    held = pyarrow.csv.read_csv(SHARED("trade/comtrade_2019_exports_hs2_97reporters.csv"))
    (said,) = absent(held.rename_columns({"reporter_iso3": "exporter"}))
    assert "lacks CHN (" in said


@pytest.mark.parametrize(("gone", "is_said"), [(("CHN",), True), ((), False)])
def test_advantage_says_so_beside_its_table(gone: tuple[str, ...], is_said: bool, say: Say, tmp_path: Path) -> None:
    table = without(*gone)
    pyarrow.csv.write_csv(table.filter(pc.greater_equal(table["value"], 0)), tmp_path / "t.csv")
    code, _, err = say("compute", "rca", "--table", str(tmp_path / "t.csv"), "--out", str(tmp_path / "o.csv"))
    assert code == 0 and ("note: the world of this table lacks CHN" in err) is is_said
    assert ("note:" in err) is is_said
