"""What changed around a pair since the last meeting: by years, for known parties, and in the agenda."""

from __future__ import annotations

from datetime import date

from servanda.dialogue.around import around
from servanda.dialogue.draft import build
from servanda.dialogue.weigh import rules
from servanda.register.content import read_case
from servanda.register.words import Words, words
from servanda.settings import shipped_content

CONTENT = shipped_content()
PAIR = ("IND", "KOR")


def test_votes_trade_and_treaties_between_two_years_are_told() -> None:
    found = around(PAIR, words(CONTENT), date(2008, 6, 1), date(2011, 6, 1))
    said = " ".join(one.text for one in found)
    assert "India Korea (2010" in said and all(one.readings for one in found)


def test_within_one_year_and_of_strangers_nothing_is_told() -> None:
    lists = words(CONTENT)
    assert around(PAIR, lists, date(2011, 1, 1), date(2011, 12, 31)) == ()
    assert around(("ZEM", "RUR"), lists, date(2008, 6, 1), date(2011, 6, 1)) == ()


def test_the_agenda_tells_of_it_with_what_the_record_found() -> None:
    record, lists = read_case(CONTENT, "ind-kor"), words(CONTENT)
    made = build(record, lists, rules(CONTENT), date(2013, 3, 1))
    (one,) = [one for one in (*made.items, *made.in_writing) if one.sort == "changed"]
    assert made.since is not None and made.since.year < 2013
    assert "Around the two:" in one.reason


def test_who_is_named_first_changes_nothing_of_what_is_told() -> None:
    lists: Words = words(CONTENT)
    days = date(2000, 1, 1), date(2010, 1, 1)
    one, other = (around(pair, lists, *days) for pair in (PAIR, PAIR[::-1]))
    assert sorted(finding.text for finding in one if "trade" in finding.text) == sorted(
        finding.text for finding in other if "trade" in finding.text
    )
