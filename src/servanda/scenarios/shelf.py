"""Where scenarios lie: content/scenarios/<case>, or a file of one's own. Reads them without what runs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from servanda.errors import RequestError, nearest
from servanda.scenarios.scenario import Scenario
from servanda.store.door import Door

RATES = "rates.yml"
"""The published rates of a case, beside its scenarios."""


@dataclass(frozen=True, slots=True)
class Found:
    """A scenario with where it lies: `name` is what `run` takes."""

    name: str
    path: Path
    scenario: Scenario


def listed(content: Path) -> list[Found]:
    """Every scenario of the content, by case; raises ContentError listing what must be mended."""
    door = Door(content)
    found = []
    for path in sorted((content / "scenarios").glob("*/*.yml")):
        if path.name == RATES:
            continue
        one = door.noun(Scenario, door.open(path), door.name(path))
        if one is not None and one.id != path.stem:
            door.note(door.name(path), "id", f"the file is named {path.stem} and holds '{one.id}'; give both one name")
        if one is not None:
            found.append(Found(f"{path.parent.name}/{path.stem}", path, one))
    door.close()
    return found


def find(name: str, content: Path) -> Found:
    """A scenario by its name or by a file; raises RequestError with the nearest name."""
    path = Path(name)
    if path.suffix in (".yml", ".yaml"):
        if not path.exists():
            raise RequestError(f"there is no file {name}; 'servanda scenario list' names those that are shipped")
        door = Door(path.parent)
        one = door.noun(Scenario, door.open(path), path.name)
        door.close()
        return Found(name, path, one)
    known = {one.name: one for one in listed(content)}
    if name not in known:
        near = nearest(name, known)
        hint = f"nearest is {near[0]}" if near else f"there are {', '.join(known) or 'none'}"
        raise RequestError(f"no scenario '{name}'; {hint}; or give a file that ends in .yml")
    return known[name]
