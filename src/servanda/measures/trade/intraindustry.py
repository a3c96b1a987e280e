"""How much of the trade of a pair is trade in the same products both ways.

Grubel and Lloyd 1975, Intra-Industry Trade, p. 20-23; Aquino 1978, Intra-industry trade and inter-industry
specialization, Weltwirtschaftliches Archiv 114(2), p. 280-281; Bruelhart 1994, Marginal intra-industry trade, the same
130(3), p. 605-607 (A and B).
"""

from __future__ import annotations

from typing import Any


def by_product(flows: Any, one: str, other: str) -> Any:
    """product, exports, imports (of `one` with `other`), `grubel_lloyd` [, year]: 0 one way only, 1 where even.

    `flows`: exporter, importer, product, value [, year]. Products that neither sells have no row.
    """
    made = _both(flows, one, other)
    least = (made.exports < made.imports).ifelse(made.exports, made.imports)
    made = made.mutate(grubel_lloyd=2.0 * least / (made.exports + made.imports))
    return made.order_by([*_years(made), "product"])


def intra_industry(flows: Any, one: str, other: str) -> Any:
    """The share of all trade of a pair that is intra-industry, as one row [or one a year]; the same from either side.

    Gives exports, imports, products, `grubel_lloyd` = 1 - sum |x - m| / sum (x + m); `adjusted` = sum ((x + m) - |x -
    m|) / (sum (x + m) - |sum x - sum m|), Grubel and Lloyd's own correction for the balance; `aquino`, the first with
    exports and imports each brought to half of all trade, product by product alike. Empty where a denominator is 0.
    """
    held = _both(flows, one, other)
    years = _years(held)
    totals = held.group_by(years).aggregate if years else held.aggregate
    total = totals(all_out=held.exports.sum(), all_in=held.imports.sum(), products=held.count())
    joined = held.join(total, years) if years else held.cross_join(total)
    half = (joined.all_out + joined.all_in) / 2.0
    out, into = (
        joined.exports * half / joined.all_out.nullif(0.0), joined.imports * half / joined.all_in.nullif(0.0)
    )  # fmt: skip
    joined = joined.mutate(apart=(joined.exports - joined.imports).abs(), moved=(out - into).abs())
    made = joined.group_by([*years, "all_out", "all_in", "products"]).aggregate(
        apart=joined.apart.sum(), moved=joined.moved.sum()
    )
    whole = made.all_out + made.all_in
    made = made.mutate(
        exports=made.all_out, imports=made.all_in, grubel_lloyd=1.0 - made.apart / whole,
        adjusted=(whole - made.apart) / (whole - (made.all_out - made.all_in).abs()).nullif(0.0),
        aquino=1.0 - made.moved / whole,
    )  # fmt: skip
    names = [*years, "exports", "imports", "products", "grubel_lloyd", "adjusted", "aquino"]
    return made.select(names).order_by(years or ["products"])


def marginal(flows: Any, one: str, other: str, first: int, last: int) -> Any:
    """Of the change of trade between two years, the part that went the same way on both sides.

    product, change_exports, change_imports, `a` = 1 - |dx - dm| / (|dx| + |dm|) (0 one side only, 1 both alike), `b` =
    (dx - dm) / (|dx| + |dm|) (above 0 where `one` gained), `weight` = |dx| + |dm|; the index of all is the mean of `a`
    weighed by it. Products that did not change have no row. Values of both years in constant prices, or the change is
    also that of prices.
    """
    held = _both(flows, one, other)
    then, now = (
        held.filter(held.year == year).select("product", **{f"{name}_{at}": name for name in ("exports", "imports")})
        for at, year in (("then", first), ("now", last))
    )
    made = then.outer_join(now, "product")
    made = made.mutate(product=made["product"].fill_null(made.product_right)).drop("product_right")
    made = made.fill_null({name: 0.0 for name in made.columns if name != "product"})
    out, into = made.exports_now - made.exports_then, made.imports_now - made.imports_then
    made = made.mutate(change_exports=out, change_imports=into, weight=out.abs() + into.abs())
    made = made.filter(made.weight > 0)
    change = made.change_exports - made.change_imports
    made = made.mutate(a=1.0 - change.abs() / made.weight, b=change / made.weight)
    return made.select("product", "change_exports", "change_imports", "a", "b", "weight").order_by("product")


def _both(flows: Any, one: str, other: str) -> Any:
    """exports and imports of `one` with `other` by product [and year], nothing where there is none."""
    held = flows.filter(flows.value > 0)
    held = held.filter(
        ((held.exporter == one) & (held.importer == other)) | ((held.exporter == other) & (held.importer == one))
    )
    sold = (held.exporter == one).ifelse(held.value, 0.0)
    bought = (held.exporter == other).ifelse(held.value, 0.0)
    return held.group_by([*_years(held), "product"]).aggregate(exports=sold.sum(), imports=bought.sum())


def _years(held: Any) -> list[str]:
    return ["year"] if "year" in held.columns else []
