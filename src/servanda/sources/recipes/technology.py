"""Rebuild the shipped tables of technology: `python -m servanda.sources.recipes.technology --from FOLDER`.

FOLDER holds what the cards in content/tables/technology name under `made_from`. Nothing is estimated: rows are chosen
and given the codes of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from servanda.sources.codes import codes
from servanda.sources.recipes.rebuild import Rows, asked, command, handed, rebuild

CHOSEN = (
    "ARE", "ARG", "AUS", "AUT", "BEL", "BGD", "BRA", "CAN", "CHE", "CHL", "CHN", "CZE", "DEU", "DNK", "EGY", "ESP",
    "FIN", "FRA", "GBR", "GRC", "HUN", "IDN", "IND", "IRL", "IRN", "ISR", "ITA", "JPN", "KOR", "MEX", "MYS", "NLD",
    "NOR", "NZL", "PAK", "POL", "PRT", "RUS", "SAU", "SGP", "SWE", "THA", "TUR", "TWN", "USA", "VNM", "ZAF",
)  # fmt: skip
"""Parties of the cases, their peers, the powers, and those who write most: joint papers of any two are kept."""
NEAR = (
    "AUS", "BRA", "CAN", "CHN", "DEU", "FRA", "GBR", "IDN", "IND", "ISR", "ITA", "JPN", "KOR", "MYS", "RUS", "SGP",
    "THA", "TWN", "USA", "VNM",
)  # fmt: skip
"""Parties of which the Science and Engineering Indicators are kept."""
HOMES = ("IND", "JPN", "KOR", "VNM")
"""Parties of the cases: their institutions are kept."""
WORLD = "WLD"
FIELDS, CLASSES, INTELLIGENCE = (9986, 9999), (5821, 5854), (9968, 9968)
"""Tables of whole counts by field; of patent families by class; of papers on artificial intelligence."""


def pairs(base: Any, folder: Path) -> pa.Table:
    """Joint papers of every two of the chosen, a row a pair and year, nil where the source has none; what joins two."""
    _chosen(base)
    return _table(base, f"""
        WITH held AS (SELECT year, least(x.code, y.code) AS a, greatest(x.code, y.code) AS b, n
            FROM {_file(folder, "openalex_country_coauthorship_1990_2023.parquet")}
            JOIN chosen AS x ON a = x.short JOIN chosen AS y ON b = y.short),
        years AS (SELECT DISTINCT year FROM held)
        SELECT one.code AS a, other.code AS b, years.year::SMALLINT AS year, coalesce(n, 0)::INTEGER AS papers
        FROM chosen AS one JOIN chosen AS other ON one.code < other.code CROSS JOIN years
        LEFT JOIN held ON held.a = one.code AND held.b = other.code AND held.year = years.year
        ORDER BY 1, 2, 3""")  # fmt: skip


def apart(base: Any, folder: Path) -> pa.Table:
    """What lies between every two of the chosen, from GeoDist."""
    _chosen(base)
    return _table(base, f"""
        SELECT one.code AS a, other.code AS b, dist::FLOAT AS dist, contig::TINYINT AS cntg,
            comlang_off::TINYINT AS lang, colony::TINYINT AS clny
        FROM chosen AS one JOIN chosen AS other ON one.code < other.code
        JOIN {_file(folder, "cepii_geodist_dyads.parquet")} ON iso_o = one.code AND iso_d = other.code
        ORDER BY 1, 2""")  # fmt: skip


def totals(base: Any, folder: Path) -> pa.Table:
    """Papers of authors of more than one party, of each of the chosen by year."""
    _chosen(base)
    return _table(base, f"""
        SELECT code AS party, year::SMALLINT AS year, intl_coauthored_works::INTEGER AS papers
        FROM {_file(folder, "openalex_country_intl_totals_1990_2023.parquet")} JOIN chosen ON country_iso2 = short
        ORDER BY 1, 2""")  # fmt: skip


def index(base: Any, folder: Path) -> pa.Table:
    """Joint papers and the index of collaboration as published, each pair once; a party with the world is its total."""
    _named(base)
    return _table(base, f"""
        WITH held AS (SELECT x.code AS a, y.code AS b, year, kind, value
            FROM {_file(folder, "nsf_sei_country_pairs_counts_and_index.parquet")}
            JOIN named AS x ON a = x.name JOIN named AS y ON b = y.name WHERE value IS NOT NULL AND NOT isnan(value))
        SELECT a, b, year::SMALLINT AS year, max(value) FILTER (kind = 'count')::INTEGER AS papers,
            max(value) FILTER (kind = 'index')::FLOAT AS index
        FROM held WHERE a < b OR (a = '{WORLD}' AND b = '{WORLD}') GROUP BY ALL
        HAVING papers IS NOT NULL ORDER BY 1, 2, 3""")  # fmt: skip


def fields(base: Any, folder: Path) -> pa.Table:
    """Papers by field of each party and of the world, whole counts."""
    return _series(base, folder, FIELDS, r"articles in (.+?), whole", "field", "papers")


def patents(base: Any, folder: Path) -> pa.Table:
    """International patent families by class of each party and of the world."""
    return _series(base, folder, CLASSES, r"granted in (.+?), by region", "class", "families")


def intelligence(base: Any, folder: Path) -> pa.Table:
    """Papers on artificial intelligence of each party and of the world, whole counts."""
    made = _series(base, folder, INTELLIGENCE, r"(AI)-related", "field", "papers")
    return made.drop_columns("field")


def citations(base: Any, folder: Path) -> pa.Table:
    """The relative citation index of 2020 by field, as published."""
    _named(base)
    return _table(base, f"""
        SELECT x.code AS citing, y.code AS cited, field, rci::FLOAT AS index
        FROM {_file(folder, "nsf_sei_relative_citation_index_2020_by_field.parquet")}
        JOIN named AS x ON lower(citing) = lower(x.name)
        JOIN named AS y ON replace(lower(cited), '_', ' ') = lower(y.name)
        WHERE x.code <> y.code AND rci IS NOT NULL ORDER BY 1, 2, 3""")  # fmt: skip


def artificial(base: Any, folder: Path) -> pa.Table:
    """Joint papers and the index of collaboration in artificial intelligence over twenty years, each pair once."""
    _named(base)
    rows = f"read_csv('{_path(folder, 'nsf_sei_ai_country_pairs_2003_2022.csv')}')"
    return _table(base, f"""
        SELECT x.code AS a, y.code AS b, 2022::SMALLINT AS year, copubs::INTEGER AS papers, index::FLOAT AS index
        FROM {rows} JOIN named AS x ON lower(a) = lower(x.name)
        JOIN named AS y ON replace(lower(b), '_', ' ') = lower(y.name)
        WHERE x.code < y.code ORDER BY 1, 2""")  # fmt: skip


def institutions(base: Any, folder: Path) -> pa.Table:
    """The institutions of the parties of the cases among the 10,000 with most works, with the registry's town."""
    _chosen(base)
    homes = ", ".join(f"'{code}'" for code in HOMES)
    registry = f"read_csv('{_path(folder, 'ror_records_IN_KR_partial.csv')}', all_varchar=true, nullstr='')"
    return _table(base, f"""
        SELECT ror_id AS ror, display_name AS name, code AS party, any_value(held.city) AS city, type AS sort,
            works_count::INTEGER AS works
        FROM {_file(folder, "openalex_institutions_top10000_2025.parquet")} JOIN chosen ON country_code = short
        LEFT JOIN {registry} AS held ON held.ror = ror_id
        WHERE code IN ({homes}) AND ror_id IS NOT NULL GROUP BY ALL ORDER BY party, works DESC, ror""")  # fmt: skip


