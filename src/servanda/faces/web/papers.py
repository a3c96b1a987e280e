"""The papers of a meeting: briefs, minutes out to Word and back, excerpts, calendar feeds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from servanda.accounts import notes
from servanda.dialogue.may import Deed
from servanda.dialogue.papers.brief import Brief, brief
from servanda.dialogue.papers.calendar import due_feed, meeting_feed, stamps
from servanda.dialogue.papers.excerpt import excerpt, excerpt_docx
from servanda.dialogue.papers.word import brief_docx, minutes_docx
from servanda.dialogue.take import look, take
from servanda.dialogue.work import agenda
from servanda.errors import PageMissing, RequestError, ServandaError, StoreError
from servanda.faces.web.dialogue import Talks, status_of
from servanda.faces.web.form import Form, check_token, receive
from servanda.model.case import Record
from servanda.model.dialogue import Meeting
from servanda.model.words import Kind
from servanda.pages.brief import page
from servanda.pages.dialogue import Speaking
from servanda.pages.frame import Ask
from servanda.pages.meeting import meeting_of
from servanda.pages.render import html
from servanda.pages.returned import returned
from servanda.settings import now

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CALENDAR = "text/calendar; charset=utf-8"
JOINT = "joint"


class Papers:
    """The papers of the meetings of one register."""

    def __init__(self, talks: Talks) -> None:
        self.talks = talks
        self.library = talks.library

    def routes(self) -> list[Route]:
        """The addresses."""
        at = "/{case}/dialogue/{name}"
        return [
            Route(f"{at}/brief/{{reader}}.{{kind}}", self.brief),
            Route(f"{at}/brief/{{reader}}", self.brief),
            Route(f"{at}/minutes.docx", self.minutes),
            Route(f"{at}/excerpt.docx", self.excerpt),
            Route(f"{at}/meeting.ics", self.meeting),
            Route(f"{at}/returned", self._post(self.returned), methods=["POST"]),
            Route("/{case}/calendar/{owner}.ics", self.due),
        ]

    def _found(self, request: Request) -> tuple[Ask, Record, Meeting]:
        ask = self.talks.ask(request)
        record = self.library.record(ask.case or "", ask.as_of)
        return ask, record, meeting_of(record, request.path_params["name"])

    def brief(self, request: Request) -> Response:
        """The brief of one side, for who is of that side, or the joint one for everybody."""
        ask, record, held = self._found(request)
        reader, kind = request.path_params["reader"], request.path_params.get("kind", "html")
        said = self.talks.speaks(request, ask)
        side = None if reader == JOINT else reader
        mine = side in record.case.parties and (said.is_alone or _is_of(said, side, record.case.parties))
        if side is not None and not mine:
            # Whether there is such a brief is nobody else's to know.
            raise PageMissing(f"no brief '{reader[:20]}' here; there is the joint one, and that of your own side")
        speaker = None if said.is_alone else said.speaker
        private = notes.read(self.library.store, speaker, Kind.MEETING, held.id, party=side) if side else ()

        def write() -> Brief:
            return brief(record, self.library.words, held, agenda(record, held.id), side, ask.as_of, private)

        # The joint one is everybody's and holds no note: the same for all until an entry is added.
        key = ("joint brief", held.id, record.entries, ask.as_of)
        made = write() if side else self.library.kept(key, write)
        return self._brief(made, kind, f"brief-{held.id}-{reader}")

    def _brief(self, made: Brief, kind: str, name: str) -> Response:
        if kind == "html":
            return HTMLResponse(page(made).html())
        if kind == "docx":
            return Response(brief_docx(made), media_type=WORD, headers=attached(f"{name}.docx"))
        if kind == "pdf":
            return Response(page(made).pdf(), media_type="application/pdf", headers=attached(f"{name}.pdf"))
        raise PageMissing("a brief comes as a page, as .docx or as .pdf")

    def minutes(self, request: Request) -> Response:
        """The minutes as a Word file that can be edited and taken back."""
        _, record, held = self._found(request)
        made = minutes_docx(held, agenda(record, held.id), self.library.words)
        return Response(made, media_type=WORD, headers=attached(f"minutes-{held.id}.docx"))

    def excerpt(self, request: Request) -> Response:
        """What concerns one owner."""
        ask, record, held = self._found(request)
        lists = self.library.words
        portion = excerpt(held, agenda(record, held.id), ask.one("owner"), lists)
        made = excerpt_docx(portion, held, lists)
        return Response(made, media_type=WORD, headers=attached(f"excerpt-{held.id}.docx"))

    def meeting(self, request: Request) -> Response:
        """The meeting as a calendar entry."""
        _, record, held = self._found(request)
        with self.library.store.read() as unit:
            at = stamps(unit, Kind.MEETING, [held.id])[held.id]
        feed = meeting_feed(held, agenda(record, held.id), self.library.words, at)
        return Response(feed, media_type=CALENDAR, headers=attached(f"{held.id}.ics"))

    def due(self, request: Request) -> Response:
        """What is open and dated for an owner, as a feed that a calendar reads again and again."""
        ask = self.talks.ask(request)
        record = self.library.record(ask.case or "", ask.as_of)
        owner = request.path_params["owner"]
        with self.library.store.read() as unit:
            at = stamps(unit, Kind.COMMITMENT, record.commitments)
        feed = due_feed(record, owner, self.library.words, ask.as_of, at, as_events=ask.one("as") == "events")
        return Response(feed, media_type=CALENDAR, headers=attached(f"{ask.case}-{owner}.ics"))

    def returned(self, request: Request, form: Form) -> Response:
        """Show every change in edited minutes; with `accepted`, take those that are ticked."""
        ask = self.talks.asked(request, form)
        name = request.path_params["name"]
        try:
            check_token(form, ask.token)
            speaker = self.talks.speaker(request, ask, form)
            self.talks.belongs(Kind.MEETING, request, ask)
            raw = form.file or _bytes(form.one("file64"))
            if form.one("deed") == "take":
                ticked = [one for one in form.fields.get("accepted", ()) if one.isascii() and one.isdigit()]
                chosen = {int(one) for one in ticked if len(one) < 7}
                take(self.library.store, self.library.words, name, raw, chosen, speaker, now().isoformat())
                kept = {what: ask.one(what) or None for what in ("who", "side")} if self.talks.is_alone(request) else {}
                return RedirectResponse(ask.link(f"/{ask.case}/dialogue/{quote(name)}", **kept), status_code=303)
            found = look(self.library.store, self.library.words, name, raw, speaker, now().isoformat())
        except (StoreError, PageMissing):
            raise
        except ServandaError as fault:
            return self.talks.again("meeting", request, ask, str(fault), form, status_of(fault))
        said = self.talks.speaks(request, ask)
        made = returned(self.library, ask, name, said, found, base64.b64encode(raw).decode())
        return HTMLResponse(html(made, "returned", ask))

    def _post(self, handle: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def post(request: Request) -> Response:
            form = await receive(request)
            return await run_in_threadpool(handle, request, form)

        return post


def _is_of(said: Speaking, side: str | None, parties: tuple[str, ...]) -> bool:
    return said.speaker is not None and said.speaker.party == side and said.may(Deed.NOTE, parties)


def _bytes(said: str) -> bytes:
    try:
        return base64.b64decode(said, validate=True)
    except (ValueError, binascii.Error) as fault:
        raise RequestError("the file did not come back whole; hand it in again") from fault


def attached(name: str) -> dict[str, str]:
    """The header of a file that is saved by a name in any script; Latin letters alone go without (RFC 6266)."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
