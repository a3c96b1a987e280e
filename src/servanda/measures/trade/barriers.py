"""How much of trade stands under barriers: frequency index and coverage ratio.

UNCTAD and World Bank 2018, The Unseen Impact of Non-Tariff Measures, p. 11-12: F = 100 sum D M / sum M over products,
with M 1 where the product is imported and D 1 where a measure applies; C = 100 sum D V / sum V with V its import value.
"""

from __future__ import annotations

from typing import Any

import ibis

ANY = "any"
"""As kind: whatever the kind."""


def barriers(rules: Any, flows: Any) -> Any:
    """Frequency index and coverage ratio of barriers, by who imposes them on whom, and kind.

    `rules`: imposed_by, affects, kind, product (a code or its first digits), a row for each product of each barrier.
    `flows`: exporter, importer, product, value of one period, at one level of the classification. Gives importer,
    exporter, kind (and ANY), `affected` and `products` (numbers of products imported), `frequency` in per cent,
    `affected_value` and `value` in the unit of the table, `coverage` in per cent. A product under several barriers
    counts once. A pair without a barrier on anything traded has no row.
    """
    held = flows.filter(flows.value > 0)
    held = held.group_by(["exporter", "importer", "product"]).aggregate(value=held.value.sum())
    whole = held.group_by(["exporter", "importer"]).aggregate(products=held.count(), value=held.value.sum())
    asked = rules.select("kind", exporter="affects", importer="imposed_by", begins="product").distinct()
    met = held.join(asked, ["exporter", "importer"])
    met = met.filter(met["product"].startswith(met.begins))
    every = met.mutate(kind=ibis.literal(ANY)).union(met)
    every = every.select("exporter", "importer", "kind", "product", affected_value="value").distinct()
    made = every.group_by(["exporter", "importer", "kind"]).aggregate(
        affected=every.count(), affected_value=every.affected_value.sum()
    )
    made = made.join(whole, ["exporter", "importer"])
    made = made.mutate(
        frequency=100.0 * made.affected / made.products, coverage=100.0 * made.affected_value / made.value
    )
    names = ["importer", "exporter", "kind", "affected", "products", "frequency", "affected_value", "value", "coverage"]
    return made.select(names).order_by(names[:3])
