"""A ministry's own sign-in: OpenID Connect, by authorization code with PKCE.

State, nonce and verifier are marks of a seed that only this browser holds, so that no process need remember a round.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from servanda.accounts.token import Draw, mark, new_token, same
from servanda.errors import ExtraMissing, RequestError
from servanda.settings import Provider

if TYPE_CHECKING:
    from requests import Session as Web

ROUND = timedelta(minutes=10)
"""From our page to the provider and back."""
PATIENCE = 10
"""Seconds in which the provider must answer."""
LEEWAY = 60
ALGORITHMS = frozenset(
    ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
)
"""Those by which the provider signs and nobody else can. None of them takes a shared word for a key."""
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ProviderFailed(RequestError):
    """The provider does not answer, or what it answers cannot be believed."""


@dataclass(frozen=True, slots=True)
class Round:
    """One way to the provider and back, of one browser, and the page it leads to."""

    state: str
    nonce: str
    verifier: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for: its subject, and an e-mail address where it has verified one."""

    subject: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the provider says of itself."""

    authorize: str
    token: str
    keys: str
    algorithms: tuple[str, ...]


def set_out(secret: bytes, leads_to: str, moment: datetime, draw: Draw) -> str:
    """What the browser holds while it is away."""
    packed = urlsafe_b64encode(leads_to.encode("utf-8", "replace")).decode().rstrip("=")
    seed = f"{new_token(draw)}.{int(moment.timestamp())}.{packed}"
    return f"{seed}.{mark(secret, 'oidc round', seed)}"


def come_back(secret: bytes, held: str, moment: datetime) -> Round:
    """The round of what the browser holds; raises ProviderFailed where it is not ours or too long ago."""
    seed, _, sealed = held.rpartition(".")
    parts = seed.split(".")
    if len(parts) != 3 or not same(sealed, mark(secret, "oidc round", seed)):
        raise ProviderFailed("this sign-in was not begun in this browser; begin again")
    if moment - datetime.fromtimestamp(int(parts[1]), UTC) > ROUND:
        raise ProviderFailed("the sign-in took too long; begin again")
    leads_to = urlsafe_b64decode(parts[2] + "=" * (-len(parts[2]) % 4)).decode()
    state, nonce, verifier = (mark(secret, f"oidc {name}", seed) for name in ("state", "nonce", "verifier"))
    return Round(state, nonce, verifier, leads_to)


def address(provider: Provider, of: Round, back: str) -> str:
    """Where the browser goes to sign in."""
    with _web() as web:
        known = _discover(web, provider)
    client = _client(provider, back)
    made, _ = client.create_authorization_url(
        known.authorize, state=of.state, nonce=of.nonce, code_verifier=of.verifier
    )
    return str(made)


def vouched(provider: Provider, of: Round, back: str, said: dict[str, str], moment: datetime) -> Vouched:
    """Whom the provider vouches for by what the browser brought back; raises ProviderFailed for anything doubtful."""
    if not same(said.get("state", ""), of.state):
        raise ProviderFailed("this sign-in was not begun in this browser; begin again")
    if said.get("iss", provider.issuer) != provider.issuer:
        raise ProviderFailed("another provider answered than was asked; begin again")
    if "code" not in said:
        raise ProviderFailed("the provider did not let you in; ask whoever keeps your account there")
    with _web() as web:
        known = _discover(web, provider)
        keys = _read(web, known.keys)
    raw = _redeem(provider, known, of, back, said["code"])
    claims = _checked(raw, keys, known.algorithms, provider, of.nonce, moment)
    email = claims.get("email") if claims.get("email_verified") is True else None
    return Vouched(f"{provider.issuer} {claims['sub']}", email.casefold() if isinstance(email, str) else None)


def _discover(web: Web, provider: Provider) -> Known:
    """What the provider says of itself; it must say that it is the one that was meant."""
    _check_address(provider.issuer, "SERVANDA_OIDC_ISSUER")
    said = _read(web, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if said.get("issuer") != provider.issuer:
        raise ProviderFailed(f"the provider calls itself '{said.get('issuer')}'; write that as SERVANDA_OIDC_ISSUER")
    named = said.get("id_token_signing_alg_values_supported")
    algorithms = tuple(one for one in named if one in ALGORITHMS) if isinstance(named, list) else ()
    if not algorithms:
        raise ProviderFailed(f"the provider signs by none of {', '.join(sorted(ALGORITHMS))}; nobody can be let in")
    places = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    for place in places:
        _check_address(place, "an address that the provider gives")
    return Known(str(places[0]), str(places[1]), str(places[2]), algorithms)


def _checked(
    raw: object, keys: dict[str, Any], algorithms: tuple[str, ...], provider: Provider, nonce: str, moment: datetime
) -> dict[str, Any]:
    """The claims of an identity token that is signed by the provider, for us, now, for this round."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        made = jwt.decode(str(raw), KeySet.import_key_set(keys), algorithms=list(algorithms))  # type: ignore[arg-type]
        registry = jwt.JWTClaimsRegistry(
            now=int(moment.timestamp()), leeway=LEEWAY,
            iss={"essential": True, "value": provider.issuer}, aud={"essential": True, "value": provider.client},
            exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )  # fmt: skip
        registry.validate(made.claims)
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        raise ProviderFailed("what the provider says of you does not hold; nobody was let in. Begin again") from fault
    claims: dict[str, Any] = made.claims
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else provider.client) != provider.client:
        raise ProviderFailed("what the provider says of you is meant for another program; nobody was let in")
    return claims


def _redeem(provider: Provider, known: Known, of: Round, back: str, code: str) -> object:
    """The identity token for a code."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    with _client(provider, back) as client:
        client.trust_env = False
        try:
            given = client.fetch_token(
                known.token, grant_type="authorization_code", code=code, code_verifier=of.verifier, timeout=PATIENCE,
                allow_redirects=False,
            )  # fmt: skip
        except (AuthlibBaseError, RequestException, ValueError) as fault:
            raise ProviderFailed("the provider does not take the code that it gave; begin again") from fault
    return given.get("id_token")


def _client(provider: Provider, back: str) -> Any:
    try:
        from authlib.integrations.requests_client import OAuth2Session
    except ImportError as missing:
        raise ExtraMissing("signing in by a provider", "accounts") from missing
    return OAuth2Session(
        provider.client, provider.secret or None, scope="openid email", redirect_uri=back, code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if provider.secret else "none",
    )  # fmt: skip


def _web() -> Web:
    try:
        from requests import Session
    except ImportError as missing:
        raise ExtraMissing("signing in by a provider", "accounts") from missing
    made = Session()
    made.trust_env = False  # only settings look around: no proxy, and no password out of a file
    return made


def _read(web: Web, place: str) -> dict[str, Any]:
    from requests import RequestException

    try:
        answer = web.get(place, timeout=PATIENCE, allow_redirects=False)
        said = answer.json() if answer.status_code == 200 else None
    except (RequestException, ValueError) as fault:
        raise ProviderFailed(f"the provider does not answer at {place}; try again, or sign in by password") from fault
    if not isinstance(said, dict):
        raise ProviderFailed(f"the provider does not answer at {place}; try again, or sign in by password")
    return said


def _check_address(place: object, what: str) -> None:
    try:
        parts = urlsplit(place) if isinstance(place, str) else None
    except ValueError:  # no address at all, such as http://[
        parts = None
    if parts is None or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)):
        raise ProviderFailed(f"{what} is '{place}', which is no https address; nobody is sent there")
