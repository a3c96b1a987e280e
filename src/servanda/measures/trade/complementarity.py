"""How far the exports of one country meet the imports of another (Michaely 1996, Trade Preferential Agreements in Latin
America, p. 12): 100 where they match, 0 where they have nothing in common."""

from __future__ import annotations

from typing import Any


def complementarity(exports: Any, imports: Any) -> Any:
    """Complementarity of every exporter with every importer, by year where both tables have one.

    `exports`: exporter, product, value; `imports`: importer, product, value; both optionally with year. Gives exporter,
    importer, complementarity = 100 (1 - sum over products of |m_j - x_i| / 2) from shares of each side's total, and
    `overlap`, the number of products that both have. An importer with itself is left out.
    """
    years = ["year"] if "year" in exports.columns and "year" in imports.columns else []
    sold = _shares(exports, [*years, "exporter"], "sold")
    bought = _shares(imports, [*years, "importer"], "bought")
    both = sold.join(bought, [*years, "product"])
    both = both.filter(both.exporter != both.importer)
    # 1 - sum |m - x| / 2 = sum of min(m, x), for both sets of shares add up to one.
    least = (both.sold < both.bought).ifelse(both.sold, both.bought)
    made = both.group_by([*years, "exporter", "importer"]).aggregate(
        complementarity=100.0 * least.sum(), overlap=both.count()
    )
    keys = [*years, "exporter", "importer"]
    return made.select([*keys, "complementarity", "overlap"]).order_by(keys)


def _shares(flows: Any, keys: list[str], name: str) -> Any:
    held = flows.filter(flows.value > 0)
    total = held.group_by(keys).aggregate(total=held.value.sum())
    joined = held.join(total, keys)
    return joined.mutate(**{name: joined.value / joined.total}).select([*keys, "product", name])
