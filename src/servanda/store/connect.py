"""Open the register; one unit of work at a time; every database fault as one clear sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from servanda.errors import RequestError, ServandaError, StoreBusy, StoreError, StoreTooNew

NEWEST = "0003"
REVISIONS = ("0001", "0002", NEWEST)
BUSY_SECONDS = 15
POOL = 16
"""Connections to a database server that are kept open: opening one anew takes longer than most questions."""


class Store:
    """A register at an address. `read` and `write` give a unit of work; only `write` commits, at its end."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = url.removeprefix("sqlite:///")
        self.engine = _engine(url)
        with self._sentences():
            if url.startswith("sqlite:///") and self.name != ":memory:":
                Path(self.name).parent.mkdir(parents=True, exist_ok=True)
            try:
                self._bring_up_to_date()
            except BaseException:
                self.close()
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of the register that does not change while it is read."""
        with self._sentences(), self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            view = connection.begin()
            try:
                yield connection
            finally:
                view.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One unit of work: all of it is kept at the end, or nothing."""
        with self._sentences(), self.engine.connect() as connection:
            connection.execution_options(servanda_write=True)
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                    connection.execute(text("LOCK TABLE head IN EXCLUSIVE MODE"))
                yield connection

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """One unit of work beside the chain (accounts, sessions, notes): it waits for no import and holds none up.

        What it changes it reserves with `hold`; on SQLite, where one writes at a time, that is all of it.
        """
        with self._sentences(), self.engine.connect() as connection:
            connection.execution_options(servanda_write=True)
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
                yield connection

    @property
    def shown(self) -> str:
        """The register's place without a password."""
        return self.name if "@" not in self.name else self.name.rsplit("@", 1)[1]

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as fault:
            raise _sentence(fault, self.name) from fault
        except OSError as fault:
            raise StoreError(
                f"the register {self.name} cannot be made: {fault.strerror}; choose another place with --store"
            ) from fault

    def _bring_up_to_date(self) -> None:
        with self.engine.connect() as connection:
            known = inspect(connection).has_table("alembic_version")
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None
            strange = inspect(connection).get_table_names() if not known and connection.dialect.name == "sqlite" else []
        if version == NEWEST:
            return
        if strange:
            raise StoreError(
                f"{self.name} is the database of another program (it holds '{strange[0]}'), not a register; "
                "choose another file with --store. Nothing was changed"
            )
        if version is not None and version not in REVISIONS:
            raise StoreTooNew(
                f"the register {self.name} was made by a newer version of Servanda (its tables are number {version}, "
                f"this program knows up to {NEWEST}); install the newer version. Nothing was changed"
            )
        self._migrate()

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.engine.connect() as connection:
            connection.execution_options(servanda_write=True)
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    connection.execute(text("SELECT pg_advisory_xact_lock(5067)"))  # two programs may start at once
                config.attributes["connection"] = connection
                command.upgrade(config, "head")


def hold(unit: Connection, what: str) -> None:
    """Wait until no other unit of work holds the same, and hold it to the end of this one."""
    if unit.dialect.name == "postgresql":
        unit.execute(text("SELECT pg_advisory_xact_lock(5068, hashtext(:what))"), {"what": what})


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=POOL, max_overflow=4)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions by itself: the unit of work does, and takes the write lock at once.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("servanda_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


_FAULTS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("locked", StoreBusy, "is in use by another process; wait for it to end and try again"),
    ("lock timeout", StoreBusy, "is in use by another process; wait for it to end and try again"),
    (
        "readonly",
        StoreError,
        "cannot be written: the file or its folder is read-only; allow writing or choose another with --store",
    ),
    (
        "read-only",
        StoreError,
        "cannot be written: the file or its folder is read-only; allow writing or choose another with --store",
    ),
    ("disk is full", StoreError, "could not be written: the disk is full; free some space and try again"),
    ("disk I/O error", StoreError, "could not be written: the disk is full or failing; free some space and try again"),
    ("No space left", StoreError, "could not be written: the disk is full; free some space and try again"),
    ("not a database", StoreError, "is not a register: the file is something else; choose another with --store"),
    ("malformed", StoreError, "is damaged; restore a copy, or build it again with 'servanda import'"),
    (
        "unable to open",
        StoreError,
        "cannot be opened: the folder is missing or closed to you; choose another with --store",
    ),
    (
        "onnection refused",
        StoreError,
        "cannot be reached: no database server answers there; start it or choose another with --store",
    ),
    ("password authentication", StoreError, "cannot be opened: the server refused the name or password"),
    ("does not exist", StoreError, "cannot be opened: the server has no such database; make it first"),
)


def _sentence(fault: SQLAlchemyError, name: str) -> ServandaError:
    said = str(fault.orig) if isinstance(fault, DBAPIError) else str(fault)
    if "NUL (0x00)" in said:
        # PostgreSQL's text holds every character but this one: what asks for it asks for what is not there.
        return RequestError("what was asked for holds the character zero, which no name holds; write it without")
    shown = name if "@" not in name else name.rsplit("@", 1)[1]
    for sign, error, words in _FAULTS:
        if sign in said:
            return error(f"the register {shown} {words}. Nothing that was kept before is lost")
    return StoreError(f"the register {shown} failed: {said.splitlines()[0]}. Nothing that was kept before is lost")