RECIPES: dict[str, Rows] = {
    "technology/pairs": asked(pairs),
    "technology/apart": asked(apart),
    "technology/totals": asked(totals),
    "technology/index": asked(index),
    "technology/fields": asked(fields),
    "technology/patents": asked(patents),
    "technology/intelligence": asked(intelligence),
    "technology/citations": asked(citations),
    "technology/artificial": asked(artificial),
    "technology/institutions": asked(institutions),
}


def _series(base: Any, folder: Path, numbers: tuple[int, int], pattern: str, of: str, counted: str) -> pa.Table:
    _named(base)
    return _table(base, f"""
        SELECT code AS party, regexp_extract(title, '{pattern}', 1) AS "{of}", year::SMALLINT AS year,
            round(value, 1)::FLOAT AS {counted}
        FROM {_file(folder, "nsf_sei_country_year_series.parquet")} JOIN named ON country = name
        WHERE table_id::INTEGER BETWEEN {numbers[0]} AND {numbers[1]} AND value IS NOT NULL
        ORDER BY 1, 2, 3""")  # fmt: skip


def _chosen(base: Any) -> None:
    short = codes("iso2").of
    rows = ", ".join(f"('{code}', '{short[code]}')" for code in CHOSEN)
    base.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM (VALUES {rows}) AS held(code, short)")


def _named(base: Any) -> None:
    """Names as the indicators write them, by the list of names (content/codes/names.yml)."""
    import pycountry

    rows = [f"('{WORLD}', 'World')"]
    known = codes("names")
    for code in NEAR:
        one = pycountry.countries.get(alpha_3=code)
        names = {one.name, getattr(one, "common_name", one.name)}
        names |= {name.title() for name, held in known.known.items() if held.code == code and name.isascii()}
        rows += [f"('{code}', '{name.replace(chr(39), chr(39) * 2)}')" for name in sorted(names)]
    base.execute(
        f"CREATE OR REPLACE TEMP TABLE named AS SELECT DISTINCT * FROM (VALUES {', '.join(rows)}) AS h(code, name)"
    )


def _path(folder: Path, name: str) -> str:
    return str(handed(folder, name, "technology")).replace("'", "''")


def _file(folder: Path, name: str) -> str:
    return f"read_parquet('{_path(folder, name)}')"


def _table(base: Any, query: str) -> pa.Table:
    found: pa.Table = base.sql(query).to_arrow_table()
    return found


def build(folder: Path, target: Path, only: Sequence[str] = ()) -> dict[str, int]:
    """Write the tables to `target` (a folder of content); rows of each. Raises RequestError for a missing file."""
    return rebuild(RECIPES, folder, target, only)


main = command(RECIPES, "technology")

if __name__ == "__main__":
    main()
