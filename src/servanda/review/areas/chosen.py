"""Where the choices of a chapter are read: content/review, a file an area; each is made by hand and open to dispute."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar, cast

from servanda.settings import shipped_content
from servanda.store.door import Door

Pair = tuple[str, str]
Kind = TypeVar("Kind")


def chosen(area: str, kind: type[Kind]) -> Kind:
    """Choices come with the program, as its tables do."""
    found = _read(area, cast(Any, kind))
    assert isinstance(found, kind)
    return found


@lru_cache(maxsize=8)
def _read(area: str, kind: Any) -> object:
    """The choices of an area, checked at the door; raises ContentError with file and place where one is off."""
    root = shipped_content()
    path = root / "review" / f"{area}.yml"
    door = Door(root)
    found: object = door.noun(kind, door.open(path), door.name(path))
    door.close()
    return found
