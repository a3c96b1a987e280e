"""The addresses at which somebody asks where they can help: a page, and its answer as a calendar, as Word
and as a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from servanda.errors import PageMissing
from servanda.opportunities.feed import MEDIA as CALENDAR
from servanda.pages.contribute import contribution, contribution_file
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.offer import MEDIA as WORD

TYPES = {"ics": CALENDAR, "docx": WORD, "html": "text/html; charset=utf-8"}


class Contributions:
    """The form of one register; it changes nothing and keeps nothing."""

    def __init__(
        self, library: Library, ask: Callable[[Request], Ask], page: Callable[..., Callable[[Request], Response]]
    ) -> None:
        self.library = library
        self.ask = ask
        self.page = page

    def routes(self) -> list[Route]:
        """The addresses, of all pairs and of one."""
        shown = self.page("contribute", contribution)
        return [
            Route("/contribute", shown),
            Route("/contribute.{kind}", self.file),
            Route("/{case}/contribute", shown),
            Route("/{case}/contribute.{kind}", self.file),
        ]

    def file(self, request: Request) -> Response:
        """The answer as a file."""
        kind = request.path_params["kind"]
        if kind not in TYPES:
            raise PageMissing(f"no contribute.{kind} here; the answer comes as contribute.ics, .docx or .html")
        made = contribution_file(self.library, self.ask(request), kind)
        name = {"content-disposition": f"attachment; filename=programmes.{kind}"}
        return Response(made, media_type=TYPES[kind], headers=name)
