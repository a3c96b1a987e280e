"""A passage as the grammar sees it: marks of formatting gone, every mention of a party folded into one word.

`PARTY` stands for whoever the document calls we, both sides, the Prime Ministers, India, Mr Rudd; `POSS` for their
possessive, `OTHER` for a state that is no party. Each character remembers where in the passage it came from, so that
whatever is found can be shown in the words of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from servanda.texts.lexicon import Lexicon

_MARKUP = re.compile(r"<!--.*?-->|\]\([^)\s]*\)|[\[*_`]|(?:^|\n)\s*(?:#{1,6}|>)\s|\]")
_GLUED = re.compile(r"(?<=[a-z])(?=(?:will|undertook|reiterated|agreed|welcomed|underlined|discussed)\b)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_BULLET = re.compile(r"^(?:[-*•·▪◦–—o]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)])\s+")

_HEADS = (
    r"leaders|sides|parties|ministers|prime ministers|presidents|premiers|heads of (?:state|government|delegation)|"
    r"countries|governments|nations|partners|participants|principals|delegations|signatories|states|members|"
    r"member states|economies|secretaries|chancellors|allies|democracies|foreign ministers|defen[cs]e ministers"
)
_GROUP = (
    rf"(?:(?:both|our|(?<!\bon\s)(?<!\bupon\s)(?<!\burge\s)(?<!\burged\s)all|these|the|each of the|the leaders of(?: the)?)\s+(?:(?:two|three|four|seven|respective|participating)\s+)?"
    rf"(?:{_HEADS})|(?:two|three|four)\s+(?:{_HEADS})|(?:(?:the\s+)?(?:Quad|APEC|ASEAN|G7|G20|AUKUS|I2U2|EAS)\s+(?:partners|members|countries|leaders|economies|ministers))|(?:the\s+)?Quad(?=\s+(?:will|also|has|is|welcomes|reaffirms))|(?<![\w ])(?:leaders|ministers|participants|members|principals))"
)
_TITLE = (
    r"(?:(?:His|Her|Their)\s+Excellenc(?:y|ies)|H\.\s?E\.|The\s+Hon(?:ourable|\.)?|the\s+Right\s+Hon\w*|Mr|Mrs|Ms|Dr|Prof|Sir|"
    r"President|Vice[- ]President|Prime\s+Minister|Deputy\s+Prime\s+Minister|Premier|Chancellor|Secretary(?:\s+of\s+\w+)?|"
    r"(?:Foreign|Defen[cs]e|Trade|External\s+Affairs|Finance|Education|Energy|Health)\s+(?:Minister|Secretary)|Minister|Taoiseach|King|Crown\s+Prince|Chairman|Ambassador)"
)
_NAME = r"(?:[A-Z][\w.'-]*[\w'])"
_HEAD = (
    rf"(?<![Vv]ice )(?<![Vv]ice-)(?<!Deputy )(?:President|Prime\s+Minister|Premier|Chancellor|Taoiseach),?\s+"
    rf"(?:(?:Mr|Mrs|Ms|Dr|Sir)\.?\s+)?(?P<p>{_NAME}(?:\s+{_NAME}){{0,2}})"
)


_OFTENER = 4
"""How many times oftener than any other a head of government is named who is taken for a party's."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as named: characters of the passage, the words, and the codes of the states named (none for "we")."""

    start: int
    end: int
    said: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Normal:
    """The folded words; `origin[i]` is the character of the passage from which character i came."""

    text: str
    origin: tuple[int, ...]
    mentions: tuple[Mention, ...] = ()
    plain: str = ""

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Characters of the passage for characters of the folded words."""
        if start >= end:
            return 0, 0
        last = self.origin[end - 1]
        return self.origin[start], max(last, self.origin[start]) + 1


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who is speaking: the codes of the parties and, where the document says it, which state a person stands for."""

    parties: tuple[str, ...]
    people: dict[str, str]

    def key(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """What tells one set of speakers from another."""
        return self.parties, tuple(sorted(self.people.items()))


@lru_cache(maxsize=4096)  # a passage is asked for again for its times, its amounts and its concreteness
def bare(text: str) -> Normal:
    """The words of a passage without marks of formatting, links and repeated white space."""
    kept: list[str] = []
    origin: list[int] = []
    spans = [found.span() for found in _MARKUP.finditer(text)]
    at = 0
    for start, end in [*spans, (len(text), len(text))]:
        for piece in _PIECE.finditer(text, at, start):
            if piece.lastgroup == "said":
                kept.append(piece.group())
                origin.extend(range(*piece.span()))
            else:
                _space(piece.start(), kept, origin)
        at = end
        if end - start > 1:
            _space(start, kept, origin)
    if kept and kept[-1] == " ":
        kept.pop()
        origin.pop()
    said = "".join(kept).translate(_QUOTES)
    bullet = _BULLET.match(said)
    cut = bullet.end() if bullet else 0
    return Normal(said[cut:], tuple(origin[cut:]), (), said[cut:])


_PIECE = re.compile(r"(?P<said>\S+)|\s+")


def _space(place: int, kept: list[str], origin: list[int]) -> None:
    if kept and kept[-1] != " ":
        kept.append(" ")
        origin.append(place)


def fold(text: str, speakers: Speakers, lexicon: Lexicon) -> Normal:
    """The passage with every mention of a party folded into one word."""
    said = _unglued(bare(text))
    pattern = _mentions(lexicon.names_pattern)
    mentions: list[Mention] = []

    def word(found: re.Match[str]) -> str:
        surface = found.group()
        codes = codes_in(surface, speakers, lexicon)
        possessive = bool(found.group("poss"))
        outside = bool(codes) and not set(codes) & set(speakers.parties) and bool(speakers.parties)
        if outside and not re.search(_HEADS, surface):
            return "OTHERS" if possessive else "OTHER"
        start, end = said.at(*found.span())
        mentions.append(Mention(start, end, surface, codes))
        return "POSS" if possessive else "PARTY"

    folded = _replaced(said, pattern, word)
    return Normal(folded.text, folded.origin, tuple(mentions), said.text)


def _unglued(said: Normal) -> Normal:
    """Scanned pages glue "Indonesia" and "will": a space between them, where both halves are words of the trade."""
    places = {
        found.start()
        for found in _GLUED.finditer(said.text)
        if re.search(r"(?:[A-Z][a-z]{3,}|leaders|sides|ministers|countries)$", said.text[: found.start()])
    }
    if not places:
        return Normal(said.text, said.origin, (), said.text)
    text, origin = [], []
    for place, letter in enumerate(said.text):
        if place in places:
            text.append(" ")
            origin.append(said.origin[place])
        text.append(letter)
        origin.append(said.origin[place])
    joined = "".join(text)
    return Normal(joined, tuple(origin), (), joined)


def _replaced(said: Normal, pattern: re.Pattern[str], word: Callable[[re.Match[str]], str]) -> Normal:
    text: list[str] = []
    origin: list[int] = []
    at = 0
    for found in pattern.finditer(said.text):
        text.append(said.text[at : found.start()])
        origin.extend(said.origin[at : found.start()])
        put = word(found)
        text.append(put)
        # the folded word spans the mention: its first letter starts it, its last ends it
        first, last = said.origin[found.start()], said.origin[found.end() - 1]
        origin.extend([first] * (len(put) - 1) + [last])
        at = found.end()
    text.append(said.text[at:])
    origin.extend(said.origin[at:])
    return Normal("".join(text), tuple(origin))


def codes_in(surface: str, speakers: Speakers, lexicon: Lexicon) -> tuple[str, ...]:
    """The states that a mention names, by name or by the name of a person who stands for one."""
    codes: list[str] = []
    for piece in re.split(r",\s+and\s+|\s+and\s+|,\s+", surface):
        named = [lexicon.code_of(found.group()) for found in lexicon.names_pattern.finditer(piece)]
        named += [code for person, code in speakers.people.items() if re.search(rf"\b{re.escape(person)}\b", piece)]
        known = [code for code in named if code]
        if not known and re.search(r"[A-Z]", piece[1:]) and not re.search(rf"(?i:{_HEADS})", piece):
            return ()  # one of those named is not known: nobody may be left out by guessing
        codes.extend(known)
    return tuple(dict.fromkeys(codes))


@lru_cache(maxsize=8)
def _mentions(names: re.Pattern[str]) -> re.Pattern[str]:
    state = rf"(?:the\s+)?(?:{names.pattern})(?:\s+(?:[Ss]ide|[Gg]overnment|[Aa]dministration|[Dd]elegation|[Pp]arty|[Ll]eader(?:s|ship)?|(?:{_TITLE}))(?:\s+{_NAME}){{0,3}})?"
    person = rf"(?:the\s+)?{_TITLE}s?\.?(?:\s+{_NAME}){{0,4}}(?:,?\s+(?:of|from)\s+(?:the\s+)?(?:{names.pattern}))?"
    pronoun = r"(?:we(?:\s+both)?|they(?:\s+both)?|he|she|(?-i:I))(?![-'])"
    one = rf"(?:{person}|{state}|(?i:{_GROUP})(?:\s+(?:of|from)\s+(?:the\s+)?(?:{names.pattern}))?|(?i:{pronoun}))"
    return re.compile(
        rf"\b(?:(?i:the\s+government\s+of\s+(?:the\s+)?))?{one}(?:(?:,|\s+and|,\s+and)\s+{one})*(?P<poss>'s?(?=\W|$))?(?!\w)"
    )


_NO_NAMES = frozenset(
    "The This That Today Honorable Honourable Excellency Prime Minister President General Republic Kingdom Security Shri Hon State Foreign "
    "Secretary Vice Deputy Defence Defense Trade Affairs External Premier Chancellor Begins Mr Mrs Dr Sir Chairman Leader Leaders Government "
    "National Advisor Assistant Jr His Her Majesty King Queen Senator Ambassador Joint Statement Commonwealth Union United Nations In On And "
    "At For During Following Both Annual First Second January February March April May June July August September October November December".split()
)
_OF = r"(?:,?\s+of\s+(?:the\s+)?|\s*,\s*)"


def people_of(text: str, parties: tuple[str, ...], lexicon: Lexicon) -> dict[str, str]:
    """Who stands for which state, where the document says it: "President Lee Myung-bak of the Republic of Korea"."""
    said = " ".join(text.translate(_QUOTES).split())
    names = lexicon.names_pattern.pattern
    found: dict[str, str] = {}
    shapes = (
        rf"{_TITLE}\s+(?:of\s+(?:the\s+)?)?(?P<s>{names})(?:'s)?,?\s+(?:(?:{_TITLE}|the)\.?\s+)*(?P<p>{_NAME}(?:\s+{_NAME}){{0,3}})",
        rf"(?P<s>{names})(?:'s|n)?\s+(?:{_TITLE}\.?\s+)+(?P<p>{_NAME}(?:\s+{_NAME}){{0,3}})",
        rf"{_TITLE}\.?\s+(?P<p>{_NAME}(?:\s+{_NAME}){{0,3}}){_OF}(?:{_TITLE}\s+of\s+(?:the\s+)?)?(?:the\s+)?(?P<s>{names})",
        rf"(?P<p>{_NAME}(?:\s+{_NAME}){{0,3}}),?\s+(?:the\s+)?{_TITLE}\s+of\s+(?:the\s+)?(?P<s>{names})",
    )
    for shape in shapes:
        for hit in re.finditer(shape, said):
            code = lexicon.code_of(hit.group("s"))
            if code not in parties:
                continue
            for word in _surnames(hit.group("p")):
                if not lexicon.names_pattern.fullmatch(word):
                    found.setdefault(word, code)
    return found | _left(said, parties, found, lexicon)


def _left(said: str, parties: tuple[str, ...], found: dict[str, str], lexicon: Lexicon) -> dict[str, str]:
    """The one head of government of whom the text does not say for whom he stands, where it says so of every other
    party's. Nobody, where several are named about as often: they may be of states that are no party.
    """
    named = Counter(tuple(_surnames(re.sub(r"'s?\b", "", hit.group("p")))) for hit in re.finditer(_HEAD, said))
    placed = {found[word] for words in named for word in words if word in found}
    missing = [party for party in parties if party not in placed]
    unknown: Counter[str] = Counter()
    for words, times in named.items():
        if words and not any(word in found for word in words):
            unknown[words[-1]] += times
    ranked = unknown.most_common(2)
    if len(missing) != 1 or not placed or not ranked:
        return {}
    name, times = ranked[0]
    alone = len(ranked) == 1 or times >= _OFTENER * ranked[1][1]
    return {name: missing[0]} if alone and not lexicon.names_pattern.fullmatch(name) else {}


def _surnames(name: str) -> list[str]:
    """The words of a name by which a later sentence may call its bearer."""
    words = [word.strip(".,'") for word in name.split()]
    return [
        word for word in words if len(word) > 2 and word[0].isupper() and not word.isupper() and word not in _NO_NAMES
    ]
