"""Who is visiting. Alone on a laptop there is one visitor who may do all; else whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from servanda.accounts.session import Signed
from servanda.errors import RequestError
from servanda.model.dialogue import Speaker


class SigninNeeded(RequestError):
    """Nobody is signed in, and the page is for those who are."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the pages: a name for the register's entries, as what they speak, and the token of their forms.

    `speaker` is None alone on a laptop: such a visitor may do everything, under the name that a form gives.
    """

    name: str
    speaker: Speaker | None = None
    party: str | None = None
    token: str = ""
    signed: Signed | None = None


def visitor(request: Request) -> Visitor:
    """The visitor of a request; raises SigninNeeded where there are accounts and nobody is signed in."""
    found = guest(request)
    if found is None:
        raise SigninNeeded("nobody is signed in; sign in, and open the page again")
    return found


def guest(request: Request) -> Visitor | None:
    """The visitor of a request, or None at the door."""
    found = getattr(request.state, "visitor", None)
    return found if isinstance(found, Visitor) else None


def signed_visitor(signed: Signed) -> Visitor:
    """The visitor that a session stands for."""
    speaker = signed.account.speaker
    return Visitor(speaker.name, speaker, speaker.party, signed.token, signed)


def name_of(request: Request, said: str = "") -> str:
    """Under which name something is written: one's own where one is signed in, whatever a form says."""
    found = visitor(request)
    return found.name if found.speaker else said
