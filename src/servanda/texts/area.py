"""What a passage is about: the words of content/reading/areas.yml in it, in its heading and in the passages around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from servanda.texts.features import Seen
from servanda.texts.lexicon import CONTENT

AREAS = ("trade", "technology", "defence", "region", "people", "energy", "institutions")
_SHORT = 3
_WORD = re.compile(r"[A-Za-z']+|\d+|[$%]")


@lru_cache(maxsize=2)
def terms(folder: Path = CONTENT) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each area the pattern of its terms in small letters: a short one whole, a longer one as the beginning of a word.

    Words are made small before they are looked through: a pattern that passes over capitals takes three times as long.
    """
    plain = yaml.load((folder / "areas.yml").read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return tuple(
        (
            area,
            re.compile(
                "|".join(
                    rf"\b{re.escape(str(term).lower())}" + ("" if len(str(term)) > _SHORT else r"\b")
                    for term in plain[area]
                )
            ),
        )
        for area in AREAS
    )


@lru_cache(maxsize=4096)  # each passage is looked at for itself and for the six around it
def hits(said: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The terms of each area that stand in some words, in small letters."""
    small = said.lower()
    return tuple((area, tuple(pattern.findall(small))) for area, pattern in terms())


def area_features(seen: Sequence[Seen], place: int, title: str = "") -> dict[str, float]:
    """Named features for the area of one passage among its neighbours."""
    here = seen[place]
    said = here.said.plain
    # words come folded, so that no weight is given to the name of a state; that a third one is named tells the region
    found = {f"w:{word.lower()}": 0.5 for word in _WORD.findall(here.said.text)}
    thirds = len(re.findall(r"\bOTHERS?\b", here.said.text))
    if thirds:
        found["third states"] = min(thirds, 3) * 0.5
        found["any third state"] = 0.7
    for word in _WORD.findall(here.passage.heading or ""):
        found[f"heading w:{word.lower()}"] = 0.4
    for area, terms_here in hits(said):
        if terms_here:
            found[f"terms:{area}"] = min(len(terms_here), 4) * 0.5
            found[f"any:{area}"] = 0.7
        for hit in terms_here:
            found[f"term:{hit}"] = 0.6
    for where, words, weight in (
        ("heading", here.passage.heading, 1.0),
        ("lead", here.passage.lead_in, 0.6),
        ("title", title, 0.5),
    ):
        for area, terms_here in hits(words or ""):
            if terms_here:
                found[f"{where}:{area}"] = weight
    for area, weight in _around(seen, place).items():
        found[f"around:{area}"] = weight
    return found


def _around(seen: Sequence[Seen], place: int) -> dict[str, float]:
    total = dict.fromkeys(AREAS, 0.0)
    for other in range(max(0, place - 3), min(len(seen), place + 3)):
        if other != place:
            for area, terms_here in hits(seen[other].said.plain):
                total[area] += 0.3 * min(len(terms_here), 3) / (1 + abs(other - place))
    return {area: weight for area, weight in total.items() if weight}
