"""The same promise again: does a sentence promise what an earlier one promised, and what did it change?

Linear models (content/models/restate.json). The first says of each sentence alone whether it undertakes or reports an act
at all, for most of what statements repeat to the letter is rhetoric; the second weighs that together with how alike the
two are (alike.py). A third is for promises told in an analyst's few words, as the register holds them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from servanda.model.proposal import Restated
from servanda.model.words import Action, Area
from servanda.texts.alike import Rarity, alike, rarity, told_alike
from servanda.texts.changed import changed
from servanda.texts.gist import Gist, gist, shape
from servanda.texts.weights import Linear
from servanda.texts.weights import read as read_weights

if TYPE_CHECKING:
    from scipy import sparse

MODEL = Path(__file__).parents[1] / "content" / "models" / "restate.json"
THRESHOLD = 0.6  # evaluation/restatements/results.md says how precise and how complete this is
KNOWN = 2.0  # log odds of an act for what somebody has already found to be a promise
NEAREST = 12  # of this many likest earlier promises the model judges each
LEAST = 0.08  # a cosine under this is another matter
Chances = Callable[[str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Two sentences to compare, under an id of the asker's own; the days they were said where those are known."""

    pair: str
    earlier: str
    later: str
    earlier_day: date | None = None
    later_day: date | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """How probable it is that the later sentence promises what the earlier did, and what it changes.

    `reason` says why there is nothing to compare; then the probability is 0 and `change` is empty.
    """

    pair: str
    probability: float
    change: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """An earlier promise: a commitment of the register by its id, or a document and the characters of a passage.

    `told` where the words are an analyst's few, as the register holds them, and not those of the statement.
    """

    id: str
    said: str
    day: date | None = None
    action: Action | None = None
    area: Area | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Weights:
    """The models and the rarity of words."""

    act: Linear
    same: Linear
    told: Linear
    rare: Rarity

    def acts(self, said: str) -> float:
        """Log odds that a sentence undertakes or reports an act."""
        no, yes = self.act.scores(shape(said))
        return float(yes - no)

    def probability(self, earlier: Gist, later: Gist, acts: tuple[float, float]) -> float:
        """How probable it is that both promise the same act."""
        found = {**alike(earlier, later, self.rare), **acting(*acts)}
        return float(self.same.probabilities(found)[1])

    def told_probability(self, earlier: Gist, later: Gist, areas: tuple[Area | None, Area | None]) -> float:
        """The same, where one is told in an analyst's few words; both are known to be promises."""
        return float(self.told.probabilities(told_alike(earlier, later, self.rare, areas))[1])


def acting(earlier: float, later: float) -> dict[str, float]:
    """Named features of whether two sentences act at all, from the log odds of each; the same either way round."""
    return {
        "acts": (earlier + later) / 2,
        "acts least": min(earlier, later),
        "acts apart": abs(earlier - later),
        "act both": math.log(_share(earlier) * _share(later) + 0.02),
    }


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


@lru_cache(maxsize=2)
def shipped(file: Path = MODEL) -> Weights:
    """The weights of the package."""
    models = read_weights(file)
    return Weights(models["act"], models["same"], models["told"], rarity())


def score_pairs(rows: Iterable[Asked], chances: Chances | None = None, weights: Weights | None = None) -> list[Pair]:
    """For each pair its probability and change, in the order given.

    `chances` gives the probabilities of the kinds of a sentence (see Kind), where a reader has read the whole document;
    else the sentence alone is judged.
    """
    held = weights or shipped()
    return [_scored(row, chances, held) for row in rows]


def _scored(row: Asked, chances: Chances | None, held: Weights) -> Pair:
    one, other = gist(row.earlier), gist(row.later)
    for name, found in (("earlier", one), ("later", other)):
        if not found.words:
            return Pair(row.pair, 0.0, "", f"the {name} sentence has no words")
    acts = (
        (_odds(chances(row.earlier)), _odds(chances(row.later)))
        if chances
        else (held.acts(row.earlier), held.acts(row.later))
    )
    probability = held.probability(one, other, acts)
    change = changed(row.earlier, row.later, row.earlier_day, row.later_day)
    return Pair(row.pair, round(probability, 4), change)


def _odds(kinds: Mapping[str, float]) -> float:
    act = min(0.99, max(0.01, kinds.get("commitment", 0.0) + kinds.get("outcome", 0.0)))
    return math.log(act / (1 - act))


class Earlier:
    """Earlier promises, ready to be searched: an index from stems to the promises they stand in."""

    def __init__(self, promises: Sequence[Promise], weights: Weights | None = None) -> None:
        self.promises = tuple(promises)
        self.weights = weights or shipped()
        self.gists = [gist(one.said) for one in self.promises]
        self.places = {word: place for place, word in enumerate(sorted({w for one in self.gists for w in one.words}))}
        self.table = self._rows(self.gists).tocsc()

    def _rows(self, gists: Sequence[Gist]) -> sparse.csr_matrix:
        """A row a sentence, a column a stem, of length one, so that a product of two rows is their cosine."""
        from scipy import sparse  # a fifth of a second that a statement without earlier promises does not need

        starts = [0]
        places: list[int] = []
        values: list[float] = []
        for one in gists:
            held = sorted(set(one.words))
            length = math.sqrt(self.weights.rare.weight(held)) or 1.0
            known = [word for word in held if word in self.places]
            places.extend(self.places[word] for word in known)
            values.extend(self.weights.rare.of(word) / length for word in known)
            starts.append(len(places))
        return sparse.csr_matrix((values, places, starts), shape=(len(gists), len(self.places)))

    def find(
        self,
        said: str,
        day: date | None = None,
        action: Action | None = None,
        area: Area | None = None,
        least: float = THRESHOLD,
    ) -> Restated | None:
        """The earlier promise of the same act, where one is probable enough: the likest, of equals the latest.

        The sentence and the earlier ones are taken to be promises: somebody has read them as such.
        """
        asked = gist(said)
        if not asked.words or not self.promises:
            return None
        close = np.asarray((self.table @ self._rows([asked]).T).todense()).ravel()
        order = sorted(np.flatnonzero(close >= LEAST), key=lambda place: (-close[place], place))[:NEAREST]
        judged = [(round(self._judged(int(place), asked, area), 4), place) for place in order]
        if not judged:
            return None
        probability, place = max(judged, key=lambda one: (one[0], self.promises[one[1]].day or date.min))
        if probability < least:
            return None
        earlier = self.promises[place]
        change = changed(earlier.said, said, earlier.day, day, (earlier.action, action))
        return Restated(earlier.id, earlier.said, probability, change)

    def _judged(self, place: int, asked: Gist, area: Area | None) -> float:
        earlier = self.promises[place]
        if earlier.told:
            return self.weights.told_probability(self.gists[place], asked, (earlier.area, area))
        return self.weights.probability(self.gists[place], asked, (KNOWN, KNOWN))


def find_earlier(
    said: str,
    promises: Sequence[Promise],
    day: date | None = None,
    action: Action | None = None,
    area: Area | None = None,
) -> Restated | None:
    """The earlier promise that a sentence promises again; None where there is none. For many sentences, keep an Earlier."""
    return Earlier(promises).find(said, day, action, area)
