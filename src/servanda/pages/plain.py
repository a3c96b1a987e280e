"""A page as plain data: the JSON twin of what is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from servanda.model.period import Deadline, When


def plain(thing: Any) -> Any:
    """Dataclasses, dates, words and lists of them as what JSON can hold; the order of fields is kept."""
    if isinstance(thing, (When, Deadline)):
        return str(thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: plain(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Mapping):
        return {str(plain(name)): plain(value) for name, value in thing.items()}
    if isinstance(thing, (list, tuple, set, frozenset)):
        return [plain(one) for one in thing]
    return thing
