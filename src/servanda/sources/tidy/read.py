"""The readers by name, and the tidy table of a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from servanda.errors import RequestError
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece, Snapshot
from servanda.sources.sheet import as_text
from servanda.sources.snapshots import raw
from servanda.sources.tidy.arrivals import arrivals
from servanda.sources.tidy.baci import baci
from servanda.sources.tidy.comtrade import comtrade
from servanda.sources.tidy.desta import desta
from servanda.sources.tidy.dgca import dgca
from servanda.sources.tidy.diaspora import diaspora
from servanda.sources.tidy.fbic import fbic
from servanda.sources.tidy.gpr import gpr
from servanda.sources.tidy.gravity import geodist, gravity
from servanda.sources.tidy.gsdb import gsdb
from servanda.sources.tidy.kcs import kcs
from servanda.sources.tidy.netflix import netflix
from servanda.sources.tidy.openalex import openalex
from servanda.sources.tidy.openflights import openflights
from servanda.sources.tidy.owidenergy import owidenergy
from servanda.sources.tidy.papers import papers
from servanda.sources.tidy.passports import passports
from servanda.sources.tidy.ror import ror
from servanda.sources.tidy.rows import Tidy
from servanda.sources.tidy.sipri import sipri
from servanda.sources.tidy.sipritotals import sipritotals
from servanda.sources.tidy.tradestat import tradestat
from servanda.sources.tidy.uis import uis
from servanda.sources.tidy.undesa import undesa
from servanda.sources.tidy.wits import wits
from servanda.sources.tidy.worldbank import worldbank

Reader = Callable[[list[tuple[Piece, Path]], DataSource], Tidy]
READERS: dict[str, Reader] = {
    "arrivals": arrivals,
    "baci": baci,
    "comtrade": comtrade,
    "desta": desta,
    "dgca": dgca,
    "diaspora": diaspora,
    "fbic": fbic,
    "geodist": geodist,
    "gpr": gpr,
    "gravity": gravity,
    "gsdb": gsdb,
    "kcs": kcs,
    "netflix": netflix,
    "openalex": openalex,
    "openflights": openflights,
    "papers": papers,
    "ror": ror,
    "owidenergy": owidenergy,
    "passports": passports,
    "sipri": sipri,
    "sipritotals": sipritotals,
    "tradestat": tradestat,
    "uis": uis,
    "undesa": undesa,
    "wits": wits,
    "worldbank": worldbank,
}


def tidy(snapshot: Snapshot, source: DataSource, root: Path) -> Tidy:
    """The tidy table of a snapshot whose bytes are those that were kept; raises RequestError, SourceFault."""
    if source.reader is None:
        raise RequestError(f"{source.id} has no reader; its figures come as a shipped table or as a file of your own")
    if not snapshot.pieces:
        raise RequestError(f"nothing is held of {source.id} of {snapshot.date}; fetch it first")
    return READERS[source.reader](readable(raw(root, snapshot), source), source)


def readable(pieces: list[tuple[Piece, Path]], source: DataSource) -> list[tuple[Piece, Path]]:
    """The pieces with text in place of spreadsheets."""
    return [(piece, as_text(path, f"{source.id}-{piece.sha256}", source.sheet)) for piece, path in pieces]
