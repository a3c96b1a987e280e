"""A search kept as a file, where its owner asked for it and nowhere else: the profile, and what was found by then."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from servanda.errors import RequestError
from servanda.model.programme import Profile
from servanda.opportunities.match import Contribution
from servanda.store import yaml

SEEN, ON = "seen", "searched"


def as_search(found: Contribution) -> dict[str, Any]:
    """A search as plain data: what `--profile` reads, with the day and the ids of what was found on it."""
    one: Profile = found.profile
    made: dict[str, Any] = {
        "country": one.party, "towards": one.towards, "who": str(one.applicant) if one.applicant else None,
        "level": one.level, "fields": list(one.fields), "skills": list(one.skills),
        "wants": [str(want) for want in one.wants], "age": one.age, "partners": list(one.partners), "about": one.about,
    }  # fmt: skip
    made = {name: value for name, value in made.items() if value not in (None, "", [])}
    return {**made, ON: found.as_of.isoformat(), SEEN: [match.id for match in found.matches]}


def split(plain: Mapping[Any, Any]) -> tuple[dict[Any, Any], frozenset[str] | None, str | None]:
    """The profile of a saved search, the ids that it found, and the day; None of both where it was never run."""
    rest = {name: value for name, value in plain.items() if name not in (SEEN, ON)}
    seen = plain.get(SEEN)
    return rest, frozenset(map(str, seen)) if isinstance(seen, list) else None, str(plain[ON]) if ON in plain else None


def new_since(found: Contribution, seen: frozenset[str]) -> tuple[str, ...]:
    """The matches that the search did not find before, in their order."""
    return tuple(match.id for match in found.matches if match.id not in seen)


def save(path: Path, found: Contribution) -> None:
    """Write the search; raises RequestError where the file cannot be written."""
    try:
        yaml.write(path, as_search(found))
    except OSError as fault:
        raise RequestError(f"the search cannot be written to {path}: {fault.strerror or fault}") from fault
