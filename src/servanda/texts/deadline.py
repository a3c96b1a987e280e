"""By when: the words that fix a time, and the date, month, year, interval or rhythm they resolve to.

A grammar of our own, for general date readers miss "no later than the end of 2025", "first half of 2027", "within six
months of the entry into force", fiscal years and rhythms. What is due is given as the codebook has it: "2030",
"2025-12", "2025-09/2025-11", "2026-01-26", "recurring", or None where the words cannot be dated ("in the coming weeks",
"before the next summit").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from servanda.model.period import add_months
from servanda.texts.dates import EVENTS, MONTHS, NUMBERS, SEASONS

_M = "(?P<m>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_Y = r"(?P<y>(?:19|20)\d\d)"
_N = r"(?P<n>\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_BY = r"(?:(?:by|before|until|till|to|from|effective|effective as of|as of|starting|beginning|commencing|in|on|during|for|at|over|through|towards?|around|since|of)\s+)?(?:no later than\s+|not later than\s+|the\s+)?"
_UNIT = r"(?P<u>day|week|month|quarter|year|decade)s?"


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that fix a time: characters `start` to `end` of what was read, and what they resolve to."""

    start: int
    end: int
    said: str
    due: str | None


Reader = Callable[[re.Match[str], date], str | None]


def _month(year: int, month: int) -> str:
    return f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}"


def _day_month_year(hit: re.Match[str], day: date) -> str | None:
    del day
    try:
        return date(int(hit["y"]), MONTHS[hit["m"].lower()], int(hit["d"])).isoformat()
    except ValueError:
        return _month(int(hit["y"]), MONTHS[hit["m"].lower()])


def _month_year(hit: re.Match[str], day: date) -> str:
    del day
    return _month(int(hit["y"]), MONTHS[hit["m"].lower()])


def _month_alone(hit: re.Match[str], day: date) -> str:
    """A month without its year is the next one of that name."""
    month = MONTHS[hit["m"].lower()]
    groups = hit.groupdict()
    year = day.year if month >= day.month else day.year + 1
    if (groups.get("which") or "").lower() in {"next year"}:
        year = day.year + 1
    elif (groups.get("which") or "").lower() in {"this year", "of this year"}:
        year = day.year
    return _month(year, month)


def _fiscal(hit: re.Match[str], day: date) -> str:
    """A year written 2012-13 runs from July: the fiscal year of Australia, whose statements write so; of others April."""
    del day
    first = int(hit["y"])
    return f"{first}-07/{first + 1}-06"


def _span(hit: re.Match[str], day: date) -> str:
    del day
    return f"{hit['y']}/{hit['z']}"


def _year(hit: re.Match[str], day: date) -> str:
    del day
    return hit["y"]


def _year_of(hit: re.Match[str], day: date) -> int:
    groups = hit.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    return day.year + (1 if "next" in hit.group().lower() or "coming" in hit.group().lower() else 0)


def _end_of_year(hit: re.Match[str], day: date) -> str:
    return f"{_year_of(hit, day)}-12"


def _part(hit: re.Match[str], day: date) -> str:
    year, words = _year_of(hit, day), hit["part"].lower()
    quarters = {"first quarter": (1, 3), "second quarter": (4, 6), "third quarter": (7, 9), "fourth quarter": (10, 12),
                "last quarter": (10, 12)}  # fmt: skip
    for name, (first, last) in quarters.items():
        if name in words:
            return f"{_month(year, first)}/{_month(year, last)}"
    if any(half in words for half in ("first half", "former half")):
        return f"{year}-01/{year}-06"
    if any(half in words for half in ("second half", "latter half", "last half")):
        return f"{year}-07/{year}-12"
    if "early" in words or "beginning" in words:
        return f"{year}-01/{year}-03"
    if "mid" in words:
        return f"{year}-05/{year}-08"
    return f"{year}-10/{year}-12"


def _season(hit: re.Match[str], day: date) -> str:
    first, last = SEASONS[hit["s"].lower()]
    year = _year_of(hit, day)
    return f"{_month(year, first)}/{_month(year, last)}"


def _number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS[said.lower()]


def _later(hit: re.Match[str], day: date) -> tuple[date, str]:
    count, unit = _number(hit["n"]), hit["u"].lower()
    if unit in {"day", "week"}:
        return day + timedelta(days=count * (7 if unit == "week" else 1)), unit
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * count
    try:
        return add_months(day, months), unit
    except (ValueError, OverflowError):
        return date.max, unit


def _within(hit: re.Match[str], day: date) -> str:
    """Within so many days or years: the last day that is in time."""
    return _later(hit, day)[0].isoformat()


