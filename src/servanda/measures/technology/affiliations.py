"""Which institution an affiliation names: an answer with its probability, or none.

Names, letters and single words of a registry are looked for in the text; where it is (parties, towns), what stands
around the name, and how many others bear it are weighed by a logistic regression whose probability is calibrated on
affiliations with a known answer (`evaluation/affiliations`). Below the least probability the answer is that it is not
known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from servanda.measures.technology.names.candidates import matches
from servanda.measures.technology.names.evidence import only, places
from servanda.measures.technology.names.known import Known
from servanda.measures.technology.names.weigh import Weights, chance, seen, weighed
from servanda.measures.technology.names.words import words

NEITHER = -6.0
"""The weight of a second answer where there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an affiliation names. `ror` is None where that is not known; `party` may be known all the same."""

    ror: str | None
    party: str | None
    probability: float | None


def name(said: str, known: Known, weights: Weights, least: float) -> Answer:
    """The institution that a text names, with its party (alpha-2) and the probability; else the party alone."""
    held = words(said, known.same)
    found = places(held, known)
    every = matches(held, known)
    scored: dict[int, float] = {}
    for one in every:
        whose = known.names[one.name].place
        total = weighed(seen(one, every, held, found, known), weights.seen)
        scored[whose] = max(total, scored.get(whose, -1e9))
    if scored:
        ranked = sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))
        best, second = ranked[0][1], ranked[1][1] if len(ranked) > 1 else NEITHER
        probability = chance(best, second, weights.answer)
        if probability >= least:
            one_of = known.institutions[ranked[0][0]]
            return Answer(one_of.ror, one_of.party or None, probability)
    return Answer(None, only(found), None)


def affiliations(said: Sequence[str], known: Known, weights: Weights, least: float) -> pa.Table:
    """affiliation, ror, country (ISO 3166 alpha-2), probability: a row for each text, in their order.

    Where the institution is not known, `ror` and `probability` are empty; `country` is given where the text itself
    says it. Texts that stand more than once are looked at once.
    """
    once = {one: name(one, known, weights, least) for one in dict.fromkeys(said)}
    answers = [once[one] for one in said]
    return pa.table(
        {
            "affiliation": pa.array(list(said), pa.string()),
            "ror": pa.array([one.ror for one in answers], pa.string()),
            "country": pa.array([one.party for one in answers], pa.string()),
            "probability": pa.array([one.probability for one in answers], pa.float64()),
        }
    )
