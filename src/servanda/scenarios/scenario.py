"""What a scenario is: a package of changes, the idea behind it, the numbers it stands on, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from servanda.errors import ValueProblem
from servanda.model.source import STRICT, Source
from servanda.scenarios.tariffs import MOST, Cut, Formula

ALL = "all"


class Kind(StrEnum):
    """Which model answers: line by line in the markets of the two, all economies at once, those in sectors,
    or a supplier that cuts what it sells."""

    PARTIAL = "partial"
    SECTORS = "sectors"
    EQUILIBRIUM = "equilibrium"
    SHOCK = "shock"


@dataclass(frozen=True, slots=True)
class Band:
    """A number with the ends between which it lies in 95 of 100 cases. Elasticities are drawn from a lognormal law,
    everything else from a normal one."""

    __pydantic_config__ = STRICT

    value: float
    low: float
    high: float
    basis: str

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueProblem(
                f"{self.value:g} does not lie between {self.low:g} and {self.high:g}; write low, value, high in order"
            )


@dataclass(frozen=True, slots=True)
class Rate:
    """What an importer takes at its border for some goods, as shares of the value: `general` from anybody; of the lines
    `free` are at nothing for the other party, whose traders use that for the share `used` of their trade.
    """

    __pydantic_config__ = STRICT

    importer: str
    goods: tuple[str, ...]
    general: float
    source: Source
    free: float = 0.0
    used: float = 1.0
    note: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.general <= MOST:
            raise ValueProblem(f"a rate of {self.general:g} is {self.general:.0%}; write 0.15 for 15 per cent")
        if not (0 <= self.free <= 1 and 0 <= self.used <= 1):
            raise ValueProblem("'free' and 'used' are shares between 0 and 1; write 0.7 for 70 per cent")


@dataclass(frozen=True, slots=True)
class Change:
    """What happens at an importer's border for some goods of the other party: a cut of the rate, in equal steps over
    `years` where it is not at once, or a barrier whose ad-valorem equivalent falls.
    """

    __pydantic_config__ = STRICT

    importer: str
    goods: tuple[str, ...] = (ALL,)
    formula: Formula | None = None
    by: float | None = None
    towards: float = 0.0
    years: int = 0
    barrier_before: float = 0.0
    barrier_after: float = 0.0
    basis: str | None = None

    def __post_init__(self) -> None:
        if self.formula is not None:
            Cut(self.formula, self.by, self.towards)
        elif self.barrier_before == self.barrier_after:
            raise ValueProblem(
                "nothing changes; write a formula (free, linear, swiss, ...), or barrier_before and _after"
            )
        if self.years < 0:
            raise ValueProblem(f"{self.years} years of staging cannot be; write 0 for at once")
        if not (0 <= self.barrier_before <= MOST and 0 <= self.barrier_after <= MOST):
            raise ValueProblem("a barrier is a share of the price; write 0.15 for 15 per cent")
        if self.barrier_before != self.barrier_after and not self.basis:
            raise ValueProblem("a barrier's equivalent needs its basis; write where the number comes from")


@dataclass(frozen=True, slots=True)
class Kept:
    """Goods that an importer keeps out of every change: a line of a defensive list."""

    __pydantic_config__ = STRICT

    importer: str
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Idea:
    """Whose idea it is, in our words, with sources, the documents of the register that speak of it, and the threads
    of promises that it would change."""

    __pydantic_config__ = STRICT

    says: str
    sources: tuple[Source, ...] = ()
    documents: tuple[str, ...] = ()
    threads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One package. Lines come from `lines`, a table of one's own beside the file, else from the shipped sectors of
    the year `period`. `effect`: change of the log of trade between the two; `cost`: fall of the cost of trading. In a
    shock `supplier` cuts the share `cut` of `goods`; the partner can redirect the share `shift` of its other sales.
    """

    __pydantic_config__ = STRICT

    id: str
    title: str
    kind: Kind
    parties: tuple[str, str]
    idea: Idea
    leaves_out: tuple[str, ...]
    period: int = 2011
    changes: tuple[Change, ...] = ()
    exceptions: tuple[Kept, ...] = ()
    rates: tuple[Rate, ...] = ()
    lines: str | None = None
    demand: Band | None = None
    substitution: Band | None = None
    supply: Band | None = None
    effect: Band | None = None
    cost: Band | None = None
    theta: Band | None = None
    supplier: str | None = None
    goods: tuple[str, ...] = ()
    cut: Band | None = None
    shift: Band | None = None
    years: tuple[int, ...] = ()
    draws: int = 1000
    seed: int = 1

    def __post_init__(self) -> None:
        if self.parties[0] == self.parties[1]:
            raise ValueProblem(f"a pair is two parties, {self.parties[0]} stands twice")
        if not self.leaves_out:
            raise ValueProblem("say at least one thing that the model leaves out; every model does")
        if not 100 <= self.draws <= 100_000:
            raise ValueProblem(f"{self.draws} draws; write between 100 and 100,000")
        if self.kind is Kind.PARTIAL:
            self._check_changes()
            if self.demand is None or self.substitution is None:
                raise ValueProblem("a partial equilibrium needs 'demand', 'substitution', each with low and high")
        elif self.kind is Kind.SECTORS:
            self._check_changes()
            if self.theta is None or self.lines is not None:
                raise ValueProblem("an equilibrium of sectors needs 'theta' with low and high, and no 'lines'")
        elif self.kind is Kind.SHOCK:
            self._check_shock()
        elif self.theta is None or (self.effect is None) is (self.cost is None):
            raise ValueProblem("an equilibrium needs 'theta', and either 'effect' or 'cost', each with low and high")
        for name in ("demand", "substitution", "supply", "theta"):
            band = getattr(self, name)
            if band is not None and band.low <= 0:
                raise ValueProblem(f"'{name}' is {band.low:g} at its low end; elasticities are above 0")

    def _check_shock(self) -> None:
        if self.supplier is None or not self.goods or self.cut is None or self.shift is None:
            raise ValueProblem("a shock needs 'supplier', 'goods', 'cut' and 'shift', the last two with low and high")
        if self.supplier in self.parties:
            raise ValueProblem(f"the supplier {self.supplier} is one of the pair; a shock comes from a third")
        for name, band in (("cut", self.cut), ("shift", self.shift)):
            if not 0 <= band.low <= band.high <= 1:
                raise ValueProblem(f"'{name}' is a share between 0 and 1; write 0.3 for 30 per cent")

    def _check_changes(self) -> None:
        if not self.changes:
            raise ValueProblem("nothing changes; write at least one change under 'changes'")
        named = [*(one.importer for one in self.changes), *(one.importer for one in self.exceptions)]
        strange = {*named, *(one.importer for one in self.rates)} - set(self.parties)
        if strange:
            raise ValueProblem(f"{', '.join(sorted(strange))} is neither of {' and '.join(self.parties)}")
