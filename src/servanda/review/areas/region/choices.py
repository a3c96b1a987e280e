"""What the chapter on the region is reckoned from: choices by hand, read from content/review/region.yml."""

from __future__ import annotations

from dataclasses import dataclass, field

from servanda.model.source import STRICT
from servanda.review.areas.chosen import chosen
from servanda.review.areas.region.domains import Domain, Group, Risk


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


def region_choices() -> RegionChoices:
    """The choices for the region."""
    return chosen("region", RegionChoices)
