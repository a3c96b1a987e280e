"""Programmes, profiles and a list that nobody offers, in the shape of the real ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from servanda.model.period import When
from servanda.model.programme import Profile, Programme, Recurs, Requirement, Requires, State, Want
from servanda.model.source import Source
from servanda.model.words import Area, Publisher
from servanda.opportunities.programmes import Group, Held, Searched
from servanda.register.words import Words, words
from servanda.settings import shipped_content

SOURCE = Source("Harbour Office - call", Publisher.OFFICIAL, "https://harbour.example/call", When.parse("2026-01"))
PLAIN = Programme(
    "X1", "Harbour fellowship", "engineers", Area.TECHNOLOGY, "Harbour Office", "yearly", SOURCE, "high",
    (Want.FELLOWSHIP,), Recurs.YEARLY, State.UNVERIFIED, When.parse("2026-11-01"),
)  # fmt: skip
ASKS = Profile(party="IND", towards="KOR", wants=(Want.FELLOWSHIP,), skills=("cranes",))
LISTS: Words = words(shipped_content())
SEAS = Group("SEAS", "states at sea", ("JPN", "VNM"), SOURCE)


def rule(on: Requires, *codes: str, **more: Any) -> Requirement:
    return Requirement(on, f"the rule on {on}", codes, **more)


def programme(*rules: Requirement, **more: Any) -> Programme:
    return replace(PLAIN, requires=rules, **more)


def book(*every: Programme) -> Held:
    return Held(
        {one.id: one for one in every}, {"SEAS": SEAS}, (Searched(("IND", "KOR"), When.parse("2026-11-01"), "here"),)
    )
