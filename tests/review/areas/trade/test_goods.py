"""Products and the newest panel, where a user fetched them: invented worlds in the publishers' shapes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from servanda.review.areas.trade.choices import trade_choices
from servanda.review.areas.trade.goods import MOST, goods, newest
from servanda.sources.declared import source
from servanda.sources.fetch import add

PAIR = ("IND", "KOR")
NUMBERS = {"IND": 699, "KOR": 410, "JPN": 392, "VNM": 704, "DEU": 276, "USA": 842}
AT = "2026-11-20T00:00:00+00:00"
LESS = 0.4
"""Share of what would be expected that the pair trades in the invented panel."""


def archive(members: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return held.getvalue()


def products() -> bytes:
    """Two years of 15 products; in the later, India sells the world much of the first and Korea none of it."""
    draw = np.random.default_rng(5)
    years = {}
    for year in (2022, 2023):
        rows = ["t,i,j,k,v,q"]
        for seller, i in NUMBERS.items():
            for buyer, j in NUMBERS.items():
                if seller != buyer:
                    skipped = {0} if (seller, buyer) == PAIR else set()
                    rows += [
                        f"{year},{i},{j},{10100 + product:06d},{draw.lognormal(8, 1):.3f},NA"
                        for product in range(15)
                        if product not in skipped
                    ]
        years[f"BACI_HS92_Y{year}_V202501.csv"] = "\n".join(rows) + "\n"
    names = "code,description\n" + "".join(
        f'{10100 + product:06d},"Beasts, of kind {product}"\n' for product in range(14)
    )
    return archive({**years, "product_codes_HS92_V202501.csv": names})


def panel() -> bytes:
    """Flows of 14 parties over four years by size, distance and luck; the pair trades LESS of what it would."""
    draw = np.random.default_rng(7)
    names = [*NUMBERS, "FRA", "GBR", "BRA", "MEX", "IDN", "THA", "AUS", "ZAF"]
    place, size = draw.uniform(0, 9000, (len(names), 2)), draw.lognormal(0, 1, len(names))
    head = "year,iso3_o,iso3_d,country_exists_o,country_exists_d,dist,contig,comlang_off,col_dep_ever,fta_wto,other,tradeflow_baci"
    rows = [head]
    for year in range(2018, 2022):
        for one, seller in enumerate(names):
            for other, buyer in enumerate(names):
                if one == other:
                    continue
                dist = float(np.hypot(*(place[one] - place[other]))) + 300
                ties = draw.integers(0, 2, 4)
                mean = 1e9 * size[one] * size[other] / dist * np.exp(0.3 * ties[0] + 0.2 * ties[3])
                mean *= LESS if {seller, buyer} == set(PAIR) else 1
                flow = mean * draw.lognormal(0, 0.05)
                rows.append(f"{year},{seller},{buyer},1,1,{dist:.1f},{','.join(map(str, ties))},x,{flow:.3f}")
    return archive({"Gravity_V202211.csv": "\n".join(rows) + "\n"})


def put(root: Path, name: str, body: bytes) -> None:
    path = root / f"{name}.zip"
    path.write_bytes(body)
    add(path, source(name), root / "data", "2026-11-20", AT)


def test_without_a_snapshot_the_reason_says_the_command(tmp_path: Path) -> None:
    made = goods(PAIR, tmp_path, 2026)
    assert made.goods == () and "servanda fetch baci" in (made.missing or "")
    assert newest(PAIR, trade_choices().fetched, (), tmp_path, 2026) is None


def test_products_of_the_last_year_before_the_day(tmp_path: Path) -> None:
    put(tmp_path, "baci", products())
    made = goods(PAIR, tmp_path / "data", 2026)
    assert made.missing is None and made.year == 2023 and made.of == 15
    assert goods(PAIR, tmp_path / "data", 2023).year == 2022
    assert "holds no year before 2022" in (goods(PAIR, tmp_path / "data", 2022).missing or "")
    for seller in PAIR:
        its = [one for one in made.goods if one.exporter == seller]
        assert 0 < len(its) <= MOST and [one.unused for one in its] == sorted((one.unused for one in its), reverse=True)
        assert all(one.unused == pytest.approx(one.potential - one.actual, abs=2e-6) for one in its)
    never = next(one for one in made.goods if one.code == "010100" and one.exporter == "IND")
    assert never.actual == 0 and never.unused > 0 and never.name == "Beasts, of kind 0"
    assert {one.name for one in made.goods if one.code == "010114"} <= {"010114"}, "what has no name keeps its code"


def test_both_parties_are_told_by_one_rule(tmp_path: Path) -> None:
    put(tmp_path, "baci", products())
    made, turned = (goods(pair, tmp_path / "data", 2026) for pair in (PAIR, PAIR[::-1]))
    assert sorted(made.goods, key=repr) == sorted(turned.goods, key=repr)


def test_what_is_missing_in_a_made_up_panel_is_found_again(tmp_path: Path) -> None:
    put(tmp_path, "gravity", panel())
    peers = (("IND", "VNM"), ("KOR", "VNM"))
    found = newest(PAIR, trade_choices().fetched, peers, tmp_path / "data", 2026)
    assert found is not None
    judged, gap = found
    assert (
        gap.value == pytest.approx(1 - LESS, abs=0.05) and gap.low is not None and gap.low < 1 - LESS < (gap.high or 0)
    )
    assert gap.period == "2018-2021" and "snapshot of 2026-11-20" in judged.cite
    assert {tuple(one["pair"]) for one in gap.steps["rank"]["peers"]} >= {("IND", "VNM"), ("KOR", "VNM")}


def test_a_file_that_cannot_be_read_is_a_reason_and_stops_no_page(tmp_path: Path) -> None:
    put(tmp_path, "baci", archive({"readme.txt": "nothing"}))
    assert "holds no year before" in (goods(PAIR, tmp_path / "data", 2026).missing or "")
    put(tmp_path, "gravity", archive({"Gravity_V1.csv": "year,iso3_o\n"}))
    found = newest(PAIR, trade_choices().fetched, (), tmp_path / "data", 2026)
    assert found is not None and "cannot be read" in (found[1].reason or "")
