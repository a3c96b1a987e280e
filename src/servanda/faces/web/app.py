"""The web face: addresses to pages, each as HTML and as JSON at the same address. On 127.0.0.1, or behind a proxy."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from servanda.errors import PageMissing, RequestError, ServandaError, StoreError
from servanda.faces.web.account import Own
from servanda.faces.web.chapters import AREAS, chart, opened
from servanda.faces.web.contribute import Contributions
from servanda.faces.web.cookie import Cookies
from servanda.faces.web.dialogue import Talks, scripted
from servanda.faces.web.guard import Guard
from servanda.faces.web.institutions import Meetings
from servanda.faces.web.openapi import served as described_at
from servanda.faces.web.papers import Papers, attached
from servanda.faces.web.reading import Desk, status_of, with_script
from servanda.faces.web.signin import Door
from servanda.faces.web.visitor import SigninNeeded, guest, visitor
from servanda.pages.barriers import barriers
from servanda.pages.commitment import commitment
from servanda.pages.commitments import CommitmentsPage, as_sheet, commitments
from servanda.pages.figures import figures
from servanda.pages.frame import Ask
from servanda.pages.home import home
from servanda.pages.library import Library
from servanda.pages.method import method
from servanda.pages.missing import MissingPage
from servanda.pages.overview import overview
from servanda.pages.plain import plain
from servanda.pages.render import HERE, html, style
from servanda.pages.report import report
from servanda.pages.sources import sources
from servanda.pages.threads import thread, threads
from servanda.pages.timeline import timeline
from servanda.settings import Provider, provider, today
from servanda.store.connect import Store

HOSTS = ["127.0.0.1", "localhost", "[::1]"]
_OF_THE_RECORD = "home overview commitments commitment threads thread timeline figures barriers sources method"
_WHAT_COULD_BE = "contribute scenarios scenario"
_AT_WORK = "texts reading agreement missing report signin account dialogue meeting item followup returned brief"
TEMPLATES = (*_OF_THE_RECORD.split(), *AREAS, *_WHAT_COULD_BE.split(), *_AT_WORK.split())
CSV_ROWS = 100_000
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class Web:
    """The pages of one register."""

    def __init__(self, store: Store, content: Path) -> None:
        self.library = Library(store, content)

    def ask(self, request: Request) -> Ask:
        """What the address asks for; raises RequestError for a day that cannot be."""
        query = {
            name: tuple(value for value in request.query_params.getlist(name) if value) for name in request.query_params
        }
        said = request.query_params.get("as_of", "")
        try:
            day = date.fromisoformat(said) if said else today()
        except ValueError as fault:
            raise RequestError(f"'{said[:40]}' is not a day; write as_of=2026-11-23") from fault
        kept = {name: values for name, values in query.items() if name != "as_of" and values}
        who = visitor(request)
        signed = who.name if who.speaker else ""
        return Ask(day, bool(said), request.path_params.get("case"), kept, token=who.token, signed=signed)

    def page(
        self,
        template: str,
        build: Callable[..., Any],
        twin: str | None = None,
        ask: Callable[[Request], Ask] | None = None,
    ) -> Callable[[Request], Response]:
        """An address that shows one kind of page."""
        asked = ask or self.ask

        def show(request: Request) -> Response:
            ask = asked(request)
            parts = [request.path_params["name"]] if "name" in request.path_params else []
            made = build(self.library, ask, *parts)
            if _wants_json(request, ask):
                return _json(getattr(made, twin) if twin else made)
            return HTMLResponse(html(made, template, ask))

        return show

    def list(self, request: Request) -> Response:
        """The commitments; as CSV all that match, not only the page."""
        ask = self.ask(request)
        if ask.one("format") == "csv":
            whole = {name: values for name, values in ask.query.items() if name != "page"}
            return _csv(commitments(self.library, replace(ask, query=whole), CSV_ROWS))
        return self.page("commitments", commitments)(request)

    def package(self, request: Request) -> Response:
        """A scenario; also as a file that can be run."""
        ask = self.ask(request)
        if ask.one("format") != "yml":
            return self.page("scenario", opened("scenario"), "twin")(request)
        made = opened("scenario")(self.library, ask, request.path_params["name"])
        name = f"{made.result.scenario.id}.yml"
        return Response(made.file, media_type="application/yaml; charset=utf-8", headers=attached(name))

    def chart(self, request: Request) -> Response:
        """One chart as SVG, PNG or CSV with its source line."""
        ask = self.ask(request)
        name, kind = request.path_params["name"], request.path_params["kind"]
        body, media = chart(self.library, ask, name, kind)
        return Response(body, media_type=media, headers=attached(f"{ask.case}-{name}.{kind}"))

    def report(self, request: Request) -> Response:
        """The review as one file."""
        ask = self.ask(request)
        made = report(self.library, ask)
        name = f"review-{ask.case}-{ask.as_of}.{request.path_params['kind']}"
        headers = attached(name)
        if request.path_params["kind"] == "pdf":
            return Response(made.pdf(), media_type="application/pdf", headers=headers)
        if request.path_params["kind"] == "html":
            return HTMLResponse(made.html(), headers=headers)
        raise PageMissing("the report comes as report.html or report.pdf")


def build(
    store: Store | str, content: Path | None = None, hosts: list[str] | None = None, *, secure: bool = False,
    by: Provider | None = None,
) -> Starlette:  # fmt: skip
    """The web application over a register; `secure` behind https, `by` the provider that people may sign in by."""
    from servanda.settings import shipped_content, store_url

    web = Web(Store(store_url(store)) if isinstance(store, str) else store, content or shipped_content())
    page, held, by = web.page, web.library.store, by or provider()
    talks = Talks(web.library, web.ask)
    cookies = Cookies(secure, by is not None)
    routes = [
        Route("/", page("home", home)),
        Route("/static/style.css", lambda request: Response(style(), media_type="text/css")),
        Route(
            "/static/icon.svg",
            lambda request: Response((HERE / "assets" / "icon.svg").read_bytes(), media_type="image/svg+xml"),
        ),
        Route("/method", page("method", method)),
        Route("/commitments", web.list),
        *Contributions(web.library, web.ask, page).routes(),
        *Door(held, cookies, by).routes(),
        *Own(held, cookies).routes(),
        *Desk(web.library, web.ask, page).routes(),
        *talks.routes(),
        *Papers(talks).routes(),
        Route("/{case}", page("overview", overview, "told")),
        Route("/{case}/commitments", web.list),
        Route("/{case}/commitments/{name}", page("commitment", commitment)),
        Route("/{case}/threads", page("threads", threads)),
        Route("/{case}/threads/{name}", page("thread", thread)),
        Route("/{case}/timeline", page("timeline", timeline)),
        Route("/{case}/figures", page("figures", figures)),
        Route("/{case}/barriers", page("barriers", barriers)),
        Route("/{case}/sources", page("sources", sources)),
        Route("/{case}/scenarios", page("scenarios", opened("scenarios"))),
        Route("/{case}/scenarios/{name}", web.package),
        *(Route(f"/{{case}}/{name}", page(name, build, name)) for name, build in AREAS.items()),
        *Meetings(web.library, web.ask).routes(),
        Route("/{case}/charts/{name}.{kind}", web.chart),
        Route("/{case}/report.{kind}", web.report),
    ]
    routes.insert(0, described_at(routes))
    faults: dict[Any, Any] = {ServandaError: _fault, 404: _nothing, 405: _nothing, Exception: _broken}
    free = frozenset(route.path for route in routes if route.path.startswith("/static/"))
    middleware = [
        Middleware(_Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts or HOSTS),
        Middleware(Guard, store=held, cookies=cookies, free=free, fault=_fault),
    ]
    made = Starlette(routes=routes, middleware=middleware, exception_handlers=faults)
    made.state.library = web.library
    return made


def _policy(path: str) -> dict[str, str]:
    """The protective headers of an address, with what the page there may run."""
    made = with_script(path, HEADERS)
    name = "content-security-policy"
    return {**made, name: "; ".join([made[name], *(f"{what} {where}" for what, where in scripted(path).items())])}


class _Headers:
    """Puts the protective headers on every answer."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    *((k.encode(), v.encode()) for k, v in _policy(scope["path"]).items()),
                ]
            await send(message)

        await self.app(scope, receive, sending)


