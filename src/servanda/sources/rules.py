"""Tables of what stands between two markets that somebody hands in: rates, barriers, named products, use."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from servanda.sources.table import Column, Sort, read

_RATE = Column("rate", Sort.NUMBER, 0, 10_000)


def rates(path: Path) -> pa.Table:
    """exporter (or "all"), importer, product, regime, rate: ad valorem, in per cent, each once."""
    columns = [Column("exporter"), Column("importer"), Column("product"), Column("regime"), _RATE]
    return read(path, columns, ["exporter", "importer", "product", "regime"])


def barriers(path: Path) -> pa.Table:
    """id, imposed_by, affects, kind, product: a row for each product of a barrier; product may be empty."""
    columns = [Column("id"), Column("imposed_by"), Column("affects"), Column("kind"), Column("product", gaps=True)]
    return read(path, columns, ["id", "imposed_by", "affects", "product"])


def named_products(path: Path) -> pa.Table:
    """name, product (a code or its first digits), since (a year)."""
    since = Column("since", Sort.WHOLE, 1800, 2200)
    return read(path, [Column("name", Sort.WORDS), Column("product"), since], ["name", "product"])


def claims(path: Path) -> pa.Table:
    """whose, period, source and any of rate (per cent), base, used, eligible, total."""
    amounts = [Column(one, Sort.NUMBER, 0, gaps=True, optional=True) for one in ("used", "eligible", "total")]
    rate = Column("rate", Sort.NUMBER, 0, 100, gaps=True, optional=True)
    words = [Column("whose"), Column("period", Sort.WORDS), Column("source", Sort.WORDS)]
    base = Column("base", Sort.WORDS, gaps=True, optional=True)
    return read(path, [*words, rate, base, *amounts])
