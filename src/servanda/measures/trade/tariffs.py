"""Tariffs that each of two countries meets in the other: simple, weighted, free of duty, by regime.

WTO, ITC and UNCTAD, World Tariff Profiles, technical notes: simple means over lines, means weighed by imports, shares
of lines and of imports that are free of duty.
"""

from __future__ import annotations

from typing import Any

import ibis

ALL = "all"
"""As exporter of a rate: whoever has none of its own in that regime."""


def tariffs(rates: Any, flows: Any, pair: tuple[str, str]) -> Any:
    """What exports of each of the pair meet in the other, one row for each direction and regime.

    `rates`: exporter (or ALL), importer, product, regime (such as mfn, applied, preferential, bound), rate in per cent,
    each once. `flows`: exporter, importer, product, value of one period. Gives exporter, importer, regime, `simple` and
    `weighted` mean and `maximum` in per cent, `free_lines` and `free_value` (shares free of duty), `lines` with a rate,
    and `covered`, the share of the flow's value that has a rate. Weighted figures are empty where nothing is traded.
    """
    made = _met(rates, flows, *pair).union(_met(rates, flows, *pair[::-1]))
    return made.order_by(["exporter", "importer", "regime"])


def _met(rates: Any, flows: Any, exporter: str, importer: str) -> Any:
    some = rates.filter((rates.importer == importer) & rates.exporter.isin([exporter, ALL]))
    lines = some.group_by(["regime", "product"]).aggregate(
        own=some.rate.max(where=some.exporter == exporter), usual=some.rate.max(where=some.exporter == ALL)
    )
    lines = lines.select("regime", "product", rate=lines.own.fill_null(lines.usual))
    held = flows.filter((flows.exporter == exporter) & (flows.importer == importer))
    traded = held.group_by("product").aggregate(value=held.value.sum())
    total = traded.aggregate(total=traded.value.sum())
    made = lines.left_join(traded, "product").drop("product_right").fill_null({"value": 0.0})
    made = made.group_by("regime").aggregate(
        simple=made.rate.mean(),
        duty=(made.rate * made.value).sum(),
        value=made.value.sum(),
        maximum=made.rate.max(),
        free_lines=(made.rate == 0).cast("float64").mean(),
        free=made.value.sum(where=made.rate == 0).fill_null(0.0),
        lines=made.count(),
    )
    made = made.cross_join(total)
    some_value = made.value.nullif(0.0)
    return made.select(
        "regime", "simple", "maximum", "free_lines", "lines",
        exporter=ibis.literal(exporter), importer=ibis.literal(importer), weighted=made.duty / some_value,
        free_value=made.free / some_value, covered=made.value / made.total.nullif(0.0),
    ).select("exporter", "importer", "regime", "simple", "weighted", "maximum", "free_lines", "free_value", "lines",
             "covered")  # fmt: skip
