"""The profile of dependence: one rule for both parties, reasons in place of gaps, and what a user added beside it."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from servanda.review.areas.region.choices import region_choices
from servanda.review.areas.region.leaning import Manoeuvre, Row, manoeuvre
from servanda.sources.declared import sources
from servanda.sources.fetch import add
from tests.sources.test_arms import OLD

PAIR = ("IND", "KOR")
YEAR = 2026
DEALS = (
    "India,Russia,2017,,1,,Boat-1,boat,1,,2024,New,,60,60,60",
    "India,South Korea,2017,,1,,Gun-1,gun,1,,2023,New,,30,30,30",
    "India,Soviet Union,2017,,1,,Gun-2,gun,1,,2023,New,,10,10,10",
    "India,France,1999,,1,,Jet-1,jet,1,,2001,New,,99,99,99",
)


def of(root: Path, pair: tuple[str, str] = PAIR, year: int = YEAR) -> Manoeuvre:
    return manoeuvre(pair, region_choices(), root, year)


def rows(made: Manoeuvre, party: str) -> dict[str, Row]:
    return {row.domain.id: row for row in next(one for one in made.leans if one.party == party).rows}


def put(root: Path, source: str, name: str, text: str) -> None:
    file = root / name
    file.write_text(text, encoding="utf-8")
    add(file, sources()[source], root, "2026-11-20", "2026-11-20T00:00:00+00:00")


def trade(root: Path, *told: tuple[int, int, str, str, float]) -> None:
    """reporter, partner, flow, product, value, of 2023, in the publisher's own columns."""
    names = ("reporterCode", "partnerCode", "flowCode", "cmdCode", "period", "primaryValue", "aggrLevel", "isReported")
    path = root / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.writer(file)
        made.writerow(names)
        for reporter, partner, flow, product, value in told:
            level = 0 if product == "TOTAL" else len(product)
            made.writerow([reporter, partner, flow, product, 2023, value, level, "true"])
    add(path, sources()["comtrade"], root, "2026-11-20", "2026-11-20T00:00:00+00:00")


@pytest.mark.parametrize("pair", [PAIR, ("KOR", "VNM"), ("IND", "JPN"), ("CHN", "USA")])
def test_every_cell_has_a_share_or_a_reason_and_nobody_is_its_own_partner(
    pair: tuple[str, str], tmp_path: Path
) -> None:
    made = of(tmp_path, pair)
    assert not set(made.columns) & set(pair)
    for lean in made.leans:
        for row in lean.rows:
            assert lean.party not in row.cells and len(row.cells) == len(made.columns) + 1
            for cell in row.cells.values():
                assert (0 <= cell.value <= (cell.high or 1)) if cell.value is not None else cell.reason


def test_the_pair_turned_round_is_the_same_but_for_who_comes_first(tmp_path: Path) -> None:
    one, other = of(tmp_path), of(tmp_path, PAIR[::-1])
    assert one.leans == other.leans[::-1]
    for column in one.columns:
        a, b = one.compared[column].value, other.compared[column].value
        assert a is not None and b is not None and a + b == pytest.approx(1)


def test_by_hand_from_the_shipped_tables(tmp_path: Path) -> None:
    """Students of 2018, for in 2019 the largest destination did not report."""
    made = rows(of(tmp_path), "IND")
    assert made["students"].period == "2018"
    assert made["students"].cells["USA"].value == pytest.approx(135940 / 359677, abs=1e-5)
    assert made["students"].cells["CHN"].reason == "China reports nobody by origin"
    assert made["manufactures"].cells["ASEAN"].used == 6 and made["manufactures"].cells["GULF"].value is None
    assert "servanda add FILE --source sipri" in str(made["arms"].cells["RUS"].reason)


def test_a_group_is_its_members_of_the_year_without_the_party_itself(tmp_path: Path) -> None:
    made = rows(of(tmp_path, ("KOR", "VNM")), "VNM")
    assert made["research"].cells["ASEAN"].expected == 9
    asean = region_choices().group("ASEAN")
    assert asean is not None and len(asean.of(1996)) == 7 and len(asean.of(2024)) == 10 and len(asean.of(2025)) == 11


def test_arms_are_those_of_the_register_that_was_added_its_last_five_years(tmp_path: Path) -> None:
    put(tmp_path, "sipri", "register.csv", "\n".join([OLD, *DEALS]) + "\n")
    arms = rows(of(tmp_path), "IND")["arms"]
    assert arms.period == "2020-2024" and arms.concentration.value == pytest.approx(0.46)
    assert {one: cell.value for one, cell in arms.cells.items()} == {
        "CHN": 0, "USA": 0, "ASEAN": 0, "RUS": 0.6, "GULF": 0, "KOR": 0.3,
    }  # fmt: skip
    said = str(rows(of(tmp_path), "KOR")["arms"].concentration.reason)
    assert said.endswith("was asked for of India and does not hold all of South Korea")


