"""The tidy table of a source that a user fetched or added, read once; or the one sentence that says how to get it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from servanda.errors import RequestError, SourceFault
from servanda.model.data import DataSource
from servanda.sources.declared import source
from servanda.sources.snapshots import latest, load
from servanda.sources.tidy.read import tidy


@dataclass(frozen=True, slots=True)
class Added:
    """A source with the tidy table of its newest snapshot, or why there is none (`missing`, exactly one of the two)."""

    source: DataSource
    table: pa.Table | None
    missing: str | None
    cite: str


def added(name: str, root: Path) -> Added:
    """What is held of a source in a folder of snapshots; a file that cannot be read is a reason, and stops no page."""
    one = source(name)
    snapshot = latest(root, name)
    if snapshot is None or not snapshot.pieces:
        return Added(one, None, _how(one), one.cite)
    cite = f"{one.title}, snapshot of {snapshot.date}"
    key = "".join(piece.sha256 for piece in snapshot.pieces)
    try:
        return Added(one, _read(root, name, snapshot.date, key), None, cite)
    except (RequestError, SourceFault) as fault:
        return Added(one, None, f"the file that was added cannot be read: {fault}", cite)


@lru_cache(maxsize=16)
def _read(root: Path, name: str, day: str, key: str) -> pa.Table:
    """`key` tells what the snapshot holds, so that a file that is added later the same day is read too."""
    return tidy(load(root, name, day), source(name), root).table


def _how(one: DataSource) -> str:
    """How a user gets the source."""
    terms = f"{one.title} is not open" if not one.licence.is_open else f"{one.title} is open"
    way = next((way for way in one.addresses if not way.is_form), None)
    if way is not None:
        return f"{terms} and none of it comes with this program; 'servanda fetch {one.id}' gets it"
    save = f"save it from {one.url}, then 'servanda add FILE --source {one.id}'"
    return f"{terms} and none of it comes with this program; {save}"
