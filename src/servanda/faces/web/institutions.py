"""The pairs of institutions that should meet as a sheet, and a letter for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from servanda.errors import PageMissing
from servanda.faces.web.papers import WORD, attached
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.parts import part
from servanda.pages.plain import plain


class Meetings:
    """Who should meet, by the table of papers that is held."""

    def __init__(self, library: Library, ask: Callable[[Request], Ask]) -> None:
        self.library = library
        self.ask = ask

    def routes(self) -> list[Route]:
        """The addresses."""
        return [
            Route("/{case}/technology/pairs.{kind}", self.pairs),
            Route("/{case}/technology/letter.docx", self.letter),
        ]

    def _found(self, request: Request) -> tuple[Any, Ask, Any]:
        """The part that knows, what is asked, and what is held; raises PageMissing where there are no pairs."""
        ask, known = self.ask(request), part("servanda.pages.institutions", "this page")
        parties = self.library.review(ask.case or "", ask.as_of).parties
        made = known.institutions(self.library, ask, parties)
        if made.missing or made.no_pairs:
            raise PageMissing(f"{made.missing or made.no_pairs}; add a table of papers: {made.command}")
        return known, ask, made

    def pairs(self, request: Request) -> Response:
        """All pairs of the list as CSV, or with the network as JSON."""
        known, ask, made = self._found(request)
        kind = request.path_params["kind"]
        if kind == "json":
            twin = {name: value for name, value in plain(made).items() if name not in ("picture", "rows")}
            return JSONResponse(twin)
        if kind != "csv":
            raise PageMissing("the pairs come as .csv and as .json")
        name = f"{ask.case}-institutions.csv"
        return Response("\ufeff" + known.pairs_csv(made), media_type="text/csv; charset=utf-8", headers=attached(name))

    def letter(self, request: Request) -> Response:
        """The letter of one pair."""
        known, ask, made = self._found(request)
        body = known.letter(self.library, ask, made)
        return Response(body, media_type=WORD, headers=attached(f"{ask.one('one')} and {ask.one('other')}.docx"))
