"""From a text to its commitments: every passage with its kind, every commitment with its terms, and why.

`servanda read` calls this. It proposes; a named person decides.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from servanda.errors import RequestError
from servanda.model.proposal import Kind, Proposed, Terms
from servanda.model.words import Action, Area
from servanda.settings import today
from servanda.texts import concreteness, encoder
from servanda.texts.choose import Candidate
from servanda.texts.encoder import Encoder, Scores, State
from servanda.texts.normal import bare
from servanda.texts.observe import FIELDS, Features, Observed, Offered, observe
from servanda.texts.pool import ENOUGH, POSSIBLE, SURE, likely, pooled, there
from servanda.texts.spans import spanned
from servanda.texts.split import split
from servanda.texts.weights import Array, Linear
from servanda.texts.weights import read as read_weights
from servanda.texts.why import why

MODEL = Path(__file__).parents[1] / "content" / "models" / "reading.json"


@dataclass(frozen=True, slots=True)
class Reader:
    """The models of the reader, by the name of what each decides."""

    models: dict[str, Linear]
    encoder: Encoder | None = None

    def read(self, observed: Observed) -> tuple[Proposed, ...]:
        """Every passage of an observed text, in order."""
        found = [observed.kind_features(place) for place in range(len(observed.passages))]
        alone = [self.models["kind"].probabilities(one) for one in found]
        states = self._states(observed, [place for place, one in enumerate(alone) if one.max() < SURE])
        seen = self.encoder.scores(states) if self.encoder else {}
        chances = [self._chances("kind", one, seen.get(place)) for place, one in enumerate(found)]
        promised = [place for place, one in enumerate(chances) if self._kind(one) is Kind.COMMITMENT]
        mechanisms = self._mechanisms(observed, promised, states)
        terms = {
            place: self.terms(observed, place, found[place], seen.get(place), mechanisms.get(place))
            for place in promised
        }
        return tuple(
            self._passage(observed, place, found[place], one, terms.get(place)) for place, one in enumerate(chances)
        )

    def _states(self, observed: Observed, places: Sequence[int]) -> dict[int, State]:
        return self.encoder.states(observed.lines(), places) if self.encoder else {}

    def _kind(self, chances: Array) -> Kind:
        return Kind(self.models["kind"].classes[int(chances.argmax())])

    def _mechanisms(
        self, observed: Observed, places: Sequence[int], states: Mapping[int, State]
    ) -> dict[int, Candidate]:
        """The mechanisms of those commitments that have one, by features and encoder; `states` are what it has seen.

        It is not asked of commitments in which the features hold no phrase to be possible.
        """
        if self.encoder is None:
            return {}
        offered = {place: observed.candidates(place, "mechanism") for place in places}
        chances = {place: self._fitting("mechanism", every) for place, every in offered.items()}
        asked = [place for place in places if max(chances[place], default=0.0) >= POSSIBLE]
        wanted = {
            place: [observed.sentences[place].heard(one.start, one.end) for one, _ in offered[place]] for place in asked
        }
        more = self._states(observed, [place for place in asked if place not in states])
        said = spanned(self.encoder, observed.lines(), {**states, **more}, wanted)
        best = {place: likeliest(chances[place], said[place]) for place in asked}
        return {place: offered[place][each][0] for place, each in best.items() if each is not None}

    def _fitting(self, field: str, offered: Offered) -> list[float]:
        return [float(self.models[field].probabilities(traits)[1]) for _, traits in offered]

    def _passage(
        self, observed: Observed, place: int, found: Features, chances: Array, terms: Terms | None
    ) -> Proposed:
        passage = observed.passages[place]
        model = self.models["kind"]
        kind = self._kind(chances)
        return Proposed(
            passage.start, passage.end, passage.text, passage.paragraph, kind, round(float(chances.max()), 4),
            tuple(round(float(chances[model.classes.index(each)]), 4) for each in Kind), terms,
            why(model, found, kind, observed.sentences[place].seen, observed.lexicon), passage.heading,
            passage.lead_in, passage.is_item, passage.is_heading,
        )  # fmt: skip

    def _chances(self, what: str, found: Features, seen: Scores | None) -> Array:
        """Probabilities of the classes by the features, and by the encoder where it looked."""
        model = self.models[what]
        if seen is None or self.encoder is None:
            return model.probabilities(found)
        return pooled(model.scores(found), seen[what], what, self.encoder.sharpness if what == "kind" else 1.0)

    def _best(self, what: str, found: Features, seen: Scores | None) -> str:
        return self.models[what].classes[int(self._chances(what, found, seen).argmax())]

    def terms(
        self, observed: Observed, place: int, found: Features, seen: Scores | None, mechanism: Candidate | None
    ) -> Terms:
        """The terms of a passage read as a commitment; its mechanism is given where there is an encoder to find it."""
        about = observed.action_features(place, found)
        action = Action(self._best("action", about, seen))
        area = Area(self._best("area", observed.area_features(place), seen))
        own = [field for field in FIELDS if field != "mechanism" or self.encoder is None]
        chosen = {"mechanism": mechanism} | {field: self.choose(observed, place, field, about, seen) for field in own}
        said = {field: one.said if one else None for field, one in chosen.items()}
        due = chosen["deadline"].due if chosen["deadline"] else None
        parties = observed.undertakers(place)
        measured_as = concreteness.Measured(
            bare(observed.passages[place].text).text, action.value, len(parties), len(observed.parties),
            said["deadline"], due, said["quantity"], said["mechanism"], said["deliverable"],
        )  # fmt: skip
        points, parts = concreteness.concrete(measured_as)
        return Terms(
            parties, action, area, said["deadline"], due, said["quantity"], said["mechanism"], said["deliverable"],
            points, parts,
        )  # fmt: skip

    def choose(
        self, observed: Observed, place: int, field: str, about: Features, seen: Scores | None
    ) -> Candidate | None:
        """What fills a field: the best candidate, where the passage is judged to have one at all."""
        offered = observed.candidates(place, field)
        if not offered:
            return None
        chances = self._fitting(field, offered)
        sure = float(self.models[f"has {field}"].probabilities(presence_features(chances, about))[1])
        if seen is not None:
            sure = there(sure, float(seen["has"][FIELDS.index(field)]), field)
        if sure < ENOUGH[field]:
            return None
        return offered[max(range(len(offered)), key=lambda each: chances[each])][0]


def likeliest(chances: Sequence[float], said: Sequence[float | None]) -> int | None:
    """The phrase that is the mechanism, None where none is: `chances` by the features, `said` the encoder's log odds.

    There is one where what either finds most probable is, and it is what both do: they often hold to the same name cut
    in two ways, so that each has its own first.
    """
    seen = max((one for one in said if one is not None), default=None)
    if likely(max(chances), seen) < ENOUGH["phrase"]:
        return None
    both = [likely(chance, one) for chance, one in zip(chances, said, strict=True)]
    return max(range(len(both)), key=lambda each: both[each])


def presence_features(chances: Sequence[float], about: Features) -> Features:
    """Whether a field is there at all: how sure the candidates are together, and what is undertaken."""
    best = max(chances)
    none = math.prod(1 - chance for chance in chances)
    found = {name: weight * 0.5 for name, weight in about.items() if name.startswith("act")}
    found.update(
        {
            name: weight * 0.35
            for name, weight in about.items()
            if name.startswith(("w:", "cue:", "p:", "headless", "opened"))
        }
    )
    found["best"] = math.log((best + 1e-3) / (1 - best + 1e-3))
    found["together"] = min(sum(chances), 3) * 2
    found["any"] = 4 * (1 - none)
    return found


@lru_cache(maxsize=2)
def shipped(file: Path = MODEL) -> Reader:
    """The reader with the weights of the package."""
    return Reader(read_weights(file), encoder.shipped())


@lru_cache(maxsize=1)
def weights() -> str:
    """Which weights read: the SHA-256 of both their files, shortened."""
    return hashlib.sha256(MODEL.read_bytes() + encoder.MODEL.read_bytes()).hexdigest()[:12]


def read(
    text: str, parties: Sequence[str] = (), day: date | None = None, title: str = "", reader: Reader | None = None
) -> tuple[Proposed, ...]:
    """Every passage of a text with its kind, and the terms of every commitment.

    `parties` are codes of who made the text, as the text itself names them where none are given; `day` is its date,
    from which "this year" is counted. Raises RequestError where there is nothing to read.
    """
    passages = split(text)
    if not passages:
        raise RequestError("there is no text to read; give a file with words in it")
    return (reader or shipped()).read(observe(passages, text, parties, day or today(), title))
