"""The only reader of the environment, of paths and of the clock."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

from servanda.errors import RequestError

_THREADS = "OPENBLAS_NUM_THREADS"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are. `store` is a database address; `content` the folder of shipped content."""

    store: str
    content: Path
    who: str


@dataclass(frozen=True, slots=True)
class Provider:
    """The OpenID provider by which people may sign in: its issuer, and what it knows this program by."""

    issuer: str
    client: str
    secret: str = field(default="", repr=False)


def settings(store: str | None = None, content: str | None = None) -> Settings:
    """Settings from the options of a command, else SERVANDA_STORE, SERVANDA_CONTENT, SERVANDA_WHO, else defaults."""
    where = store or os.environ.get("SERVANDA_STORE") or str(user_data_path("servanda") / "register.sqlite")
    held = content or os.environ.get("SERVANDA_CONTENT")
    return Settings(
        store=store_url(where),
        content=Path(held) if held else shipped_content(),
        who=os.environ.get("SERVANDA_WHO") or os.environ.get("USER") or "somebody",
    )


def smtp() -> str | None:
    """The mail server of SERVANDA_SMTP, as smtp://user:password@host:port or smtps://; None where none is set."""
    return os.environ.get("SERVANDA_SMTP") or None


def provider() -> Provider | None:
    """The provider of SERVANDA_OIDC_ISSUER, SERVANDA_OIDC_CLIENT and SERVANDA_OIDC_SECRET; None where none is set."""
    issuer, client = os.environ.get("SERVANDA_OIDC_ISSUER", ""), os.environ.get("SERVANDA_OIDC_CLIENT", "")
    if bool(issuer) is not bool(client):
        raise RequestError("SERVANDA_OIDC_ISSUER and SERVANDA_OIDC_CLIENT go together; set both, or none of them")
    return Provider(issuer, client, os.environ.get("SERVANDA_OIDC_SECRET", "")) if issuer else None


def store_url(where: str) -> str:
    """A database address from an address or a file path."""
    if where.startswith("postgresql://"):
        return "postgresql+psycopg://" + where.removeprefix("postgresql://")
    return where if "://" in where else f"sqlite:///{Path(where).expanduser().resolve()}"


def shipped_content() -> Path:
    """The folder of content that came with the program."""
    return Path(str(resources.files("servanda") / "content"))


def cache() -> Path:
    """The folder for what can be made again: SERVANDA_CACHE, else the user's cache folder."""
    fixed = os.environ.get("SERVANDA_CACHE")
    return Path(fixed) if fixed else user_cache_path("servanda")


def snapshots() -> Path:
    """The folder of snapshots of data sources: SERVANDA_DATA, else in the user's data folder."""
    fixed = os.environ.get("SERVANDA_DATA")
    return Path(fixed) if fixed else user_data_path("servanda") / "snapshots"


KEYS = ("SERVANDA_COMTRADE_KEY", "SERVANDA_KCS_KEY", "SERVANDA_OPENALEX_KEY", "SERVANDA_DATAGOKR_KEY")
"""Settings that hold a key which a data source asks for."""


def key(name: str) -> str | None:
    """The key that a setting holds; None where it is not set. Raises RequestError for what is none of KEYS."""
    if name not in KEYS:
        raise RequestError(f"'{name}' is no setting for a key; there are {', '.join(KEYS)}")
    return os.environ.get(name, "").strip() or None


def today() -> date:
    """Today, by the machine's clock in UTC; SERVANDA_TODAY sets it for a reproducible run."""
    fixed = os.environ.get("SERVANDA_TODAY")
    try:
        return date.fromisoformat(fixed) if fixed else now().date()
    except ValueError as fault:
        raise RequestError(f"SERVANDA_TODAY is '{fixed}', which is not a day; write 2026-11-23") from fault


def now() -> datetime:
    """This moment in UTC, to the second."""
    fixed = os.environ.get("SERVANDA_NOW")
    try:
        return datetime.fromisoformat(fixed) if fixed else datetime.now(UTC).replace(microsecond=0)
    except ValueError as fault:
        raise RequestError(f"SERVANDA_NOW is '{fixed}', not a moment; write 2026-11-23T12:00:00+00:00") from fault


@contextmanager
def one_thread() -> Iterator[None]:
    """Processes that start meanwhile multiply tables on one thread each: with more they wait for each other."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = before or "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
