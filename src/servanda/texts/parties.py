"""Who made a text: the parties as given, groups beside their members dropped, or those that the text itself names."""

from __future__ import annotations

import re
from collections import Counter

from servanda.texts.lexicon import Lexicon

GROUPS = frozenset({"ASEAN", "QUAD", "G7", "G20", "APEC"})
_OPENING = 900


def parties_of(text: str, given: tuple[str, ...], title: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The parties of a document. A group named beside two states or more is their forum, not a maker of the text."""
    states = tuple(code for code in given if code not in GROUPS)
    if len(states) >= 2:
        return states
    if given and len(given) != 1:
        return given
    named = named_in(text, title, lexicon)
    return tuple(dict.fromkeys((*given, *named))) if given else named


def named_in(text: str, title: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The states that the title names, or else those that open the text and go on being named; two at least."""

    def codes(said: str) -> Counter[str]:
        found = (lexicon.code_of(hit.group()) for hit in lexicon.names_pattern.finditer(said))
        return Counter(code for code in found if code)

    titled = codes(title)
    whole = codes(text)
    if len(titled) >= 2:
        return tuple(sorted(titled))
    opening = codes(re.sub(r"\s+", " ", text[:_OPENING]))
    most = max(whole.values(), default=0)
    ranked = [code for code, number in whole.most_common() if code in opening and number >= 0.3 * most]
    chosen = list(dict.fromkeys((*titled, *ranked)))[: max(2, len(titled))]
    return tuple(sorted(chosen))
