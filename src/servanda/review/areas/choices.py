"""What a chapter is reckoned from, read from content/review: tables, covariates, peers, each chosen by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from servanda.model.source import STRICT
from servanda.review.areas.domains import Domain, Group, Risk
from servanda.review.areas.peoplechoices import PeopleChoices
from servanda.settings import shipped_content
from servanda.store.door import Door

Pair = tuple[str, str]
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Expecting:
    """A table of flows of which something can be expected: by what, of what flows, without which parties. `cite` names
    its publisher where it is no shipped table."""

    __pydantic_config__ = STRICT

    table: str
    formula: str
    of: str
    without: tuple[str, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A panel of all pairs that a user can fetch: which column holds the flows (thousands of USD), of what flows, by
    what they are expected, over how many of its last years."""

    __pydantic_config__ = STRICT

    source: str
    value: str
    formula: str
    of: str
    years: int


@dataclass(frozen=True, slots=True)
class TradeChoices:
    """Tables of sectors, of what is sold and bought in the world, of agreements; which sectors are goods, and of which
    chapters of the Harmonized System."""

    __pydantic_config__ = STRICT

    sectors: str
    sold: str
    bought: str
    agreements: str
    goods: tuple[str, ...]
    expected: tuple[Expecting, ...]
    fetched: Fetched
    chapters: dict[str, tuple[str, ...]]
    peers: dict[str, tuple[Pair, ...]] = field(default_factory=dict)

    def sectors_of(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The sectors that make the goods of some codes of the Harmonized System, each once."""
        first = {code[:2] for code in codes}
        return tuple(sector for sector, chapters in self.chapters.items() if first & set(chapters))


@dataclass(frozen=True, slots=True)
class RegionChoices:
    """Tables of votes, of positions, of flows and of size (and its indicator `gdp`); the powers that are
    spoken of; treaties of trade, and how many years back changes are told from. Of the profile of dependence: whose
    share is shown (`columns`: parties and groups), in which domains, and the weights of the composite. Sources that a
    user adds: of influence, of risk (and when a change of it is told), of sanctions, of energy (and its fuels)."""

    __pydantic_config__ = STRICT

    agreement: str
    points: str
    flows: str
    size: str
    gdp: str
    powers: tuple[str, ...]
    treaties: str = "trade/agreements"
    since: int = 10
    columns: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    domains: tuple[Domain, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
    influence: str = "fbic"
    risk: str = "gpr"
    sanctions: str = "gsdb"
    energy: str = "owidenergy"
    fuels: tuple[str, ...] = ()
    risk_rule: Risk = field(default_factory=Risk)

    def group(self, code: str) -> Group | None:
        """The group of a code; None where the code is a party's."""
        return next((one for one in self.groups if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal of the record: the thread that it is of, the figures that are layers of it, which are never added, and the
    event that ended it, where one did; its status is then the event's and not the thread's, which may go on."""

    __pydantic_config__ = STRICT

    title: str
    thread: str
    layers: tuple[str, ...]
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An indicator of spending: the unit in which it is shown, of how many of its own."""

    __pydantic_config__ = STRICT

    unit: str
    over: float = 1.0


@dataclass(frozen=True, slots=True)
class Category:
    """A category of arms, by the words with which a description of it ends."""

    __pydantic_config__ = STRICT

    name: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DefenceChoices:
    """The source of transfers that a user adds, the years of a stretch, the kind of event that is an exercise, and the
    deals of each case. Sources of official totals and of spending, with the indicators of the latter; kinds of events
    and words by which dialogues (`met`) and agreements (`agreed`) are known; categories of arms, and of how many years
    it is told what could be supplied."""

    __pydantic_config__ = STRICT

    transfers: str
    years: int
    exercise: str
    totals: str = "sipritotals"
    spending: str = "worldbank"
    spent: dict[str, Shown] = field(default_factory=dict)
    met: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    offered: int = 10
    categories: tuple[Category, ...] = ()
    deals: dict[str, tuple[Deal, ...]] = field(default_factory=dict)


def people_choices() -> PeopleChoices:
    """The choices for people."""
    return _choices("people", PeopleChoices)


def defence_choices() -> DefenceChoices:
    """The choices for defence."""
    return _choices("defence", DefenceChoices)


def trade_choices() -> TradeChoices:
    """The choices for trade."""
    return _choices("trade", TradeChoices)


def region_choices() -> RegionChoices:
    """The choices for the region."""
    return _choices("region", RegionChoices)


def _choices(area: str, kind: type[Kind]) -> Kind:
    """Choices come with the program, as its tables do."""
    found = _read(area)
    assert isinstance(found, kind)
    return found


@lru_cache(maxsize=8)
def _read(area: str) -> object:
    """The choices of an area, checked at the door; raises ContentError with file and place where one is off."""
    root = shipped_content()
    path = root / "review" / f"{area}.yml"
    door = Door(root)
    found: object = door.noun(KINDS[area], door.open(path), door.name(path))
    door.close()
    return found


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
    return _choices("technology", TechnologyChoices)


KINDS: dict[str, type] = {
    "trade": TradeChoices,
    "technology": TechnologyChoices,
    "region": RegionChoices,
    "defence": DefenceChoices,
    "people": PeopleChoices,
}
"""What the file of each area is read as."""
