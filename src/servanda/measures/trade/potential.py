"""What one country could sell to another, product by product, after the International Trade Centre's method.

Decreux and Spies 2016, Export Potential Assessments: a methodology to identify export opportunities for developing
countries; ITC 2020, Export Potential Map, technical notes. Potential = supply x ease x demand:

supply = share of the exporter in the world's exports of the product, moved by growth, net imports and tariffs faced;
ease = what the two trade over what they would if the exporter's share in every product were the same in this market as
in the world, above 1 where they trade easily;
demand = imports of the product by the market, moved by growth, by the exporter's tariff advantage and by distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array

from servanda.errors import RequestError

ALL = "all"
"""As exporter of a tariff: whoever has no rate of its own."""


@dataclass(frozen=True, slots=True)
class Further:
    """What moves supply and demand beyond what is traded; each part that is not given leaves them alone.

    `tariffs`: exporter (or ALL), importer, product, rate in per cent. `distances`: exporter, importer, distance.
    `growth`: country, gdp, population, as ratios of what is projected to what is. `price`: the elasticity of trade to
    tariffs. `income`: that of imports a head to income a head. `is_net`: supply is cut to min(1, exports / imports) of
    the exporter in the product, so that what is only passed on does not count as supply.
    """

    tariffs: Any = None
    distances: Any = None
    growth: Any = None
    price: float = 1.0
    income: float = 1.0
    is_net: bool = False


def potential(
    flows: Any, pair: tuple[str, str] | None = None, further: Further | None = None, traded: bool = False
) -> Any:
    """Potential of both directions of a pair, or of all pairs, by product; with a column `year`, each by itself.

    `flows`: an Ibis table of exporter, importer, product, value (not negative), optionally year, each once; rows of a
    country with itself are not trade and are left out. Gives exporter, importer, product, `potential`, `actual`,
    `unused` = max(0, potential - actual) (all in the unit of value), `supply` (share), `ease` (ratio), `demand` (unit
    of value), and `tariff_advantage`, `distance_advantage` (ratios; empty where no rate or distance is known, and then
    1 in the product) where those tables are given. A row for every product that the exporter sells to anybody and the
    importer buys from anybody; with `traded` only for what the two trade already. Raises RequestError where `growth`
    lacks a country.
    """
    asked = further or Further()
    years = ["year"] if "year" in flows.columns else []
    held = flows.filter((flows.exporter != flows.importer) & (flows.value > 0))
    held = held.select(*years, "exporter", "importer", "product", "value")
    if asked.growth is not None:
        _every_party(held, asked.growth)
    sold, bought, actual = supply(held, asked), demand(held, asked), held.rename(actual="value")
    between = ibis.memtable(ease(*(part.to_pyarrow() for part in _sums(held, pair))))
    if pair is not None:
        sold, bought = sold.filter(sold.exporter.isin(pair)), bought.filter(bought.importer.isin(pair))
        actual = actual.filter(actual.exporter.isin(pair) & actual.importer.isin(pair))
    keys = [*years, "exporter", "importer", "product"]
    if traded:
        # Every row has its match. An inner join would be the same, and be planned as all exporters by all importers.
        made = _beside(_beside(actual, sold, [*years, "exporter", "product"]), bought, [*years, "importer", "product"])
    else:
        made = sold.join(bought, [*years, "product"])
        made = _beside(made.filter(made.exporter != made.importer), actual, keys).fill_null({"actual": 0.0})
    made = _beside(made, between, [*years, "exporter", "importer"])
    made, more = _access(made, held, asked, years)
    could = made.supply * made.ease * made.demand
    for one in more:
        could = could * made[one].fill_null(1.0)
    made = made.mutate(potential=could)
    left = made.potential - made.actual
    made = made.mutate(unused=(left > 0).ifelse(left, 0.0))
    names = [*keys, "potential", "actual", "unused", "supply", "ease", "demand", *more]
    return made.select(names).order_by(keys)


def supply(held: Any, asked: Further) -> Any:
    """exporter, product, supply [, year]: the share of the exporter in the product, moved by what is known further."""
    years = _years(held)
    sold = held.group_by([*years, "exporter", "product"]).aggregate(sold=held.value.sum())
    sold = sold.mutate(part=sold.sold)
    if asked.growth is not None:
        sold = sold.join(asked.growth.select(exporter="country", gdp="gdp"), "exporter")
        sold = sold.mutate(part=sold.sold * sold.gdp)
    total = sold.group_by([*years, "product"]).aggregate(world=sold.part.sum())
    made = sold.join(total, [*years, "product"])
    made = made.mutate(supply=made.part / made.world)
    if asked.is_net:
        bought = held.group_by([*years, "importer", "product"]).aggregate(bought=held.value.sum())
        made = _beside(made, bought.rename(exporter="importer"), [*years, "exporter", "product"])
        net = made.sold / made.bought
        made = made.mutate(supply=made.supply * (net < 1).fill_null(False).ifelse(net, 1.0))
    if asked.tariffs is not None:
        faced = _rated(held, asked.tariffs)
        own = _mean(faced, [*years, "exporter", "product"], "faced")
        every = _mean(faced, [*years, "product"], "usual")
        made = _beside(made, own, [*years, "exporter", "product"])
        made = _beside(made, every, [*years, "product"])
        edge = ((1.0 + made.faced / 100.0) / (1.0 + made.usual / 100.0)) ** asked.price
        made = made.mutate(supply=made.supply * edge.fill_null(1.0))
    return made.select(*years, "exporter", "product", "supply")


def demand(held: Any, asked: Further) -> Any:
    """importer, product, demand [, year]: imports of the product, in the unit of value, moved by growth."""
    years = _years(held)
    made = held.group_by([*years, "importer", "product"]).aggregate(demand=held.value.sum())
    if asked.growth is not None:
        made = made.join(asked.growth.select(importer="country", gdp="gdp", population="population"), "importer")
        made = made.mutate(demand=made.demand * made.population * (made.gdp / made.population) ** asked.income)
    return made.select(*years, "importer", "product", "demand")


def ease(sold: pa.Table, bought: pa.Table, between: pa.Table) -> pa.Table:
    """exporter, importer, ease [, year]: trade of two over sum over products of share sold x value bought.

    `sold`: exporter, product, share; `bought`: importer, product, bought; `between`: exporter, importer, between; all
    with year or none. A pair without trade has ease 0; one without a product in common has no row.
    """
    parts = []
    every = np.unique(sold["year"].to_numpy()).tolist() if "year" in sold.column_names else [None]
    for year in every:
        some = [one if year is None else one.filter(pc.equal(one["year"], year)) for one in (sold, bought, between)]
        made = _ease(*some)
        parts.append(made if year is None else made.append_column("year", pa.array([year] * len(made), pa.int64())))
    return pa.concat_tables(parts)


def _ease(sold: pa.Table, bought: pa.Table, between: pa.Table) -> pa.Table:
    who, whom, what = _Codes(sold["exporter"]), _Codes(bought["importer"]), _Codes(sold["product"])
    shape = len(what.names)
    left = coo_array((sold["share"].to_numpy(), (who.at, what.at)), shape=(len(who.names), shape)).tocsr()
    places, known = what.of(bought["product"])
    right = coo_array(
        (bought["bought"].to_numpy()[known], (places[known], whom.at[known])), shape=(shape, len(whom.names))
    ).tocsr()
    would = (left @ right).toarray()
    trade = np.zeros_like(would)
    rows, here = who.of(between["exporter"])
    columns, there = whom.of(between["importer"])
    some = here & there
    trade[rows[some], columns[some]] = between["between"].to_numpy()[some]
    one, other = np.nonzero(would > 0)
    return pa.table(
        {
            "exporter": who.names[one].tolist(),
            "importer": whom.names[other].tolist(),
            "ease": trade[one, other] / would[one, other],
        }
    )


class _Codes:
    """The words of a column, and each row's place among them."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        coded = column.combine_chunks().dictionary_encode()
        self.names = np.array(coded.dictionary.to_pylist(), dtype=object)
        self.at = coded.indices.to_numpy()

    def of(self, column: pa.ChunkedArray) -> tuple[Any, Any]:
        """Where another column's words stand among these, and which of them do."""
        found = pc.index_in(column.combine_chunks(), pa.array(self.names.tolist(), pa.string()))
        known = found.is_valid().to_numpy(zero_copy_only=False)
        return found.fill_null(0).to_numpy(), known