def _within_next(hit: re.Match[str], day: date) -> str:
    last, unit = _later(hit, day)
    if unit in {"day", "week"}:
        return last.isoformat()
    return f"{day.year}-{day.month:02d}/{last.year}-{last.month:02d}"


def _year_said(hit: re.Match[str], day: date) -> str:
    return str(_year_of(hit, day))


def _year_ago(hit: re.Match[str], day: date) -> str:
    del hit
    return str(day.year)


def _decade(hit: re.Match[str], day: date) -> str:
    del day
    return f"{hit['y']}/{int(hit['y']) + 9}"


def _event_named(name: str) -> str | None:
    return EVENTS.get(re.sub(r"\W", "", name).upper())


def _event(hit: re.Match[str], day: date) -> str | None:
    del day
    return _event_named(hit["e"])


def _recurring(hit: re.Match[str], day: date) -> str:
    del hit, day
    return "recurring"


def _undated(hit: re.Match[str], day: date) -> None:
    del hit, day


def _lead_up(hit: re.Match[str], day: date) -> str | None:
    """In the lead-up to an event: when the event is, where the words say so."""
    event = re.search(r"\bCOP[ -]?\d\d\b", hit.group())
    if event and _event_named(event.group()):
        return _event_named(event.group())
    return next((one.due for one in times(hit.group()[len("in the lead") :], day) if one.due), None)


def _month_day(hit: re.Match[str], day: date) -> str | None:
    """A day without its year is the next one of that name."""
    month = MONTHS[hit["m"].lower()]
    year = day.year if (month, int(hit["d"])) >= (day.month, day.day) else day.year + 1
    try:
        return date(year, month, int(hit["d"])).isoformat()
    except ValueError:
        return None


