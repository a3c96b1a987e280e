"""The addresses of the dialogue: series, meetings, items, follow-up. One address shows and takes what is typed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from servanda.accounts import notes
from servanda.dialogue.may import Deed, NotAllowed
from servanda.dialogue.table import open_questions, score
from servanda.dialogue.work import Clash
from servanda.errors import PageMissing, RequestError, ServandaError, StoreError
from servanda.faces.web.deeds import DEEDS
from servanda.faces.web.fields import check_lengths
from servanda.faces.web.form import Form, FormForeign, FormTooLarge, check_token, receive
from servanda.faces.web.visitor import visitor
from servanda.model.dialogue import Item, Speaker
from servanda.model.period import When
from servanda.model.words import Kind
from servanda.pages.dialogue import Speaking, alone, dialogue, speaking
from servanda.pages.followup import followup
from servanda.pages.frame import Ask
from servanda.pages.item import item
from servanda.pages.library import Library
from servanda.pages.meeting import meeting
from servanda.pages.plain import plain
from servanda.pages.render import HERE, html
from servanda.settings import now
from servanda.store import items
from servanda.store.notes import Note

Asker = Callable[[Request], Ask]
_PRIVATE = {"meeting": Kind.MEETING, "item": Kind.ITEM}


@dataclass(frozen=True, slots=True)
class Place:
    """One kind of page: its template, its builder, and the address to which its forms lead back."""

    template: str
    build: Callable[..., Any]
    path: str


PLACES = {
    "dialogue": Place("dialogue", dialogue, "/{case}/dialogue"),
    "meeting": Place("meeting", meeting, "/{case}/dialogue/{name}"),
    "item": Place("item", item, "/{case}/items/{name}"),
    "followup": Place("followup", followup, "/{case}/follow-up"),
}


class Talks:
    """The pages of the dialogue over one register."""

    def __init__(self, library: Library, ask: Asker) -> None:
        self.library = library
        self.ask = ask

    def routes(self) -> list[Route]:
        """The addresses."""
        made = [
            Route("/static/dialogue.css", _asset("dialogue.css", "text/css")),
            Route("/static/dialogue.js", _asset("dialogue.js", "text/javascript")),
            Route("/{case}/worker.js", _asset("worker.js", "text/javascript")),
            Route("/{case}/items/{name}/score", self.score),
        ]
        for place in PLACES.values():
            made += [
                Route(place.path, self._show(place)),
                Route(place.path, self._take(place), methods=["POST"]),
            ]
        return made

    def speaks(self, request: Request, ask: Ask) -> Speaking:
        """As whom the visitor speaks."""
        found = visitor(request)
        return speaking(self.library, ask, found.speaker, found.speaker is None)

    def _show(self, place: Place) -> Callable[[Request], Response]:
        def show(request: Request) -> Response:
            ask = self.ask(request)
            made = self._page(place, request, ask, self.speaks(request, ask))
            if ask.one("format") == "json" or _is_program(request):
                return JSONResponse(_shared(made))
            return HTMLResponse(html(made, place.template, ask))

        return show

    def _page(self, place: Place, request: Request, ask: Ask, said: Speaking, **more: Any) -> Any:
        name = request.path_params.get("name")
        parts = [name] if name else []
        if place.template in _PRIVATE and name:
            more["notes"] = self._notes(said, _PRIVATE[place.template], name)
        return place.build(self.library, ask, *parts, said, **more)

    def _notes(self, said: Speaking, about: Kind, name: str) -> tuple[Note, ...]:
        """The private notes of the visitor's own party; none for a role that does not see them."""
        speaker = said.speaker
        if speaker is None or speaker.party is None or not said.may(Deed.NOTE, tuple(said.sides)):
            return ()
        return notes.read(self.library.store, speaker, about, name)

    def _take(self, place: Place) -> Callable[[Request], Awaitable[Response]]:
        async def take(request: Request) -> Response:
            form = await receive(request)
            return await run_in_threadpool(self._taken, place, request, form)

        return take

    def _taken(self, place: Place, request: Request, form: Form) -> Response:
        """Do what a form asks for and lead back; what was typed comes back with the sentence that says why not."""
        ask = self.asked(request, form)
        try:
            check_token(form, ask.token)
            speaker = self.speaker(request, ask, form)
            self._do(place, request, ask, form, speaker)
        except (StoreError, PageMissing):
            raise
        except ServandaError as fault:
            if _is_program(request):
                return JSONResponse({"error": str(fault)}, status_code=status_of(fault))
            typed = _to_choose(form, fault) if isinstance(fault, Clash) else form.fields
            page = self._page(place, request, ask, self.speaks(request, ask), problem=str(fault), typed=typed)
            return HTMLResponse(html(page, place.template, ask), status_code=status_of(fault))
        back = request.url.path
        kept = {name: ask.one(name) or None for name in ("who", "side")} if visitor(request).speaker is None else {}
        return RedirectResponse(ask.link(quote(back), **kept), status_code=303)

    def again(self, where: str, request: Request, ask: Ask, problem: str, form: Form, status: int) -> Response:
        """The page once more, with what was typed and the sentence that says why it could not be taken."""
        place = PLACES[where]
        page = self._page(place, request, ask, self.speaks(request, ask), problem=problem, typed=form.fields)
        return HTMLResponse(html(page, place.template, ask), status_code=status)

    def is_alone(self, request: Request) -> bool:
        """Whether there are no accounts, so that name and side come with the address."""
        return visitor(request).speaker is None

    def asked(self, request: Request, form: Form) -> Ask:
        """What the address asks for, with what the form says of who speaks and of the day."""
        ask = self.ask(request)
        kept = {name: (form.one(name),) for name in ("who", "side") if form.one(name)}
        ask = replace(ask, query={**ask.query, **kept})
        day = form.one("as_of")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", day, re.ASCII) and not ask.fixed:
            ask = replace(ask, as_of=When.parse(day).first, fixed=True)
        return ask

    def speaker(self, request: Request, ask: Ask, form: Form) -> Speaker:
        """Who sends a form: whoever is signed in, whatever the form says; alone on a laptop whoever it names."""
        found = visitor(request).speaker
        if found is not None:
            return found
        parties = tuple(self.library.record(ask.case or "", ask.as_of).case.parties)
        said = alone(form.one("who").strip(), form.one("side"), parties)
        if said is None:
            raise RequestError("say first as whom you speak: your name, and for which side")
        return said

    def _do(self, place: Place, request: Request, ask: Ask, form: Form, speaker: Speaker) -> None:
        deed = form.one("deed")
        known = DEEDS.get((place.template, deed))
        if known is None:
            raise RequestError("this form asks for nothing that is done here; open the page again")
        if place.template in _PRIVATE:
            self.belongs(_PRIVATE[place.template], request, ask)
        check_lengths(place.template, deed, form)
        known(self.library, ask.case or "", request.path_params.get("name", ""), form, speaker, now().isoformat())

    def belongs(self, kind: Kind, request: Request, ask: Ask) -> None:
        """Raises PageMissing unless the noun of an address is of the case of that address."""
        name = request.path_params["name"]
        with self.library.store.read() as unit:
            if items.case_of(unit, kind, name) != ask.case:
                raise PageMissing(f"no {kind} '{name[:80]}' here; begin at the dialogue of the pair")

    def score(self, request: Request) -> Response:
        """How concrete an undertaking is while it is typed, and which questions are open."""
        visitor(request)
        given: dict[str, Any] = dict(request.query_params.items())
        given["parties"] = tuple(request.query_params.getlist("parties"))
        points, parts = score(given)
        return JSONResponse(
            {"score": points, "parts": plain(parts), "questions": open_questions(given)},
            headers={"cache-control": "no-store"},
        )