def _sums(held: Any, pair: tuple[str, str] | None) -> tuple[Any, Any, Any]:
    """Shares sold, values bought and trade between two, as they are: ease looks at no projection."""
    years = _years(held)
    sold = held.group_by([*years, "exporter", "product"]).aggregate(sold=held.value.sum())
    world = held.group_by([*years, "product"]).aggregate(world=held.value.sum())
    bought = held.group_by([*years, "importer", "product"]).aggregate(bought=held.value.sum())
    between = held.group_by([*years, "exporter", "importer"]).aggregate(between=held.value.sum())
    if pair is not None:
        sold, bought = sold.filter(sold.exporter.isin(pair)), bought.filter(bought.importer.isin(pair))
        between = between.filter(between.exporter.isin(pair) & between.importer.isin(pair))
    sold = sold.join(world, [*years, "product"])
    return sold.select(*years, "exporter", "product", share=sold.sold / sold.world), bought, between


def _access(made: Any, flows: Any, asked: Further, years: list[str]) -> tuple[Any, list[str]]:
    """The exporter's tariff advantage and the fit of its distance, in this market for this product."""
    more = []
    if asked.tariffs is not None:
        usual = _mean(_rated(flows, asked.tariffs), [*years, "importer", "product"], "usual")
        made = _rated(made, asked.tariffs)
        made = _beside(made, usual, [*years, "importer", "product"])
        edge = ((1.0 + made.usual / 100.0) / (1.0 + made.rate / 100.0)) ** asked.price
        made = made.mutate(tariff_advantage=edge)
        more.append("tariff_advantage")
    if asked.distances is not None:
        far = asked.distances.select("exporter", "importer", far=asked.distances.distance.log())
        come = flows.join(far, ["exporter", "importer"])
        come = come.group_by([*years, "importer", "product"]).aggregate(
            usually=(come.far * come.value).sum() / come.value.sum()
        )
        made = _beside(made, far, ["exporter", "importer"])
        made = _beside(made, come, [*years, "importer", "product"])
        made = made.mutate(distance_advantage=(-(made.usually - made.far).abs()).exp())
        more.append("distance_advantage")
    return made, more


