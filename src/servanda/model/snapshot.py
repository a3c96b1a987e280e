"""What a publisher sent, unchanged, with time and hash."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.model.source import STRICT


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer as it was sent. `address` never holds a key; a file brought by hand has where it came from, or none.

    `asked` are the choices that were filled in; `rows` how many rows the answer holds, where that is known.
    """

    __pydantic_config__ = STRICT

    file: str
    sha256: str
    size: int
    at: str
    address: str | None = None
    media: str = ""
    asked: dict[str, str] = field(default_factory=dict)
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that one source sent on one date. `is_whole` once everything that was asked for is there."""

    __pydantic_config__ = STRICT

    source: str
    date: str
    pieces: tuple[Piece, ...] = ()
    is_whole: bool = False

    def held(self, address: str) -> Piece | None:
        """The piece of an address, if it is there."""
        return next((one for one in self.pieces if one.address == address), None)
