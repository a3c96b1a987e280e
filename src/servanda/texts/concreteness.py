"""How concrete a commitment is, 0 to 100: parts always shown, weights and reasons in content/reading/concreteness.yml.

No scale of our own. The parts are the action categories of the UN's Universal Periodic Review, the specificity and
verifiability rules of the Open Government Partnership, the compliance catalysts of the G20 Research Group (a date, a
number, a body, money, answering for oneself) and the ladder of instruments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from servanda.model.proposal import Part
from servanda.texts.lexicon import CONTENT
from servanda.texts.quantity import value


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of each part and of each step within it; `reasons` say why."""

    points: dict[str, float]
    steps: dict[str, dict[str, float]]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the score looks at: the words of the commitment and the fields read from them."""

    said: str
    action: str
    parties: int
    of_parties: int
    deadline: str | None
    due: str | None
    quantity: str | None
    mechanism: str | None
    deliverable: str | None


@lru_cache(maxsize=2)
def weights(folder: Path = CONTENT) -> Weights:
    """The weights of a folder of content."""
    plain = yaml.load(
        (folder / "concreteness.yml").read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    return Weights(
        {name: float(part["points"]) for name, part in plain.items()},
        {name: {str(step): float(share) for step, share in part["steps"].items()} for name, part in plain.items()},
        {name: str(part["because"]) for name, part in plain.items()},
    )


def concrete(measured: Measured, folder: Path = CONTENT) -> tuple[float, tuple[Part, ...]]:
    """The score and its parts, which sum to it."""
    held = weights(folder)
    parts = []
    for name, (step, words) in _steps(measured).items():
        share = held.steps[name][step]
        parts.append(Part(name, round(share * held.points[name], 1), held.points[name], words))
    return round(sum(part.points for part in parts), 1), tuple(parts)


_OWNER = re.compile(
    r"\b(?:[Mm]inist(?:er|ers|ry|ries)|[Dd]epartments?|[Aa]genc(?:y|ies)|[Cc]ommission|[Cc]ommittee|[Ss]ecretar(?:y|ies|iat)|"
    r"[Oo]fficials|"
    r"[Aa]uthorit(?:y|ies)|[Ww]orking [Gg]roup|[Tt]ask [Ff]orce|[Cc]o-?chairs?|[Bb]ank|[Cc]ouncil|[Ii]nstitute|[Ee]nvoys?)\b"
)
_ANSWERS = re.compile(
    r"\b(?:report(?:s|ed|ing)?\s+(?:to|back|on|by|progress)|review(?:s|ed)?\s+(?:progress|annually|the\s+implementation)|monitor\w*|"
    r"track\w*\s+progress|take\s+stock|verif\w+|evaluat\w+|benchmarks?|milestones?|indicators?)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$€£¥₹₩₫]|\b(?:dollars?|won|yen|rupees?|euros?|USD|AUD)\b")
_LADDER = (
    ("agreement", r"\b(?:agreement|treaty|protocol|convention|accord)\b"),
    ("contract", r"\bcontracts?\b"),
    ("memorandum", r"\b(?:memorandum|memoranda|MOUs?|arrangement|letter\s+of\s+intent|term\s+sheet)\b"),
)


def _steps(one: Measured) -> dict[str, tuple[str, str]]:
    """For each part the step reached and the words that reached it."""
    return {
        "action": (one.action, one.action),
        "deliverable": ("named", one.deliverable) if one.deliverable else ("none", ""),
        "date": _dated(one),
        "number": _numbered(one),
        "body": ("named", one.mechanism) if one.mechanism else ("none", ""),
        "owner": _owned(one),
        "answers": ("said", hit.group()) if (hit := _ANSWERS.search(one.said)) else ("none", ""),
        "instrument": _instrument(one),
    }


def _dated(one: Measured) -> tuple[str, str]:
    if not one.deadline:
        return "none", ""
    if one.due == "recurring":
        return "rhythm", one.deadline
    return ("dated" if one.due else "event"), one.deadline


def _numbered(one: Measured) -> tuple[str, str]:
    if not one.quantity:
        return "none", ""
    if _MONEY.search(one.quantity):
        return "money", one.quantity
    return ("number" if value(one.quantity) is not None else "share"), one.quantity


def _owned(one: Measured) -> tuple[str, str]:
    hit = _OWNER.search(one.said)
    if hit:
        return "body", hit.group()
    return ("one party", "one party alone") if one.parties < one.of_parties else ("all", "")


def _instrument(one: Measured) -> tuple[str, str]:
    for step, pattern in _LADDER:
        hit = re.search(pattern, f"{one.deliverable or ''} {one.mechanism or ''}", re.IGNORECASE)
        if hit:
            return step, hit.group()
    return "statement", ""
