"""The cookies: what they are called and how far they go. What they hold is a token and nothing of the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

SESSION, DOOR, ROUND = "servanda", "servanda-door", "servanda-round"


@dataclass(frozen=True, slots=True)
class Cookies:
    """How cookies are set: `secure` behind https, `abroad` where a provider sends people back to us."""

    secure: bool = False
    abroad: bool = False

    def name(self, name: str) -> str:
        """The name in full; behind https the browser itself holds it to this host and to the whole of it."""
        return f"__Host-{name}" if self.secure else name

    def get(self, request: Request, name: str) -> str:
        """What the browser brings back."""
        return request.cookies.get(self.name(name), "")

    def give(self, answer: Response, name: str, value: str, seconds: int | None = None) -> None:
        """Have the browser hold it: no script reads it, and other sites do not send it along."""
        # Who comes back from the provider comes from another site: strict would forget them on the way.
        far: Literal["lax", "strict"] = "lax" if self.abroad or name != SESSION else "strict"
        answer.set_cookie(
            self.name(name), value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite=far
        )

    def take(self, answer: Response, name: str) -> None:
        """Have the browser forget it."""
        answer.delete_cookie(self.name(name), path="/", secure=self.secure, httponly=True, samesite="lax")
