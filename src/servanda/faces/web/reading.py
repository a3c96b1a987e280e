"""The addresses at which texts are handed in, read and decided. The only forms that change the register."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from servanda.errors import RequestError, ServandaError, StoreError
from servanda.faces.web.form import Form, FormForeign, FormTooLarge, check_token, receive
from servanda.faces.web.visitor import name_of
from servanda.model.decision import Answer
from servanda.model.period import When
from servanda.model.words import Publisher
from servanda.pages.agreement import agreed
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.reading import matters, read_by, reading
from servanda.pages.render import HERE, html
from servanda.pages.texts import texts
from servanda.pages.typed import answer_of, number, one
from servanda.register import receive as received
from servanda.register.decide import before, decide, take_back
from servanda.register.desk import lay
from servanda.register.propose import proposals
from servanda.register.sitting import STALE, Said
from servanda.settings import now

ADDRESSES = "/read"
Asker = Callable[[Request], Ask]
Answerer = Callable[[Request, Ask, Form], Response]


class Desk:
    """The reading pages of one register."""

    def __init__(self, library: Library, ask: Asker, page: Callable[..., Callable[[Request], Response]]) -> None:
        self.library = library
        self._ask = ask
        self.page = page

    def ask(self, request: Request) -> Ask:
        """What the address asks for; who is signed in reads and decides under their own name."""
        asked = self._ask(request)
        who = name_of(request, asked.one("who"))
        return replace(asked, query={**asked.query, "who": (who,)}) if who else asked

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/static/reading.css", _asset("reading.css", "text/css")),
            Route("/static/reading.js", _asset("reading.js", "text/javascript")),
            Route(ADDRESSES, self.page("texts", texts, ask=self.ask)),
            Route(ADDRESSES, self._post(self.hand_in), methods=["POST"]),
            Route("/read/{name}", self.page("reading", reading, ask=self.ask)),
            Route("/read/{name}", self._post(self.answer), methods=["POST"]),
            Route("/read/{name}/agreement", self.page("agreement", agreed)),
        ]

    def hand_in(self, request: Request, ask: Ask, form: Form) -> Response:
        """Take in a text and lead to its page; what was typed comes back with the sentence that says what is wrong."""
        fields = dict(form.fields)
        try:
            fields = _with_file(form)
            check_token(form, ask.token)
            words = {name: one({**fields, "characters": ()}, name) for name in fields}
            handed = received.Handed(
                (fields.get("characters") or ("",))[0], words.get("title", ""), words.get("date", ""),
                (words.get("first", ""), words.get("second", "")), None, words.get("document") or None,
                words.get("language") or "en", words.get("type") or "statement", words.get("level") or "not stated",
                _publisher(words.get("publisher", "")), words.get("url") or None,
            )  # fmt: skip
            who = words.get("who", "")
            text = received.receive(self.library.store, self.library.words, handed, who, now().isoformat())
        except StoreError:
            raise
        except ServandaError as fault:
            page = texts(self.library, ask, str(fault), fields)
            return HTMLResponse(html(page, "texts", ask), status_code=_status(fault))
        return _to(ask.link(f"/read/{quote(text.id, safe='')}", who=who))

    def answer(self, request: Request, ask: Ask, form: Form) -> Response:
        """Remember an answer and lead on; what was typed comes back with the sentence that says what is wrong."""
        name, typed = request.path_params["name"], form.fields
        asked = {key: values for key in ("who", "blind") if (values := typed.get(key))}
        ask = replace(ask, query={**asked, "at": (one(typed, "start") or "0",)})
        try:
            check_token(form, ask.token)
            at = self._take(name, typed)
        except StoreError:
            raise
        except ServandaError as fault:
            if one(typed, "answer") == Answer.ADD and not ask.one("blind"):
                ask = replace(ask, query={**asked, "from": (one(typed, "start"),), "to": (one(typed, "end"),)})
            page = reading(self.library, ask, name, str(fault), typed)
            return HTMLResponse(html(page, "reading", ask), status_code=_status(fault))
        who, blind = one(typed, "who"), one(typed, "blind")
        return _to(ask.link(f"/read/{quote(name, safe='')}", who=who, blind=blind, **at))

    def _take(self, name: str, typed: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
        """Remember what the form says; the place in the text from which to go on."""
        store, who, blind, at = self.library.store, one(typed, "who"), one(typed, "blind") == "1", now().isoformat()
        said = one(typed, "answer")
        if said == "undo":
            gone = take_back(store, name, who, at, blind=blind, decision=one(typed, "decision") or None)
            return {"at": gone.quote.start or 0}
        text, held = before(store, name)
        if text.sha256 != one(typed, "sha256"):
            raise RequestError(STALE)
        desk = lay(text, held, who, blind)
        found = {} if blind else read_by(desk, proposals)[0]
        if said == "rest":
            rest = [one for one in desk.undecided() if not matters(desk, one, found)]
            answers = [Said(Answer.ACCEPT, passage.start, passage.end) for passage in rest]
        else:
            answers = [answer_of(typed, desk, found)]
        decide(store, self.library.words, name, who, answers, at, blind=blind, sha256=text.sha256)
        start = number(typed, "start")
        # Who moved bounds stays to decide what came of it; a decision leads to the next passage that waits.
        return {"at": start} if answers and answers[0].answer.moves else {"after": start}

    def _post(self, handle: Answerer) -> Callable[[Request], Awaitable[Response]]:
        async def take(request: Request) -> Response:
            form = await receive(request)
            who = name_of(request, form.one("who"))
            form = replace(form, fields={**form.fields, "who": (who,)}) if who else form
            ask = self.ask(request)
            day = form.one("as_of")
            if re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.ASCII) and not ask.fixed:
                ask = replace(ask, as_of=When.parse(day).first, fixed=True)
            return await run_in_threadpool(handle, request, ask, form)

        return take


def _with_file(form: Form) -> dict[str, tuple[str, ...]]:
    """The fields, with the words of the file and what it says of itself where nothing was typed."""
    fields = dict(form.fields)
    if not form.file:
        return fields
    if form.one("characters").strip():
        raise RequestError("a text was pasted and a file was chosen; hand in one of the two")
    from servanda.texts.extract.extract import extract

    found = extract(form.file, form.name or "the file")
    fields["characters"] = (found.text,)
    for name, said in (("title", found.title), ("date", found.date)):
        if said and not form.one(name).strip():
            fields[name] = (said,)
    return fields


def _publisher(said: str) -> Publisher:
    if said and said not in [str(word) for word in Publisher]:
        raise RequestError(f"unknown publisher '{said[:40]}'; write one of: {', '.join(str(one) for one in Publisher)}")
    return Publisher(said) if said else Publisher.REPRINT


def _asset(name: str, kind: str) -> Callable[[Request], Response]:
    return lambda request: Response((HERE / "assets" / name).read_bytes(), media_type=kind)


def _to(address: str) -> Response:
    return RedirectResponse(address, status_code=303)


def _status(fault: ServandaError) -> int:
    return 403 if isinstance(fault, FormForeign) else 413 if isinstance(fault, FormTooLarge) else 400


def status_of(fault: Exception) -> int | None:
    """The status of a fault of a form; None of any other."""
    return _status(fault) if isinstance(fault, (FormForeign, FormTooLarge)) else None


def with_script(path: str, headers: Mapping[str, str]) -> dict[str, str]:
    """The protective headers of an address: the reading page may run its own script, no page any other."""
    name = "content-security-policy"
    return {**headers, name: f"{headers[name]}; script-src 'self'"} if path.startswith("/read/") else {**headers}
