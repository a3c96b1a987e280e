"""A sentence of the review, with the readings and commitments that carry it."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Finding:
    """One plain sentence. `rule` names the rule that chose its words; no sentence without readings."""

    id: str
    area: str | None
    text: str
    rule: str
    readings: tuple[Reading, ...]
    commitments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.readings:
            raise ValueError(f"finding {self.id} has no reading behind it")
