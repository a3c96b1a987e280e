"""How much: the words of a measurable target or amount, and the number they give.

A grammar of our own, for price readers lose "billion" and general quantity readers take "A$1.5bn" for 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = r"\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|crore|lakh|mn|bn|tn|m|b|k|M|B|K)"
_CURRENCY = r"(?:[A-Z]{0,3}\s?\$\s?[A-Z]{0,2}|dollars\s+[A-Z]{0,2}|€|£|¥|₹|₩|₫|Rs\.?\s?|USD\s?|AUD\s?|EUR\s?|KRW\s?|JPY\s?|INR\s?)"
_ABOUT = (
    r"(?:(?:up\s+to|at\s+least|more\s+than|over|about|approximately|around|nearly|almost|some|no\s+less\s+than|not\s+less\s+than|"
    r"no\s+more\s+than|a\s+minimum\s+of|minimum\s+of|an?\s+(?:additional|initial|further|total\s+of)|additional|an\s+estimated|under|below)\s+)?"
)
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand "
    "several dozen"
).split()[:-2]
_EACH = r"(?:\s+(?:per\s+(?:year|annum|month|cent)|a\s+year|annually|each\s+year|every\s+year))?"
_COUNTED = (
    r"(?i:doses|vaccines|fellowships?|scholarships?|places|students|visas|visitors|people|persons|professionals|workers|teachers|jobs|"
    r"universities|institutions|cities|projects|missions|reactors|satellites|ships|vessels|aircraft|helicopters|submarines|troops|personnel|"
    r"soldiers|experts|officers|tons|tonnes|metric\s+tons|mt|bcm|litres|liters|megawatts|gigawatts|MW|GW|kilometers|kilometres|hectares|acres|barrels|countries|"
    r"companies|firms|startups|centres|centers|schools|hospitals|households|homes|farmers|women|girls|youth|entrepreneurs|engineers|diplomats|nurses|doctors|technicians|trainees|pilots|laboratories|chairs|"
    r"flights|seats|awards|exchanges|internships|graduates|researchers|scientists|units|vehicles|tanks|howitzers|missiles|engines|kits|beds)"
)
# "two-way exchanges" are no two exchanges
_NOT_COUNT = r"(?!(?:way|track|year|day|month|week|sided|party|plus|nation|state|time|tier|step|stage|pillar)\b)"
_FRACTION = r"(?:one|two|three)[\s-](?:thirds?|quarters?|fifths?|tenths?)|half"
_MODIFIED = r"(?:[a-z][\w-]*\s+|[A-Z][\w-]*\s+){0,3}?"

_SHAPES = (
    rf"{_ABOUT}{_CURRENCY}(?:{_DIGITS})\+?\s*-?{_SCALE}?\b(?:\s*(?:USD|AUD|dollars|won|yen|rupees|euros?))?{_EACH}",
    rf"{_ABOUT}(?:{_DIGITS})\s+{_SCALE}\s+(?:U\.?S\.?\s+|Australian\s+)?(?:USD|dollars|won|yen|rupees|euros?|tons|tonnes|doses|people|{_COUNTED}){_EACH}",
    rf"{_ABOUT}(?:{_DIGITS}|{'|'.join(_WORDS)})(?:\s*-\s*(?:{_DIGITS}))?\s*(?:%|per\s?cent|percentage\s+points?|percent)(?!\w)",
    rf"(?:{_DIGITS})\s*(?:°\s?C|degrees?\s+(?:Celsius|C)\b)",
    rf"{_ABOUT}(?:{_FRACTION})\s+of\b(?:\s+(?:the|these|all|its|their)\b)?",
    r"zero\s+(?:\w+\s+)?(?:duties|duty|tariffs?)\b",
    r"(?:more\s+than\s+)?(?:double|doubling|triple|tripling|quadruple|quadrupling|halve|halving)\b(?!\s+(?:down|taxation|tax)\b)",
    r"net[- ]zero(?:\s+(?:greenhouse\s+gas\s+)?emissions)?",
    rf"{_ABOUT}(?:{_DIGITS}|{'|'.join(_WORDS)})(?:\s+{_SCALE})?\+?[\s-]+{_NOT_COUNT}{_MODIFIED}{_COUNTED}\b{_EACH}",
    r"\d+-strong\b",
    rf"{_ABOUT}(?:{_DIGITS})\s+(?:thousand|million|billion|trillion)\b",
    r"(?:dozens|hundreds|thousands|tens\s+of\s+thousands|millions|billions)\s+of\s+(?:\w+\s+){0,2}?\w+s\b",
    r"(?:virtually\s+)?all\s+(?:the\s+|remaining\s+|frontier\s+)*(?:tariffs?|impediments|barriers|restrictions)\b",
)
_PATTERNS = tuple(re.compile(rf"(?<![\w.,$])(?:{shape})") for shape in _SHAPES)
_NO_AMOUNT = re.compile(r"(?:19|20)\d\d\s+[A-Za-z]")  # the "2031 Women's Conference" is no number of women
# "our two countries" are the parties and no target
_PARTIES = re.compile(r"(?:two|three|four)\s+(?:countries|companies|people)\b")
_THE = re.compile(r"(?:between|both|the|our|these|all|their)\s+$", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:first|second|latter|former|last)\s+$", re.IGNORECASE)  # a time and no share
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6, "crore": 1e7,
           "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amount:
    """Words of an amount: characters `start` to `end` of what was read; `value` in its own unit, None without digits."""

    start: int
    end: int
    said: str
    value: float | None


def amounts(said: str) -> list[Amount]:
    """Every amount in some words, in the order of the text, none inside another."""
    found: list[Amount] = []
    for pattern in _PATTERNS:
        for hit in pattern.finditer(said):
            if not any(hit.start() < other.end and other.start < hit.end() for other in found):
                text = hit.group().strip()
                if text.startswith("half") and _HALF_YEAR.search(said[: hit.start()]):
                    continue
                if _NO_AMOUNT.match(text) or (_PARTIES.match(text) and _THE.search(said[: hit.start()])):
                    continue
                found.append(Amount(hit.start(), hit.start() + len(text), text, value(text)))
    return sorted(found, key=lambda one: one.start)


def value(said: str) -> float | None:
    """The number that words of an amount give: "A$1.5bn" is 1,500,000,000; None where there are no digits."""
    hit = re.search(rf"(?P<n>{_DIGITS})\+?\s*-?(?P<s>{_SCALE})?\b", said)
    if not hit:
        return None
    number = float(re.sub(r"[,\s]", "", hit["n"]))
    return number * _SCALES.get((hit["s"] or "").lower(), 1.0)


_NOT_ITS_OWN = re.compile(
    r"(?:current(?:ly)?|already|existing|valued\s+at|worth|reached|reaching|exceed(?:ed|ing|s)|totall?ing|grew|grown|total\s+of|"
    r"following|welcomed|contribution\s+of|investment\s+of|increase\s+of|past|last)\s+(?:\w+\s+){0,2}$"
)


def quantity(said: str) -> Amount | None:
    """The amount that bounds an undertaking; None where there is none, or the amount is of something else."""
    for one in amounts(said):
        if not _NOT_ITS_OWN.search(said[: one.start]):
            return one
    return None
