"""The page of one's own account. It has no twin: what stands here is for the person's own eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from servanda.accounts import factor
from servanda.store.accounts import Account
from servanda.store.sessions import Session


@dataclass(frozen=True, slots=True)
class Browser:
    """One browser that is signed in."""

    id: str
    says: str
    since: str
    seen: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The account as its person sees it. `address` and `secret` stand there only until the first code was given."""

    title: str
    name: str
    full_name: str
    speaks: str
    email: str | None
    has_password: bool
    factor_on: bool
    factor_required: bool
    codes_left: int
    address: str | None
    secret: str | None
    browsers: tuple[Browser, ...]
    codes: tuple[str, ...]
    problem: str | None
    done: str | None


def account(
    held: Account, sessions: Sequence[Session], this: str, problem: str | None, done: str | None,
    codes: tuple[str, ...] = (),
) -> AccountPage:  # fmt: skip
    """The page; `codes` are shown where they were made just now."""
    pending = held.factor if held.factor and not held.factor_on else None
    tracks = f", {', '.join(held.tracks)}" if held.tracks else ""
    return AccountPage(
        "Your account", held.name, held.full_name, f"{held.role} of {held.party or 'no party'}{tracks}", held.email,
        held.password is not None, held.factor_on, held.factor_required, len(held.recovery),
        factor.address(pending, held.name) if pending else None, _in_fours(pending) if pending else None,
        tuple(_browser(one, this) for one in sessions), codes, problem, done,
    )  # fmt: skip


def _browser(session: Session, this: str) -> Browser:
    return Browser(
        session.id, session.browser or "not told", _minute(session.made), _minute(session.seen), session.id == this
    )  # fmt: skip


def _minute(at: str) -> str:
    return at[:16].replace("T", " ") + " UTC"


def _in_fours(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
