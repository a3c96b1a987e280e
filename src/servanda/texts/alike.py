"""How alike two sentences are in act, object and names: features that a model weighs.

A word counts by how rare it is in statements between states (content/models/rarity.json): "critical minerals" says what a
promise is about, "cooperation" does not. Likeness is measured with a floor: two promises that share half of their weight
are not made surer by sharing all of it, for empty rhetoric repeats to the letter while promises are reworded.
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from servanda.texts.gist import Gist

RARITY = Path(__file__).parents[1] / "content" / "models" / "rarity.json"
COSINE_FLOORS = (0.15, 0.3, 0.45)
CONTAINED_FLOORS = (0.2, 0.4, 0.6)
_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many of `sentences` each stem stands; a stem that is not listed stands in one."""

    sentences: int
    stands_in: Mapping[str, int]

    def of(self, word: str) -> float:
        """The inverse document frequency of a stem (Sparck Jones 1972)."""
        return math.log((self.sentences + 1) / (self.stands_in.get(word, 1) + 1))

    def weight(self, words: Iterable[str]) -> float:
        """The sum of squares over some stems, as a cosine takes them."""
        return sum(self.of(word) ** 2 for word in words)


@lru_cache(maxsize=2)
def rarity(file: Path = RARITY) -> Rarity:
    """The frequencies of the package."""
    plain = json.loads(file.read_text(encoding="utf-8"))
    return Rarity(int(plain["sentences"]), plain["stands_in"])


def cosine(left: Collection[str], right: Collection[str], rare: Rarity) -> float:
    """Cosine of two sets of stems weighed by rarity; the same either way round."""
    one, other = set(left), set(right)
    whole = math.sqrt(rare.weight(one) * rare.weight(other))
    return rare.weight(one & other) / whole if whole else 0.0


def alike(earlier: Gist, later: Gist, rare: Rarity) -> dict[str, float]:
    """Named features of a pair; the same either way round."""
    one, other = set(earlier.words), set(later.words)
    both = one & other
    close = cosine(one, other, rare)
    inside = _share(both, one, other, rare)
    found = {"cosine": close, "contained": inside}
    found.update({f"cosine under {floor}": max(0.0, floor - close) for floor in COSINE_FLOORS})
    found.update({f"contained under {floor}": max(0.0, floor - inside) for floor in CONTAINED_FLOORS})
    left, right = _pairs(earlier.words), _pairs(later.words)
    common = len(left & right)
    found["phrases"] = common / max(1, min(len(left), len(right)))
    found["a phrase"] = min(4, common) / 4
    found["beginnings"] = min(3, len(_beginnings(one - other) & _beginnings(other - one))) / 3
    found["sort of act"] = float(bool(earlier.acts & later.acts))
    found["name"] = max((rare.of(name) for name in earlier.names & later.names), default=0.0) / 10
    return found


def told_alike(earlier: Gist, later: Gist, rare: Rarity, areas: tuple[str | None, str | None]) -> dict[str, float]:
    """Named features of a pair of which one is told in an analyst's few words, as the register tells promises.

    Few words leave little to weigh: the plain cosine, how much of the shorter the longer holds, and the area.
    """
    one, other = set(earlier.words), set(later.words)
    apart = float(areas[0] != areas[1]) if areas[0] and areas[1] else 0.5
    return {
        "cosine": cosine(one, other, rare),
        "contained": _share(one & other, one, other, rare),
        "another area": apart,
    }


def _share(both: set[str], one: set[str], other: set[str], rare: Rarity) -> float:
    least = min(sum(map(rare.of, one)), sum(map(rare.of, other)))
    return sum(map(rare.of, both)) / least if least else 0.0


def _pairs(words: tuple[str, ...]) -> set[tuple[str, str]]:
    return set(itertools.pairwise(words))


def _beginnings(words: set[str]) -> set[str]:
    """How words begin whose stems differ: "denuclearis" and "denuclear" are one to a reader."""
    return {word[:_BEGINNING] for word in words if len(word) >= _BEGINNING}
