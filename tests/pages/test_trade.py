"""The chapter on trade with what a user fetched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.render import html
from servanda.pages.trade import trade
from servanda.review.areas.trade.goods import Goods
from tests.review.areas.trade.test_goods import panel, products, put


def test_the_page_draws_what_was_fetched(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "data"))
    ask = Ask(date(2026, 11, 23), True, "ind-kor")
    before = trade(library, ask)
    assert isinstance(before.goods, Goods) and "servanda fetch baci" in html(before, "trade", ask)
    put(tmp_path, "baci", products())
    put(tmp_path, "gravity", panel())
    made = trade(library, ask)
    said = html(made, "trade", ask)
    assert {"trade-goods-ind", "trade-goods-kor", "trade-expected-3", "trade-peers-3"} <= set(made.charts)
    assert "Beasts, of kind" in said and "In goods by the newest panel over 2018-2021" in said and "Viet Nam" in said
