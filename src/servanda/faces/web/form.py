"""What a form sends: fields and one file, within bounds, and only from a page of this very program."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qsl

from starlette.requests import Request

from servanda.errors import RequestError

MOST_BYTES = 25_000_000
MOST_FIELDS = 200


class FormTooLarge(RequestError):
    """More than a form may send."""


class FormForeign(RequestError):
    """A form that no page of this program made."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, and its file with the name that it had, where one was chosen."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    file: bytes = b""
    name: str = ""

    def one(self, name: str) -> str:
        """The first value of a field."""
        return (self.fields.get(name) or ("",))[0]


async def receive(request: Request) -> Form:
    """Read the form of a request; raises RequestError where it is too large or no form, FormForeign where foreign."""
    _check_site(request)
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > MOST_BYTES:
            raise FormTooLarge(f"more than {MOST_BYTES // 1_000_000} MB were sent; hand in a smaller file, or its text")
    return parse(bytes(raw), request.headers.get("content-type", ""))


def check_token(form: Form, token: str) -> None:
    """Raises FormForeign unless the form brings back the token of its visitor: of the session, or of this run."""
    if not token or not hmac.compare_digest(form.one("token").encode(), token.encode()):
        raise FormForeign(
            "this page was made before the program was started anew, or before you signed in; "
            "nothing was written: look it over and send again"
        )


def _check_site(request: Request) -> None:
    """A browser says whence a form comes; a form of another site is refused before it is read."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "null")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    # Pages that send no referrer send no origin either: the browser then says null, and the token decides.
    if site not in ("same-origin", "none") or origin not in ("null", own):
        raise FormForeign("this form comes from another site; nothing was written: use the pages of this program")


def parse(raw: bytes, kind: str) -> Form:
    """The form in the body of a request."""
    about = Message()
    about["content-type"] = kind
    sort = about.get_content_type() if kind else ""
    if sort == "application/x-www-form-urlencoded":
        try:
            pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
        except ValueError as fault:
            raise RequestError("what was sent is no form of ours; open the page again") from fault
        return _form(pairs)
    boundary = about.get_param("boundary")
    if sort == "multipart/form-data" and isinstance(boundary, str) and 0 < len(boundary) <= 70:
        return _parts(raw, boundary.encode("latin-1", "replace"))
    raise RequestError("what was sent is no form of ours; open the page again")


def _form(pairs: list[tuple[str, str]], file: bytes = b"", name: str = "") -> Form:
    fields: dict[str, tuple[str, ...]] = {}
    for key, value in pairs:
        # The character zero is no writing, and no database of text holds it.
        fields[key] = (*fields.get(key, ()), value.replace("\x00", ""))
    return Form(fields, file, name)


def _parts(raw: bytes, boundary: bytes) -> Form:
    """The parts of a multipart form (RFC 7578): each a few headers, an empty line, and bytes as they are."""
    pieces = (b"\r\n" + raw).split(b"\r\n--" + boundary)
    if len(pieces) < 3 or len(pieces) > MOST_FIELDS or not pieces[-1].startswith(b"--"):
        raise RequestError("the form did not arrive whole; send it again")
    pairs: list[tuple[str, str]] = []
    file, called = b"", ""
    for piece in pieces[1:-1]:
        head, empty, body = piece.partition(b"\r\n\r\n")
        names = dict(re.findall(r'\b(name|filename)="((?:[^"\r\n])*)"', head.decode("utf-8", "replace")))
        if not empty or "name" not in names:
            raise RequestError("the form did not arrive whole; send it again")
        if "filename" in names:
            file, called = (body, names["filename"]) if body else (file, called)
        else:
            pairs.append((names["name"], body.decode("utf-8", "replace")))
    return _form(pairs, file, called)
