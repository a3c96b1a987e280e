"""The tables of published estimates, built from the shared data as their authors built them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from servanda.measures.ties.fit.estimate import Estimate, estimate
from servanda.measures.ties.fit.recover import effects
from servanda.measures.ties.fit.specification import columns, key, specification
from servanda.sources.table import columns_of, read

FOLDERS = Path(__file__).parents[5] / "shared"
PUBLISHED = FOLDERS / "reference" / "gravity_estimates.csv"
PANEL = FOLDERS / "data" / "trade" / "agtpa_applications.parquet"
SAMPLE = FOLDERS / "data" / "trade" / "gegravity_sample_30c_2006.csv"
YEARS = range(1986, 2007, 4)

SIX = "exporter-year,importer-year"
GRAVITY = "log(dist) + cntg + lang + clny"
PHASES = "rta + rta_lag4 + rta_lag8 + rta_lag12"
BORDERS = " + ".join(f"intl_border_{year}" for year in YEARS if year < 2006)
NAMES = {
    "const": "constant",
    "log_dist": "log(dist)",
    "log_y": "log(y)",
    "log_e": "log(e)",
    "log_remoteness_exp": "log(remoteness_exp)",
    "log_remoteness_imp": "log(remoteness_imp)",
    **{name.upper(): name for name in ("cntg", "lang", "clny", "rta")},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How a published column was estimated; `rows` is all, apart (international only), 2006 or sample."""

    formula: str
    effects: str
    clustered: str = "pair"
    small: str = "stata"
    explained: str = "trade"
    model: str = "ppml"
    rows: str = "all"
    sums: tuple[str, ...] = ()


