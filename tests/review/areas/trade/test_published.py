"""What each side publishes of the other is found by the names of the parties, and by nothing else."""

from __future__ import annotations

from hypothesis import strategies as st

from servanda.model.figure import Figure
from servanda.model.party import Party
from servanda.model.source import Source
from servanda.model.words import Publisher
from servanda.review.areas.trade.published import balances, published
from tests.properties import given

ZEMBLA = Party("ZEM", "Republic of Zembla", "Zembla", "Zemblan")
RURITANIA = Party("RUR", "Kingdom of Ruritania", "Ruritania", "Ruritanian")
GAZETTE = Source("Gazette", Publisher.OFFICIAL, "https://gazette.example/")


def figure(metric: str, period: str, value: float, unit: str = "USD billion") -> Figure:
    return Figure(f"{metric} {period} {value}", "zem-rur", metric, unit, period, "high", value, source=GAZETTE)


def test_each_sides_report_of_each_direction_is_known_by_its_words() -> None:
    held = [
        figure("Zemblan exports to Ruritania", "2019", 3.0),
        figure("Zemblan imports from Ruritania", "2019", 5.0),
        figure("Ruritanian exports to Zembla", "2019", 4.8),
        figure("Ruritanian imports from Zembla", "2019", 3.2),
    ]
    found = {(one.reporter, one.exporter, one.importer): one.value for one in published(held, ZEMBLA, RURITANIA)}
    assert found == {
        ("ZEM", "ZEM", "RUR"): 3.0, ("ZEM", "RUR", "ZEM"): 5.0, ("RUR", "RUR", "ZEM"): 4.8, ("RUR", "ZEM", "RUR"): 3.2,
    }  # fmt: skip


def test_parts_of_years_other_units_and_other_flows_are_left_out() -> None:
    held = [
        figure("Zemblan exports to Ruritania", "2019 Jan-Jun", 3.0),
        figure("Zemblan exports to Ruritania", "2019", 3.0, "tonnes"),
        figure("Zemblan amber exports to Ruritania", "2019", 3.0),
        figure("Zemblan exports to Laputa", "2019", 3.0),
    ]
    assert published(held, ZEMBLA, RURITANIA) == ()


def test_a_balance_needs_both_directions_by_one_side() -> None:
    held = [
        figure("Zemblan exports to Ruritania", "2019", 3.0),
        figure("Ruritanian exports to Zembla", "2019", 4.8),
        figure("Zemblan exports to Ruritania", "FY2020-21", 2.5),
        figure("Zemblan exports to Ruritania", "FY2020-21", 2.538),
        figure("Zemblan imports from Ruritania", "FY2020-21", 4.0),
    ]
    (made,) = balances(published(held, ZEMBLA, RURITANIA), "ZEM")
    assert (made.period, made.sold, made.bought, made.balance) == ("FY2020-21", 2.538, 4.0, 2.538 - 4.0)
    assert balances(published(held, ZEMBLA, RURITANIA), "RUR") == ()


@given(st.floats(0, 1e3), st.floats(0, 1e3), st.booleans())
def test_who_is_named_first_changes_nothing(sold: float, bought: float, turned: bool) -> None:
    held = [
        figure("Zemblan exports to Ruritania", "2019", sold),
        figure("Zemblan imports from Ruritania", "2019", bought),
    ]
    pair = (RURITANIA, ZEMBLA) if turned else (ZEMBLA, RURITANIA)
    (made,) = balances(published(held, *pair), "ZEM")
    assert made.balance == sold - bought