_SHAPES: tuple[tuple[str, Reader], ...] = (
    (r"in\s+the\s+(?:lead|run)[\s-]?up\s+to\s+(?:[^,.;]|\.(?=\S)){3,120}", _lead_up),
    (rf"(?:for|over)\s+(?:each\s+of\s+)?(?:the\s+)?{_N}\s+years?\s+(?:beginning|commencing|starting|from)\s+(?:on\s+|in\s+)?(?:\d{{1,2}}\s+)?{_M}\s+{_Y}", lambda hit, day: f"{_month_year(hit, day)}/{_month(int(hit['y']), MONTHS[hit['m'].lower()] - 1 + 12 * _number(hit['n']))}"),
    (rf"(?:annually|each\s+year|every\s+year|(?:on\s+an?\s+)?(?:annual|regular|yearly|biannual|biennial|quarterly|monthly)\s+basis),?\s+(?:starting|beginning|commencing)\s+(?:in\s+|from\s+)?(?:{_M}\s+)?{_Y}", _recurring),
    (rf"{_BY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_M},?\s+{_Y}", _day_month_year),
    (rf"{_BY}{_M}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_Y}", _day_month_year),
    (rf"(?:by\s+|before\s+|at\s+|towards?\s+|until\s+)?(?:no later than\s+)?(?:the\s+)?(?:end|close)\s+of\s+(?:(?:the\s+)?(?:calendar\s+)?year\s+)?{_Y}", _end_of_year),
    (r"(?:by|before|at|towards?|until)\s+(?:the\s+)?(?:end|close)\s+of\s+(?:this|the|next|the\s+current|the\s+calendar)\s+(?:calendar\s+)?year", _end_of_year),
    (r"(?:by|before|at|towards?|until)\s+(?:the\s+)?(?:year[- ]end|year's\s+end)", _end_of_year),
    (rf"(?:by|before|at|towards?)\s+(?:the\s+)?end\s+of\s+{_M}(?:\s+{_Y})?", lambda hit, day: _month_year(hit, day) if hit["y"] else _month_alone(hit, day)),
    (rf"(?:in|during|by|for|over|from)?\s*(?:the\s+)?(?P<part>(?:first|second|third|fourth|last)\s+quarter|(?:first|second|latter|former|last)\s+half|early|late|mid|beginning)(?:\s+(?:of|in)\s+|[- ]+)(?:(?:the\s+)?(?:year\s+)?{_Y}|this\s+year|next\s+year)", _part),
    (rf"(?:by|in|for|during|from|this)\s+(?:the\s+)?(?P<s>spring|summer|fall|autumn|winter)(?:\s+of)?(?:\s+{_Y})?\b(?!\s+of\s+(?!19|20))", _season),
    (rf"{_BY}{_M},?\s+(?:of\s+)?{_Y}", _month_year),
    (rf"(?:for\s+)?(?:the\s+)?(?:period\s+)?(?:from\s+|between\s+)?{_Y}\s*(?:-|to|and|through|/)\s*(?P<z>(?:19|20)\d\d)(?:\s+period)?", _span),
    (rf"{_BY}(?:fiscal\s+year\s+|financial\s+year\s+|FY\s*)?{_Y}\s*[-/]\s*(?P<z>\d\d)\b(?!\d)", _fiscal),
    (rf"(?:by|in|for|from|during)?\s*(?:the\s+)?(?:end\s+of\s+)?(?:fiscal\s+year\s+|financial\s+year\s+|FY\s*|JFY\s*){_Y}", _year),
    (rf"(?:over|for|during|in|within|across)\s+(?:the\s+)?(?:next|coming|following|course\s+of\s+the\s+next)\s+{_N}\s+{_UNIT}", _within_next),
    (rf"within\s+(?:the\s+next\s+|a\s+period\s+of\s+)?{_N}\s+{_UNIT}(?:\s+(?:of|from|after)\s+(?:the\s+)?(?:entry\s+into\s+force|signing|signature|date|its|this)[^,.;]{{0,40}})?", _within),
    (rf"(?:over|for|during)\s+(?:a\s+(?:period\s+of\s+)?)?{_N}[- ]+(?:year|month)(?:s|\s+period)?", lambda hit, day: _within_next(re.match(rf"(?:over|for|during)\s+(?:a\s+(?:period\s+of\s+)?)?{_N}[- ]+{_UNIT}", hit.group(), re.IGNORECASE) or hit, day)),
    (r"(?:in|over|during)\s+the\s+(?:year\s+ahead|coming\s+year|next\s+year|next\s+twelve\s+months)", lambda hit, day: f"{day.year}-{day.month:02d}/{day.year + 1}-{day.month:02d}" if "next year" not in hit.group().lower() else str(day.year + 1)),
    (rf"(?:on|by|before|from|starting|beginning|until)\s+{_M}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/-])(?!,?\s*\d)", _month_day),
    (rf"(?:on|by|before|from|starting|beginning|until)\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_M}(?=\W|$)(?!,?\s*\d)", _month_day),
    (rf"(?:in|on|by|during|before|at|for)\s+{_M}(?:\s+(?P<which>(?:of\s+)?this\s+year|next\s+year))?(?=\W|$)(?!\s*\d)", _month_alone),
    (r"(?:later|early|earlier|sometime|during)?\s*(?:in\s+)?(?:the\s+course\s+of\s+)?(?:this|next)\s+(?:calendar\s+|coming\s+)?year\b", _year_said),
    (r"later\s+in\s+(?:the|this)\s+year", _year_ago),
    (rf"(?:by|in|before|until|during|for|from|through|to|since|around|starting in|beginning in|commencing in|no later than|not later than|by no later than)\s+(?:the\s+)?(?:year\s+|about\s+|at\s+least\s+)?{_Y}(?:\s+(?:and|or)\s+(?P<z>(?:19|20)\d\d))?\b(?!s|\s*[-/]\s*\d)", lambda hit, day: f"{hit['y']}/{hit['z']}" if hit["z"] else hit["y"]),
    (rf"(?:in|during|by|over)\s+(?:the\s+)?{_Y}s\b", _decade),
    (rf"(?<![-/])(?:the\s+)?{_Y}\b(?![-/s]\d|s\b)", _year),
    (r"(?:by|before|at|in\s+time\s+for|ahead\s+of|until)\s+(?:the\s+)?(?P<e>COP[ -]?\d\d)\b", _event),
    (r"(?:for\s+an\s+initial\s+period\s+of|for\s+a\s+period\s+of)\s+"+_N+r"\s+"+_UNIT, _within_next),
    (r"(?:this|by\s+the\s+end\s+of\s+(?:the|this)|before\s+the\s+end\s+of\s+(?:the|this)|during\s+this|in\s+this)\s+decade\b|by\s+the\s+end\s+of\s+the\s+decade", lambda hit, day: f"{day.year // 10 * 10 + 9}"),
    (r"(?:later\s+)?this\s+(?:week|month)\b|tomorrow\b|within\s+(?:the\s+)?coming\s+days|this\s+coming\s+week|(?:later\s+)?this\s+fall\b", lambda hit, day: f"{day.year}-{day.month:02d}" if "week" in hit.group() or "month" in hit.group() else (day + timedelta(days=1)).isoformat() if "tomorrow" in hit.group() else None),
    (r"(?:on\s+an?\s+)?(?:annual|yearly|biannual|biennial|quarterly|monthly)(?:ly)?(?:\s+basis)?", _recurring),
    (r"annually|biannually|biennially|regularly|regular(?=\s+(?:\w+\s+){0,3}(?:meetings?|exchanges?|consultations?|dialogues?|visits?|talks|exercises|contacts|bilateral|basis|discussions?|information|calls|reviews?))|each\s+year|every\s+(?:other\s+|two\s+|three\s+|second\s+|six\s+)?(?:year|month)s?|(?:at\s+least\s+)?(?:once|twice|three\s+times)\s+(?:a|per|every|each)\s+(?:year|month|quarter)|year\s+on\s+year|on\s+a\s+regular\s+basis", _recurring),
    (r"in\s+the\s+course\s+of\s+(?:the\s+)?(?:coming|next)\s+(?:weeks|months|years)|(?:later\s+)?next\s+(?:week|month)\b|until\s+[^,.;]{4,60}?\b(?:is|are|ends?|ceases?|can\s+be)\b[^,.;]{0,60}", _undated),
    (r"in\s+the\s+(?:coming|next\s+few|months|weeks)\s+(?:weeks|months|years|days|ahead)|over\s+the\s+coming\s+(?:weeks|months|years)|in\s+coming\s+(?:weeks|months)", _undated),
    (r"(?:before|at|by|by\s+the\s+time\s+of|ahead\s+of|in\s+time\s+for|prior\s+to|until)\s+(?:the|their|our|its)\s+(?:next|forthcoming|upcoming|following)\s+(?:[A-Z0-9][\w+-]*\s+|[a-z]+\s+){0,3}(?:meeting|summit|session|round|visit|dialogue|conference|2\+2)s?", _undated),
    (r"(?<!building )(?<!based )(?:[Uu]pon|[Oo]nce|[Ww]hen|[Aa]s\s+soon\s+as)\s+[^,.;]{0,80}(?:conclusion|concluded|implementation|introduce[sd]?|in\s+place|entry\s+into\s+force|enters?\s+into\s+force|completed|completion|ratified|signed|attained)[^,.;]{0,50}", _undated),
)  # fmt: skip
_READERS = tuple((re.compile(rf"(?<![\w-])(?:{shape})", re.IGNORECASE), reader) for shape, reader in _SHAPES)
_PAST = re.compile(
    r"(?:signed|held|launched|concluded|adopted|announced|established|agreed|made|issued|dated|since|of|met|took\s+place|began|convened|inaugurated)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
_INSIDE_NAME = re.compile(
    r"^(?:annual|yearly|biennial|quarterly|monthly)\b\s*(?:report|growth|rate|budget|income|revenue|trade\b)",
    re.IGNORECASE,
)


def times(said: str, day: date) -> list[Dated]:
    """Every expression of time in some words, in the order of the text, none inside another; `day` is the document's."""
    found: list[Dated] = []
    for pattern, reader in _READERS:
        for hit in pattern.finditer(said):
            words = hit.group().rstrip(" .,;")
            start, end = hit.end() - len(hit.group().lstrip()), hit.start() + len(words)
            if start < end and not any(start < other.end and other.start < end for other in found):
                found.append(Dated(start, end, said[start:end], reader(hit, day)))
    return sorted(found, key=lambda one: one.start)


def last_day(due: str) -> date | None:
    """The last day of what is due; None for a rhythm."""
    if due == "recurring":
        return None
    part = due.rsplit("/", maxsplit=1)[-1]
    pieces = [int(piece) for piece in part.split("-")]
    if len(pieces) == 1:
        return date(pieces[0], 12, 31)
    if len(pieces) == 2:
        return add_months(date(pieces[0], pieces[1], 1), 1) - timedelta(days=1)
    return date(*pieces)


def deadline(said: str, day: date) -> Dated | None:
    """The time that bounds an undertaking: the first that is not past and not part of somebody else's name or report."""
    kept = [one for one in times(said, day) if _bounds(said, one, day)]
    if not kept:
        return None
    dated = [one for one in kept if one.due]
    return (dated or kept)[0]


def _bounds(said: str, one: Dated, day: date) -> bool:
    after = said[one.end :]
    if one.due and one.due != "recurring":
        last = last_day(one.due)
        if last and last < day:
            return False
    if one.due == "recurring" and _INSIDE_NAME.match(said[one.start :]):
        return False
    if re.match(
        r"\s*(?:targets?|agenda|goals?|NDCs?|Agenda for|Nationally|budget|statement|declaration|joint|agreement|summit|leaders)\b",
        after,
        re.IGNORECASE,
    ) and not one.said.lower().startswith(("by", "before", "in ")):
        return False
    before = said[: one.start]
    return not (_PAST.search(before) and re.search(r"\b(?:of|signed|held|issued|dated|adopted)\s*$", before))
