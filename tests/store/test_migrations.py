"""The numbered changes make the tables that the code declares, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, text

from servanda.register.content import read_case
from servanda.register.keep import _bring_in
from servanda.register.verify import verify
from servanda.settings import store_url
from servanda.store import connect
from servanda.store.connect import NEWEST, REVISIONS, Store
from servanda.store.tables import metadata

# SQLite keeps its full-text index in tables of its own making.
BESIDE = {"alembic_version"} | {
    f"commitment_words{part}" for part in ("", "_config", "_content", "_data", "_docsize", "_idx")
}


def described(connection: Connection, schema: str | None = None) -> dict[str, Any]:
    """Columns, keys, indexes and references of every declared table, as the database itself gives them."""
    seen = inspect(connection)
    found: dict[str, Any] = {}
    for name in sorted(metadata.tables):
        columns = {
            column["name"]: (
                str(column["type"]),
                column["nullable"],
                str(column["default"] or "").replace("declared.", ""),
            )
            for column in seen.get_columns(name, schema)
        }
        found[name] = {
            "columns": columns,
            "key": seen.get_pk_constraint(name, schema)["constrained_columns"],
            "indexes": sorted(
                (one["name"], tuple(one["column_names"]), one["unique"]) for one in indexes(seen, name, schema)
            ),
            "unique": sorted(tuple(one["column_names"]) for one in seen.get_unique_constraints(name, schema)),
            "references": [
                (one["constrained_columns"], one["referred_table"], one["referred_columns"], one["options"])
                for one in seen.get_foreign_keys(name, schema)
            ],
        }
    return found


def indexes(seen: Any, name: str, schema: str | None) -> list[Any]:
    # The full-text index of PostgreSQL is over an expression, which has no columns and no declaration.
    return [one for one in seen.get_indexes(name, schema) if one["name"] != "commitment_words"]


def test_on_sqlite(tmp_path: Path) -> None:
    migrated, declared = tmp_path / "migrated.sqlite", tmp_path / "declared.sqlite"
    store = Store(store_url(str(migrated)))
    with store.read() as unit:
        made = described(unit)
        assert set(inspect(unit).get_table_names()) - set(metadata.tables) <= BESIDE
    store.close()
    engine = create_engine(store_url(str(declared)))
    metadata.create_all(engine)
    with engine.connect() as connection:
        assert made == described(connection)
    engine.dispose()


@pytest.mark.postgres
def test_on_postgres(postgres_url: str) -> None:
    store = Store(postgres_url)
    with store.read() as unit:
        made = described(unit)
        assert set(inspect(unit).get_table_names()) - set(metadata.tables) == {"alembic_version"}
    with store.write() as unit:
        unit.execute(text("CREATE SCHEMA declared"))
        moved = unit.execution_options(schema_translate_map={None: "declared"})
        metadata.create_all(moved)
        assert made == described(unit, "declared")
    store.close()


def test_the_newest_is_known_and_is_stamped(store: Store) -> None:
    assert REVISIONS[-1] == NEWEST
    with store.read() as unit:
        assert unit.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [NEWEST]


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    Store(store_url(str(path))).close()
    before = path.read_bytes()
    Store(store_url(str(path))).close()
    assert path.read_bytes() == before


OLDER = ("entries", "head", "items", "commitments", "standings", "packed", "codes")


def begun_with(url: str, revision: str, content: Path) -> dict[str, list[Any]]:
    """Make a register as an earlier version made it, fill it, and give back every row of it."""
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(Path(connect.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with engine.begin() as connection:
        _bring_in(connection, read_case(content, "zem-rur"), "a", "b", "2026-11-23T00:00:00+00:00")
        rows = {name: sorted(map(str, connection.execute(text(f"SELECT * FROM {name}")))) for name in OLDER}
    engine.dispose()
    return rows


def kept_from(url: str, revision: str, content: Path) -> None:
    before = begun_with(url, revision, content)
    assert before["entries"] and before["standings"]
    store = Store(url)
    with store.read() as unit:
        assert before == {name: sorted(map(str, unit.execute(text(f"SELECT * FROM {name}")))) for name in OLDER}
        assert unit.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [NEWEST]
        assert set(metadata.tables) <= set(inspect(unit).get_table_names())
    assert verify(store).problems == ()
    store.close()


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_an_earlier_version_kept_is_kept_on_sqlite(tmp_path: Path, small_content: Path, revision: str) -> None:
    kept_from(store_url(str(tmp_path / "r.sqlite")), revision, small_content)


@pytest.mark.postgres
@pytest.mark.parametrize("revision", REVISIONS)
def test_what_an_earlier_version_kept_is_kept_on_postgres(
    postgres_url: str, small_content: Path, revision: str
) -> None:
    kept_from(postgres_url, revision, small_content)
