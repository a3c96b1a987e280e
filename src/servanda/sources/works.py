"""Partitions of works as the OpenAlex snapshot hands them out, opened on DuckDB or on a Spark session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

from servanda.errors import ExtraMissing, RequestError
from servanda.sources.codes import codes

COLUMNS = ("id", "publication_year", "primary_topic", "authorships")


def works(folder: Path, session: Any = None) -> Any:
    """All `part_*.parquet` in a folder and beneath it, as a table of Ibis: on DuckDB, or on the Spark session.

    Raises RequestError where there is none, or a column is missing.
    """
    found = sorted(str(path) for path in folder.rglob("*.parquet"))
    if not found:
        raise RequestError(f"there is no .parquet in {folder}; give the folder of works of the snapshot")
    if session is None:
        held = ibis.duckdb.connect(threads=2).read_parquet(found, table_name="works", union_by_name=True)
    else:
        # The partitions are named by their day, which Spark would take for a column of its own.
        session.read.option("mergeSchema", "true").parquet(*found).createOrReplaceTempView("works")
        held = ibis.pyspark.connect(session).table("works")
    missing = [name for name in COLUMNS if name not in held.columns]
    if missing:
        raise RequestError(f"{folder} has no {', '.join(missing)}; these are no works, or of another layout")
    return held.select(*COLUMNS)


def alpha3() -> Any:
    """short, code: every party's two letters and three, to join with."""
    short = codes("iso2").of
    return ibis.memtable(pa.table({"short": list(short.values()), "code": list(short)}))


def local_session() -> Any:
    """A Spark session, as the machine is set up (spark-defaults, SPARK_HOME), else on its own cores."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise ExtraMissing("joint papers on Spark", "spark") from missing
    made = SparkSession.builder.appName("servanda joint").config("spark.sql.session.timeZone", "UTC")
    return made.getOrCreate()
