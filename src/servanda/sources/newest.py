"""The newest year of BACI that a user fetched: all flows of one year, read where somebody needs them.

A year has ten million flows and takes half a minute to read, so that what is made of it should be kept (review/answers)
with what `snapshots.state` says of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from servanda.errors import RequestError, SourceFault
from servanda.sources.declared import source
from servanda.sources.snapshots import latest, raw
from servanda.sources.tidy.baci import baci, product_names, years_held

SOURCE = "baci"


@dataclass(frozen=True, slots=True)
class Year:
    """A table of exporter, importer, product and value in USD thousand, with the publisher's names of products; or why
    there is none (`missing`)."""

    missing: str | None
    year: int = 0
    table: pa.Table | None = None
    names: dict[str, str] = field(default_factory=dict)


def how() -> str:
    """How a user gets it."""
    return f"'servanda fetch {SOURCE}' gets {source(SOURCE).title}, which is open and large"


def cite(root: Path) -> str:
    """The source with the day of the newest snapshot."""
    snapshot = latest(root, SOURCE)
    return f"{source(SOURCE).title}, snapshot of {snapshot.date}" if snapshot else source(SOURCE).cite


def newest(root: Path, before: int) -> Year:
    """The last year of the newest snapshot before the year `before`; a file that cannot be read is a reason."""
    one, snapshot = source(SOURCE), latest(root, SOURCE)
    if snapshot is None:
        return Year(how())
    try:
        pieces = raw(root, snapshot)
        years = [year for year in years_held(pieces) if year < before]
        if not years:
            return Year(f"the snapshot of {one.title} of {snapshot.date} holds no year before {before}")
        return Year(None, years[-1], baci(pieces, one, (years[-1],)).table, product_names(pieces))
    except (RequestError, SourceFault) as fault:
        return Year(f"the file that was added cannot be read: {fault}")
