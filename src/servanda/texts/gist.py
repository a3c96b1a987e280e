"""What a sentence says, for comparing it with another: its words by their stems, its names, its sorts of act.

Words alone, without the parse: a statement is held against thousands of earlier promises at once.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from servanda.texts.lexicon import CONTENT, forms

_MARKUP = re.compile(r"<!--.*?-->|\]\([^)\s]*\)|[\[\]*_`#>]")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d[\d,.]*|[$%:;]")
_MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)  # fmt: skip
# Words that carry no act, object or party.
_FUNCTION = frozenset(
    "the a an of and to in for on with by at from as is are was were be been being that this these those it its our their "
    "we they us them his her he she which who will shall would should could may might can have has had do does did not no "
    "nor or but also both all any each other such than then there here through into over under between among within "
    "across including toward towards further more most new".split()
)  # fmt: skip
_SPELLED = (("ise", "ize"), ("isa", "iza"), ("our", "or"), ("centre", "center"), ("defence", "defense"))
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ities", "ity", "ies", "ied", "ers", "er", "ions", "ion", "ed",
    "es", "s", "ly", "al", "ive", "e",
)  # fmt: skip
_LONG = 60


@dataclass(frozen=True, slots=True)
class Gist:
    """A sentence for comparing: stems in the order of the text, those written with a capital, the sorts of act named."""

    words: tuple[str, ...]
    names: frozenset[str]
    acts: frozenset[str]


@lru_cache(maxsize=40_000)
def gist(said: str) -> Gist:
    """The gist of a sentence. The same words, whatever their marks, quotes and white space, have the same gist."""
    tokens = _WORD.findall(tidy(said))
    stems = tuple(
        stem(token) for token in tokens if token[0].isalnum() and token.lower().strip("'-") not in _FUNCTION
    )  # fmt: skip
    names = frozenset(stem(token) for token in tokens[1:] if token[0].isupper() and token.lower() not in _FUNCTION)
    kinds = sorts()
    acts = frozenset(kinds[word] for word in stems if word in kinds)
    return Gist(stems, names, acts)


def tidy(said: str) -> str:
    """The words without marks of formatting, addresses of links and repeated white space, quotes and dashes made one."""
    return " ".join(_MARKUP.sub(" ", said).translate(_QUOTES).split())


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """The word without its ending, British and American spelling made one."""
    bare = word.lower().strip("'-").removesuffix("'s").rstrip(".,")
    if not bare.isalpha():
        return bare
    for said, other in _SPELLED:
        bare = bare.replace(said, other)
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 4:
            return bare[: -len(ending)]
    return bare


@lru_cache(maxsize=2)
def sorts(folder: Path = CONTENT) -> dict[str, str]:
    """The sort of act that each stem of a verb names."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    plain = yaml.load((folder / "acts.yml").read_text(encoding="utf-8"), loader)
    return {stem(form): sort for sort, verbs in plain.items() for verb in verbs for form in sorted(forms(verb))}


def shape(said: str) -> dict[str, float]:
    """Named features of what a sentence does: its words and pairs of words, every name, number and month folded into one
    word, so that no topic is learnt."""
    plain = tidy(said)
    tokens = _WORD.findall(plain)
    words: list[str] = []
    for place, token in enumerate(tokens):
        word = _folded(token, place == 0)
        if not (word in {"NAME", "LETTERS"} and words and words[-1] == word):
            words.append(word)
    found = {f"w:{word}": 0.6 for word in words}
    found.update({f"b:{left} {right}": 0.5 for left, right in itertools.pairwise(words)})
    found.update({f"opens:{word}": 0.7 for word in words[:3]})
    found["length"] = min(len(words), _LONG) / 30
    for least in (5, 8):
        if len(words) < least:
            found[f"under {least} words"] = 1.0
    if plain[-1:] in {".", ";", "!", "?"}:
        found["has an end mark"] = 1.0
    return found


def _folded(token: str, first: bool) -> str:
    if token[0].isdigit():
        return "NUMBER"
    if token in _MONTHS:
        return "MONTH"
    if token[0].isupper() and not first:
        return "LETTERS" if token.isupper() and len(token) > 1 else "NAME"
    return token.lower()
