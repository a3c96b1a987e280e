"""Codes of a telephone, and recovery codes."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pyotp
import pytest

from servanda.accounts.factor import CODES, address, count_of, digest_of, new_codes, new_secret
from tests.accounts.conftest import NOON

SECRET = new_secret(secrets.token_bytes)


def test_a_code_holds_its_half_minute_and_the_two_beside_it() -> None:
    code = pyotp.TOTP(SECRET).at(NOON)
    assert count_of(SECRET, code, NOON) == int(NOON.timestamp()) // 30
    assert count_of(SECRET, f" {code[:3]} {code[3:]} ", NOON) is not None
    for seconds, holds in ((-31, False), (-30, True), (30, True), (59, True), (60, False), (90, False)):
        assert (count_of(SECRET, code, NOON + timedelta(seconds=seconds)) is not None) is holds, seconds


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "٠١٢٣٤٥", "\x00", "1" * 9999])
def test_what_is_no_code_is_none(code: str) -> None:
    assert count_of(SECRET, code, NOON) is None


def test_the_secret_is_160_bits_and_an_app_takes_it_in() -> None:
    assert len(SECRET) == 32 and "=" not in SECRET
    read = pyotp.parse_uri(address(SECRET, "anna@x"))
    assert isinstance(read, pyotp.TOTP) and read.secret == SECRET
    assert (read.name, read.issuer) == ("anna@x", "Servanda")


def test_recovery_codes_differ_and_may_be_typed_in_any_way() -> None:
    codes = new_codes(secrets.token_bytes)
    assert len(set(codes)) == CODES and all(len(one) == 19 for one in codes)
    assert digest_of(codes[0]) == digest_of(codes[0].upper().replace("-", " ")) != digest_of(codes[1])
