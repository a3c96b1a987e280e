"""How likely a name that was found is the one meant: what is seen of it, weighed by what was learned."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from servanda.measures.technology.names.candidates import Match
from servanda.measures.technology.names.evidence import Place, where
from servanda.measures.technology.names.known import Form, Known
from servanda.measures.technology.names.words import Word

UNITS = frozenset(
    "college school hospital medical department faculty campus center laboratory graduate division unit program "
    "business law engineering medicine institute".split()
)
OF = frozenset({"of", "for"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: a weight for each thing seen, and how the best answer's weight becomes a probability."""

    seen: Mapping[str, float]
    answer: Mapping[str, float]


def seen(match: Match, every: Sequence[Match], said: Sequence[Word], found: Sequence[Place], known: Known,
         ) -> dict[str, float]:  # fmt: skip
    """What speaks for and against a name that was found, each as a number near 0 to 1."""
    name = known.names[match.name]
    institution = known.institutions[name.place]
    named, towns = where(found, match.start, match.end)
    own = _town_named(institution.town, said, match, name.key)
    same = {known.names[one].place for one in known.exact.get(name.key, ())}
    others = [one for one in every if known.names[one.name].place not in same and one.cover == 1
              and known.names[one.name].form is not Form.SHORTER]  # fmt: skip
    sure = known.names[match.name].form is Form.NAME and match.cover == 1
    made = {
        "one": 1.0,
        f"form {name.form}": 1.0,
        "near": float(match.cover < 1),
        "cover": (match.cover - 0.75) * 4,
        "says": min(known.weight(name.key) / 20, 2.0),
        "single word": float(len(name.key) == 1),
        "party agrees": float(institution.party in named),
        "party differs": float(bool(named) and institution.party not in named),
        "towns agree": float(institution.party in towns),
        "towns differ": float(bool(towns) and institution.party not in towns),
        "own town": float(own),
        "other town": float(not own and _other_town(found, match, institution.town)),
        "shared": math.log(len(same)),
        "shared, own town": math.log(len(same)) * own,
        "branch": float(institution.is_branch),
        "branch, no party": float(institution.is_branch and not named and not towns),
        "others": min(len({known.names[one.name].place for one in others}), 4) / 4,
        "others before": float(any(one.end <= match.start for one in others)),
        "others after": float(any(one.start >= match.end for one in others)),
        "alone": float(len(_covered(every, name.place, known)) == len(said)),
        "university": float("university" in name.key),
        "hospital": float("hospital" in name.key),
        "college": float("college" in name.key),
        "institute": float("institute" in name.key and "university" not in name.key),
        "of the whole": float(_of_the_whole(name.key, institution.party, known)),
        "unit": float(name.key[0] in UNITS),
        "own town, own name": float(own and sure),
        "party agrees, own name": float(sure and institution.party in named),
        "letters, many": float(name.form is Form.LETTERS and len(name.key[0]) > 3 and len(same) == 1),
        "letters, no place": float(name.form is Form.LETTERS and not named and not towns),
        "university, others": float("university" in name.key and bool(others)),
    }
    if match.cover == 1:
        made |= _around(match, said, found)
    else:
        made["near, unsaid"] = _unsaid(match, said, found, name.key, known)
    if name.form is Form.SHORTER:
        made["shorter, own town"] = float(own)
        made["shorter, shared"] = math.log(len(same))
    return {thing: value for thing, value in made.items() if value}


def _around(match: Match, said: Sequence[Word], found: Sequence[Place]) -> dict[str, float]:
    first, last = said[match.start], said[match.end - 1]
    before = said[match.start - 1] if match.start and said[match.start - 1].segment == first.segment else None
    after = said[match.end] if match.end < len(said) and said[match.end].segment == last.segment else None
    placed = {place for one in found for place in range(one.start, one.end)}
    return {
        "runs on from": float(before is not None and not first.before and not first.apart),
        "linked from": float(before is not None and bool(first.before)),
        "of more": float(after is not None and last.after in OF),
        "unit after": float(after is not None and last.after not in OF and after.folded in UNITS),
        "place after": float(after is not None and last.after not in OF and match.end in placed),
        "runs on to": float(after is not None and last.after not in OF and after.folded not in UNITS
                            and match.end not in placed and not after.apart),
        "broken": float(first.segment != last.segment and not _at_place(match, said, found)),
        "broken at a place": float(first.segment != last.segment and _at_place(match, said, found)),
        "leads": float(len(said[match.start : match.end]) == 1 and after is not None and after.apart),
        "whole segment": float(before is None and after is None),
    }  # fmt: skip


def _covered(every: Sequence[Match], place: int, known: Known) -> set[int]:
    """The words that names of one institution account for: a name with its letters in brackets is all its own."""
    its = (one for one in every if known.names[one.name].place == place)
    return {number for one in its for number in range(one.start, one.end)}


def _of_the_whole(name: tuple[str, ...], party: str, known: Known) -> bool:
    """Whether a name says that it is a party's: the word national, or the party's own name at the start of a word."""
    return "national" in name or any(word.startswith(one) for word in name for one in known.called(party))


def _at_place(match: Match, said: Sequence[Word], found: Sequence[Place]) -> bool:
    """Whether what of a name stands after its first comma is a place, as in `Institute of Physics, Bhubaneswar`."""
    placed = {place for one in found for place in range(one.start, one.end)}
    last = max(place for place in range(match.start, match.end) if said[place].segment == said[match.start].segment)
    return all(place in placed for place in range(last + 1, match.end))


def _town_named(town: tuple[str, ...], said: Sequence[Word], match: Match, name: tuple[str, ...]) -> bool:
    if not town:
        return False
    folded = tuple(one.folded for one in said)
    return any(
        folded[place : place + len(town)] == town and not (match.start <= place < match.end and town[0] not in name)
        for place in range(len(folded))
    )


def _other_town(found: Sequence[Place], match: Match, town: tuple[str, ...]) -> bool:
    return any(
        not one.is_party and one.key != town for one in found if one.end <= match.start or one.start >= match.end
    )


def _unsaid(match: Match, said: Sequence[Word], found: Sequence[Place], name: tuple[str, ...], known: Known) -> float:
    """Share of the words of the segment that the name does not account for."""
    segments = {said[match.start].segment}
    placed = {place for one in found for place in range(one.start, one.end)}
    held = [one.folded for place, one in enumerate(said) if one.segment in segments and place not in placed]
    rest = [one for one in held if one not in name]
    return known.weight(rest) / max(known.weight(held), 1e-9)


def weighed(things: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The sum of what is seen by its weight."""
    return sum(value * weights.get(thing, 0.0) for thing, value in things.items())


def chance(best: float, second: float, weights: Mapping[str, float]) -> float:
    """The probability that the best answer is right, by its weight and how far the next lies behind."""
    gap = min(best - second, 8.0)
    total = weights["one"] + weights["best"] * max(min(best, 8.0), -8.0) + weights["gap"] * gap
    return 1 / (1 + math.exp(-total))
