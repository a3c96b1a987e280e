"""Each chart as a picture for a page, as a file, and as rows."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from servanda.pages.charts import INK, Chart, figure, slug
from servanda.pages.figures import figures
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.overview import overview
from servanda.review.series import Point, Series
from tests.pages.invented import CASE, DAY, HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
OF_THE_REVIEW = ["curve", "lateness", "parts", "statuses"]


def charts_of(library: Library, case: str, day: date = DAY) -> dict[str, Chart]:
    """Every chart of a case by name."""
    ask = Ask(day, True, case)
    drawn = [one.chart for rows in figures(library, ask).subjects.values() for one in rows]
    return {**overview(library, ask).charts, **{one.name: one for one in drawn if one}}


def words_in(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(svg).iter(f"{SVG}text")]


def series_of(*values: float, metric: str = "exports", unit: str = "USD billion", start: int = 2018) -> Series:
    points = tuple(
        Point(f"F{at}", str(start + at), start + at, False, value, "Paper", None, "press", "confirmed", False, None)
        for at, value in enumerate(values)
    )
    return Series(metric, unit, "pair", points, 0, points[-1], points[0])


def test_every_chart_has_words_a_picture_and_rows(library: Library) -> None:
    drawn = charts_of(library, "ind-kor")
    assert set(OF_THE_REVIEW) < set(drawn), "the review draws four charts and the figures some more"
    for name, chart in drawn.items():
        root = ET.fromstring(chart.svg)
        assert root.get("role") == "img", name
        assert root.get("aria-label") == f"{chart.title}: {chart.says}", name
        assert chart.says and chart.rows and chart.columns, name
        assert words_in(chart.svg), name
        assert INK not in chart.svg and "currentColor" in chart.svg, f"{name}: its ink is not the page's"
        rows = list(csv.reader(io.StringIO(chart.csv)))
        assert rows[0] == list(chart.columns), name
        assert len(rows) == len(chart.rows) + 2, name
        assert rows[-1] == [f"# source: {chart.source}"], name
        told = [[str(cell) if cell is not None else "" for cell in row] for row in chart.rows]
        assert rows[1:-1] == told, name


def test_a_file_stands_alone_with_title_source_and_its_own_ink(library: Library) -> None:
    for name, chart in charts_of(library, "ind-kor").items():
        assert "currentColor" not in chart.svg_file and INK not in chart.svg_file, name
        words = words_in(chart.svg_file)
        assert chart.title in words and chart.source in words, name


def test_a_png_is_one(library: Library) -> None:
    chart = charts_of(library, "ind-kor")["statuses"]
    assert chart.png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(chart.png[16:20], "big") > 1000, "twice its size, for print"


def test_the_chart_of_statuses_says_what_the_review_says(library: Library) -> None:
    page = overview(library, Ask(DAY, True, "ind-kor"))
    told = dict(page.charts["statuses"].rows)
    assert told == page.review.delivery.by_status
    assert [row[0] for row in page.charts["lateness"].rows] == [item.title for item in page.review.overdue]
    assert {str(number) for number in told.values()} <= set(words_in(page.charts["statuses"].svg))


def test_markup_in_words_is_shown_as_words(hostile: Library) -> None:
    drawn = charts_of(hostile, CASE)
    assert "lateness" in drawn and any(name.startswith("figure-") for name in drawn)
    for name, chart in drawn.items():
        assert "<script" not in chart.svg + chart.svg_file, name
        assert ET.fromstring(chart.svg).get("aria-label") == f"{chart.title}: {chart.says}", name
        assert chart.png.startswith(b"\x89PNG"), name
    assert any(HOSTILE.split("*")[0].strip() in chart.source for chart in drawn.values())


@pytest.mark.parametrize("unit", ["USD bn.", "USD [2010]", "US$ (p.a.)", "year", "source", "a:Q", "'", "\\", "한국 원"])
def test_any_unit_draws_the_same_points(unit: str) -> None:
    """The unit is a title; as a field's name its points and brackets would lead to nothing drawn."""
    made = figure(series_of(1.0, 4.0, 9.0, unit=unit))
    plain = figure(series_of(1.0, 4.0, 9.0, unit="x"))
    assert made and plain
    assert unit in words_in(made.svg)
    assert [words for words in words_in(made.svg) if words != unit] == [w for w in words_in(plain.svg) if w != "x"]
    assert made.columns == ("year", unit, "basis", "source")
    assert [row[1] for row in made.rows] == [1.0, 4.0, 9.0]


def test_large_numbers_are_said_in_full() -> None:
    made = figure(series_of(1_234_567.0, 2_000_000.5, 3.0))
    assert made and made.says == "2018 1,234,567; 2019 2,000,000.5; 2020 3"


def test_a_series_of_two_years_has_no_chart() -> None:
    assert figure(series_of(1.0, 2.0)) is None
    assert figure(series_of(1.0, 2.0, 3.0)) is not None


def test_charts_of_one_case_never_share_a_name(library: Library, hostile: Library) -> None:
    for held, case in ((library, "ind-kor"), (library, "kor-vnm"), (hostile, CASE)):
        shown = [one.chart for rows in figures(held, Ask(DAY, True, case)).subjects.values() for one in rows]
        names = [chart.name for chart in shown if chart]
        assert names and len(names) == len(set(names)), case


def test_an_early_day_draws_what_there_is(library: Library) -> None:
    page = overview(library, Ask(date(2001, 1, 1), True, "ind-kor"))
    assert "statuses" in page.charts
    assert "curve" not in page.charts, "nothing was delivered by then"


def test_a_formula_in_a_cell_stays_text() -> None:
    made = figure(series_of(1.0, 2.0, 3.0, unit="=1+1"))
    assert made and next(csv.reader(io.StringIO(made.csv)))[1] == "'=1+1"


def test_an_address_keeps_letters_of_every_script() -> None:
    assert slug("Trade, goods (USD)") == "trade-goods-usd"
    assert slug("한국 수출/2020") == "한국-수출-2020"
