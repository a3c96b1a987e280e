"""Use of an agreement: rates from amounts to the published digit, and rival figures that stay rivals."""

from __future__ import annotations

import csv

import pytest

from servanda.measures.trade.utilisation import Claim, utilisation
from tests.measures.shared import SHARED


def test_a_rate_from_amounts() -> None:
    (made,) = utilisation([Claim("A", "2022", "customs", used=30.0, eligible=40.0, total=60.0)])
    assert made.value == 75 and made.steps["figures"] == [{"value": 75, "of": "eligible trade", "source": "customs"}]
    (other,) = utilisation([Claim("A", "2022", "customs", used=30.0, total=60.0)])
    assert other.value == 50 and other.steps["figures"][0]["of"] == "all trade"


def test_rounding_is_no_rivalry() -> None:
    (made,) = utilisation([Claim("A", "2022", "x", rate=79.5), Claim("A", "2022", "y", rate=79.8)])
    assert made.value == pytest.approx(79.65) and made.reason is None


def test_rivals_have_no_value_and_say_why() -> None:
    one, other = (
        Claim("A", "2022", "x", rate=79.5, base="eligible trade"),
        Claim("A", "2022", "y", rate=41.7, base="all trade"),
    )
    (made,) = utilisation([other, one])
    assert made.value is None and made.caveats == ("rival_figures",)
    assert made.reason == "2 figures from 41.7 to 79.5 %: they are of different things (all trade, eligible trade)"
    assert {row["source"] for row in made.steps["figures"]} == {"x", "y"}, "neither is lost"
    (same,) = utilisation([one, Claim("A", "2022", "z", rate=60.0, base="eligible trade")])
    assert same.reason is not None and same.reason.endswith(
        "all are of eligible trade; the sources do not say what else differs"
    )
    (unsaid,) = utilisation([Claim("A", "2022", "x", rate=10.0), Claim("A", "2022", "y", rate=20.0)])
    assert unsaid.reason is not None and unsaid.reason.endswith("none says what it is of")


def test_periods_and_sides_stand_apart() -> None:
    made = utilisation(
        [Claim("A", "2022", "x", rate=79.5), Claim("A", "2015", "y", rate=31.5), Claim("B", "2022", "x", rate=55.2)]
    )
    assert [(one.parties[0], one.period, one.value) for one in made] == [
        ("A", "2015", 31.5),
        ("A", "2022", 79.5),
        ("B", "2022", 55.2),
    ]


def test_a_rate_that_its_own_amounts_belie() -> None:
    (made,) = utilisation([Claim("A", "2022", "x", rate=90.0, used=30.0, eligible=40.0)])
    assert made.steps["belied"] == [{"source": "x", "stated": 90.0, "by_its_amounts": 75.0}]


def test_nothing_known() -> None:
    (made,) = utilisation([Claim("A", "2022", "x")])
    assert made.value is None and made.reason is not None and (made.used, made.expected) == (0, 1)


def test_the_published_figures() -> None:
    """Exports and imports of one year, as printed beside the amounts they come from."""
    with SHARED("ind-kor/cepa_facts.csv", "facts").open(encoding="utf-8") as file:
        said = {row["metric"]: row["value"] for row in csv.DictReader(file)}
    for way, words in (("exports", "exports to India"), ("imports", "imports from India")):
        used, eligible = (float(said[f"Korean {words} {what}"]) for what in ("that used CEPA", "eligible for CEPA"))
        stated = float(said[f"use of CEPA by Korean {words}"])
        (made,) = utilisation([Claim(way, "2022", "customs", rate=stated, used=used, eligible=eligible)])
        assert made.value == stated and not made.steps["belied"] and round(100 * used / eligible, 1) == stated
