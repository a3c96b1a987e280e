"""OpenID Connect against a real provider on this machine, and against one that lies."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from pytest_httpserver import HTTPServer

from servanda.accounts.provider import (
    ROUND,
    ProviderFailed,
    Round,
    Vouched,
    address,
    come_back,
    set_out,
    vouched,
)
from servanda.settings import Provider
from tests.openid import consent, served
from tests.postgres import free_port

SECRET, BACK = b"the register's secret", "http://127.0.0.1:8400/signin/return"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def real() -> Iterator[Provider]:
    yield from served(free_port())


def begun(leads_to: str = "/ind-kor") -> Round:
    return come_back(SECRET, set_out(SECRET, leads_to, now(), secrets.token_bytes), now())


def agreed(place: str, **form: str) -> dict[str, str]:
    """What the browser brings back after the person was asked there."""
    where = consent(place, **form)
    assert where.startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}


def test_a_person_comes_back_with_their_subject(real: Provider) -> None:
    of = begun()
    place = address(real, of, BACK)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    assert asked["state"] == of.state and asked["nonce"] == of.nonce and of.verifier not in place
    assert "openid" in asked["scope"] and asked["redirect_uri"] == BACK
    found = vouched(real, of, BACK, agreed(place, sub="s-anna"), now())
    assert found == Vouched(f"{real.issuer} s-anna", "anna@zembla.example")
    of = begun()
    found = vouched(real, of, BACK, agreed(address(real, of, BACK), sub="s-boris"), now())
    assert found == Vouched(f"{real.issuer} s-boris", None), "the provider has not verified this address"


@pytest.mark.parametrize("broken", ["state", "code", "nonce", "client", "issuer"])
def test_what_does_not_fit_lets_nobody_in(real: Provider, broken: str) -> None:
    of = begun()
    said = agreed(address(real, of, BACK), sub="s-anna")
    by = real
    if broken in said:
        said[broken] = "x" + said[broken]
    elif broken == "nonce":
        of = replace(of, nonce="0" * 64)
    elif broken == "client":
        by = replace(real, client="another")
    else:
        by = replace(real, issuer=real.issuer + "/")
    with pytest.raises(ProviderFailed):
        vouched(by, of, BACK, said, now())


def test_a_code_is_good_once(real: Provider) -> None:
    of = begun()
    said = agreed(address(real, of, BACK), sub="s-anna")
    vouched(real, of, BACK, said, now())
    with pytest.raises(ProviderFailed, match="does not take the code"):
        vouched(real, of, BACK, said, now())


def test_whoever_says_no_there_is_not_let_in_here(real: Provider) -> None:
    of = begun()
    said = agreed(address(real, of, BACK), action="deny")
    with pytest.raises(ProviderFailed):
        vouched(real, of, BACK, said, now())
    with pytest.raises(ProviderFailed, match="did not let you in"):
        vouched(real, of, BACK, {"state": of.state, "error": "access_denied"}, now())


def test_an_old_token_is_refused(real: Provider) -> None:
    of = begun()
    said = agreed(address(real, of, BACK), sub="s-anna")
    with pytest.raises(ProviderFailed, match="does not hold"):
        vouched(real, of, BACK, said, now() + timedelta(hours=2))


def test_a_round_is_of_one_browser_and_ends() -> None:
    held, moment = set_out(SECRET, "/ind-kor?a=b&c=조", now(), secrets.token_bytes), now()
    assert come_back(SECRET, held, moment).leads_to == "/ind-kor?a=b&c=조"
    assert come_back(SECRET, held, moment) != begun()
    with pytest.raises(ProviderFailed, match="too long"):
        come_back(SECRET, held, moment + ROUND + timedelta(seconds=2))
    for wrong in ("", ".", "a.b.c.d", held[:-1], held.replace(".", "x", 1), "x" * 9999, "\ud800"):
        with pytest.raises(ProviderFailed, match="not begun in this browser"):
            come_back(SECRET, wrong, moment)
    with pytest.raises(ProviderFailed, match="not begun in this browser"):
        come_back(b"another register", held, moment)


# A provider that says what a test wants it to say.

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)
STRANGE = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}, private=True)


class Liar:
    """A provider played by a server on this machine."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.provider = Provider(server.url_for("").rstrip("/"), "servanda", "a secret of sixteen")
        self.of = begun()
        self.algorithms = ["RS256"]
        self.says: dict[str, Any] = {}

    def claims(self, **changes: Any) -> dict[str, Any]:
        at = int(now().timestamp())
        whole = {
            "iss": self.provider.issuer, "aud": "servanda", "sub": "s1", "exp": at + 60, "iat": at,
            "nonce": self.of.nonce, "email": "Anna@Zembla.example", "email_verified": True, **changes,
        }  # fmt: skip
        return {name: value for name, value in whole.items() if value is not None}

    def token(self, alg: str = "RS256", key: Any = KEY, **changes: Any) -> str:
        return jwt.encode({"alg": alg, "kid": "one"}, self.claims(**changes), key, algorithms=[alg])

    def answer(self, token: str) -> Vouched:
        place = self.provider.issuer
        self.server.clear()
        known = {
            "issuer": place, "authorization_endpoint": f"{place}/a", "token_endpoint": f"{place}/t",
            "jwks_uri": f"{place}/k", "id_token_signing_alg_values_supported": self.algorithms, **self.says,
        }  # fmt: skip
        self.server.expect_request("/.well-known/openid-configuration").respond_with_json(known)
        self.server.expect_request("/k").respond_with_json(KeySet([KEY]).as_dict(private=False))
        given = {"access_token": "x", "token_type": "Bearer", "id_token": token}
        self.server.expect_request("/t").respond_with_json(given)
        return vouched(self.provider, self.of, BACK, {"state": self.of.state, "code": "c"}, now())


