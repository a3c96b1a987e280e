"""People abroad as their own state counts them: parts and their sum, counts of a date that are no flows, no sum with
the stock of others, and what nobody counted."""

from __future__ import annotations

from typing import Any

from servanda.measures.people.diaspora import diaspora
from servanda.measures.people.residents import residents
from servanda.sources.shipped import shipped


def row(
    destination: str, year: int, persons: int, citizens: int | None = None, of_origin: int | None = None
) -> dict[str, Any]:
    return {"origin": "AAA", "destination": destination, "year": year, "persons": persons, "citizens": citizens,
            "of_origin": of_origin}  # fmt: skip


def test_the_published_count_of_one_state_and_none_of_the_other() -> None:
    rows = shipped("people/diaspora").table.to_pylist()
    found = diaspora(rows, "IND", "KOR")
    assert (found.value, found.period, found.caveats) == (6732, "2016", ())
    assert (found.steps["citizens"], found.steps["of_origin"], found.steps["adds_up"]) == (6721, 11, True)
    assert diaspora(rows, "JPN", "IND").reason == "no count that JPN makes of its people abroad is held"
    assert (diaspora(rows, "KOR", "IND").value, diaspora(rows, "KOR", "IND").period) == (10388, "2017")
    assert diaspora(rows, "KOR", "VNM").steps == {"path": {2017: 124458, 2019: 172684, 2021: 156330}}, "parts not told"
    assert diaspora(rows, "IND", "KOR", upto=2015).value is None


def test_a_sum_that_is_not_that_of_its_parts_is_kept_and_told() -> None:
    found = diaspora(shipped("people/diaspora").table.to_pylist(), "IND", "ISR")
    assert (found.value, found.steps["citizens"] + found.steps["of_origin"]) == (78200, 78000)
    assert found.steps["adds_up"] is False and found.caveats == ("parts_differ",)


def test_counts_of_two_dates_are_no_flow_and_never_added() -> None:
    found = diaspora([row("BBB", 2019, 40), row("BBB", 2021, 100)], "AAA", "BBB")
    assert (found.value, found.period, found.used) == (100, "2021", 2)
    assert found.steps == {"path": {2019: 40, 2021: 100}}, "neither a difference nor a sum stands anywhere"
    assert "counts" in found.unit


def test_the_stock_of_others_changes_no_count_and_is_changed_by_none() -> None:
    """By hand: 100 counted by the state, 7 by birth. Neither reading holds anything of the other."""
    count = diaspora([row("BBB", 2020, 100, 60, 40)], "AAA", "BBB")
    stock = residents([row("BBB", 2020, 7)], "AAA", "BBB")
    assert (count.value, stock.value) == (100, 7) and count.unit != stock.unit
    assert 107 not in [count.value, stock.value, *count.steps["path"].values(), *stock.steps["path"].values()]


def test_a_country_that_a_count_does_not_name_is_not_nil() -> None:
    rows = [row("BBB", 2020, 0)]
    assert diaspora(rows, "AAA", "BBB").value == 0, "a state that counted nobody counted"
    assert diaspora(rows, "AAA", "CCC").reason == "what AAA counted (2020) does not name CCC, which is not nil"
