"""The value of a measure, or the reason why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reading:
    """A value or a reason, exactly one of the two; never a bare number.

    `used` of `expected` rows carry it. `low` and `high` bound the interval named in `interval`.
    """

    name: str
    unit: str
    value: float | None = None
    reason: str | None = None
    used: int = 0
    expected: int = 0
    low: float | None = None
    high: float | None = None
    interval: str | None = None
    period: str | None = None
    parties: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    steps: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"{self.name}: a reading has a value or a reason, exactly one of the two")
        for number in (self.value, self.low, self.high):
            if number is not None and not math.isfinite(number):
                raise ValueError(f"{self.name}: {number} is not a number that can be shown; give a reason instead")
