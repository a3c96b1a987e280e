"""Passwords: argon2id by argon2-cffi, and what a password must be."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from servanda.errors import ExtraMissing, RequestError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 200
"""Characters. A password may be a sentence; a very long one would only keep the machine busy."""
_FEWEST_DIFFERENT = 5
_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes 64 MB by intent; many who try at once wait in line, and the machine is not filled."""
_OFTEN = ("password", "passwort", "servanda", "qwertyuiop", "1234567890", "letmein", "administrator")


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as missing:
        raise ExtraMissing("servanda with accounts", "accounts") from missing
    return PasswordHasher()


def hash_of(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher().hash(password.encode("utf-8", "replace"))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept. Where none is kept it takes as long, and is never right."""
    _hasher()
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(password) > LONGEST:
        kept = None
    against = kept or _nobody()
    try:
        with _AT_ONCE:
            _hasher().verify(against, password.encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a password was hashed with less care than is taken today."""
    return _hasher().check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return hash_of("a password that nobody has")


def check(password: str, *names: str) -> None:
    """Raises RequestError where a password can be guessed too easily; `names` must not stand in it."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise RequestError(
            f"the password has {len(password)} characters; choose one of {SHORTEST} to {LONGEST}, such as four words"
        )
    fold = password.casefold()
    if len(set(fold)) < _FEWEST_DIFFERENT:
        raise RequestError("the password repeats a few characters; choose another, such as four words")
    for word in (*_OFTEN, *(name.casefold() for name in names if len(name) > 3)):
        if word in fold and len(fold) - len(word) < SHORTEST:
            raise RequestError(f"the password is little more than '{word}'; choose another, such as four words")
