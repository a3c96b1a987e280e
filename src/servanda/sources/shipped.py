"""Tables that come with the program: figures of openly licensed sources, small, each with a card that tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from servanda.errors import RequestError, nearest
from servanda.model.data import TableCard
from servanda.settings import shipped_content
from servanda.store.door import Door

TYPES = {"code": pa.string(), "words": pa.string(), "number": pa.float64(), "whole": pa.int64()}
"""How a column is held in memory, by its sort; on disk it is as small as its values allow."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A table with its card: `card.sources` lead to licence and how to cite (sources/declared.py)."""

    table: pa.Table
    card: TableCard


def cards(content: Path | None = None) -> dict[str, TableCard]:
    """What is known of every shipped table, by id such as trade/economies."""
    return dict(_cards(content or shipped_content()))


@lru_cache(maxsize=4)
def _cards(content: Path) -> dict[str, TableCard]:
    door = Door(content)
    found: dict[str, TableCard] = door.shelf("tables", TableCard, "*/*.yml")
    door.close()
    return found


def shipped(name: str, content: Path | None = None) -> Shipped:
    """A shipped table, columns typed and in the order of its card; raises RequestError with the nearest id."""
    where = content or shipped_content()
    held = cards(where)
    if name not in held:
        near = nearest(name, held)
        hint = f"nearest is {near[0]}" if near else f"there are {', '.join(held) or 'none'}"
        raise RequestError(f"no shipped table '{name}'; {hint}")
    return _shipped(name, where)


@lru_cache(maxsize=16)
def _shipped(name: str, content: Path) -> Shipped:
    card = _cards(content)[name]
    schema = pa.schema([(one.name, TYPES[one.sort]) for one in card.columns])
    held = pq.read_table(content / "tables" / f"{name}.parquet", columns=schema.names)
    return Shipped(held.cast(schema), card)