@pytest.fixture
def liar(httpserver: HTTPServer) -> Liar:
    return Liar(httpserver)


def test_what_holds_is_believed_and_only_a_verified_address_is_taken(liar: Liar) -> None:
    assert liar.answer(liar.token()) == Vouched(f"{liar.provider.issuer} s1", "anna@zembla.example")
    for said in (None, False, "true", 1):
        assert liar.answer(liar.token(email_verified=said)).email is None, said
    assert liar.answer(liar.token(aud=["servanda"])).subject.endswith(" s1")
    assert liar.answer(liar.token(aud=["servanda", "other"], azp="servanda")).subject.endswith(" s1")


# Fixed, so that every process that runs a part of the suite names the same tests.
PAST, LONG_AHEAD = 1_000_000_000, 4_000_000_000  # 2001 and 2096, in seconds


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://evil.example"}, {"iss": None}, {"aud": "another"}, {"aud": None}, {"aud": []},
        {"aud": ["servanda", "another"]}, {"azp": "another"}, {"exp": PAST}, {"exp": None}, {"exp": "tomorrow"},
        {"nonce": "another"}, {"nonce": None}, {"sub": None}, {"sub": ""}, {"sub": 7}, {"iat": None},
        {"nbf": LONG_AHEAD},
    ],
    ids=str,
)  # fmt: skip
def test_claims_that_do_not_hold_are_refused(liar: Liar, changes: dict[str, Any]) -> None:
    with pytest.raises(ProviderFailed):
        liar.answer(liar.token(**changes))


def test_another_key_no_key_and_a_shared_word_are_refused(liar: Liar) -> None:
    plain = liar.token()
    head, body, _ = plain.split(".")
    none = "eyJhbGciOiJub25lIn0"  # {"alg":"none"}
    public = OctKey.import_key(json.dumps(KEY.as_dict(private=False)))
    forged = [
        liar.token(key=STRANGE), f"{none}.{body}.", f"{head}.{body}.", f"{head}.{body}.AAAA", "", "a.b.c", "x" * 9999,
        liar.token("HS256", public), liar.token("HS256", OctKey.import_key("a secret of sixteen")), liar.token("PS256"),
    ]  # fmt: skip
    for token in forged:
        with pytest.raises(ProviderFailed):
            liar.answer(token)


@pytest.mark.parametrize("named", [["none"], ["HS256"], [], None, "RS256"], ids=str)
def test_a_provider_that_names_no_algorithm_of_a_key_pair_is_refused(liar: Liar, named: Any) -> None:
    liar.algorithms = named
    for token in (liar.token(), liar.token("HS256", OctKey.import_key("a secret of sixteen"))):
        with pytest.raises(ProviderFailed, match="signs by none of"):
            liar.answer(token)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "http://evil.example/t"},
        {"jwks_uri": "file:///etc/passwd"}, {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_provider_that_leads_astray_is_refused(liar: Liar, says: dict[str, Any]) -> None:
    liar.says = says
    with pytest.raises(ProviderFailed):
        liar.answer(liar.token())


def test_a_provider_that_is_not_there_is_one_sentence() -> None:
    for issuer in ("http://127.0.0.1:9", "http://evil.example", "ftp://x", "http://[", ""):
        with pytest.raises(ProviderFailed):
            address(Provider(issuer, "servanda"), begun(), BACK)


def test_the_verifier_goes_to_the_provider_and_an_answer_that_is_no_answer_is_refused(liar: Liar) -> None:
    seen: list[str] = []
    liar.answer(liar.token())
    for request, _ in liar.server.log:
        seen.append(request.get_data(as_text=True))
    assert any(f"code_verifier={liar.of.verifier}" in body for body in seen)
    liar.server.clear()
    for status, body in ((500, "{}"), (200, "no json"), (302, ""), (200, "[]")):
        liar.server.expect_request("/.well-known/openid-configuration").respond_with_data(body, status)
        with pytest.raises(ProviderFailed, match="does not answer"):
            address(liar.provider, liar.of, BACK)
        liar.server.clear()
