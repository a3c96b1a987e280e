"""The data sources that content declares: one YAML each, checked at the door."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from servanda.errors import RequestError, nearest
from servanda.model.data import DataSource
from servanda.settings import shipped_content
from servanda.store.door import Door


def sources(content: Path | None = None) -> dict[str, DataSource]:
    """Every data source by its id; raises ContentError with file and place where one is not as it should be."""
    return dict(_sources(content or shipped_content()))


@lru_cache(maxsize=4)
def _sources(content: Path) -> dict[str, DataSource]:
    door = Door(content)
    found: dict[str, DataSource] = door.shelf("sources", DataSource)
    door.close()
    return found


def source(name: str, content: Path | None = None) -> DataSource:
    """The data source of an id; raises RequestError with the nearest ids."""
    held = sources(content)
    if name in held:
        return held[name]
    near = nearest(name, held)
    hint = f"nearest is {near[0]}" if near else f"there are {', '.join(held)}"
    raise RequestError(f"no source '{name}'; {hint}")
