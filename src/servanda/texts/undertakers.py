"""Who undertakes it: the parties that the subject of the act names; all of them where it says we, both or the leaders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from servanda.texts.normal import Mention
from servanda.texts.predicates import subject
from servanda.texts.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE = re.compile(r"(?:he|she|his government|her government|I)", re.IGNORECASE)
_PRAISES = frozenset(
    "welcome note appreciate commend acknowledge applaud explain affirm reaffirm highlight recall value support".split()
)
_PROMISES = frozenset(
    "pledge commitment determination intention plan decision reaffirmation announcement offer readiness willingness intent effort".split()
)
_UNDERTAKES = re.compile(
    r"(?:,[^,]{0,80},)?\s*(?:(?:has|have|also|further|is|are)\s+)*(?:will|shall|intends?|commit|plans?|agree|undert|pledge|announc|prepared)"
)


def undertakers(
    sentence: Sentence, parties: tuple[str, ...], before: Sequence[Mention] = (), lead: Sentence | None = None
) -> tuple[str, ...]:
    """The codes of who undertakes, in the order of the document's parties.

    `before` are the mentions of the passages just before, for "he" and "she"; `lead` the sentence that opens the list in
    which the passage stands.
    """
    for act in sentence.acts:
        doer = _praised(act) or _agent(act) or _doer(act)
        if doer is None:
            continue
        codes = _codes(sentence, doer, parties, before)
        if codes:
            return codes
        if _is_party(doer):
            return parties
    own = _owner(sentence, parties)  # an item that names its own subject does not take the one of its lead-in
    if not own and lead is not None and not any(_doer(act) is not None for act in sentence.acts):
        return undertakers(lead, parties, before)
    return own or parties


def _is_party(token: Token) -> bool:
    return token.text in {"Leaders", "leaders"}


def _praised(act: Token) -> Token | None:
    """Whose promise is welcomed: "welcomed Australia's pledge"."""
    if act.lemma_.lower() not in _PRAISES:
        return None
    for child in act.children:
        if child.dep_ == "dobj" and child.lemma_.lower() in _PROMISES:
            return _owned(child)
    return None


def _owned(noun: Token) -> Token | None:
    """Whose something is: "Australia's pledge"; of a promise also "the US commitment"."""
    for child in noun.children:
        if child.dep_ == "poss" and child.pos_ == "PROPN":
            return child
        if child.dep_ in {"compound", "nmod", "amod"} and _is_party(child) and noun.lemma_.lower() in _PROMISES:
            return child
    return None


def _agent(act: Token) -> Token | None:
    """By whom it will be done: "will be hosted by Australia"."""
    for child in act.children:
        if child.dep_ == "agent":
            return next((below for below in child.children if below.dep_ == "pobj" and _is_party(below)), None)
    return None


def _doer(act: Token) -> Token | None:
    """The subject of an act, or the possessor of the intention to act: "Mr Rudd's intention to convene"."""
    token = act
    for _ in range(4):
        if token.dep_ in {"acl", "xcomp"} and token.head.pos_ in {"NOUN", "PROPN"}:
            noun = token.head
            owner = _owned(noun)
            if owner is not None:
                return owner
            of = next((child for child in noun.children if child.dep_ == "prep" and child.text == "of"), None)
            if of is not None and any(below.text == "Leaders" for below in of.children):
                return next(below for below in of.children if below.text == "Leaders")
            token = noun
            while token.head.i != token.i and token.pos_ not in {"VERB", "AUX"}:
                token = token.head
            continue
        found = subject(token)
        if found is not None:
            return found
        if token.dep_ in {"xcomp", "conj", "advcl", "pcomp", "ccomp", "prep"}:
            token = token.head
            continue
        return None
    return None


def _codes(sentence: Sentence, doer: Token, parties: tuple[str, ...], before: Sequence[Mention]) -> tuple[str, ...]:
    words = [token for token in doer.subtree if token.dep_ not in {"relcl", "acl", "appos"}]
    spans = [sentence.spans[token.i] for token in [doer, *words]]
    named: list[str] = []
    for mention in sentence.seen.said.mentions:
        if any(start < mention.end and mention.start < end for start, end in spans):
            named.extend(mention.codes or _meant(mention, sentence, before))
    if not named and (_is_pronoun(doer) or any(_is_pronoun(child) for child in doer.children)):
        named.extend(_named_before(sentence, sentence.spans[doer.i][0]))
    return tuple(party for party in parties if party in named)


def _is_pronoun(token: Token) -> bool:
    """A word that stands for the party named before: "confirms that it will", "stated that his Government intends"."""
    return token.lower_ in {"it", "its", "his", "her"} and token.dep_ in {"nsubj", "poss"}


def _named_before(sentence: Sentence, place: int) -> tuple[str, ...]:
    """The last single party that the sentence names before a character of the passage."""
    earlier = [one.codes for one in sentence.seen.said.mentions if one.end <= place and len(one.codes) == 1]
    return earlier[-1] if earlier else ()


def _meant(mention: Mention, sentence: Sentence, before: Sequence[Mention]) -> tuple[str, ...]:
    """Whom "he" and "she" mean: the last single party named before."""
    if not _ONE.fullmatch(mention.said):
        return ()
    earlier = [one for one in sentence.seen.said.mentions if one.end <= mention.start]
    for one in reversed([*before, *earlier]):
        if len(one.codes) == 1:
            return one.codes
    return ()


def _owner(sentence: Sentence, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Without a subject, the one party that the passage names at its beginning, if any."""
    for mention in sentence.seen.said.mentions[:1]:
        named = tuple(party for party in parties if party in mention.codes)
        if named and len(named) < len(parties) and _UNDERTAKES.match(sentence.seen.passage.text[mention.end :]):
            return named
    return ()
