"""Many texts at once: worker processes on one machine, or Apache Spark, one task a text. Both give the same rows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from typing import Any

from servanda.errors import ExtraMissing
from servanda.model.proposal import Proposed
from servanda.settings import one_thread
from servanda.texts.read import read


@dataclass(frozen=True, slots=True)
class Job:
    """One text to read: its id, its characters, who made it and when."""

    id: str
    text: str
    parties: tuple[str, ...]
    day: date
    title: str = ""


def read_one(job: Job) -> tuple[str, tuple[Proposed, ...]]:
    """The id of a text and what is read in it."""
    return job.id, read(job.text, job.parties, job.day, job.title)


def read_many(jobs: Sequence[Job], processes: int = 1) -> Iterator[tuple[str, tuple[Proposed, ...]]]:
    """Every text, in the order given; each process loads parser and weights once."""
    if processes <= 1:
        yield from map(read_one, jobs)
        return
    # Spawned, not forked: a parser that has started threads does not survive a fork on every machine.
    with one_thread(), ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(read_one, jobs, chunksize=4)


def read_on_spark(jobs: Iterable[Job], session: Any = None) -> list[tuple[str, tuple[Proposed, ...]]]:
    """Every text, one task each, on a Spark session (a local one of two threads where none is given)."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as missing:
        raise ExtraMissing("reading on Spark", "spark") from missing
    held = list(jobs)
    spark = session or SparkSession.builder.master("local[2]").appName("servanda read").getOrCreate()
    if session is None:
        spark.sparkContext.pythonExec = sys.executable  # a worker of another Python would not find the program
    try:
        tasks = spark.sparkContext.parallelize(held, max(1, len(held)))
        found: list[tuple[str, tuple[Proposed, ...]]] = tasks.map(read_one).collect()
    finally:
        if session is None:
            spark.stop()
    return found
