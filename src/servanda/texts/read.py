"""From a text to its commitments: every passage with its kind, every commitment with its terms, and why.

`servanda read` calls this. It proposes; a named person decides.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import lru_cache
from pathlib import Path

from servanda.errors import RequestError
from servanda.model.passage import Passage
from servanda.model.proposal import Kind, Proposed, Terms
from servanda.model.words import Action, Area
from servanda.settings import today
from servanda.texts import concreteness, encoder
from servanda.texts.area import area_features
from servanda.texts.choose import Candidate, dated, measured, phrases, traits
from servanda.texts.encoder import Encoder, Line, Scores, lines
from servanda.texts.features import features, look
from servanda.texts.lexicon import Lexicon, lexicon
from servanda.texts.normal import Speakers, bare, people_of
from servanda.texts.parties import parties_of
from servanda.texts.pool import SURE, pooled, there
from servanda.texts.predicates import act_features, predicates
from servanda.texts.sentence import Sentence, sentences_of
from servanda.texts.split import split
from servanda.texts.undertakers import undertakers
from servanda.texts.weights import Array, Linear
from servanda.texts.weights import read as read_weights
from servanda.texts.why import why

MODEL = Path(__file__).parents[1] / "content" / "models" / "reading.json"
PHRASES = ("mechanism", "deliverable")
FIELDS = ("deadline", "quantity", "mechanism", "deliverable")
# How probable a field must be to be given. The threshold that makes F1 greatest is half of the F1 that is reached
# (Lipton, Elkan and Naryanaswamy 2014, Optimal Thresholding of Classifiers to Maximize F1 Measure, theorem 1): so, or
# nearly, for a mechanism and a deliverable. The others lie lower: what the grammars of times and amounts still offer is
# seldom beside the point. On documents held out F1 moves by about 0.01 where any of them moves by 0.03.
ENOUGH = {"deadline": 0.36, "quantity": 0.36, "mechanism": 0.42, "deliverable": 0.39}
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Observed:
    """A text as the models see it: its parties and day, and every passage folded and parsed."""

    parties: tuple[str, ...]
    day: date
    title: str
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    lexicon: Lexicon
    # what may fill a field is the same for mechanism and deliverable: worked out once a passage
    offered: dict[tuple[int, str], list[tuple[Candidate, Features]]] = dataclass_field(default_factory=dict)
    acting: dict[int, Features] = dataclass_field(default_factory=dict)

    def kind_features(self, place: int) -> Features:
        """What speaks for the kind of a passage."""
        seen = [sentence.seen for sentence in self.sentences]
        found = features(seen, place, self.lexicon)
        found.update(predicates(self.sentences[place].doc))
        return found

    def action_features(self, place: int, kind: Features) -> Features:
        """What speaks for how far a commitment goes."""
        found = {name: weight for name, weight in kind.items() if not name.startswith(_NOT_FOR_ACTION)}
        found.update(self._acting(place))
        if self.candidates(place, "quantity"):  # to increase is general, to increase to an amount is specific
            found["with amount"] = 0.8
            about = [name for name in found if name.startswith(("act first:", "act most:"))]
            found.update({f"amount {name}": 0.6 for name in about})
        if any(one.shape == "date" for one, _ in self.candidates(place, "deadline")):
            found["with date"] = 0.8
        return found

    def area_features(self, place: int) -> Features:
        """What speaks for the area of a commitment."""
        return area_features([sentence.seen for sentence in self.sentences], place, self.title)

    def candidates(self, place: int, field: str) -> list[tuple[Candidate, Features]]:
        """What may fill a field, each with its features."""
        source = "phrases" if field in PHRASES else field
        if (place, source) not in self.offered:
            self.offered[place, source] = self._offer(place, source)
        return self.offered[place, source]

    def _offer(self, place: int, source: str) -> list[tuple[Candidate, Features]]:
        sentence = self.sentences[place]
        offered = {
            "deadline": lambda: dated(sentence, self.day),
            "quantity": lambda: measured(sentence),
            "phrases": lambda: phrases(sentence),
        }[source]()
        if not offered:
            return []
        doing = {
            name: weight * 0.5
            for name, weight in self._acting(place).items()
            if name.startswith(("act first", "act most"))
        }
        return [(one, {**traits(sentence, one, self.lexicon), **doing}) for one in offered]

    def _acting(self, place: int) -> Features:
        if place not in self.acting:
            self.acting[place] = act_features(self.sentences[place].acts, self.lexicon.levels)
        return self.acting[place]

    def lines(self) -> list[Line]:
        """Every passage as the encoder sees it."""
        return lines(self.passages, [sentence.doc.text for sentence in self.sentences])

    def undertakers(self, place: int) -> tuple[str, ...]:
        """Who undertakes the commitment of a passage."""
        before = [
            mention for other in self.sentences[max(0, place - 2) : place] for mention in other.seen.said.mentions
        ]
        return undertakers(self.sentences[place], self.parties, before, self._lead(place))

    def _lead(self, place: int) -> Sentence | None:
        wanted = self.passages[place].lead_in
        for other in range(place - 1, -1, -1):
            if wanted and self.passages[other].text == wanted:
                return self.sentences[other]
        return None


_NOT_FOR_ACTION = ("b:", "before", "after", "under", "of:", "which", "prep", "headless", "opened")


def observe(passages: Sequence[Passage], text: str, parties: Sequence[str], day: date, title: str = "") -> Observed:
    """Fold and parse the passages of a text. Without parties, those that the text itself names as its makers."""
    known = lexicon()
    makers = parties_of(text, tuple(parties), title, known)
    speakers = Speakers(makers, people_of(f"{title}. {text}", makers, known))
    seen = [look(passage, speakers, known) for passage in passages]
    return Observed(makers, day, title, tuple(passages), tuple(sentences_of(seen)), known)


@dataclass(frozen=True, slots=True)
class Reader:
    """The models of the reader, by the name of what each decides."""

    models: dict[str, Linear]
    encoder: Encoder | None = None

    def read(self, observed: Observed) -> tuple[Proposed, ...]:
        """Every passage of an observed text, in order."""
        found = [observed.kind_features(place) for place in range(len(observed.passages))]
        alone = [self.models["kind"].probabilities(one) for one in found]
        seen = self._look(observed, alone)
        return tuple(self._passage(observed, place, found[place], seen.get(place)) for place in range(len(found)))

    def _look(self, observed: Observed, alone: Sequence[Array]) -> dict[int, Scores]:
        """What the encoder says of the passages that the features do not settle."""
        if self.encoder is None:
            return {}
        return self.encoder.scores(observed.lines(), [place for place, one in enumerate(alone) if one.max() < SURE])

    def _passage(self, observed: Observed, place: int, found: Features, seen: Scores | None) -> Proposed:
        passage = observed.passages[place]
        model = self.models["kind"]
        chances = self._chances("kind", found, seen)
        best = int(chances.argmax())
        kind = Kind(model.classes[best])
        terms = self.terms(observed, place, found, seen) if kind is Kind.COMMITMENT else None
        return Proposed(
            passage.start, passage.end, passage.text, passage.paragraph, kind, round(float(chances[best]), 4),
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

    def terms(self, observed: Observed, place: int, found: Features, seen: Scores | None = None) -> Terms:
        """The terms of a passage read as a commitment, whatever its kind."""
        about = observed.action_features(place, found)
        action = Action(self._best("action", about, seen))
        area = Area(self._best("area", observed.area_features(place), seen))
        chosen = {field: self.choose(observed, place, field, about, seen) for field in FIELDS}
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
        self, observed: Observed, place: int, field: str, about: Features, seen: Scores | None = None
    ) -> Candidate | None:
        """What fills a field: the best candidate, where the passage is judged to have one at all."""
        offered = observed.candidates(place, field)
        if not offered:
            return None
        model = self.models[field]
        chances = [float(model.probabilities(traits)[1]) for _, traits in offered]
        sure = float(self.models[f"has {field}"].probabilities(presence_features(chances, about))[1])
        if seen is not None:
            sure = there(sure, float(seen["has"][FIELDS.index(field)]), field)
        if sure < ENOUGH[field]:
            return None
        return offered[max(range(len(offered)), key=lambda place: chances[place])][0]


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
