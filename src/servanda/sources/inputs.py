"""Trade by sector of all parties of a table, with what is used as input and as final good, and value added."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from servanda.sources.table import Column, Sort, TableFault, read

Array = NDArray[np.float64]
FLOWS = (
    Column("exporter"),
    Column("sector"),
    Column("importer"),
    Column("intermediate", Sort.NUMBER),
    Column("final", Sort.NUMBER),
    Column("tariff_before", Sort.NUMBER, 0, optional=True),
    Column("tariff_after", Sort.NUMBER, 0, optional=True),
    Column("log_cost_effect", Sort.NUMBER, optional=True),
)
ADDED = (Column("party"), Column("sector"), Column("value_added", Sort.NUMBER))
THETA = (Column("sector"), Column("theta", Sort.NUMBER, 0))


@dataclass(frozen=True, slots=True)
class Inputs:
    """Cubes (exporters, sectors, importers) of uses, rates, effects; `added` (parties, sectors), `theta` (sectors,)."""

    parties: tuple[str, ...]
    sectors: tuple[str, ...]
    intermediate: Array
    final: Array
    tariff_before: Array
    tariff_after: Array
    effect: Array
    added: Array
    theta: Array | None


def inputs(flows: Path, added: Path, theta: Path | None = None) -> Inputs:
    """Two tables, and a third where the elasticity of trade differs by sector.

    Flows: exporter, sector, importer, intermediate, final and, where they change, tariff_before, tariff_after,
    log_cost_effect; a row that is not there is nil. Value added: party, sector, value_added. Raises TableFault.
    """
    made = read(flows, FLOWS, ["exporter", "sector", "importer"])
    value = read(added, ADDED, ["party", "sector"])
    elastic = read(theta, THETA, ["sector"]) if theta is not None else None
    return gathered(made, value, elastic, flows.name)


def gathered(flows: pa.Table, added: pa.Table, theta: pa.Table | None = None, name: str = "flows") -> Inputs:
    """The cubes of tables that were read; parties and sectors in the order of their codes."""
    sells, good, buys = (np.array(flows[column].to_pylist()) for column in ("exporter", "sector", "importer"))
    parties, sectors = np.unique(np.concatenate([sells, buys])), np.unique(good)
    at = tuple(np.searchsorted(held, codes) for held, codes in ((parties, sells), (sectors, good), (parties, buys)))
    shape = (len(parties), len(sectors), len(parties))
    cubes = {}
    for column in ("intermediate", "final", "tariff_before", "tariff_after", "log_cost_effect"):
        cube = np.zeros(shape)
        if column in flows.column_names:
            cube[at] = flows[column].to_numpy()
        cubes[column] = cube
    if "tariff_before" in flows.column_names and "tariff_after" not in flows.column_names:
        cubes["tariff_after"] = cubes["tariff_before"].copy()
    value = np.full(shape[:2], np.nan)
    whose, which = (np.array(added[column].to_pylist()) for column in ("party", "sector"))
    known = np.isin(whose, parties) & np.isin(which, sectors)
    value[np.searchsorted(parties, whose[known]), np.searchsorted(sectors, which[known])] = added[
        "value_added"
    ].to_numpy()[known]
    sold = np.zeros(shape[:2])
    np.add.at(sold, at[:2], cubes["intermediate"][at] + cubes["final"][at])
    gaps = np.argwhere(np.isnan(value) & (sold > 0))
    if len(gaps):
        told = ", ".join(f"{parties[one]} {sectors[other]}" for one, other in gaps[:5])
        raise TableFault(name, [f"{len(gaps)} sectors that sell have no value added ({told}); give it, or 0"])
    elastic = None
    if theta is not None:
        held = dict(zip(theta["sector"].to_pylist(), theta["theta"].to_pylist(), strict=True))
        missing = [str(one) for one in sectors if one not in held]
        if missing:
            raise TableFault(
                name, [f"{len(missing)} sectors have no theta ({', '.join(missing[:5])}); give one for each"]
            )
        elastic = np.array([held[str(one)] for one in sectors])
    return Inputs(
        tuple(map(str, parties)), tuple(map(str, sectors)), cubes["intermediate"], cubes["final"],
        cubes["tariff_before"], cubes["tariff_after"], cubes["log_cost_effect"], np.nan_to_num(value), elastic,
    )  # fmt: skip