def test_trade_that_was_added_is_told_by_supplier_with_the_rest_of_the_total(tmp_path: Path) -> None:
    """India buys oil of 100: 40 from Iraq, 30 from Saudi Arabia, 30 that nobody asked for; and the whole of its cells."""
    trade(tmp_path, (699, 0, "M", "2709", 100.0), (699, 368, "M", "2709", 40.0), (699, 682, "M", "2709", 30.0),
          (699, 368, "X", "2709", 9.0), (699, 0, "M", "8507", 50.0), (699, 156, "M", "8507", 50.0),
          (699, 0, "M", "TOTAL", 900.0), (699, 156, "M", "TOTAL", 100.0))  # fmt: skip
    made = rows(of(tmp_path), "IND")
    oil, cells = made["oil"], made["batteries"]
    assert oil.period == "2023" and oil.concentration.value == pytest.approx(0.25)
    assert oil.concentration.high == pytest.approx(0.34)
    assert oil.cells["GULF"].reason == "1 of 6 members told apart, with all others at most 60.0 %"
    assert oil.cells["RUS"].reason == "not told apart, among others at most 30.0 %"
    assert cells.cells["CHN"].value == 1 and cells.cells["USA"].value == 0, "the total is reached: others have nothing"
    assert made["coal"].cells["CHN"].reason is not None and "has no coal of IND" in made["coal"].cells["CHN"].reason


def packed(root: Path, *told: tuple[int, int, str, float]) -> None:
    """seller, buyer, product and value of 2023, and a later year of nothing that matters here, as BACI is handed out."""
    whole = "t,i,j,k,v,q\n" + "".join(f"2023,{i},{j},{k},{v},NA\n" for i, j, k, v in told)
    path = root / "BACI_HS12_V202501.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("BACI_HS12_Y2023_V202501.csv", whole)
    add(path, sources()["baci"], root, "2026-11-20", "2026-11-20T00:00:00+00:00")


def test_trade_by_product_is_of_baci_where_the_own_reports_are_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """India buys oil of 100: 60 of Saudi Arabia, 40 of Russia; sells Korea shoes, and buys cells of China alone."""
    monkeypatch.setenv("SERVANDA_CACHE", str(tmp_path / "cache"))
    assert "'servanda fetch baci' gets" in str(rows(of(tmp_path), "IND")["oil"].concentration.reason)
    packed(tmp_path, (682, 699, "270900", 60.0), (643, 699, "270900", 40.0), (699, 410, "640399", 10.0),
           (156, 699, "850760", 20.0), (682, 410, "271111", 5.0))  # fmt: skip
    made = rows(of(tmp_path), "IND")
    assert made["oil"].period == "2023" and made["oil"].cells["GULF"].value == 0.6
    assert (made["oil"].cells["GULF"].used, made["oil"].cells["RUS"].value) == (6, 0.4)
    assert made["goods"].cells["KOR"].value == pytest.approx(10 / 130), "both directions"
    assert made["batteries"].cells["CHN"].value == 1 and "BACI" in made["oil"].cite
    assert "holds none of IND in 2023" in str(made["coal"].concentration.reason)
    assert rows(of(tmp_path), "KOR")["gas"].cells["GULF"].value == 1
    trade(tmp_path, (699, 0, "M", "2709", 100.0), (699, 368, "M", "2709", 100.0))
    assert rows(of(tmp_path), "IND")["oil"].cells["GULF"].value == 0, "own reports come first"


def test_energy_is_net_of_what_is_sold_or_says_how_to_get_it(tmp_path: Path) -> None:
    assert "servanda fetch owidenergy" in str(of(tmp_path).energy.missing)
    head = "country,year,iso_code,oil_production,oil_consumption,gas_production,gas_consumption,coal_production,coal_consumption\n"
    put(tmp_path, "owidenergy", "e.csv", head + "India,2020,IND,400,2500,,600,900,800\nKorea,2020,KOR,0,1300,,,,\n")
    made = of(tmp_path).energy
    oil, gas, coal = (made.fuels[fuel] for fuel in ("oil", "gas", "coal"))
    assert [one.value for one in oil] == [pytest.approx(0.84), 1] and coal[0].value == pytest.approx(-0.125)
    assert gas[0].reason == "gas of IND has no year with both production and consumption by 2026"


def test_of_domains_that_are_alike_only_the_newest_goes_into_the_composite(tmp_path: Path) -> None:
    lean = of(tmp_path).leans[0]
    assert set(lean.composites["CHN"].weights) == {"Trade, goods and services", "Research partners"}
    assert "Manufactured goods" in lean.composites["ASEAN"].weights, "the only one of the three with a figure"


def test_a_file_that_is_none_of_the_source_is_a_reason_and_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "sipri", "register.csv", "no register\n")
    said = str(rows(of(tmp_path), "IND")["arms"].concentration.reason)
    assert said.startswith("the file that was added cannot be read") and "Recipient,Supplier" in said


def test_nothing_later_than_the_day_is_told(tmp_path: Path) -> None:
    made = rows(of(tmp_path, year=2005), "KOR")
    assert (
        made["research"].period == "2005" and made["trade"].period == "2005" and made["manufactures"].period == "2002"
    )


def test_the_choices_name_domains_and_groups_that_there_are() -> None:
    choices = region_choices()
    ids = [one.id for one in choices.domains]
    assert len(ids) == len(set(ids)) and set(choices.weights) <= set(ids)
    assert {one.alike for one in choices.domains if one.alike} <= set(ids)
    assert all((one.table is None) != (one.source is None) for one in choices.domains)
