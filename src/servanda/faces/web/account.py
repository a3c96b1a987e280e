"""The address of one's own account: another password, the second factor, the browsers that are signed in."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from servanda.accounts import own
from servanda.accounts.limits import MustWait
from servanda.accounts.session import Signed, all_of, came, end_others
from servanda.accounts.signin import Refused
from servanda.errors import PageMissing, RequestError
from servanda.faces.web.cookie import SESSION, Cookies
from servanda.faces.web.form import Form, FormForeign, check_token
from servanda.faces.web.signin import posted, whence
from servanda.faces.web.visitor import visitor
from servanda.pages.account import account
from servanda.pages.frame import Ask
from servanda.pages.render import html
from servanda.settings import now, today
from servanda.store.connect import Store


class Own:
    """The page of one's own account."""

    def __init__(self, store: Store, cookies: Cookies) -> None:
        self.store = store
        self.cookies = cookies

    def routes(self) -> list[Route]:
        """The addresses."""
        return [Route("/account", self.show), Route("/account", posted(self.take), methods=["POST"])]

    def show(self, request: Request) -> Response:
        """The page."""
        return self._page(request)

    def take(self, request: Request, form: Form) -> Response:
        """Do what the form says; the page says what was done, or why it was not."""
        try:
            check_token(form, visitor(request).token)
            done, codes = self._do(request, form)
        except (RequestError, Refused) as fault:
            refused = isinstance(fault, (Refused, FormForeign))
            return self._page(
                request, str(fault), status=429 if isinstance(fault, MustWait) else 403 if refused else 400
            )
        return self._page(request, done=done, codes=codes)

    def _do(self, request: Request, form: Form) -> tuple[str, tuple[str, ...]]:
        signed, what, here = _signed(request), form.one("do"), whence(request)
        if what == "password":
            if form.one("new") != form.one("again"):
                raise RequestError("the new password was typed in two ways; type it twice the same")
            own.change_password(self.store, signed, form.one("old"), form.one("new"), here)
            return "The password is changed; other browsers are signed out.", ()
        if what == "factor":
            own.begin_factor(self.store, signed, secrets.token_bytes)
            return "Take the secret into your telephone, and give its first code.", ()
        if what == "confirm":
            codes = own.confirm_factor(self.store, signed, form.one("code"), here, secrets.token_bytes)
            return "The second factor is set up. Write the recovery codes down: they are shown this once.", codes
        if what == "drop":
            own.drop_factor(self.store, signed, form.one("old"), here)
            return "The second factor is taken off.", ()
        if what == "end":
            ended = end_others(self.store, signed, here.moment, form.one("session") or None)
            return f"Signed out elsewhere: {ended}.", ()
        raise RequestError("the form says nothing that can be done here; open the page again")

    def _page(
        self, request: Request, problem: str | None = None, done: str | None = None, codes: tuple[str, ...] = (),
        status: int = 200,
    ) -> Response:  # fmt: skip
        signed, moment = _signed(request), now()
        fresh = came(self.store, self.cookies.get(request, SESSION), moment).signed or signed
        held = all_of(self.store, signed.account.name, moment)
        page = account(fresh.account, held, signed.session.id, problem, done, codes)
        ask = Ask(today(), token=signed.token, signed=signed.account.full_name)
        return HTMLResponse(html(page, "account", ask), status)


def _signed(request: Request) -> Signed:
    found = visitor(request).signed
    if found is None:
        raise PageMissing("this register has no accounts, so nobody has one to look after; see servanda accounts")
    return found
