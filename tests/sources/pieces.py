"""Pieces of a snapshot, written by a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from servanda.model.snapshot import Piece
from servanda.sources.declared import source
from servanda.sources.snapshots import digest
from servanda.sources.tidy.read import READERS, readable
from servanda.sources.tidy.rows import Tidy


def tidied(
    folder: Path,
    name: str,
    *files: tuple[str, Any],
    at: str = "2026-11-23T12:00:00+00:00",
    address: str | None = None,
    **asked: str,
) -> Tidy:
    """What a source's reader makes of files: their names with text, bytes or data for JSON."""
    pieces = []
    for file, body in files:
        path = folder / file
        raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
        path.write_bytes(raw)
        pieces.append((Piece(file, digest(path), len(raw), at, address, asked=asked), path))
    declared = source(name)
    assert declared.reader is not None
    return READERS[declared.reader](readable(pieces, declared), declared)