def _to_choose(form: Form, fault: Clash) -> Mapping[str, tuple[str, ...]]:
    """What was typed, to be laid over the noun as it now is: without the fields that its editor left alone."""
    left = {one.name for one in fields(Item)} - fault.changed
    return {name: values for name, values in form.fields.items() if name != "seen" and name not in left}


def _shared(made: Any) -> Any:
    """A page as its JSON twin: without private notes, whoever asks, so that a saved copy can be passed on."""
    found: dict[str, Any] = dict(plain(made))
    for name in ("notes", "speaking", "typed"):
        found.pop(name, None)
    return found


def _is_program(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return "application/json" in accept and "text/html" not in accept


def status_of(fault: ServandaError) -> int:
    """The status of a fault of a form."""
    if isinstance(fault, (FormForeign, NotAllowed)):
        return 403
    if isinstance(fault, Clash):
        return 409
    return 413 if isinstance(fault, FormTooLarge) else 400


def _asset(name: str, kind: str) -> Callable[[Request], Response]:
    return lambda request: Response((HERE / "assets" / name).read_bytes(), media_type=kind)


def scripted(path: str) -> Mapping[str, str]:
    """What the pages at which minutes are taken may do beside any other page: run their own script and its worker."""
    if re.fullmatch(r"/[^/]+/(?:dialogue/.+|items/.+|worker\.js)", path):
        return {"script-src": "'self'", "connect-src": "'self'", "worker-src": "'self'"}
    return {}
