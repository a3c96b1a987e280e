"""How numbers, dates and shares are put into words; every sentence of the review uses these."""

from __future__ import annotations

import re
from datetime import date

from servanda.model.reading import Reading


def day(when: date) -> str:
    """23 November 2026"""
    return f"{when.day} {when:%B %Y}"


def count(number: int, one: str, many: str | None = None) -> str:
    """1 thread, 2 threads, 1,204 threads"""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share as a whole per cent; under 1 % or over 99 % with the side it is on."""
    shown = round(share * 100)
    if 0 < share <= 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1 else f"{shown} %"


def times(ratio: float) -> str:
    """0.14, 1.7, 23, 1,204: two digits, and whole from ten up"""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def odds(share: float) -> str:
    """Odds by draws, in which never seen is not impossible: under 1 %, over 99 %, else a whole per cent."""
    return "under 1 %" if share <= 0.005 else "over 99 %" if share >= 0.995 else percent(share)


def share(reading: Reading, of: str = "") -> str:
    """'37 of 151 threads (25 %, 95 % interval 18 to 32 %)', or the reason why there is no share."""
    if reading.value is None:
        return reason(reading)
    said = f"{reading.used:,} of {reading.expected:,}{' ' + of if of else ''} ({percent(reading.value)}"
    if reading.low is not None and reading.high is not None:
        said += f", {_range(reading)} {round(reading.low * 100)} to {round(reading.high * 100)} %"
    return said + ")"


def _range(reading: Reading) -> str:
    """What a range is: an interval of 95 %, unless the reading says that it is another."""
    return reading.interval if reading.interval and "%" not in reading.interval else "95 % interval"


def reason(reading: Reading) -> str:
    """The reason, as a clause."""
    return f"no figure: {reading.reason}"


def years(days: float) -> str:
    """A stretch of days in the unit that reads best."""
    if days < 60:
        return count(round(days), "day")
    if days < 730:
        return count(round(days / 30.44), "month")
    return f"{days / 365.25:.1f} years"


def either(names: list[str], word: str = "and") -> str:
    """a; a and b; a, b and c"""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


_COMMON = re.compile(r"United .*|.*\b(?:States|Kingdom|Federation|Republic|Islands|Emirates|Union)")


def the(name: str) -> str:
    """The United States, Korea: a name that is made of common nouns has its article within a sentence."""
    return f"the {name}" if _COMMON.fullmatch(name) else name


def change(value: float) -> str:
    """A change with its sign, to three digits: +1,240, -61.5, +0.018"""
    if value == 0:
        return "0"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:+,.{digits}f}"