OLS = {"explained": "log(trade)", "model": "ols", "rows": "apart"}
ASKED = {
    ("Table1 traditional gravity", "(1) OLS"): Asked(f"{GRAVITY} + log(y) + log(e)", "", **OLS),  # type: ignore[arg-type]
    ("Table1 traditional gravity", "(2) OLS remoteness"): Asked(
        f"{GRAVITY} + log(y) + log(e) + log(remoteness_exp) + log(remoteness_imp)",
        "",
        **OLS,  # type: ignore[arg-type]
    ),
    ("Table1 traditional gravity", "(3) OLS FE"): Asked(GRAVITY, SIX, **OLS),  # type: ignore[arg-type]
    ("Table1 traditional gravity", "(4) PPML FE"): Asked(GRAVITY, SIX, rows="apart"),
    ("Table3 RTA effects", "(1) OLS"): Asked(f"{GRAVITY} + rta", SIX, **OLS),  # type: ignore[arg-type]
    ("Table3 RTA effects", "(2) PPML"): Asked(f"{GRAVITY} + rta", SIX, rows="apart"),
    ("Table3 RTA effects", "(3) INTRA - recomputed"): Asked(f"{GRAVITY} + rta", f"{SIX},intra", small="default"),
    ("Table3 RTA effects", "(4) ENDG pair FE"): Asked("rta", f"{SIX},pair"),
    ("Table3 RTA effects", "(5) LEAD"): Asked("rta + rta_lead4", f"{SIX},pair", sums=("rta + rta_lead4",)),
    ("Table3 RTA effects", "(6) PHASING"): Asked(PHASES, f"{SIX},pair", sums=(PHASES,)),
    ("Table3 RTA effects", "(7) GLOBALIZATION"): Asked(f"{PHASES} + {BORDERS}", f"{SIX},pair", sums=(PHASES,)),
    ("Ch2 App1 trade without borders (2006)", "baseline PPML"): Asked(
        "ln_DIST + cntg + INTL_BRDR", "exporter,importer", "none", rows="2006"
    ),
    ("Ch2 App2 NAFTA", "pair-FE PPML"): Asked("rta", f"{SIX},pair", "none"),
    ("Ch2 App2 NAFTA", "second stage"): Asked("ln_DIST + cntg + lang + clny", "exporter,importer", explained="tij"),
    ("gegravity sample (30 countries 2006)", "ppmlhdfe"): Asked(
        "lndist + contiguity + common_language + pta + international", "exporter,importer", "none", rows="sample"
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One printed number and its error, with the places they are printed to."""

    table: str
    column: str
    variable: str
    estimate: str
    std_error: str
    n: str

    @property
    def is_wrong(self) -> bool:
        """Whether the file marks it as a misprint."""
        return "WRONG" in self.column

    @property
    def asked(self) -> tuple[str, str]:
        """Under what it is asked in ASKED."""
        found = [one for one in ASKED if one[0] == self.table and self.column.startswith(one[1])]
        return found[0] if found else (self.table, "(3) INTRA - recomputed")


def rows() -> list[Row]:
    """Every row of the file; none where it is not there."""
    if not PUBLISHED.exists():
        return []
    with PUBLISHED.open(encoding="utf-8") as file:
        held = list(csv.DictReader(file))
    return [
        Row(*(one[name] for name in ("table", "column", "variable", "estimate", "std_error", "n_obs"))) for one in held
    ]


@cache
def table(kind: str) -> pa.Table:
    """The rows of a published table with the columns that its authors made."""
    if kind == "sample":
        return pyarrow.csv.read_csv(SAMPLE)
    whole = pyarrow.parquet.read_table(PANEL)
    made = _columns(whole.filter(pc.is_in(whole["year"], pa.array(list(YEARS)))))
    if kind == "all":
        return made
    return made.filter(pc.equal(made["international"], 1) if kind == "apart" else pc.equal(made["year"], int(kind)))


def _columns(held: pa.Table) -> pa.Table:
    exporter, importer, year = (_codes(held, name) for name in ("exporter", "importer", "year"))
    trade, dist = held["trade"].to_numpy(), held["dist"].to_numpy()
    out, into = exporter * 100 + year, importer * 100 + year
    world = np.bincount(year, weights=trade)[year]
    y, e = np.bincount(out, weights=trade)[out], np.bincount(into, weights=trade)[into]
    apart = (exporter != importer).astype(float)
    made = {
        "y": y,
        "e": e,
        "remoteness_exp": np.bincount(out, weights=dist * world / e)[out],
        "remoteness_imp": np.bincount(into, weights=dist * world / y)[into],
        "international": apart,
        "INTL_BRDR": apart,
        "ln_DIST": np.log(dist),
        **{f"intl_border_{one}": apart * (held["year"].to_numpy() == one) for one in YEARS},
        "intra": np.where(apart == 1, "international", held["exporter"].to_numpy(zero_copy_only=False).astype(str)),
    }
    for name, column in made.items():
        held = held.append_column(name, pa.array(column))
    return held


def _codes(held: pa.Table, name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.unique(held[name].to_numpy(zero_copy_only=False), return_inverse=True)[1].astype(np.int64)


@cache
def found(asked: tuple[str, str]) -> Estimate:
    """The estimate of a published column."""
    one = ASKED[asked]
    held = second() if asked[1] == "second stage" else table(one.rows)
    return estimate(
        held,
        specification(one.formula, one.effects, one.clustered, one.small, one.explained, one.model, False, one.sums),
    )


def second() -> pa.Table:
    """Trade costs of the second stage: exp of the pair effects, with those of trade at home set to 0.

    Effects of a party by year can take half of its effect at home on each side, so that the others lose both halves.
    """
    first = estimate(table("all"), specification("rta", f"{SIX},pair", "pair", "stata"))
    pair = effects(first.panel, first.fitted)[2][first.panel.ways[2].codes]
    exporter, importer, _ = first.panel.at
    home = np.zeros(len(first.panel.parties))
    home[exporter[exporter == importer]] = pair[exporter == importer]
    held = (
        table("all")
        .take(pa.array(first.panel.rows))
        .append_column("tij", pa.array(np.exp(pair - (home[exporter] + home[importer]) / 2)))
    )
    _, once = np.unique(exporter * 1000 + importer, return_index=True)
    held = held.take(pa.array(once))
    return held.filter(pc.equal(held["international"], 1)).drop_columns(["year"])


def by_file(path: Path, one: Asked) -> Estimate:
    """The same estimate by way of a file, read and checked."""
    asked = specification(one.formula, one.effects, one.clustered, one.small, one.explained, one.model, False, one.sums)
    held = columns_of(path)
    return estimate(read(path, columns(asked, held), key(asked, held)), asked)
