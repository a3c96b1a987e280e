"""A text as the models see it: its parties and day, every passage folded and parsed, and what may fill a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date

from servanda.model.passage import Passage
from servanda.texts.area import area_features
from servanda.texts.choose import Candidate, dated, measured, phrases, traits
from servanda.texts.encoder import Line, lines
from servanda.texts.features import features, look
from servanda.texts.lexicon import Lexicon, lexicon
from servanda.texts.normal import Speakers, people_of
from servanda.texts.parties import parties_of
from servanda.texts.predicates import act_features, predicates
from servanda.texts.sentence import Sentence, sentences_of
from servanda.texts.undertakers import undertakers

FIELDS = ("deadline", "quantity", "mechanism", "deliverable")
PHRASES = ("mechanism", "deliverable")
Features = dict[str, float]
Offered = list[tuple[Candidate, Features]]


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
    offered: dict[tuple[int, str], Offered] = dataclass_field(default_factory=dict)
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

    def candidates(self, place: int, field: str) -> Offered:
        """What may fill a field, each with its features."""
        source = "phrases" if field in PHRASES else field
        if (place, source) not in self.offered:
            self.offered[place, source] = self._offer(place, source)
        return self.offered[place, source]

    def _offer(self, place: int, source: str) -> Offered:
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
    openings: dict[str, str] = {}
    seen = [look(passage, speakers, known, openings) for passage in passages]
    return Observed(makers, day, title, tuple(passages), tuple(sentences_of(seen)), known)
