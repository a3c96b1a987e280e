"""The door: name and password, then a code where one is asked for, or the provider; and the way out."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from servanda.accounts import provider as oidc
from servanda.accounts.limits import MustWait
from servanda.accounts.session import HALF, door_token, secret_of, sign_out
from servanda.accounts.signin import Opened, Refused, Whence, with_code, with_password
from servanda.accounts.vouch import with_vouched
from servanda.errors import ServandaError
from servanda.faces.web.cookie import DOOR, ROUND, SESSION, Cookies
from servanda.faces.web.form import Form, FormForeign, check_token, receive
from servanda.faces.web.visitor import guest, visitor
from servanda.pages.frame import Ask
from servanda.pages.render import html
from servanda.pages.signin import signin
from servanda.settings import Provider, now, today
from servanda.store.connect import Store

LONGEST_NEXT = 2000
Handle = Callable[[Request, Form], Response]


class Door:
    """The addresses that need nobody to be signed in, and the one that ends it."""

    def __init__(self, store: Store, cookies: Cookies, provider: Provider | None) -> None:
        self.store = store
        self.cookies = cookies
        self.provider = provider

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/signin", self.ask_password),
            Route("/signin", posted(self.take_password), methods=["POST"]),
            Route("/signin/code", self.ask_code),
            Route("/signin/code", posted(self.take_code), methods=["POST"]),
            Route("/signin/provider", self.set_out),
            Route("/signin/return", self.come_back),
            Route("/signout", posted(self.leave), methods=["POST"]),
        ]

    def ask_password(self, request: Request) -> Response:
        """The page with name and password; who is in already is led on."""
        leads_to = within(request.query_params.get("next", ""))
        if guest(request):
            return RedirectResponse(leads_to, 303)
        return self._page(request, "password", leads_to)

    def take_password(self, request: Request, form: Form) -> Response:
        """Let in, or ask for the code, or say in one sentence that it was not right."""
        leads_to = within(form.one("next"))
        if guest(request):  # in already, or alone on a laptop
            return RedirectResponse(leads_to, 303)
        try:
            self._check(request, form)
            earlier = self.cookies.get(request, SESSION)
            name, said = form.one("name"), form.one("password")
            opened = with_password(self.store, name, said, whence(request), secrets.token_bytes, earlier)
        except (Refused, MustWait, FormForeign) as fault:
            return self._page(request, "password", leads_to, fault, form.one("name"))
        return self._in(opened, leads_to)

    def ask_code(self, request: Request) -> Response:
        """The page with the code."""
        return self._page(request, "code", within(request.query_params.get("next", "")))

    def take_code(self, request: Request, form: Form) -> Response:
        """Let in whoever gives the code."""
        leads_to = within(form.one("next"))
        try:
            self._check(request, form)
            half = self.cookies.get(request, SESSION)
            opened = with_code(self.store, half, form.one("code"), whence(request), secrets.token_bytes)
        except (Refused, MustWait, FormForeign) as fault:
            return self._page(request, "code", leads_to, fault)
        return self._in(opened, leads_to)

    def set_out(self, request: Request) -> Response:
        """Send the browser to the provider, with what it must bring back."""
        leads_to = within(request.query_params.get("next", ""))
        secret = secret_of(self.store)
        if self.provider is None or not secret:
            return RedirectResponse("/signin", 303)
        moment = now()
        held = oidc.set_out(secret, leads_to, moment, secrets.token_bytes)
        try:
            place = oidc.address(self.provider, oidc.come_back(secret, held, moment), self._back(request))
        except oidc.ProviderFailed as fault:
            return self._page(request, "password", leads_to, fault)
        answer = RedirectResponse(place, 303)
        self.cookies.give(answer, ROUND, held, int(oidc.ROUND.total_seconds()))
        return answer

    def come_back(self, request: Request) -> Response:
        """Let in whom the provider vouches for."""
        if self.provider is None:
            return RedirectResponse("/signin", 303)
        leads_to, moment = "/", now()
        try:
            of = oidc.come_back(secret_of(self.store), self.cookies.get(request, ROUND), moment)
            leads_to = within(of.leads_to)
            said = dict(request.query_params)
            vouched = oidc.vouched(self.provider, of, self._back(request), said, moment)
            earlier = self.cookies.get(request, SESSION)
            opened = with_vouched(self.store, vouched, whence(request), secrets.token_bytes, earlier)
        except (Refused, oidc.ProviderFailed) as fault:
            answer = self._page(request, "password", leads_to, fault)
        else:
            answer = self._in(opened, leads_to)
        self.cookies.take(answer, ROUND)
        return answer

    def leave(self, request: Request, form: Form) -> Response:
        """End the session, and have the browser forget it."""
        who = visitor(request)
        check_token(form, who.token)
        answer = RedirectResponse("/signin" if who.signed else "/", 303)
        if who.signed:
            sign_out(self.store, who.signed, now())
            self.cookies.take(answer, SESSION)
        return answer

    def _in(self, opened: Opened, leads_to: str) -> Response:
        step = leads_to if opened.whole else _with_next("/signin/code", leads_to)
        answer = RedirectResponse(step, 303)
        self.cookies.give(answer, SESSION, opened.token, None if opened.whole else int(HALF.total_seconds()))
        if opened.whole:
            self.cookies.take(answer, DOOR)
        return answer

    def _check(self, request: Request, form: Form) -> None:
        held = self.cookies.get(request, DOOR)
        if not held:
            raise FormForeign("your browser holds no cookie of this page; allow it, and send again")
        check_token(form, door_token(self.store, held))

    def _page(
        self, request: Request, step: str, leads_to: str, fault: ServandaError | None = None, name: str = ""
    ) -> Response:
        held = self.cookies.get(request, DOOR) or secrets.token_urlsafe(24)
        led = leads_to if leads_to != "/" else ""
        provider = _with_next("/signin/provider", leads_to) if self.provider else None
        page = signin(step, led, str(fault) if fault else None, name[:80], provider)
        status = 200 if fault is None else 429 if isinstance(fault, MustWait) else 403
        answer = HTMLResponse(html(page, "signin", Ask(today(), token=door_token(self.store, held))), status)
        if isinstance(fault, MustWait):
            answer.headers["retry-after"] = str(fault.seconds)
        self.cookies.give(answer, DOOR, held)
        return answer

    def _back(self, request: Request) -> str:
        way = "https" if self.cookies.secure else request.url.scheme
        return f"{way}://{request.headers['host']}/signin/return"


def posted(handle: Handle) -> Callable[[Request], Awaitable[Response]]:
    """An address that takes a form of ours."""

    async def take(request: Request) -> Response:
        form = await receive(request)
        return await run_in_threadpool(handle, request, form)

    return take


def whence(request: Request) -> Whence:
    """Where a request comes from."""
    address = request.client.host if request.client else ""
    return Whence(address, request.headers.get("user-agent", ""), now())


def within(said: str) -> str:
    """The address if it leads to a page of ours, else the first page: nobody is sent elsewhere from here."""
    plain = said.startswith("/") and not said.startswith("//") and "\\" not in said
    if not plain or len(said) > LONGEST_NEXT or not said.isprintable() or said.startswith(("/signin", "/signout")):
        return "/"
    return said


def _with_next(path: str, leads_to: str) -> str:
    return f"{path}?{urlencode({'next': leads_to})}" if leads_to != "/" else path
