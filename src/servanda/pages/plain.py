"""A page as plain data: the JSON twin of what is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from servanda.model.period import Deadline, When

_fields: dict[type, tuple[str, ...] | None] = {}


def _names(kind: type) -> tuple[str, ...] | None:
    if kind not in _fields:
        known = dataclasses.is_dataclass(kind)
        _fields[kind] = tuple(field.name for field in dataclasses.fields(kind)) if known else None
    return _fields[kind]


def plain(thing: Any) -> Any:
    """Dataclasses, dates, words and lists of them as what JSON can hold; the order of fields is kept."""
    if isinstance(thing, (When, Deadline)):
        return str(thing)
    if thing is None or type(thing) in (str, int, float, bool):
        return thing
    names = _names(type(thing))
    if names is not None:
        return {name: plain(getattr(thing, name)) for name in names}
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return {str(plain(name)): plain(value) for name, value in thing.items()}
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [plain(one) for one in thing]
    return thing
