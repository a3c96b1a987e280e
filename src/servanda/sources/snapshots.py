"""Snapshots on disk: a folder a source and date, raw bytes in it unchanged, and a manifest with time and hash of each.

<folder>/<source>/<date>/manifest.json, and the files that it names
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from servanda.errors import RequestError, SourceFault
from servanda.model.plain import reader, to_plain
from servanda.model.snapshot import Piece, Snapshot

MANIFEST = "manifest.json"
BLOCK = 1 << 20


def place(root: Path, source: str, day: str) -> Path:
    """The folder of a snapshot."""
    return root / source / day


def load(root: Path, source: str, day: str) -> Snapshot:
    """The snapshot of a source and day; an empty one where there is none. Raises SourceFault for a broken manifest."""
    path = place(root, source, day) / MANIFEST
    if not path.exists():
        return Snapshot(source, day)
    try:
        found: Snapshot = reader(Snapshot).validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, ValidationError) as fault:
        raise SourceFault(f"{path} is no manifest of a snapshot ({_first(fault)}); move the folder away") from fault
    return found


def keep(root: Path, snapshot: Snapshot) -> None:
    """Write the manifest, whole or not at all."""
    folder = place(root, snapshot.source, snapshot.date)
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{MANIFEST}.part"
    beside.write_text(json.dumps(to_plain(snapshot), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(folder / MANIFEST)


def with_piece(snapshot: Snapshot, piece: Piece) -> Snapshot:
    """The snapshot with a piece, in place of one of the same file."""
    return replace(snapshot, pieces=(*(one for one in snapshot.pieces if one.file != piece.file), piece))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(BLOCK):
            found.update(part)
    return found.hexdigest()


def is_held(root: Path, snapshot: Snapshot, piece: Piece | None) -> bool:
    """Whether a piece is there with the bytes that its hash tells of."""
    if piece is None:
        return False
    path = place(root, snapshot.source, snapshot.date) / piece.file
    return path.exists() and path.stat().st_size == piece.size and digest(path) == piece.sha256


def every(root: Path) -> Iterator[Snapshot]:
    """All snapshots, by source and date."""
    for path in sorted(root.glob(f"*/*/{MANIFEST}")):
        yield load(root, path.parent.parent.name, path.parent.name)


def latest(root: Path, source: str) -> Snapshot | None:
    """The newest snapshot of a source."""
    found = [one for one in every(root) if one.source == source]
    return found[-1] if found else None


def state(root: Path, *sources: str) -> tuple[str, ...]:
    """What the newest snapshots of sources hold, in a form that changes with them; nothing where there are none."""
    newest = {one.source: one for one in every(root) if one.source in sources}
    return tuple(part for one in newest.values() if one.pieces
                 for part in (one.date, *(piece.sha256 for piece in one.pieces)))  # fmt: skip


def raw(root: Path, snapshot: Snapshot) -> list[tuple[Piece, Path]]:
    """Every piece with its file; raises SourceFault where bytes are not those that were kept."""
    files = [(one, place(root, snapshot.source, snapshot.date) / one.file) for one in snapshot.pieces]
    off = [one.file for one, _ in files if not is_held(root, snapshot, one)]
    if off:
        raise SourceFault(
            f"{snapshot.source} of {snapshot.date}: {len(off)} of {len(files)} files are not as they were kept "
            f"({', '.join(off[:5])}); fetch again with --date {snapshot.date}"
        )
    return files


def day_of(said: str | None, today: date) -> str:
    """The date of a snapshot: as said, else today; raises RequestError."""
    if said is None:
        return today.isoformat()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        raise RequestError(f"'{said}' is not a day; write --date 2026-11-23")
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as fault:
        raise RequestError(f"'{said}' is not a day; write --date 2026-11-23") from fault


def _first(fault: Exception) -> str:
    return str(fault).splitlines()[0]
