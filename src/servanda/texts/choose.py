"""Which of several stretches of a passage belongs to the undertaking: features of a candidate for a field.

Used for deadline, quantity, mechanism and deliverable alike: a grammar or the parse offers candidates, a small linear
model says for each how probable it is that it bounds, carries or results from the act itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from servanda.texts.deadline import Dated, last_day, times
from servanda.texts.lexicon import Lexicon
from servanda.texts.means import PRAISES, means
from servanda.texts.normal import bare
from servanda.texts.quantity import amounts
from servanda.texts.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_BODY = re.compile(
    r"\b(?:dialogue|forum|council|committee|commission|group|agreement|partnership|initiative|program(?:me)?|fund|plan|treaty|"
    r"framework|convention|mechanism|conference|centre|center|institute|agency|bank|ministry|department|memorandum|mou|accord|"
    r"compact|arrangement|scheme|alliance|process|network|foundation|corporation|organi[sz]ation|summit|meeting|"
    r"task force|working|"
    r"declaration|roadmap|action plan|statement|strategy|channels?|projects?|authority|university|consortium)s?\b",
    re.IGNORECASE,
)
_LONGEST_PHRASE = 22
_BREAKS = frozenset({"relcl", "advcl", "ccomp", "conj", "cc", "punct", "appos", "acl", "parataxis"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a passage that may fill a field: characters of the passage, its words, its shape, what it is due."""

    start: int
    end: int
    said: str
    shape: str
    due: str | None = None


def dated(sentence: Sentence, day: date) -> list[Candidate]:
    """Expressions of time that are not over when the document is made."""
    plain = bare(sentence.seen.passage.text)
    found = []
    for one in times(plain.text, day):
        if _over(one, day):
            continue
        start, end = plain.at(one.start, one.end)
        if _told(plain.text[: one.start]) or _setting(sentence, plain.text, end):
            continue
        shape = "rhythm" if one.due == "recurring" else "date" if one.due else "event"
        found.append(Candidate(start, end, one.said, shape, one.due))
    own = [one for one in found if one.shape == "date" and not _LEAD_UP.match(one.said)]
    # where the act has a date of its own, what it leads up to is its setting
    return [one for one in found if not _LEAD_UP.match(one.said)] if own else found


_LEAD_UP = re.compile(r"in\s+the\s+(?:lead|run)", re.IGNORECASE)


_TOLD = re.compile(
    r"(?<!be )(?<!been )(?<!being )\b(?:signed|held|adopted|concluded|announced|agreed|launched|issued|established|"
    r"convened|hosted|reached|made)\s+$"
)
_SETTING = re.compile(
    r"(?:As(?!\s+(?:early|soon|of|from|part|a\s+first)\b)|Building\s+(?:up)?on|Following|Recalling|Noting|Recogni[sz]ing|Given|Since|"
    r"Welcoming|Marking|Acknowledging|On\s+th(?:is|e)\s+(?:\w+\s+)?(?:occasion|anniversary))\b"
)


def _told(before: str) -> bool:
    """Whether a time follows a participle that tells what was done: "the agreement signed in September"."""
    return bool(_TOLD.search(before))


def _setting(sentence: Sentence, said: str, end: int) -> bool:
    """Whether a time belongs to what opens the sentence, before the act: "As Spain prepares for its term in 2023,"."""
    if not sentence.acts or not _SETTING.match(said):
        return False
    act = sentence.spans[sentence.acts[0].i][0]
    return act > end and "," in sentence.seen.passage.text[end:act]


def _over(one: Dated, day: date) -> bool:
    if not one.due or one.due == "recurring":
        return False
    last = last_day(one.due)
    return last is not None and last < day


def measured(sentence: Sentence) -> list[Candidate]:
    """Amounts."""
    plain = bare(sentence.seen.passage.text)
    found = []
    for one in amounts(plain.text):
        start, end = plain.at(one.start, one.end)
        shape = (
            "money"
            if re.search(r"[$€£¥₹₩₫]|dollar|won|rupee", one.said)
            else "share"
            if re.search("%|cent", one.said)
            else "count"
        )
        found.append(Candidate(start, end, one.said, shape))
    return found


