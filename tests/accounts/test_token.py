"""Tokens and marks."""

from __future__ import annotations

import secrets

from servanda.accounts.token import digest, mark, new_token, same


def test_a_token_has_256_bits_and_only_its_digest_is_kept() -> None:
    made = {new_token(secrets.token_bytes) for _ in range(50)}
    assert len(made) == 50 and all(len(one) == 43 and one.isascii() for one in made)
    assert digest("a") != digest("b") and len(digest("a")) == 64
    assert len(digest("\ud800")) == 64, "what no browser may send breaks nothing"


def test_a_mark_is_for_one_purpose_and_one_secret() -> None:
    assert mark(b"k", "form", "x") == mark(b"k", "form", "x")
    assert (
        len({mark(b"k", "form", "x"), mark(b"k", "door", "x"), mark(b"l", "form", "x"), mark(b"k", "form", "y")}) == 4
    )
    assert same("a", "a") and not same("a", "b") and not same("a", "조")
