"""What the chapter on technology is reckoned from: choices by hand, read from content/review/technology.yml."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.model.source import STRICT
from servanda.review.areas.chosen import Pair, chosen


@dataclass(frozen=True, slots=True)
class TechnologyChoices:
    """Tables, those of artificial intelligence with joint papers and with papers; the covariates and the first year of
    what is expected; the subjects in which one may complete the other; peers."""

    __pydantic_config__ = STRICT

    pairs: str
    apart: str
    totals: str
    index: str
    fields: str
    patents: str
    citations: str
    artificial: str
    intelligence: str
    sectors: str
    formula: str
    since: int
    subjects: tuple[str, ...]
    peers: dict[str, tuple[Pair, ...]] = field(default_factory=dict)


def technology_choices() -> TechnologyChoices:
    """The choices for technology."""
    return chosen("technology", TechnologyChoices)
