"""Who is visiting. Alone on a laptop there is one visitor who may see all; accounts will come through this seam."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the pages: a name for the register's entries, and the party whose notes they may see."""

    name: str
    party: str | None = None


def visitor(request: Request) -> Visitor:
    """The visitor of a request."""
    return getattr(request.app.state, "visitor", Visitor("somebody"))
