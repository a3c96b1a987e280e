"""Rebuild the shipped tables of trade: `python -m servanda.sources.recipes.trade --from FOLDER [--to FOLDER]`.

FOLDER holds what the publishers hand out, as the cards in content/tables/trade say under `made_from`. Nothing is
estimated: rows are chosen, added up over sectors, and given the codes of today. What could not be written is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.sources.recipes.rebuild import Rows, asked, command, handed, rebuild

RENAMED = {"ROM": "ROU", "RoW": "ROW"}
"""Codes of these sources that ISO 3166 does not have (Romania until 2002; what is left of the world)."""
EVERY_FOURTH = (1986, 1990, 1994, 1998, 2002, 2006)
"""The years of the tables in the Advanced Guide."""
CHOSEN = ("AUS", "BRA", "CHN", "DEU", "GBR", "IDN", "IND", "JPN", "KOR", "RUS", "TWN", "USA")
"""Between these the flows are kept by sector; for all economies they are kept in total."""
LATEST = 2011
"""The year whose uses are kept apart, as input and as final good."""
SINCE = 1990
AGREED = ("CHN", "IDN", "IND", "JPN", "KOR", "USA", "VNM")
"""Parties of the cases and peers: agreements with any two of these are kept."""
EXTRA = ("XKX",)
"""Codes of economies that ISO 3166 does not have and the World Bank does; all others of its own are groups."""


def manufacturing(base: Any, folder: Path) -> pa.Table:
    """The cube of 69 countries of the Advanced Guide to Trade Policy Analysis, every fourth year."""
    years = ", ".join(str(year) for year in EVERY_FOURTH)
    return _table(base, f"""
        SELECT {_now("exporter")}, {_now("importer")}, year::SMALLINT AS year, trade::FLOAT AS trade,
            dist::FLOAT AS dist, cntg::TINYINT AS cntg, lang::TINYINT AS lang, clny::TINYINT AS clny,
            rta::TINYINT AS rta
        FROM {_file(folder, "agtpa_applications.parquet")} WHERE year IN ({years}) ORDER BY 1, 2, 3""")  # fmt: skip


def economies(base: Any, folder: Path) -> pa.Table:
    """All flows among the 41 economies of WIOD, goods and services, a full cube; what joins two, from GeoDist."""
    wiod = _file(folder, "wiod2013_bilateral_sector_1995_2011.parquet")
    dyads = _file(folder, "cepii_geodist_dyads.parquet")
    return _table(base, f"""
        WITH flows AS (SELECT exporter, importer, year, sum(intermediate + final) AS trade FROM {wiod} GROUP BY ALL),
        who AS (SELECT DISTINCT exporter AS code FROM flows), years AS (SELECT DISTINCT year FROM flows)
        SELECT {_now("one.code", "exporter")}, {_now("other.code", "importer")}, years.year::SMALLINT AS year,
            coalesce(trade, 0)::INTEGER AS trade, dist::FLOAT AS dist, contig::TINYINT AS cntg,
            comlang_off::TINYINT AS lang, colony::TINYINT AS clny
        FROM who AS one CROSS JOIN who AS other CROSS JOIN years
        LEFT JOIN flows ON exporter = one.code AND importer = other.code AND flows.year = years.year
        LEFT JOIN {dyads} ON iso_o = one.code AND iso_d = other.code ORDER BY 1, 2, 3""")  # fmt: skip


def chosen(base: Any, folder: Path) -> pa.Table:
    """Flows by sector among the chosen economies, domestic use included."""
    codes = ", ".join(f"'{code}'" for code in CHOSEN)
    return _table(base, f"""
        SELECT exporter::VARCHAR AS exporter, importer::VARCHAR AS importer, sector::VARCHAR AS product,
            year::SMALLINT AS year, (intermediate + final)::INTEGER AS value
        FROM {_file(folder, "wiod2013_bilateral_sector_1995_2011.parquet")}
        WHERE exporter IN ({codes}) AND importer IN ({codes}) AND intermediate + final <> 0
        ORDER BY 1, 2, 3, 4""")  # fmt: skip


def sold(base: Any, folder: Path) -> pa.Table:
    """What each economy of WIOD sells abroad by sector."""
    return _abroad(base, folder, "exporter")


def bought(base: Any, folder: Path) -> pa.Table:
    """What each economy of WIOD buys abroad by sector."""
    return _abroad(base, folder, "importer")


def uses(base: Any, folder: Path) -> pa.Table:
    """Flows by sector among all economies of WIOD in its last year, as input and as final good."""
    return _table(base, f"""
        SELECT {_now("exporter")}, {_now("importer")}, sector::VARCHAR AS product, year::SMALLINT AS year,
            intermediate::INTEGER AS intermediate, final::INTEGER AS final
        FROM {_file(folder, "wiod2013_bilateral_sector_1995_2011.parquet")}
        WHERE year = {LATEST} AND (intermediate <> 0 OR final <> 0) ORDER BY 1, 2, 3""")  # fmt: skip


def added(base: Any, folder: Path) -> pa.Table:
    """Output and value added by sector of every economy of WIOD in its last year."""
    return _table(base, f"""
        SELECT {_now("country", "party")}, sector::VARCHAR AS product, year::SMALLINT AS year,
            output::INTEGER AS output, va_incl_taxes_margins::INTEGER AS value_added
        FROM {_file(folder, "wiod2013_output_va_1995_2011.parquet")}
        WHERE year = {LATEST} AND sector SIMILAR TO 'c[0-9]+' ORDER BY 1, 2""")  # fmt: skip


def indicators(base: Any, folder: Path) -> pa.Table:
    """Size of every economy, and trade in relation to it: from worldbank.parquet (servanda fetch worldbank --table),
    else from the copies that the card names."""
    if (folder / "worldbank.parquet").exists():
        return _table(base, f"""
            SELECT party, indicator, year::SMALLINT AS year, value::DOUBLE AS value
            FROM {_file(folder, "worldbank.parquet")} WHERE year >= {SINCE} AND value IS NOT NULL
            ORDER BY 1, 2, 3""")  # fmt: skip
    panel = f"read_csv('{_path(folder, 'wb_trade_panel_8countries_1960_2025.csv')}', all_varchar=true, nullstr='')"
    codes = ", ".join(f"'{code}'" for code in (*_states(), *EXTRA))
    sizes = "\nUNION ALL\n".join(
        f"""SELECT "Country Code" AS party, '{indicator}' AS indicator, "Year" AS year, "Value" AS value
        FROM read_csv('{_path(folder, name)}', all_varchar=true, nullstr='')"""
        for indicator, name in (
            ("NY.GDP.MKTP.CD", "wb_gdp_current_usd.csv"),
            ("SP.POP.TOTL", "wb_population.csv"),
        )
    )  # fmt: skip
    kept = ", ".join(f"'{one}'" for one in ("NE.EXP.GNFS.ZS", "NE.IMP.GNFS.ZS", "TX.VAL.MRCH.CD.WT",
        "TM.VAL.MRCH.CD.WT", "BX.GSR.NFSV.CD", "BM.GSR.NFSV.CD"))  # fmt: skip
    return _table(base, f"""
        SELECT party, indicator, year::SMALLINT AS year, value::DOUBLE AS value FROM (
            SELECT country AS party, indicator_code AS indicator, year, value FROM {panel}
            WHERE indicator_code IN ({kept}) UNION ALL {sizes})
        WHERE year::INTEGER >= {SINCE} AND value IS NOT NULL AND party IN ({codes}) ORDER BY 1, 2, 3""")  # fmt: skip


def agreements(base: Any, folder: Path) -> pa.Table:
    """Treaties of DESTA that at least two of the parties made, a row for each of those: the treaties themselves, and
    who withdrew, acceded or amended as rows of their own."""
    codes = ", ".join(str(_numeric(code)) for code in AGREED)
    named = " ".join(f"WHEN {_numeric(code)} THEN '{code}'" for code in AGREED)
    return _table(base, f"""
        WITH made AS (SELECT *, count(*) OVER (PARTITION BY number) AS parties FROM (
            SELECT DISTINCT number, base_treaty, name, entry_type, year, entryforceyear, typememb, iso_n
            FROM {_file(folder, "desta_members_long.parquet")} WHERE iso_n IN ({codes})))
        SELECT number, base_treaty::SMALLINT AS base_treaty, name, entry_type AS entry,
            CASE iso_n {named} END AS party, year::SMALLINT AS signed, entryforceyear::SMALLINT AS in_force
        FROM made WHERE parties > 1 ORDER BY base_treaty, number, party""")  # fmt: skip


RECIPES: dict[str, Rows] = {
    "trade/manufacturing": asked(manufacturing),
    "trade/economies": asked(economies),
    "trade/sectors": asked(chosen),
    "trade/uses": asked(uses),
    "trade/added": asked(added),
    "trade/exports": asked(sold),
    "trade/imports": asked(bought),
    "trade/indicators": asked(indicators),
    "trade/agreements": asked(agreements),
}


def _abroad(base: Any, folder: Path, side: str) -> pa.Table:
    return _table(base, f"""
        SELECT {_now(side)}, sector::VARCHAR AS product, year::SMALLINT AS year,
            sum(intermediate + final)::INTEGER AS value
        FROM {_file(folder, "wiod2013_bilateral_sector_1995_2011.parquet")}
        WHERE exporter <> importer GROUP BY ALL ORDER BY 1, 2, 3""")  # fmt: skip


def _now(column: str, name: str | None = None) -> str:
    """A column with the codes of today."""
    cases = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in RENAMED.items())
    return f"CASE {column}::VARCHAR {cases} ELSE {column}::VARCHAR END AS {name or column}"


def _states() -> Sequence[str]:
    import pycountry

    return [str(one.alpha_3) for one in pycountry.countries]


def _numeric(code: str) -> int:
    import pycountry

    return int(pycountry.countries.get(alpha_3=code).numeric)


def _path(folder: Path, name: str) -> str:
    return str(handed(folder, name, "trade")).replace("'", "''")


def _file(folder: Path, name: str) -> str:
    return f"read_parquet('{_path(folder, name)}')"


def _table(base: Any, query: str) -> pa.Table:
    found: pa.Table = base.sql(query).to_arrow_table()
    return found


def build(folder: Path, target: Path, only: Sequence[str] = ()) -> dict[str, int]:
    """Write the tables to `target` (a folder of content); rows of each. Raises RequestError for a missing file."""
    return rebuild(RECIPES, folder, target, only)


main = command(RECIPES, "trade")

if __name__ == "__main__":
    main()
