"""A table of who wrote what: paper, institution, country, year, and a venue or topic where there is one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from servanda.settings import shipped_content
from servanda.sources.codes import Sort as Kind
from servanda.sources.codes import codes
from servanda.sources.table import Column, Sort, read
from servanda.store import yaml

Whole = NDArray[np.int64]
COLUMNS = (
    Column("paper"),
    Column("institution", Sort.WORDS),
    Column("country", gaps=True),
    Column("year", Sort.WHOLE, 1500, 2200),
    Column("venue", Sort.WORDS, gaps=True, optional=True),
    Column("topic", Sort.WORDS, gaps=True, optional=True),
)


class Numbered(NamedTuple):
    """The table as numbers: an institution that stands under two parties is two."""

    paper: Whole
    institution: Whole
    year: Whole
    topic: Whole
    names: tuple[str, ...]
    parties: NDArray[np.str_]
    topics: tuple[str, ...]


def papers(path: Path) -> Numbered:
    """The table of a file; raises TableFault with rows."""
    return numbered(read(path, COLUMNS))


def numbered(table: pa.Table) -> Numbered:
    """Numbers for the columns of a table. A topic is a topic, else a venue; countries become alpha-3 where known."""
    party = _parties(table["country"])
    name = table["institution"].combine_chunks().dictionary_encode()
    institution = name.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    code_names, code = np.unique(party, return_inverse=True)
    both, place = np.unique(institution * len(code_names) + code, return_inverse=True)
    words = name.dictionary.to_pylist()
    topic, topics = np.full(table.num_rows, -1, dtype=np.int64), ()
    for column in ("topic", "venue"):
        if column in table.column_names:
            told = table[column].combine_chunks().dictionary_encode()
            topic = told.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
            topics = tuple(told.dictionary.to_pylist())
            break
    paper = table["paper"].combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Numbered(
        paper, place.astype(np.int64), table["year"].to_numpy().astype(np.int64), topic,
        tuple(str(words[one // len(code_names)]) for one in both), code_names[both % len(code_names)], topics,
    )  # fmt: skip


def party(said: str) -> str:
    """Alpha-3 of a party by its name or code; what is not known stays as it is."""
    for name in ("iso3", "iso2", "names"):
        found = codes(name).find(said)
        if found is not None and found.sort is Kind.PARTY:
            return found.code
    short = _as_written().get(said.strip().casefold())
    found = codes("iso2").find(short) if short else None
    return found.code if found else said


@lru_cache(maxsize=1)
def _as_written() -> dict[str, str]:
    plain = yaml.read(shipped_content() / "names" / "parties.yml", "names/parties.yml")
    return {str(name).casefold(): str(code) for name, code in plain.items()}


def _parties(column: pa.ChunkedArray) -> NDArray[np.str_]:
    told = column.combine_chunks().fill_null("").dictionary_encode()
    known = np.array([party(str(one)) if str(one).strip() else "" for one in told.dictionary.to_pylist()])
    return np.asarray(known[told.indices.to_numpy(zero_copy_only=False)])
