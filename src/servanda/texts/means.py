"""By what an act is done: how a phrase stands to the act (through it, in it, made by it) and what sort of name it is.

Words alone do not tell a mechanism from what it is not: the same Dialogue is gone through, founded or praised. So the
way from a phrase to its verb is named here, and what that verb does to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from servanda.texts.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

THROUGH = frozenset("through via under within using utilizing utilising leveraging per".split())
HOLLOW = frozenset(
    "framework context auspices umbrella basis part member margin means aegis term line accordance sideline spirit "
    "implementation use".split()
)
"""What stands between a preposition and the name of a mechanism, and names nothing: in the framework of, as part of."""
FRAMES = HOLLOW | frozenset("meeting format channel mechanism structure session summit accord".split())
BASED = frozenset("base build draw rely accord".split())
MAKES = frozenset(
    "establish create launch conclude sign negotiate form develop finalize finalise open set found draft start "
    "initiate complete begin commence introduce ratify adopt prepare explore consider build reach".split()
)
USES = frozenset(
    "use utilize utilise leverage implement join participate strengthen support advance expand deepen enhance activate "
    "promote reinforce operationalize operationalise uphold apply honor honour fund contribute engage".split()
)
HOLDS = frozenset("hold convene host reconvene continue resume organize organise meet schedule attend".split())
SORTS = (("makes", MAKES), ("uses", USES), ("holds", HOLDS))
PRAISES = frozenset(
    "welcome note appreciate commend acknowledge applaud recall recognize recognise celebrate congratulate thank "
    "praise mark value".split()
)
SAYS = PRAISES | frozenset(
    "underscore emphasize emphasise highlight stress affirm reaffirm express condemn follow reflect".split()
)
_SMALL = frozenset("the a an our their its this these those of on for in and to between with".split())
_WORD = re.compile(r"[A-Za-z][\w'.&/-]*")
_ACRONYM = re.compile(r"[A-Z][\w&+-]*[A-Z0-9][\w&+-]*")
_LONGEST_WAY = 10


def means(sentence: Sentence, root: Token, said: str, is_body: bool, is_new: bool) -> dict[str, float]:
    """Named features of how a phrase stands to the act: `root` is its chief word, `said` its words, `is_body` whether
    they name a body or an instrument, `is_new` whether they say that it is yet to be made."""
    role, verb = _up(_first(root))
    does, where = _doing(sentence, verb)
    kind = "frame" if root.lemma_.lower() in HOLLOW and " of " in said else sort(said, is_body)
    return {
        f"sort:{kind}": 1.0,
        f"role:{role}": 1.0,
        f"role:{role}:{kind}": 1.2,
        f"role:{role}:{kind}:{where}": 1.0,
        f"role:{role}:{kind}:{'new' if is_new else 'known'}": 0.8,
        f"role:{role}:{does}": 0.8,
        f"role:{role}:{does}:{kind}": 0.8,
        f"role:{role}:{where}": 0.8,
        f"where:{where}:{kind}": 0.8,
    }


def sort(said: str, is_body: bool) -> str:
    """What sort of name a phrase is: an acronym, the title of a body, another proper name, a body without a name."""
    words = [word for word in _WORD.findall(said) if word.lower() not in _SMALL]
    if not words:
        return "none"
    if len(words) == 1 and _ACRONYM.fullmatch(words[0]):
        return "acronym"
    high = sum(word[0].isupper() for word in words)
    if high == len(words) == 1:
        return "one name body" if is_body else "one name"
    if high >= 2 and is_body:
        return "title"
    if high >= 2 and high >= 0.6 * len(words):
        return "names"
    if high:
        return "part name body" if is_body else "part name"
    return "body" if is_body else "plain"


def _first(token: Token) -> Token:
    """The first of a row of phrases to which one belongs: it alone hangs on the verb."""
    for _ in range(4):
        if token.dep_ not in {"conj", "appos"} or token.head.i == token.i:
            break
        token = token.head
    return token


def _up(token: Token) -> tuple[str, Token]:
    """How a phrase hangs on what is above it, and what that is."""
    head = token.head
    led_in = token.dep_ in {"pcomp", "dobj"} and head.dep_ in {"prep", "pcomp"} and head.pos_ != "VERB"
    if token.dep_ == "pobj" or led_in:
        return _by(head)
    if token.dep_ == "dobj":
        going = head.tag_ == "VBG" and head.dep_ in {"pcomp", "advcl"} and head.lemma_.lower() in USES
        return ("by using", head.head) if going else ("object", head)
    return ("subject" if token.dep_ == "nsubj" else token.dep_), head


def _by(preposition: Token) -> tuple[str, Token]:
    """The same of a phrase that a preposition leads in: through, based on, or that preposition to a verb or noun."""
    word, above = preposition.text.lower(), preposition.head
    if word in THROUGH:
        return "through", above
    if word in {"on", "upon"} and above.lemma_.lower() in BASED:
        return "based on", above.head
    if word in {"of", "with", "to"} and above.lemma_.lower() in FRAMES and above.dep_ == "pobj":
        return "through", above.head.head
    if word == "to" and above.text.lower() in {"pursuant", "according"}:
        return "through", above.head
    return f"{'verb' if above.pos_ in {'VERB', 'AUX'} else 'noun'} {word}", above


def _doing(sentence: Sentence, token: Token) -> tuple[str, str]:
    """What the first verb on the way up does, and whether the way leads to the act, by way of praise or not."""
    doing = set(sentence.acts)
    praised, does = False, ""
    for _ in range(_LONGEST_WAY):
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} or lemma in SAYS:
            does = does or next((name for name, verbs in SORTS if lemma in verbs), "other")
            praised = praised or (lemma in SAYS and token not in doing)
        if token in doing:
            return does or "other", "praised act" if praised else "act"
        if token.head.i == token.i:
            break
        token = token.head
    return does or "none", "praised apart" if praised else "apart"
