"""Whether two institutions are parts of one firm: such a pair is no cooperation between parties."""

from __future__ import annotations

import re

NO_FIRM = frozenset(
    "university universite universitat college school academy hospital national international department ministry "
    "council society state the".split()
)
OWN_OR_NOT = frozenset("institute institut institution center centre laboratory laboratories lab labs research".split())
"""Words that stand in the names of firms' own laboratories and of others alike."""


def same_firm(one: str, other: str) -> bool:
    """Whether two names begin with the same word, neither is of a place of teaching, care or the state, and not both
    are of a laboratory or institute, which may only share the name of a place.
    """
    first, second = (re.findall(r"[^\W_]+", name.casefold()) for name in (one, other))
    if not first or not second or first[0] != second[0] or len(first[0]) < 3:
        return False
    if (set(first) | set(second)) & NO_FIRM:
        return first == second
    return not (set(first) & OWN_OR_NOT and set(second) & OWN_OR_NOT) or first == second