def _wants_json(request: Request, ask: Ask) -> bool:
    accept = request.headers.get("accept", "")
    return ask.one("format") == "json" or ("application/json" in accept and "text/html" not in accept)


def _json(thing: Any, status: int = 200) -> Response:
    text = json.dumps(plain(thing), ensure_ascii=False, allow_nan=False, indent=1)
    return Response(text, status_code=status, media_type="application/json; charset=utf-8")


def _csv(page: CommitmentsPage) -> Response:
    return Response(
        "\ufeff" + as_sheet(page), media_type="text/csv; charset=utf-8", headers=attached("commitments.csv")
    )


def _fault(request: Request, fault: Exception) -> Response:
    status = 404 if isinstance(fault, PageMissing) else 503 if isinstance(fault, StoreError) else 400
    status = 401 if isinstance(fault, SigninNeeded) else status
    return _missing(request, str(fault), status_of(fault) or status)


def _nothing(request: Request, fault: Exception) -> Response:
    status = getattr(fault, "status_code", 404)
    if status == 405:
        return _missing(request, f"pages are read with GET and HEAD; {request.method} does nothing here", status)
    return _missing(request, f"no page at {request.url.path[:200]}; begin at the list of pairs", status)


def _broken(request: Request, fault: Exception) -> Response:
    # Answered outside the middleware that puts the headers on every other answer.
    answer = _missing(request, "this page failed by a fault of ours; nothing in the register was changed", 500)
    answer.headers.update(HEADERS)
    return answer


def _missing(request: Request, words: str, status: int) -> Response:
    page = MissingPage(
        {404: "Not here", 400: "That cannot be shown", 401: "Sign in", 503: "The register does not answer"}.get(
            status, "Not shown"
        ),
        words,
    )
    if "application/json" in request.headers.get("accept", "") or request.query_params.get("format") == "json":
        return _json({"error": words}, status)
    who = guest(request)
    ask = Ask(today(), token=who.token, signed=who.name) if who and who.speaker else Ask(today())
    return HTMLResponse(html(page, "missing", ask), status_code=status)
