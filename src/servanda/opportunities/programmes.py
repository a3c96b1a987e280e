"""The programmes of content/opportunities, read whole or not at all."""

from __future__ import annotations

from pathlib import Path

from servanda.model.programme import Programme
from servanda.register.words import words
from servanda.store.door import Door


def programmes(content: Path) -> dict[str, Programme]:
    """Every programme by its id; raises ContentError listing what must be mended."""
    door = Door(content)
    file = content / "opportunities" / "programmes.yml"
    name = door.name(file)
    held = words(content).lists["confidence"]
    found: dict[str, Programme] = {}
    for place, row in enumerate(door.rows(door.open(file), name, "")):
        one = door.noun(Programme, row, name, f"[{place}]")
        if one is None:
            continue
        if one.id in found:
            door.note(name, f"[{place}].id", f"'{one.id}' stands twice; write another id")
        door.known(name, f"{one.id}.confidence", one.confidence, held, "confidence")
        found[one.id] = one
    door.close()
    return found
