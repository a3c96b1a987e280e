"""The closed lists the reader works with: how states are named, how far a verb goes. Content, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

CONTENT = Path(__file__).parents[1] / "content" / "reading"
LEVELS = ("considering", "continuing", "general", "specific")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names of states and verbs of undertaking, with the patterns made of them."""

    codes: dict[str, str]
    levels: dict[str, str]
    names_pattern: re.Pattern[str]

    def code_of(self, name: str) -> str | None:
        """The code of a state by any of its names or adjectives, as written; None where it is not known."""
        return self.codes.get(" ".join(name.split()).removeprefix("the "))

    def level(self, verb: str) -> str | None:
        """How far a verb in any of its forms goes; None where it is no verb of the list."""
        return self.levels.get(verb.lower())


def forms(verb: str) -> set[str]:
    """A verb's forms: base, -s, -ed, -ing, by the rules of English spelling and the list of the irregular."""
    if verb in IRREGULAR:
        return {verb, *IRREGULAR[verb].split()}
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    past, going = stem + "ed", stem + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past, going = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    doubled = re.search(r"[^aeiou][aeiou]([bdgmnptrl])$", verb)
    both = {stem + doubled[1] + "ed", stem + doubled[1] + "ing"} if doubled else set()
    return {verb, third, past, going, *both}


IRREGULAR = {
    "begin": "begins began begun beginning",
    "build": "builds built building",
    "bring": "brings brought bringing",
    "buy": "buys bought buying",
    "choose": "chooses chose chosen choosing",
    "cut": "cuts cutting",
    "draw": "draws drew drawn drawing",
    "fight": "fights fought fighting",
    "fly": "flies flew flown flying",
    "forge": "forges forged forging",
    "give": "gives gave given giving",
    "grow": "grows grew grown growing",
    "hold": "holds held holding",
    "keep": "keeps kept keeping",
    "lead": "leads led leading",
    "make": "makes made making",
    "meet": "meets met meeting",
    "send": "sends sent sending",
    "set": "sets setting",
    "seek": "seeks sought seeking",
    "speed": "speeds sped speeding",
    "spend": "spends spent spending",
    "stand": "stands stood standing",
    "strive": "strives strove striven striving",
    "take": "takes took taken taking",
    "undertake": "undertakes undertook undertaken undertaking",
    "uphold": "upholds upheld upholding",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "write": "writes wrote written writing",
}


@lru_cache(maxsize=4)
def lexicon(folder: Path = CONTENT) -> Lexicon:
    """Read the lists of a folder."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    names = yaml.load((folder / "names.yml").read_text(encoding="utf-8"), loader)
    verbs = yaml.load((folder / "verbs.yml").read_text(encoding="utf-8"), loader)
    codes = {name: code for code, said in names.items() for name in said}
    ordered = sorted(codes, key=lambda name: (-len(name), name))
    spelled = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in ordered)
    pattern = re.compile(rf"(?:{spelled})(?![A-Za-z])")
    levels = {form: level for level in LEVELS for verb in verbs[level] for form in forms(verb)}
    return Lexicon(codes, levels, pattern)