def _rated(held: Any, tariffs: Any) -> Any:
    """Every row with its rate in per cent: the exporter's own, else that of ALL, else none."""
    own = tariffs.filter(tariffs.exporter != ALL).select("exporter", "importer", "product", own="rate")
    usual = tariffs.filter(tariffs.exporter == ALL).select("importer", "product", most="rate")
    made = _beside(held, own, ["exporter", "importer", "product"])
    made = _beside(made, usual, ["importer", "product"])
    return made.mutate(rate=made.own.fill_null(made.most)).drop("own", "most")


def _mean(rated: Any, keys: list[str], name: str) -> Any:
    """The mean rate, weighed by trade, over the rows that have one."""
    known = rated.filter(rated.rate.notnull() & (rated.value > 0))
    return known.group_by(keys).aggregate(**{name: (known.rate * known.value).sum() / known.value.sum()})


def _every_party(held: Any, growth: Any) -> None:
    """Raises RequestError for traders without growth: they would drop out of the world."""
    traders = held.select(country="exporter").union(held.select(country="importer"), distinct=True)
    missing = sorted(traders.anti_join(growth, "country").to_pyarrow()["country"].to_pylist())
    if missing:
        raise RequestError(
            f"growth has no row for {len(missing)} countries of the table ({', '.join(missing[:5])}); "
            "write 1 where nothing is projected"
        )


def _years(held: Any) -> list[str]:
    return ["year"] if "year" in held.columns else []


def _beside(made: Any, more: Any, keys: list[str]) -> Any:
    """Every row with the columns of the other table, empty where it has no such key."""
    return made.left_join(more, keys).drop(*(f"{one}_right" for one in keys))
