"""A document from a web address: within a time, up to a size, and only what can be a text."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from servanda import __version__
from servanda.errors import ExtraMissing, TextUnreadable
from servanda.texts.extract.extract import MOST_BYTES, TOO_LARGE

if TYPE_CHECKING:
    import httpx2

SECONDS = 60.0
SILENCE = 20.0  # seconds without a sign from the server
MOST_REDIRECTS = 5

_OFFICE = "application/vnd.openxmlformats-officedocument."
_NOT_TEXTS = (
    ("image/", "a picture"),
    ("audio/", "a recording"),
    ("video/", "a recording"),
    ("font/", "a typeface"),
    ("application/json", "data (JSON) and not a document"),
    ("application/ld+json", "data (JSON) and not a document"),
    ("application/geo+json", "data (JSON) and not a document"),
    ("text/csv", "a table of data and not a document"),
    ("text/css", "part of a page and not a document"),
    ("text/javascript", "part of a page and not a document"),
    ("application/javascript", "part of a page and not a document"),
    ("text/calendar", "a calendar"),
    ("application/rss+xml", "a list of news and not a document"),
    ("application/atom+xml", "a list of news and not a document"),
    ("application/zip", "an archive; fetch it, unpack it and read the file in it"),
    ("application/x-zip", "an archive; fetch it, unpack it and read the file in it"),
    ("application/gzip", "an archive; fetch it, unpack it and read the file in it"),
    ("application/x-tar", "an archive; fetch it, unpack it and read the file in it"),
    ("application/x-7z", "an archive; fetch it, unpack it and read the file in it"),
    ("application/vnd.ms-excel", "a spreadsheet; save the sheet as text or PDF and read that"),
    (f"{_OFFICE}spreadsheet", "a spreadsheet; save the sheet as text or PDF and read that"),
    (f"{_OFFICE}presentation", "a set of slides; save it as PDF and read that"),
)  # fmt: skip
_SLOW = "{address} was not sent in full within {seconds:g} seconds; try again later"
_SAID = {
    401: "asks for a name and a password; sign in with a browser, save the page and read the file",
    403: "refuses to hand it over; open it in a browser, save it and read the file",
    404: "has no such page; look at how the address is spelled",
    410: "had such a page and took it away; look for a copy, for example in an archive of the web",
    429: "is asked too often; wait some minutes and try again",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the bytes, the address that they came from in the end, and the type that it gave them."""

    raw: bytes
    address: str
    media: str

    @property
    def name(self) -> str:
        """The name of the file in the address, or the address itself where it names none."""
        return unquote(urlsplit(self.address).path.rsplit("/", 1)[-1]) or self.address


def fetch(address: str, seconds: float = SECONDS, silence: float = SILENCE) -> Fetched:
    """The document at an address; raises TextUnreadable in one sentence. `seconds` is the most that it may take."""
    try:
        import httpx2
    except ImportError as fault:
        raise ExtraMissing("servanda read", "reading") from fault
    words = {"User-Agent": f"servanda/{__version__}", "Accept": "text/html, application/pdf, text/plain, */*;q=0.5"}
    by = time.monotonic() + seconds
    first = _checked(address)

    def follow() -> Fetched:
        with httpx2.Client(timeout=min(silence, seconds), follow_redirects=False, headers=words) as client:
            return _followed(client, first, by, seconds)

    try:
        return _within(seconds + 1, follow, address)
    except httpx2.TimeoutException as fault:
        raise TextUnreadable(
            f"{address} did not answer within {min(silence, seconds):g} seconds; try again later"
        ) from fault
    except (httpx2.InvalidURL, ValueError) as fault:
        raise TextUnreadable(f"{address} is no web address; write for example https://www.example.org/page") from fault
    except httpx2.HTTPError as fault:
        raise TextUnreadable(_unreached(address, fault)) from fault


