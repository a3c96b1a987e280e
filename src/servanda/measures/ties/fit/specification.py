"""What is asked of an estimation, and which columns of a table it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from servanda.errors import RequestError, nearest
from servanda.measures.ties.fit.formula import Form, Term, response, terms
from servanda.measures.ties.fit.ways import PAIR
from servanda.sources.table import Column, Sort

EXPORTER, IMPORTER, YEAR = "exporter", "importer", "year"
TRADE = response("trade")


class Model(StrEnum):
    """How the response comes about: an exponential mean, or a linear one."""

    PPML = "ppml"
    OLS = "ols"


class SmallSample(StrEnum):
    """By which convention variances are stretched for few clusters and many coefficients (covariance.py)."""

    STATA = "stata"
    NONE = "none"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Specification:
    """A gravity equation. `effects` are sets of fixed effects, each of columns joined by '-'; `clustered` are columns
    or joined columns, none of them for errors robust row by row; `sums` are coefficients to be added up.
    """

    formula: tuple[Term, ...]
    effects: tuple[str, ...] = ()
    clustered: tuple[str, ...] = ()
    small_sample: SmallSample = SmallSample.DEFAULT
    response: Term = TRADE
    model: Model = Model.PPML
    is_corrected: bool = False
    sums: tuple[tuple[str, ...], ...] = ()

    @property
    def groupings(self) -> tuple[str, ...]:
        """Every column that groups rows, each once: of the effects, of the clusters, of the dummies."""
        joined = [column for said in (*self.effects, *self.clustered) for column in said.split("-")]
        dummies = [part.column for term in self.formula for part in term.parts if part.form is Form.DUMMIES]
        every = [EXPORTER, IMPORTER, *(name for name in (*joined, *dummies) if name != PAIR)]
        return tuple(dict.fromkeys(every))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every column that enters as a number, each once; the response first."""
        parts = [part for term in (self.response, *self.formula) for part in term.parts]
        return tuple(dict.fromkeys(part.column for part in parts if part.form is not Form.DUMMIES))


def specification(
    formula: str,
    effects: str = "",
    clustered: str = "none",
    small_sample: str = "default",
    explained: str = "trade",
    model: str = "ppml",
    is_corrected: bool = False,
    sums: Sequence[str] = (),
) -> Specification:
    """A specification from what was said on a command line; raises RequestError for what cannot be."""
    asked = tuple(_names(effects, "effects"))
    by = () if clustered.strip().lower() == "none" else tuple(_names(clustered, "clusters"))
    found = Specification(
        formula=terms(formula) if formula.strip() else (),
        effects=asked,
        clustered=by,
        small_sample=SmallSample(small_sample),
        response=response(explained),
        model=Model(model),
        is_corrected=is_corrected,
        sums=tuple(tuple(one.name for one in terms(said)) for said in sums),
    )
    if not found.formula and not found.effects:
        raise RequestError("there is nothing to estimate: give --formula, --fixed-effects or both")
    return found


def columns(asked: Specification, held: Sequence[str]) -> list[Column]:
    """The columns to read from a table that holds `held`; year only where it is there or asked for.

    Covariates and the response may have gaps: such rows are left out and told. A flow is never negative.
    """
    numbers = {name: Column(name, Sort.NUMBER, gaps=True) for name in asked.numbers}
    flow = asked.response.parts[0].column
    if asked.model is Model.PPML or asked.response.parts[0].form is Form.LOGARITHM:
        numbers[flow] = Column(flow, Sort.NUMBER, least=0, gaps=True)
    made: dict[str, Column] = {}
    for name in asked.groupings:
        if name == YEAR:
            made[name] = Column(YEAR, Sort.WHOLE)
        elif name in numbers:
            made[name] = replace(numbers[name], gaps=False)
        else:
            made[name] = Column(name, Sort.CODE)
    if YEAR in held and YEAR not in made:
        made[YEAR] = Column(YEAR, Sort.WHOLE)
    return list({**made, **{name: one for name, one in numbers.items() if name not in made}}.values())


def key(asked: Specification, held: Sequence[str]) -> list[str]:
    """The columns that name a row once: exporter, importer, year, and what else groups rows, such as a product."""
    extra = [name for name in asked.groupings if name not in (EXPORTER, IMPORTER, YEAR) and name not in asked.numbers]
    return [name for name in (EXPORTER, IMPORTER, YEAR, *extra) if name in held]


def _names(said: str, what: str) -> list[str]:
    """The parts of a list with commas, each once."""
    found = [piece.strip() for piece in said.split(",") if piece.strip()]
    twice = sorted({one for one in found if found.count(one) > 1})
    if twice:
        raise RequestError(f"the {what} name {twice[0]} twice; name it once")
    wrong = [one for one in found if any(not part.strip() for part in one.split("-"))]
    if wrong:
        near = nearest(wrong[0], ("exporter-year", "importer-year", "pair", "exporter-importer"))
        hint = f"; nearest is '{near[0]}'" if near else ""
        raise RequestError(f"'{wrong[0]}' is no list of columns joined by '-'; write for example exporter-year{hint}")
    return found
