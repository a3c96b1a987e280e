"""One address asked politely: to a file, with waits that grow, what the server asks for honoured, and what has come
so far gone on with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from servanda import __version__
from servanda.errors import SourceFault

if TYPE_CHECKING:
    import httpx2

TRIES = 6
TRIES_WITHOUT_ANSWER = 2
"""Where there is no server at all, waiting long helps nobody."""
FIRST_WAIT = 2.0
"""Seconds before the second try; each wait after it is twice as long."""
PATIENCE = 600.0
"""A server that asks for a longer wait than this is left alone: the run stops and says when to come back."""
SILENCE = 60.0
MOST_REDIRECTS = 5
BUSY = (408, 425, 429, 500, 502, 503, 504)
_SAID = {
    400: "does not understand the request; look at the choices that were filled in",
    401: "asks for a key",
    403: "refuses to hand it over; a key may be missing or spent",
    404: "has no such data; look at the choices that were filled in",
    410: "had such data and took it away",
    413: "finds the request too large; ask for less at once",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What moment it is, and how to wait: handed in, so that tests need not wait."""

    now: Callable[[], datetime]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: how many bytes, of what type by the server's word; or that there is nothing."""

    size: int
    media: str
    is_empty: bool = False


class Again(Exception):
    """Worth another try: why, after how many seconds at least."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


def download(client: httpx2.Client, address: str, shown: str, target: Path, clock: Clock,
             headers: Mapping[str, str], tell: Callable[[str], None]) -> Sent:  # fmt: skip
    """Bring an address to a file. `shown` is the address without its key; `tell` hears of every wait.

    What came before a break lies in target.part and is gone on with where the server tells the same file by ETag or
    date. Raises SourceFault where it cannot be had.
    """
    import httpx2

    wait = FIRST_WAIT
    for attempt in range(1, TRIES + 1):
        try:
            return _once(client, address, shown, target, clock, headers)
        except (Again, httpx2.TransportError) as fault:
            why = str(fault) or type(fault).__name__
            asked = fault.after if isinstance(fault, Again) else None
            if asked is not None and asked > PATIENCE:
                raise SourceFault(
                    f"{shown}: {why} and asks to wait for {asked:.0f} seconds; run the same command then"
                ) from fault
            most = TRIES_WITHOUT_ANSWER if isinstance(fault, httpx2.ConnectError) else TRIES
            if isinstance(fault, httpx2.ConnectError) and attempt >= most:
                host = urlsplit(shown).hostname
                raise SourceFault(
                    f"{shown}: {host} cannot be reached ({why}); look at your way to the network"
                ) from fault
            if attempt == TRIES:
                raise SourceFault(
                    f"{shown}: {why}, {TRIES} times; try again later, what came so far is kept"
                ) from fault
            pause = max(wait, asked or 0)
            tell(f"{why}; again in {pause:g} seconds (try {attempt + 1} of {most})")
            clock.sleep(pause)
            wait *= 2
    raise AssertionError("the last try returns or raises")


def headers_of(more: Mapping[str, str]) -> dict[str, str]:
    """Who asks, and that bytes are to come as they are."""
    return {"User-Agent": f"servanda/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity", **more}


def _once(
    client: httpx2.Client, address: str, shown: str, target: Path, clock: Clock, headers: Mapping[str, str]
) -> Sent:
    part, mark = target.with_name(target.name + ".part"), target.with_name(target.name + ".part.json")
    begun = _begun(part, mark)
    host = urlsplit(address).netloc
    for _ in range(MOST_REDIRECTS + 1):
        own = {**headers} if urlsplit(address).netloc == host else {}
        with client.stream("GET", address, headers=headers_of({**own, **begun})) as answer:
            onward = answer.headers.get("location") if answer.is_redirect else None
            if onward is not None:
                address = str(answer.url.join(onward))
                if urlsplit(address).scheme not in ("http", "https"):
                    raise SourceFault(f"{shown} leads on to {address}, which is no web address")
                continue
            if answer.status_code == 416 and begun:  # what lies here is not the beginning of what is there
                _forget(part, mark)
                raise Again("the server has another file than before")
            if answer.status_code == 204:
                _forget(part, mark)
                return Sent(0, "", is_empty=True)
            _check(answer, shown, clock)
            _take(answer, part, mark, begun)
        part.replace(target)
        mark.unlink(missing_ok=True)
        return Sent(target.stat().st_size, answer.headers.get("content-type", ""))
    raise SourceFault(f"{shown} leads on to other addresses without end")


def _begun(part: Path, mark: Path) -> dict[str, str]:
    """What to ask for so that a broken download goes on; nothing where it must begin anew."""
    if not part.exists() or not part.stat().st_size or not mark.exists():
        _forget(part, mark)
        return {}
    return {
        "Range": f"bytes={part.stat().st_size}-",
        "If-Range": json.loads(mark.read_text(encoding="utf-8"))["if_range"],
    }


def _forget(part: Path, mark: Path) -> None:
    part.unlink(missing_ok=True)
    mark.unlink(missing_ok=True)


def _check(answer: httpx2.Response, shown: str, clock: Clock) -> None:
    code = answer.status_code
    if code in BUSY:
        why = "the server asks for fewer calls" if code == 429 else f"the server has a fault of its own ({code})"
        raise Again(why, _after(answer.headers.get("retry-after"), clock.now()))
    if code not in (200, 206):
        said = _SAID.get(code, "sent no data")
        answer.read()
        words = " ".join(answer.text.split())[:160]
        raise SourceFault(f"{shown}: the server answered {code} and {said}" + (f" ({words})" if words else ""))


def _after(said: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After, which is a number or a date."""
    if not said:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())


def _take(answer: httpx2.Response, part: Path, mark: Path, begun: Mapping[str, str]) -> None:
    goes_on = answer.status_code == 206 and bool(begun)
    at = part.stat().st_size if goes_on else 0
    if goes_on and not answer.headers.get("content-range", "").startswith(f"bytes {at}-"):
        _forget(part, mark)
        raise Again("the server goes on at another place than asked")
    known = answer.headers.get("etag", "")
    known = "" if known.startswith("W/") else known
    known = known or answer.headers.get("last-modified", "")
    if known:
        mark.write_text(json.dumps({"if_range": known}), encoding="utf-8")
    else:
        mark.unlink(missing_ok=True)
    length = answer.headers.get("content-length", "")
    with part.open("ab" if goes_on else "wb") as stream:
        for block in answer.iter_raw():
            stream.write(block)
    came = part.stat().st_size - at
    if length.isdigit() and came != int(length):
        raise Again(f"the answer broke off after {came} of {length} bytes")
