"""Published figures: as published, rivals side by side, calendar and fiscal years never mixed, gaps named."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import strategies as st

from servanda.model.figure import Figure
from servanda.model.source import Source
from servanda.model.words import Publisher
from servanda.register.content import read_case
from servanda.review.series import Series, gaps, publishers, series
from servanda.settings import shipped_content
from tests.properties import examples, given

PRESS = Source("The Coast Courier", Publisher.PRESS, "https://courier.example/1")


def figure(
    period: str, value: float | None = None, said: str | None = None, metric: str = "trade", unit: str = "USD bn"
) -> Figure:
    name = f"{metric}-{unit}-{period}-{value}-{said}"
    return Figure(name, "c", metric, unit, period, "high", value, said, source=PRESS)


def one(*figures: Figure) -> Series:
    (made,) = series(figures)
    return made


def test_points_stand_in_the_order_of_their_years_however_they_are_written() -> None:
    periods = ["2021", "no year", "FY2018-19", "to Sep 2019", "2018", "Jan-Jun 2020", "2020-03"]
    found = [point.period for point in one(*(figure(period, 1.0) for period in periods)).points]
    assert found == ["2018", "FY2018-19", "to Sep 2019", "2020-03", "Jan-Jun 2020", "2021", "no year"]


def test_rival_figures_are_all_shown_and_marked() -> None:
    made = one(figure("2019", 1.0), figure("2020", 2.0), figure("2020", 2.2), figure("2021", 3.0))
    assert [(point.value, point.rival) for point in made.points] == [
        (1.0, False),
        (2.0, True),
        (2.2, True),
        (3.0, False),
    ]
    assert made.rivals == 1


def test_two_sources_with_the_same_value_are_no_rivals() -> None:
    twice = [Figure(name, "c", "trade", "USD bn", "2020", "high", 2.0) for name in ("F1", "F2")]
    made = one(*twice)
    assert (len(made.points), made.rivals, made.points[0].rival) == (2, 0, False)


def test_calendar_and_fiscal_years_are_never_mixed() -> None:
    calendar = [figure(str(year), float(year)) for year in (2019, 2020, 2021)]
    fiscal = [figure(f"FY{year}-{year % 100 + 1}", float(year)) for year in (2016, 2017, 2022)]
    for kinds, first, latest in (
        ((calendar, fiscal[:2]), "2019", "2021"),
        ((calendar[:2], fiscal), "FY2016-17", "FY2022-23"),
    ):
        made = one(*kinds[0], *kinds[1])
        assert made.first is not None
        assert made.latest is not None
        assert (made.first.period, made.latest.period) == (first, latest)


@pytest.mark.parametrize("period", ["2018-03", "2023-24", "2018-07-10", "Jan 2018", "to 2018", "FY2018-19 Apr-Jan"])
def test_a_part_of_a_year_is_no_whole_year(period: str) -> None:
    made = one(figure(period, 1.0))
    assert (made.points[0].year, made.latest, made.first) == (None, None, None)


def test_other_units_and_metrics_are_other_series_and_the_longest_comes_first() -> None:
    made = series(
        [
            figure("2020", 1.0, unit="INR bn"),
            figure("2020", 1.0, metric="visitors"),
            figure("2020", 1.0),
            figure("2021", 1.0),
        ]
    )
    assert [(each.metric, each.unit, len(each.points)) for each in made] == [
        ("trade", "USD bn", 2),
        ("trade", "INR bn", 1),
        ("visitors", "USD bn", 1),
    ]


def test_figures_in_words_are_neither_numbers_nor_gaps() -> None:
    words, gap, number = figure("2020", said="more than half"), figure("2021"), figure("2022", 0.0)
    assert [point.value for point in one(words, gap, number).points] == [0.0]
    assert [(each.figure, each.period) for each in gaps([words, gap, number])] == [(gap.id, "2021")]


def test_a_figure_without_a_source_says_so() -> None:
    (point,) = one(Figure("F1", "c", "trade", "USD bn", "2020", "high", 1.0)).points
    assert (point.source, point.url, point.publisher) == ("no source found", None, "recollection")


@pytest.mark.parametrize("case", ["ind-kor", "ind-jpn", "kor-vnm"])
def test_every_shipped_figure_stands_in_one_series_or_is_a_gap_or_is_in_words(case: str) -> None:
    figures = read_case(shipped_content(), case).figures
    shown = Counter(point.figure for each in series(figures.values()) for point in each.points)
    named = {each.figure for each in gaps(figures.values())}
    in_words = {each.id for each in figures.values() if each.said is not None and each.value is None}
    assert set(shown) | named | in_words == set(figures)
    assert sum(shown.values()) + len(named) + len(in_words) == len(figures)


@examples(60)
@given(
    st.lists(
        st.tuples(st.integers(1990, 2030), st.booleans(), st.floats(0, 1e6)), min_size=1, max_size=12
    )
)  # fmt: skip
def test_first_and_last_are_of_one_basis_and_no_value_is_changed(rows: list[tuple[int, bool, float]]) -> None:
    figures = [
        Figure(f"F{place}", "c", "m", "u", f"FY{year}-{(year + 1) % 100:02}" if fiscal else str(year), "h", value)
        for place, (year, fiscal, value) in enumerate(rows)
    ]
    made = one(*figures)
    assert made.first is not None
    assert made.latest is not None
    assert made.first.fiscal is made.latest.fiscal
    basis = {year for year, fiscal, _ in rows if fiscal is made.first.fiscal}
    assert (made.first.year, made.latest.year) == (min(basis), max(basis))
    assert len(basis) >= len({year for year, fiscal, _ in rows if fiscal is not made.first.fiscal})
    assert sorted(point.value for point in made.points) == sorted(value for _, _, value in rows)


def test_publishers_are_counted_most_first() -> None:
    assert list(publishers(["press", "official", "press"]).items()) == [("press", 2), ("official", 1)]
