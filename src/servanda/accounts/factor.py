"""The second factor: codes of a telephone (RFC 6238, by pyotp), and recovery codes for the day it is lost."""

from __future__ import annotations

import re
from base64 import b32encode
from datetime import datetime
from typing import TYPE_CHECKING

from servanda.accounts.token import Draw, digest, same
from servanda.errors import ExtraMissing

if TYPE_CHECKING:
    from pyotp import TOTP

CODES = 10
_AROUND = (0, -1, 1)
"""A code holds half a minute; the one before and the one after do as well, for clocks that differ."""
_SECRET_BYTES, _CODE_BYTES = 20, 10


def new_secret(draw: Draw) -> str:
    """A secret for the telephone, of 160 random bits."""
    return b32encode(draw(_SECRET_BYTES)).decode()


def address(secret: str, name: str) -> str:
    """The otpauth address that the telephone takes in."""
    return _totp(secret).provisioning_uri(name=name, issuer_name="Servanda")


def count_of(secret: str, code: str, moment: datetime) -> int | None:
    """The count of the half minute whose code this is; None where it is no code of now."""
    plain = re.sub(r"\s", "", code)
    if not re.fullmatch(r"\d{6}", plain, re.ASCII):
        return None
    made = _totp(secret)
    now = made.timecode(moment)
    return next((now + step for step in _AROUND if same(made.generate_otp(now + step), plain)), None)


def new_codes(draw: Draw) -> tuple[str, ...]:
    """Recovery codes, to be shown once."""
    raw = (b32encode(draw(_CODE_BYTES)).decode().lower() for _ in range(CODES))
    return tuple("-".join(one[start : start + 4] for start in range(0, 16, 4)) for one in raw)


def digest_of(code: str) -> str:
    """What is kept of a recovery code; how it was typed does not matter."""
    return digest(re.sub(r"[^a-z0-9]", "", code.casefold()))


def _totp(secret: str) -> TOTP:
    try:
        from pyotp import TOTP
    except ImportError as missing:
        raise ExtraMissing("servanda with accounts", "accounts") from missing
    return TOTP(secret)
