"""How a status comes about, in the program's own words and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.dialogue.post.remind import Reminder, reminders
from servanda.dialogue.weigh import Rules, rules
from servanda.model.status import ELSEWHERE, Elsewhere
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.register.rule import QUIET, VERSION


@dataclass(frozen=True, slots=True)
class MethodPage:
    """The closed lists with their meanings, the rule's version, and the scales of others."""

    title: str
    rule_version: str
    quiet_days: int
    lists: dict[str, dict[str, str]]
    elsewhere: dict[str, Elsewhere]
    agenda: Rules
    reminders: tuple[Reminder, ...]


def method(library: Library, ask: Ask) -> MethodPage:
    """The method, the same for every pair."""
    lists = {
        name: library.words.lists[name]
        for name in ("statuses", "shown", "instruments", "actions", "areas", "publishers", "confidence", "caveats")
    }
    elsewhere = {str(status): other for status, other in ELSEWHERE.items()}
    held = library.content
    return MethodPage("Method", VERSION, QUIET.days, lists, elsewhere, rules(held), reminders(held))