def _within(seconds: float, follow: Callable[[], Fetched], asked: str) -> Fetched:
    """What `follow` gives. Looking up a name, or a head sent letter by letter, may never end: it is left behind."""
    done: list[Fetched] = []
    faults: list[Exception] = []

    def work() -> None:
        try:
            done.append(follow())
        except Exception as fault:  # handed on below
            faults.append(fault)

    thread = threading.Thread(target=work, daemon=True, name="servanda-fetch")
    thread.start()
    thread.join(seconds)
    if faults:
        raise faults[0]
    if not done:
        raise TextUnreadable(_SLOW.format(address=asked, seconds=seconds - 1))
    return done[0]


def _followed(client: httpx2.Client, address: str, by: float, seconds: float) -> Fetched:
    asked = address
    for _ in range(MOST_REDIRECTS + 1):
        with client.stream("GET", address) as answer:
            onward = answer.headers.get("location") if answer.is_redirect else None
            if onward is None:
                _check(answer, asked)
                return Fetched(
                    _body(answer, asked, by, seconds), str(answer.url), answer.headers.get("content-type", "")
                )
            address = _checked(str(answer.url.join(onward)), asked)
    raise TextUnreadable(
        f"{asked} leads on to other addresses without end; open it in a browser and save what it shows"
    )


def _checked(address: str, asked: str = "") -> str:
    """The address, if it is one of the web."""
    address = address.strip()
    scheme = address.partition(":")[0].lower()
    try:
        if scheme in ("http", "https") and urlsplit(address).hostname:
            return address
    except ValueError:
        pass  # said below
    if asked:
        raise TextUnreadable(f"{asked} leads on to {address}, which is no web address; look for another copy")
    hint = f"write https://{address}" if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$)", address) else "write https://..."
    raise TextUnreadable(f"{address or 'nothing'} is no web address; {hint}")


def _check(answer: httpx2.Response, asked: str) -> None:
    code, host = answer.status_code, answer.url.host
    if code != HTTPStatus.OK:
        if code in _SAID:
            said = _SAID[code]
        elif code >= 500:
            said = "has a fault of its own; try again later"
        else:
            said = "sent no document; open it in a browser, save it and read the file"
        raise TextUnreadable(f"{asked}: {host} answered {code} and {said}")
    media = answer.headers.get("content-type", "").lower()
    for sort, what in _NOT_TEXTS:
        if media.startswith(sort):
            raise TextUnreadable(
                f"{asked} answers with {what}" + ("" if ";" in what else "; give the address of a page or PDF")
            )
    length = answer.headers.get("content-length", "")
    if length.isdigit() and int(length) > MOST_BYTES:
        raise TextUnreadable(f"{asked} is {TOO_LARGE}")


def _body(answer: httpx2.Response, asked: str, by: float, seconds: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in _timed(answer.iter_bytes(), asked, by, seconds):
        size += len(part)
        if size > MOST_BYTES:
            raise TextUnreadable(f"{asked} is {TOO_LARGE}")
        parts.append(part)
    return b"".join(parts)


def _timed(parts: Iterator[bytes], asked: str, by: float, seconds: float) -> Iterator[bytes]:
    """The parts as they come; a server that sends a letter now and then is not waited for."""
    for part in parts:
        if time.monotonic() > by:
            raise TextUnreadable(_SLOW.format(address=asked, seconds=seconds))
        yield part


def _unreached(address: str, fault: Exception) -> str:
    host = urlsplit(address).hostname or address
    said = str(fault).lower()
    if "certificate" in said or "ssl" in said:
        return (
            f"{address}: {host} cannot prove who it is ({fault}); look at the address, or save the page with a browser"
        )
    if "name or service" in said or "getaddrinfo" in said or "nodename" in said or "resolution" in said:
        return f"{address}: there is no server {host}, or no way to the network; look at how the address is spelled"
    if "refused" in said:
        return f"{address}: {host} refuses the connection; look at the address, or try again later"
    return f"{address}: the connection to {host} broke off ({str(fault) or type(fault).__name__}); try again later"
