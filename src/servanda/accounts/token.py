"""Tokens that cannot be guessed, what is kept in their place, and marks that only this register can make."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable

Draw = Callable[[int], bytes]
"""Gives so many random bytes, as secrets.token_bytes does."""
BYTES = 32


def new_token(draw: Draw) -> str:
    """A token of 256 random bits."""
    return urlsafe_b64encode(draw(BYTES)).decode().rstrip("=")


def digest(token: str) -> str:
    """What the register keeps of a token: from it nobody finds the token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def mark(secret: bytes, purpose: str, said: str) -> str:
    """A keyed hash of words for one purpose; every process of one register makes the same."""
    return hmac.new(secret, f"{purpose}\n{said}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two marks are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
