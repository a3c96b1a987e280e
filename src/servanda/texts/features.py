"""What the reader looks at in a passage: its cues, the verbs they govern, its words, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from servanda.model.passage import Passage
from servanda.texts.cues import UNDERTAKE, Match, cues
from servanda.texts.lexicon import Lexicon
from servanda.texts.normal import Normal, Speakers, bare, fold

_WORD = re.compile(r"[A-Za-z']+|\d+|[$%]")


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage with its folded words and cues, and those of the lead-in it completes."""

    passage: Passage
    said: Normal
    cues: tuple[Match, ...]
    lead: tuple[Match, ...]
    joined: str


def look(passage: Passage, speakers: Speakers, lexicon: Lexicon, openings: dict[str, str]) -> Seen:
    """Fold a passage and find its cues; a list item is read together with the sentence that opens its list.

    `openings` keeps those sentences folded, for the items of a list have one.
    """
    said = fold(passage.text, speakers, lexicon)
    lead: tuple[Match, ...] = ()
    joined = said.text
    if passage.lead_in and passage.lead_in != passage.text:
        if passage.lead_in not in openings:
            openings[passage.lead_in] = fold(passage.lead_in, speakers, lexicon).text.rstrip(" :*-")
        opening = openings[passage.lead_in]
        body = said.text[:1].lower() + said.text[1:] if said.text[1:2].islower() else said.text
        joined = f"{opening} {body.removeprefix('to ') if opening.endswith(' to') else body}"
        lead = tuple(cues(joined[-len(body) - 260 :]))
    return Seen(passage, said, tuple(cues(said.text)), lead, joined)


def features(seen: Sequence[Seen], place: int, lexicon: Lexicon) -> dict[str, float]:
    """Named features of one passage among its neighbours."""
    here = seen[place]
    found = _words(here.said.text)
    _cued(found, "", here.cues, lexicon)
    _cued(found, "lead ", here.lead, lexicon)
    _placed(found, here)
    _opened(found, seen, place, lexicon)
    _predicates(found, here.said.text, lexicon)
    for step, name in ((-1, "before"), (1, "after")):
        other = _neighbour(seen, place, step)
        if other is not None and not other.passage.is_heading:
            for match in other.cues:
                if match.cue in UNDERTAKE or match.cue in {"party did", "looks forward", "urges", "party holds"}:
                    found[f"{name}:{match.cue}"] = 0.3
    return found


def _neighbour(seen: Sequence[Seen], place: int, step: int) -> Seen | None:
    """The next passage in a direction that has words; the number of a paragraph has none."""
    place += step
    while 0 <= place < len(seen):
        if re.search(r"[^\W\d]", seen[place].said.text):
            return seen[place]
        place += step
    return None


def _words(said: str) -> dict[str, float]:
    words = [word if word.isupper() and len(word) > 3 else word.lower() for word in _WORD.findall(said)]
    found: dict[str, float] = {}
    for word in words:
        found[f"w:{word}"] = 0.6
    for left, right in pairwise(words):
        found[f"b:{left} {right}"] = 0.5
    for word in words[:3]:
        found[f"opens:{word}"] = 0.7
    found["length"] = min(len(words), 60) / 30
    if len(words) < 6:
        found["short"] = 1.0
    return found


def _cued(found: dict[str, float], where: str, matches: Sequence[Match], lexicon: Lexicon) -> None:
    for match in matches:
        found[f"{where}cue:{match.cue}"] = 1.5
        if match.act:
            found[f"{where}act:{match.cue}:{match.act[:8]}"] = 0.5
            level = lexicon.level(match.act)
            found[f"{where}level:{match.cue}:{level}"] = 0.8
    if matches:
        found[f"{where}first:{matches[0].cue}"] = 1.0
        undertaking = [match for match in matches if match.cue in UNDERTAKE]
        if undertaking:
            found[f"{where}undertakes"] = 2.0
            if matches[0].cue in UNDERTAKE:
                found[f"{where}undertakes first"] = 0.7
        found[f"{where}number undertaken"] = min(len(undertaking), 4) * 0.5


_OPENS = re.compile(
    r":\s*[*_]*$|\b(?:the\s+following|as\s+follows|to\s+this\s+end|including)\W*(?:\w+\W*){0,3}$|"
    r"\bthe\s+following\s+(?:[\w-]+\s+){0,3}(?:actions|steps|measures|initiatives|activities|commitments|undertakings)\b"
)
_FINITE = re.compile(r"\b(?:PARTY\s+\w+|will|shall|would|is|are|was|were|has|have|had|agreed|should)\b")


_LONG_HEADING = 12  # words; a line that is longer and has no end mark is hardly a heading
_FEW = 3  # words; what has fewer is the number of a paragraph or a label
_PRAISING = re.compile(
    r"(?:welcom|not|celebrat|commend|recogni[sz]|acknowledg|recall|applaud|highlight|underscor|reflect)ing"
)
_ACT_NOUN = re.compile(
    r"[^A-Za-z]*(?:[A-Za-z'/-]+\s+){0,5}?(?:[A-Za-z-]{3,60}(?:ment|tion|sion|ance)|[Mm]eetings?|[Vv]isits?|[Dd]ialogues?|[Ee]xchanges?|[Tt]alks|"
    r"[Ss]upport|[Ee]fforts|[Rr]eview|[Ff]ollow[- ]up|[Cc]onsultations|[Dd]iscussions|[Nn]egotiations)\s+(?:of|on|in|between|with|to|for|by|at|aimed)\b"
)
_MORE = re.compile(
    r"[^A-Za-z]*(?:[A-Za-z]+[^A-Za-z]{1,3}){0,4}?(?:Continued|Increased|Enhanced|Expanded|Intensified|Strengthened|Improved|Closer|Greater|Deeper|Further|Regular|Annual)\b"
)


