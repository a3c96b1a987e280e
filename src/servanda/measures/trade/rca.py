"""Revealed comparative advantage (Balassa 1965, Trade Liberalisation and "Revealed" Comparative Advantage, p. 103-107).

One expression for DuckDB and for Spark: a share of a product in an exporter's exports over its share in the world's.
"""

from __future__ import annotations

from typing import Any

FORMS = ("rca", "rsca", "nrca")


def rca(flows: Any) -> Any:
    """RCA of every row of a table of flows; with a column `year`, each year by itself.

    `flows`: an Ibis table of exporter, product, value (not negative), optionally year; each exporter and product (and
    year) once. Gives its keys with `rca` = (x_cp / x_c) / (x_p / x); `rsca` = (rca - 1) / (rca + 1) (Dalum, Laursen and
    Villumsen 1998), from -1 to 1; `nrca` = x_cp / x - x_c x_p / x^2 (Yu, Cai and Leung 2009, eq. 3), which adds up to 0
    over a year. Exporters and products without any export, and years without any, have no row: there is nothing to
    compare.
    """
    years = ["year"] if "year" in flows.columns else []
    of_exporter = flows.group_by([*years, "exporter"]).aggregate(x_c=flows.value.sum())
    of_product = flows.group_by([*years, "product"]).aggregate(x_p=flows.value.sum())
    if years:
        world = flows.group_by(years).aggregate(x=flows.value.sum())
        joined = flows.join(world, years)
    else:
        joined = flows.cross_join(flows.aggregate(x=flows.value.sum()))
    joined = joined.join(of_exporter, [*years, "exporter"]).join(of_product, [*years, "product"])
    joined = joined.filter((joined.x_c > 0) & (joined.x_p > 0))
    ratio = (joined.value / joined.x_c) / (joined.x_p / joined.x)
    made = joined.mutate(
        rca=ratio,
        rsca=(ratio - 1) / (ratio + 1),
        nrca=joined.value / joined.x - joined.x_c * joined.x_p / (joined.x * joined.x),
    )
    keys = [*years, "exporter", "product"]
    return made.select([*keys, *FORMS]).order_by(keys)
