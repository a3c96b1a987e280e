"""Who comes to which address: without accounts everybody to all, else only who is signed in, but for the door."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from servanda.accounts.session import Came, came
from servanda.errors import ServandaError
from servanda.faces.web.cookie import SESSION, Cookies
from servanda.faces.web.visitor import SigninNeeded, Visitor, signed_visitor
from servanda.settings import now
from servanda.store.connect import Store

DOOR = frozenset(("/signin", "/signin/code", "/signin/provider", "/signin/return"))
WITHOUT_FACTOR = frozenset(("/account", "/signout"))
"""What somebody sees who must set up a second factor and has not."""
Fault = Callable[[Request, Exception], Response]


class Guard:
    """Puts the visitor into the state of a request, or answers in place of the page. `free` is for everybody."""

    def __init__(self, app: Any, store: Store, cookies: Cookies, free: frozenset[str], fault: Fault) -> None:
        self.app = app
        self.store = store
        self.cookies = cookies
        self.free = free
        self.fault = fault
        self.alone = Visitor("somebody", token=secrets.token_urlsafe(24))

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Let the request through with its visitor, or answer it."""
        if scope["type"] != "http" or scope["path"] in self.free:
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            found = await run_in_threadpool(came, self.store, self.cookies.get(request, SESSION), now())
        except ServandaError as fault:
            await self.fault(request, fault)(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = self._visitor(found)
        instead = self._instead(request, found)
        await (instead or self.app)(scope, receive, self._kept_back(send) if found.guarded else send)

    def _visitor(self, found: Came) -> Visitor | None:
        if not found.guarded:
            return self.alone
        return signed_visitor(found.signed) if found.signed else None

    def _instead(self, request: Request, found: Came) -> Response | None:
        """What is answered in place of the page to somebody who may not see it."""
        # As it is routed: the address put together with the host's name may be read in another way.
        path: str = request.scope["path"]
        if not found.guarded or path in DOOR:
            return None
        reads = request.method in ("GET", "HEAD") and not _is_program(request)
        if found.signed is None:
            asked = path + (f"?{request.url.query}" if request.url.query else "")
            if reads:
                return RedirectResponse("/signin" + (f"?next={quote(asked, safe='')}" if asked != "/" else ""), 303)
            return self.fault(request, SigninNeeded("nobody is signed in; sign in, and open the page again"))
        if found.signed.account.owes_factor and path not in WITHOUT_FACTOR:
            if reads:
                return RedirectResponse("/account", 303)
            return self.fault(request, SigninNeeded("your account needs a second factor first; set it up at /account"))
        return None

    def _kept_back(self, send: Any) -> Any:
        """Nothing of what somebody saw stays in a browser or a proxy for the next."""
        more = [(b"cache-control", b"no-store")]
        if self.cookies.secure:
            more.append((b"strict-transport-security", b"max-age=31536000"))

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *more]
            await send(message)

        return sending


def _is_program(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return request.query_params.get("format") == "json" or (
        "application/json" in accept and "text/html" not in accept
    )  # fmt: skip
