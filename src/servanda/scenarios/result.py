"""What a scenario gives: numbers with their intervals, lines, years, and what drives each."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.scenarios.scenario import Scenario
from servanda.scenarios.uncertainty import Bar, Interval


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the result: what it is, whose, of which goods (all where empty), with its interval and unit."""

    name: str
    party: str
    goods: str
    unit: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class LineResult:
    """A line with its rates and what changes, in money."""

    code: str
    importer: str
    exporter: str
    trade: float
    rate_before: float
    rate_after: float
    imports: float
    creation: float
    diversion: float
    revenue: float
    surplus: float
    welfare: float


@dataclass(frozen=True, slots=True)
class Year:
    """How far a party is in a year after entry into force: exports to and imports from the other, its balance, revenue
    and welfare, as changes in money."""

    year: int
    party: str
    exports: float
    imports: float
    balance: float
    revenue: float
    welfare: float


@dataclass(frozen=True, slots=True)
class Drivers:
    """What drives one number: a bar for each parameter, the longest first."""

    name: str
    party: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All that a scenario gives. `carry`: codes and importers of the lines that carry `CARRY` of all movement."""

    scenario: Scenario
    version: str
    inputs: tuple[tuple[str, str], ...]
    numbers: tuple[Number, ...]
    groups: tuple[Number, ...]
    lines: tuple[LineResult, ...]
    carry: tuple[tuple[str, str], ...]
    years: tuple[Year, ...]
    drivers: tuple[Drivers, ...]
    leaves_out: tuple[str, ...]
    assumed: tuple[str, ...]
