"""What each side publishes of the trade with the other, found in the record by the names of the parties alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from servanda.model.figure import Figure
from servanda.model.party import Party

BILLIONS = ("USD billion", "billion USD")
"""The unit in which flows are compared; figures in other units stay on the page of figures."""


@dataclass(frozen=True, slots=True)
class Published:
    """A flow in a whole year as one side publishes it, in USD billion. Fiscal years begin in the year named."""

    figure: str
    exporter: str
    importer: str
    reporter: str
    year: int
    fiscal: bool
    period: str
    value: float
    source: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Balanced:
    """Both directions of one year by one side's reports, in USD billion."""

    reporter: str
    period: str
    year: int
    sold: float
    bought: float

    @property
    def balance(self) -> float:
        """What was sold less what was bought."""
        return self.sold - self.bought


def published(figures: Iterable[Figure], one: Party, other: Party) -> tuple[Published, ...]:
    """The flows of whole years, oldest first: a metric that says "<Zemblan> exports to <Ruritania>" or "<Zemblan>
    imports from <Ruritania>", as words/parties.yml names the two."""
    meant = {}
    for own, partner in ((one, other), (other, one)):
        meant[f"{own.of} exports to {partner.short}"] = (own.code, partner.code, own.code)
        meant[f"{own.of} imports from {partner.short}"] = (partner.code, own.code, own.code)
    made = []
    for figure in figures:
        way = meant.get(figure.metric)
        if way is None or figure.value is None or figure.year is None or figure.unit not in BILLIONS:
            continue
        source = figure.source
        made.append(
            Published(
                figure.id, *way, figure.year, figure.is_fiscal, figure.period, figure.value,
                source.title if source else "no source found", source.url if source else None,
            )
        )  # fmt: skip
    return tuple(sorted(made, key=lambda flow: (flow.year, flow.fiscal, flow.reporter, flow.exporter, flow.figure)))


def balances(flows: Iterable[Published], reporter: str) -> tuple[Balanced, ...]:
    """The years of which one side publishes both directions, oldest first.

    Of rivals the one with most digits speaks: as a rule the others are it, rounded. All stand among the flows.
    """
    held: dict[tuple[int, str], dict[bool, list[float]]] = {}
    for flow in flows:
        if flow.reporter == reporter:
            ways = held.setdefault((flow.year, flow.period), {})
            ways.setdefault(flow.exporter == reporter, []).append(flow.value)
    return tuple(
        Balanced(reporter, period, year, _finest(ways[True]), _finest(ways[False]))
        for (year, period), ways in sorted(held.items())
        if len(ways) == 2
    )


def _finest(values: list[float]) -> float:
    return max(values, key=lambda value: (len(f"{value:.10g}"), value))