def phrases(sentence: Sentence) -> list[Candidate]:
    """Noun phrases, each with the "of", "for" and "on" that belong to it."""
    found: dict[tuple[int, int], Candidate] = {}
    for chunk in sentence.doc.noun_chunks:
        head = chunk.root
        if head.pos_ == "PRON":
            continue
        last = _reach(head, chunk.end - 1)
        first = chunk[0]
        while first.i < head.i and (first.dep_ in {"det", "poss", "case"} and first.pos_ in {"DET", "PRON"}):
            first = sentence.doc[first.i + 1]
        start, end = sentence.cut(first, sentence.doc[last])
        said = bare(sentence.seen.passage.text[start:end]).text
        if said and (start, end) not in found:
            found[start, end] = Candidate(start, end, said, "phrase")
    return list(found.values())


def _reach(head: Token, last: int) -> int:
    """The last token of a phrase: phrases of "of", "for", "on", "between" are taken along, clauses not."""
    for child in head.children:
        if (
            child.dep_ == "prep"
            and child.i > head.i
            and child.text.lower() in {"of", "for", "on", "between", "to", "against"}
        ):
            end = max((word.i for word in _phrase(child)), default=last)
            if end - head.i <= _LONGEST_PHRASE:
                last = max(last, end)
    return last


