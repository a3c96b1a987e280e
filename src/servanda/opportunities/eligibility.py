"""Whether the rules of a programme hold for who asks: met, not met or unknown, each in words.

A rule is unknown where the source or the profile is silent; silence never opens a door and never shuts one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from servanda.model.programme import Holds, Profile, Programme, Requirement, Requires
from servanda.model.source import Source
from servanda.opportunities.programmes import Held
from servanda.register.words import Words

ASKED = (Requires.ORIGIN, Requires.HOST, Requires.APPLICANT, Requires.LEVEL, Requires.FIELD)
"""On what a word is due even where the source gives no rule."""
_OF = {
    Requires.ORIGIN: "who may apply by origin", Requires.HOST: "where it is hosted",
    Requires.APPLICANT: "who may apply, a person or a body", Requires.LEVEL: "which level of education is needed",
    Requires.FIELD: "which fields are taken",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule of a programme held to a profile, with the source where it is not the programme's own."""

    on: str
    holds: Holds
    says: str
    source: Source | None = None


def eligibility(programme: Programme, profile: Profile, held: Held, lists: Words) -> tuple[Reason, ...]:
    """Every rule of a programme, and every usual matter on which its source is silent."""
    made = [_reason(one, profile, held, lists) for one in programme.requires]
    told = {one.on for one in programme.requires}
    made += [
        Reason(str(on), Holds.UNKNOWN, f"the source does not say {_OF[on]}; ask the host")
        for on in ASKED
        if on not in told
    ]
    return tuple(made)


def _reason(rule: Requirement, profile: Profile, held: Held, lists: Words) -> Reason:
    holds, why = _judged(rule, profile, held, lists)
    if holds is Holds.NOT_MET and rule.instead:
        holds, why = Holds.UNKNOWN, f"{why}; {rule.instead} would do instead, for you to check"
    return Reason(str(rule.on), holds, f"{rule.says}: {why}", rule.source)


def _judged(rule: Requirement, profile: Profile, held: Held, lists: Words) -> tuple[Holds, str]:
    if rule.on is Requires.ORIGIN:
        return _of_party(rule, profile.party, held, lists, "you are from", "say where you belong")
    if rule.on is Requires.HOST:
        return _of_party(rule, profile.towards, held, lists, "you look towards", "say where you want to go")
    if rule.on is Requires.PARTNER:
        return _partnered(rule, profile, held, lists)
    if rule.on is Requires.AGE and rule.below is not None:
        if profile.age is None:
            return Holds.UNKNOWN, "you gave no age"
        return (Holds.MET if profile.age < rule.below else Holds.NOT_MET), f"you gave {profile.age}"
    if rule.on is Requires.APPLICANT:
        chosen = (str(profile.applicant),) if profile.applicant else ()
        return _of_words(rule, chosen, {}, "say as what you apply")
    if rule.on is Requires.LEVEL:
        return _of_level(rule, profile.level, lists.lists["levels"])
    if rule.on is Requires.FIELD:
        near = tuple(one for one in profile.near if one in rule.any_of)
        return _of_words(rule, (*profile.fields, *near), lists.lists["fields"], "say your field")
    return Holds.UNKNOWN, "for you to check"


def _of_party(rule: Requirement, party: str | None, held: Held, lists: Words, lead: str, ask: str) -> tuple[Holds, str]:
    if not rule.any_of:
        return Holds.UNKNOWN, "for you to check"
    if "any" in rule.any_of:
        return Holds.MET, "open to all"
    if party is None:
        return Holds.UNKNOWN, ask
    return (Holds.MET if held.includes(rule.any_of, party) else Holds.NOT_MET), f"{lead} {lists.named(party).short}"


def _partnered(rule: Requirement, profile: Profile, held: Held, lists: Words) -> tuple[Holds, str]:
    """A partner is of another party than one's own; no partner yet is unknown, one that cannot be is not met."""
    others = [one for one in rule.any_of if one != profile.party]
    if profile.party and rule.any_of:
        others = [one for one in others if not held.includes((one,), profile.party)]
    fitting = [one for one in profile.partners if held.includes(tuple(others), one)]
    if fitting:
        return Holds.MET, f"you have one in {held.names(tuple(fitting), lists)}"
    if profile.towards and others and not held.includes(tuple(others), profile.towards):
        return Holds.NOT_MET, f"you look towards {lists.named(profile.towards).short}"
    seen = "from your side, find one in" if len(others) < len(rule.any_of) else "find one in"
    return Holds.UNKNOWN, f"{seen} {held.names(tuple(others), lists)}" if others else "for you to check"


def _of_level(rule: Requirement, level: str | None, named: Mapping[str, str]) -> tuple[Holds, str]:
    """Who has less than is asked for does not meet the rule; who has more is not shut out by it."""
    holds, why = _of_words(rule, (level,) if level else (), named, "say your level")
    if holds is Holds.NOT_MET and level is not None and level > max(rule.any_of):
        return Holds.UNKNOWN, f"{why}, which is more than is asked; ask the host"
    return holds, why


def _of_words(rule: Requirement, given: tuple[str, ...], named: Mapping[str, str], ask: str) -> tuple[Holds, str]:
    if not rule.any_of:
        return Holds.UNKNOWN, "for you to check"
    if "any" in rule.any_of:
        return Holds.MET, "open to all"
    if not given:
        return Holds.UNKNOWN, ask
    said = " and ".join(named.get(one, one) for one in given)
    return (Holds.MET if set(given) & set(rule.any_of) else Holds.NOT_MET), f"you gave {said}"
