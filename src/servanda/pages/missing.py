"""What is shown where there is no page: the reason, and the way back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissingPage:
    """One sentence that says what is not there."""

    title: str
    text: str
