"""Links keep the day that was chosen; a changed filter drops the page number."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from servanda.pages.frame import SECTIONS, Ask

DAY = date(2020, 5, 1)


def query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_links_keep_a_chosen_day() -> None:
    chosen = Ask(DAY, True, "ind-kor", {"area": ("trade",)})
    for name, _ in SECTIONS:
        assert query(chosen.section(name)) == {"as_of": ["2020-05-01"]}
    assert query(chosen.link("/method", peers=1)) == {"peers": ["1"], "as_of": ["2020-05-01"]}
    assert query(chosen.with_(status="lapsed"))["as_of"] == ["2020-05-01"]


def test_links_name_no_day_where_none_was_chosen() -> None:
    asked = Ask(DAY, False, "ind-kor")
    assert asked.section("threads") == "/ind-kor/threads"
    assert asked.section("") == "/ind-kor"
    assert asked.link("/", area="", peers=None) == "/"
    assert asked.with_() == "?"


def test_a_changed_filter_drops_the_page_number_and_the_format() -> None:
    asked = Ask(DAY, False, "ind-kor", {"page": ("3",), "format": ("json",), "area": ("trade", "people")})
    assert query(asked.with_(status=["lapsed"])) == {"area": ["trade", "people"], "status": ["lapsed"]}
    assert query(asked.with_(area=[])) == {}
    assert query(asked.with_(page=4)) == {"area": ["trade", "people"], "page": ["4"]}


def test_the_same_page_in_another_form_keeps_the_page_number() -> None:
    asked = Ask(DAY, False, "ind-kor", {"page": ("3",), "q": ("ship",)})
    assert query(asked.with_(format="json")) == {"page": ["3"], "q": ["ship"], "format": ["json"]}


@pytest.mark.parametrize("words", ["a&b=c", "조선 मुंबई", '"><script>', "#top", "50%", "a+b"])
def test_any_words_come_through_a_link(words: str) -> None:
    asked = Ask(DAY, True, "ind-kor", {"q": (words,)})
    assert query(asked.with_(area="trade"))["q"] == [words]
    assert query(asked.link("/commitments", q=words))["q"] == [words]
    assert not set('"<>') & set(asked.with_(area=words) + asked.link("/x", q=words))


def test_the_first_of_several_values_counts() -> None:
    asked = Ask(DAY, False, None, {"sort": ("due", "id"), "none": ()})
    assert (asked.one("sort"), asked.one("none", "else"), asked.one("page", "1")) == ("due", "else", "1")
