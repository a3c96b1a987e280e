"""What became of products since somebody named them, beside the same products in the world."""

from __future__ import annotations

from typing import Any

import ibis


def named(flows: Any, lists: Any, pair: tuple[str, str]) -> Any:
    """Trade of a pair in named products as an index on the year they were named, beside that of the world.

    `flows`: exporter, importer, product, value, year. `lists`: name, product (a code or its first digits), since (the
    year of naming, one for each name). Gives name, since, exporter, importer, year, `value` and `world` (all trade in
    those products) in the unit of value, `index` and `world_index` (100 in the year of naming), `relative` = 100 index
    / world_index: above 100 the pair's trade grew more. A year of the table without such trade is a 0; an index on a
    year without trade, or on one that the table does not have, is empty.
    """
    begins = lists.select("name", "since", begins="product").distinct()
    met = flows.cross_join(begins)
    met = met.filter(met["product"].startswith(met.begins) & (met.exporter != met.importer))
    met = met.select("name", "since", "exporter", "importer", "product", "year", "value").distinct()
    years = flows.select("year").distinct().cross_join(lists.select("name", "since").distinct())
    world = met.group_by(["name", "year"]).aggregate(world=met.value.sum())
    parts = []
    for exporter, importer in (pair, pair[::-1]):
        own = met.filter((met.exporter == exporter) & (met.importer == importer))
        own = own.group_by(["name", "year"]).aggregate(value=own.value.sum())
        made = years.left_join(own, ["name", "year"]).drop("name_right", "year_right")
        parts.append(made.mutate(exporter=ibis.literal(exporter), importer=ibis.literal(importer)))
    made = parts[0].union(parts[1]).left_join(world, ["name", "year"]).drop("name_right", "year_right")
    made = made.fill_null({"value": 0.0, "world": 0.0})
    start = made.filter(made.year == made.since)
    start = start.select("name", "exporter", "importer", value_then="value", world_then="world")
    made = made.left_join(start, ["name", "exporter", "importer"])
    made = made.drop("name_right", "exporter_right", "importer_right")
    index = 100.0 * made.value / made.value_then.nullif(0.0)
    world_index = 100.0 * made.world / made.world_then.nullif(0.0)
    made = made.mutate(index=index, world_index=world_index, relative=100.0 * index / world_index.nullif(0.0))
    names = ["name", "since", "exporter", "importer", "year", "value", "world", "index", "world_index", "relative"]
    return made.select(names).order_by(["name", "exporter", "importer", "year"])
