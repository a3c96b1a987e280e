"""The roadmaps of a case as YAML: cases/<case>/roadmaps/<slug>.yml, a file each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from servanda.model.case import Record
from servanda.model.plain import to_plain
from servanda.model.roadmap import Roadmap
from servanda.store.door import Door


def nouns(door: Door, folder: Path, case: str) -> Iterator[Roadmap | None]:
    """Every roadmap of a case's folder."""
    for path in sorted((folder / "roadmaps").glob("*.yml")):
        yield read(door, path, case)


def read(door: Door, path: Path, case: str) -> Roadmap | None:
    """The roadmap of a file; None, with the problems noted, where it holds none."""
    file, plain = door.name(path), door.open(path)
    if not isinstance(plain, dict):
        door.note(file, "", "expected a roadmap; write 'title: ...' and the fields of its neighbours")
        return None
    made = door.noun(Roadmap, {**plain, "id": f"{case}.{path.stem}", "case": case}, file)
    return made if isinstance(made, Roadmap) else None


def files(folder: Path, record: Record) -> dict[Path, Any]:
    """The files that hold the roadmaps, with what stands in them."""
    return {folder / "roadmaps" / f"{slug(one)}.yml": plain(one) for one in record.roadmaps.values()}


def plain(one: Roadmap) -> dict[str, Any]:
    """A roadmap as it stands in its file."""
    return {name: value for name, value in to_plain(one).items() if name not in ("id", "case")}


def check(door: Door, record: Record) -> None:
    """Note every name that leads nowhere; circles and dates that cannot be are for scenarios/roadmap.py to tell."""
    for one in record.roadmaps.values():
        file, steps = file_of(one), [step.id for step in one.milestones]
        for step in one.milestones:
            for name in step.needs:
                door.known(file, f"{step.id}.needs", name, steps, "step")
            if step.commitment is not None:
                door.known(file, f"{step.id}.commitment", step.commitment, record.commitments, "commitment")
            for code in step.parties:
                door.known(file, f"{step.id}.parties", code, record.case.parties, "party")
        for place, risk in enumerate(one.risks):
            for name in risk.seen_in:
                door.known(file, f"risks[{place}].seen_in", name, (*record.commitments, *record.events), "noun")


def file_of(one: Roadmap) -> str:
    """The file in which a roadmap stands."""
    return f"cases/{one.case}/roadmaps/{slug(one)}.yml"


def slug(one: Roadmap) -> str:
    """The name of a roadmap within its case."""
    return one.id.removeprefix(f"{one.case}.")