def headless_shape(said: str, lexicon: Lexicon) -> str:
    """How a passage without a finite verb names its act: "Launch a fund", "Launching a fund", "Closer ties", "Launch of"."""
    opens = re.match(r"[\W\d]*(?:(?:Jointly|Further|Also|Together|To)\s+)?([A-Za-z]+)", said)
    word = opens[1].lower() if opens else ""
    if len(re.findall(r"[A-Za-z]{2,}", said)) < _FEW:
        return "bare"
    if word.endswith("ing"):
        return "praising" if _PRAISING.fullmatch(word) else "doing" if lexicon.level(word) else "ing"
    if _MORE.match(said):
        return "more"
    if lexicon.level(word) and not word.endswith(("ed", "s")) and not re.match(r"\W*\w+\s+(?:of|between)\b", said):
        return "do"
    if _ACT_NOUN.match(said):
        return "act noun"
    return "ed" if word.endswith("ed") else "other"


def _opens_within(item: Seen) -> bool:
    """A numbered paragraph is an item itself, and may open a list of its own."""
    return item.said.text.endswith(":") and bool(_FINITE.search(item.said.text))


def _opener(other: Seen) -> str:
    """What the sentence that opens a list does: undertakes, agrees on something, reports, or neither."""
    cued = {match.cue for match in other.cues}
    if cued & UNDERTAKE:
        return "undertakes"
    if cued & {"agreed on", "agreed that", "it was agreed", "commit to thing", "decided on"}:
        return "agrees"
    return "reports" if cued & {"party did", "was done", "welcomed done"} else "neither"


def _opened(found: dict[str, float], seen: Sequence[Seen], place: int, lexicon: Lexicon) -> None:
    """A passage without a verb of its own takes the one of the last sentence that opened a list, headings between."""
    here = seen[place]
    if _FINITE.search(here.said.text) and not here.passage.is_item:
        return
    headless = not _FINITE.search(here.said.text) and not here.passage.is_heading
    shape = headless_shape(here.said.text, lexicon) if headless else ""
    if headless:
        found["headless"] = 1.0
        found[f"headless:{shape}"] = 1.0
        if re.search(r"[.;]$", here.said.text) or len(here.said.text.split()) > _LONG_HEADING:
            found[f"headless said:{shape}"] = 1.0
    for back in range(place - 1, max(-1, place - 60), -1):
        other = seen[back]
        if other.passage.is_heading or (other.passage.is_item and not _opens_within(other)):
            continue
        if _OPENS.search(other.said.text):
            kind = "headless" if headless else "item"
            for match in other.cues:
                found[f"opened {kind}:{match.cue}"] = 0.8
            found[f"opened {kind}"] = 0.5
            if any(match.cue in UNDERTAKE for match in other.cues):
                found[f"opened {kind} undertakes"] = 1.2
            if headless:
                found[f"opened headless:{_opener(other)}:{shape}"] = 1.2
            return
        if other.passage.paragraph < here.passage.paragraph - 1 and not headless:
            return


def _placed(found: dict[str, float], here: Seen) -> None:
    passage = here.passage
    for name, holds in (
        ("heading", passage.is_heading),
        ("item", passage.is_item),
        ("under lead-in", bool(here.lead)),
        ("ends with colon", here.said.text.endswith(":")),
        ("no end mark", not re.search(r"[.;:!?)\"']$", here.said.text)),
        ("party first", here.said.text.startswith(("PARTY", "The PARTY", "Today, PARTY"))),
        ("has party", "PARTY" in here.said.text),
        ("all capitals", here.said.text.isupper()),
    ):
        if holds:
            found[name] = 1.0
    if passage.heading:
        for word in re.findall(r"[a-z]+", passage.heading.lower())[:8]:
            found[f"under:{word}"] = 0.3


_PREDICATE = re.compile(
    r"\bPARTY(?:\s*,[^,]{0,60},)?\s+(?:(?:also|further|both|each|all|jointly|together|today|therefore|then|\w+ly)\s+)*"
    r"(?P<aux>(?:have|has|had|are|is|were|was|will|would|shall|should|do|did|could|can|may)\s+(?:not\s+|also\s+|been\s+|\w+ly\s+)*)?(?P<verb>[a-z][\w-]*)"
)
_COORDINATE = re.compile(
    r"(?:,|;|\band)\s+(?:also\s+|further\s+|jointly\s+)*(?P<verb>[a-z]+(?:ed|ing|ook)|agree|commit|intend|plan|decide|resolve|pledge|welcome|reaffirm|support|urge|call)\b(?:\s+(?P<next>to|that|on|the))?"
)


def _predicates(found: dict[str, float], said: str, lexicon: Lexicon) -> None:
    for number, hit in enumerate(_PREDICATE.finditer(said)):
        aux = (hit.group("aux") or "").split()
        verb = hit.group("verb").lower()
        rank = "main" if number == 0 else "later"
        found[f"{rank} verb:{aux[0] if aux else ''}:{verb[:8]}"] = 0.8
        found[
            f"{rank} aux:{aux[0] if aux else 'none'}:{'ed' if verb.endswith('ed') else 'ing' if verb.endswith('ing') else 'base'}"
        ] = 0.5
    for hit in _COORDINATE.finditer(said):
        found[f"and verb:{hit.group('verb')[:8]}:{hit.group('next') or ''}"] = 0.5


def plain(text: str) -> str:
    """The words of a passage as a person would say them: no marks, no bullet."""
    return bare(text).text