def _phrase(token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ not in _BREAKS or (
            child.dep_ in {"conj", "cc"} and child.pos_ in {"NOUN", "PROPN", "CCONJ", "ADJ"}
        ):
            yield from _phrase(child)


def traits(sentence: Sentence, one: Candidate, lexicon: Lexicon) -> dict[str, float]:
    """Named features of a candidate: its words, what stands before and after, and its way to the act in the parse."""
    found: dict[str, float] = {"any": 1.0, f"shape:{one.shape}": 1.0}
    inside = sentence.tokens(one.start, one.end)
    said = one.said
    words = re.findall(r"[A-Za-z']+|\d+|[$%]", said)
    for word in words[:12]:
        found[f"w:{word.lower()}"] = 0.5
    if words:
        found[f"first:{words[0].lower()}"] = 0.6
        found[f"last:{words[-1].lower()}"] = 0.6
    named = sum(word[0].isupper() for word in words[1:] or words)
    found["named"] = min(named, 4) * 0.4
    found["named all"] = float(bool(words) and named >= 0.6 * len(words))
    found["body"] = float(bool(_BODY.search(said)))
    found["named body"] = found["body"] * float(named > 0)
    found["long"] = min(len(words), 15) / 8
    if _ACRONYM.search(said):
        found["acronym"] = 0.8
    if one.shape == "phrase":
        _marked(found, sentence, one)
    if not inside:
        return found
    root = next((token for token in inside if token.head not in inside), inside[0])
    found[f"head:{root.lemma_.lower()}"] = 0.8
    found[f"dep:{root.dep_}"] = 1.0
    _neighbours(found, sentence, inside)
    _way(found, sentence, root, lexicon)
    if one.shape == "phrase":
        is_new = "a new one" in found or "said to be new" in found
        found.update(means(sentence, root, said, found["body"] > 0, is_new))
    return found


_ACRONYM = re.compile(r"\b[A-Z][A-Za-z+&-]*[A-Z]{2,}[\w+&-]*\b|\b[A-Z]\d{1,2}\b")
_MARKER = re.compile(
    r"\b(?P<m>through|via|under|within|using|by\s+means\s+of|(?:in|under|within)\s+the\s+(?:framework|context|auspices|umbrella)\s+of|as\s+part\s+of|"
    r"pursuant\s+to|in\s+accordance\s+with|in\s+line\s+with|consistent\s+with|building\s+(?:on|upon)|based\s+on|as\s+(?:members|parties|co-chairs)|"
    r"at|in|with|by\s+\w+ing(?:\s+in)?)\s+(?:the\s+|our\s+|their\s+|its\s+|POSS\s+|an?\s+|this\s+)?(?:[\w'&/.-]+\s+){0,2}$",
    re.IGNORECASE,
)


def _marked(found: dict[str, float], sentence: Sentence, one: Candidate) -> None:
    """The words that introduce a means or a frame, where they stand just before a candidate."""
    before = sentence.seen.passage.text[max(0, one.start - 60) : one.start]
    hit = _MARKER.search(before)
    if hit:
        marker = " ".join(hit["m"].lower().split())
        marker = "by doing" if marker.startswith("by ") and "means" not in marker else marker
        found[f"marker:{marker}"] = 0.8
        found[f"marker:{marker}:{'named' if found['named'] > 0 else 'plain'}"] = 0.6
        if re.search(r"\bincluding\s*$", before[: hit.start()]):
            found["marker after including"] = 0.8


def _neighbours(found: dict[str, float], sentence: Sentence, inside: list[Token]) -> None:
    doc, first, last = sentence.doc, inside[0].i, inside[-1].i
    before = [doc[place].text.lower() for place in range(max(0, first - 3), first)]
    for distance, word in enumerate(reversed(before), 1):
        found[f"before{distance}:{word}"] = 0.7 if distance == 1 else 0.4
    if len(before) >= 2:
        found[f"before:{before[-2]} {before[-1]}"] = 0.5
    if last + 1 < len(doc):
        found[f"after:{doc[last + 1].text.lower()}"] = 0.5
    if first == 0 or (first == 1 and not doc[0].is_alpha):
        found["opens"] = 1.0
    determiner = doc[first - 1].text.lower() if first else doc[first].text.lower()
    if determiner in {"a", "an"}:
        found["a new one"] = 1.0
    if any(token.text.lower() in {"new", "first", "inaugural", "joint", "next"} for token in inside[:3]):
        found["said to be new"] = 0.8


def _praised(verb: Token) -> bool:
    """Whether a verb praises or recalls, or depends on one that does: what it takes is hardly undertaken."""
    for _ in range(4):
        if verb.lemma_.lower() in PRAISES:
            return True
        if verb.head.i == verb.i or verb.dep_ == "conj":
            return False
        verb = verb.head
    return False


def _way(found: dict[str, float], sentence: Sentence, root: Token, lexicon: Lexicon) -> None:
    """The way up from a candidate to a verb of the act: its length, its labels, and how far that verb goes."""
    doing = set(sentence.acts)
    path, token = [root.dep_], root
    verb = None
    while token.head.i != token.i and len(path) < 9:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            verb = verb or token
            if token in doing:
                break
        if token.dep_ in {"relcl", "advcl", "acl", "ccomp"}:
            found[f"inside:{token.dep_}"] = 0.8
        path.append(token.dep_)
    reached = token in doing
    found["of the act"] = 1.0 if reached else 0.0
    found[f"path:{'<'.join(path[:4])}:{reached}"] = 0.7
    found["steps"] = min(len(path), 8) / 5
    if verb is not None:
        level = lexicon.level(verb.lemma_.lower())
        found[f"verb:{verb.lemma_.lower()}"] = 0.7
        found[f"verb form:{verb.tag_}:{verb.dep_}"] = 0.5
        if _praised(verb):
            found["of what is praised"] = 0.8
        found[f"verb level:{level}:{path[0]}"] = 0.8
        found[f"verb:{'act' if verb in doing else 'other'}:{path[0]}"] = 0.9
        found[f"verb at once:{len(path) == 1}:{level}"] = 0.6
    prep = root.head if root.dep_ == "pobj" else None
    if prep is not None:
        found[f"prep:{prep.text.lower()}"] = 0.9
        found[f"prep of {'act' if prep.head in doing else prep.head.pos_}:{prep.text.lower()}"] = 0.8
        found[f"prep of:{prep.head.lemma_.lower()}:{prep.text.lower()}"] = 0.6
    if sentence.acts:
        found["after act"] = float(root.i > sentence.acts[0].i)
        found["apart"] = min(abs(root.i - sentence.acts[0].i), 40) / 20
