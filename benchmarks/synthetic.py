"""An invented register of 100,000 commitments in 2,000 pairs: the same seed gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, islice
from pathlib import Path
from typing import Any

from servanda.model.entry import Change
from servanda.model.evidence import evidence_id
from servanda.model.words import Act, Action, Area, Instrument, Kind, Publisher, Shown, Undertaking
from servanda.register.ledger import remember
from servanda.store import tables
from servanda.store.connect import Store

SEED = 20261123
PAIRS, PER_PAIR = 2000, 50
DAY = date(2026, 11, 23)
RARE_WORDS = 6000
_BATCH = 100

Plain = dict[str, Any]

_TITLES = ("Joint statement", "Joint statement on closer cooperation", "Agreed minutes", "Vision document")
_VERBS = ("Establish", "Expand", "Open", "Conclude", "Launch", "Strengthen", "Sign", "Build", "Train", "Fund")
_KINDS = (
    "joint committee", "working group", "cooperation agreement", "pilot plant", "research centre", "visa scheme",
    "direct air link", "credit line", "joint exercise", "exchange of students", "customs arrangement", "data corridor",
    "shipyard", "training programme", "testing laboratory", "dialogue of ministers", "investment fund", "rail terminal",
    "satellite mission", "seed bank", "early warning system", "port berth", "recognition of diplomas", "vaccine line",
)  # fmt: skip
_TOPICS: dict[Area, tuple[str, ...]] = {
    Area.TRADE: ("tariffs on textiles", "rules of origin", "fish exports", "trade in services", "customs data"),
    Area.TECHNOLOGY: ("semiconductors", "quantum sensing", "battery cells", "open software", "mobile networks"),
    Area.DEFENCE: ("artillery", "naval logistics", "joint patrols", "cyber defence", "spare parts"),
    Area.REGION: ("maritime safety", "disaster relief", "river basins", "island states", "food reserves"),
    Area.PEOPLE: ("students", "nurses", "film makers", "language teachers", "tourists"),
    Area.ENERGY: ("green hydrogen", "reactor parts", "grid storage", "offshore wind", "liquefied gas"),
    Area.DEVELOPMENT: ("rural roads", "drinking water", "primary health", "metro lines", "irrigation"),
    Area.INSTITUTIONS: ("yearly summits", "parliaments", "courts of audit", "statistics offices", "archives"),
}  # fmt: skip
_MECHANISMS = ("joint commission", "yearly review by senior officials", "steering group", "exchange of letters")
_BODIES = ("Ministry of Trade", "Ministry of Defence", "Academy of Sciences", "Port Authority", "Export Bank")
_CLAIMS: dict[Shown, str] = {
    Shown.COMPLETED: "opened its doors", Shown.PARTLY: "was finished in part", Shown.STEP: "held a preparatory meeting",
    Shown.NOT_BEGUN: "has no budget yet", Shown.MISSED: "missed its date", Shown.ENDED: "was given up",
    Shown.REPLACED: "was replaced by a later paper", Shown.NO_BEARING: "was mentioned in a speech",
}  # fmt: skip
_SHOWN_WEIGHTS = (20, 15, 40, 6, 5, 3, 3, 8)
_SYLLABLES = ("ba", "dor", "ki", "lun", "mer", "no", "pel", "rash", "sol", "ta", "vin", "wek", "yor", "zan", "hul")


@dataclass(frozen=True, slots=True)
class Built:
    """The register on disk, and how long its making took (0 where it stood there already)."""

    url: str
    path: Path
    seconds: float


def build(seed: int = SEED, pairs: int = PAIRS) -> Built:
    """The synthetic register of that seed, made once for each state of this generator and of the tables."""
    path = Path(tempfile.gettempdir()) / "servanda-benchmarks" / f"register-{seed}-{pairs}-{_fingerprint()}.sqlite"
    url = f"sqlite:///{path}"
    if path.exists():
        return Built(url, path, 0.0)
    begun = time.perf_counter()
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".half-{os.getpid()}")
    store = Store(f"sqlite:///{half}")
    fill(store, seed, pairs)
    with store.engine.connect() as unit:
        unit.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    for stale in path.parent.glob(f"register-{seed}-{pairs}-*.sqlite"):
        stale.unlink()
    half.rename(path)
    return Built(url, path, time.perf_counter() - begun)


def fill(store: Store, seed: int = SEED, pairs: int = PAIRS) -> None:
    """Remember every invented case, by the same hand that imports real ones."""
    cases = changes(seed, pairs)
    while some := list(islice(cases, _BATCH)):
        with store.write() as unit:
            for case in some:
                remember(unit, case, "2026-11-23T00:00:00+00:00", "benchmark", "an invented record")


def changes(seed: int, pairs: int) -> Iterator[list[Change]]:
    """The nouns of one invented case after the other, in the order in which they must be entered."""
    names = islice(combinations(_codes(), 2), pairs)
    rare = invented_words(seed)
    for place, parties in enumerate(names):
        yield _Pair(random.Random(f"{seed}-{place}"), parties, rare).changes()


def pair_ids(pairs: int = PAIRS) -> list[str]:
    """The ids of the invented cases."""
    return ["-".join(parties).lower() for parties in islice(combinations(_codes(), 2), pairs)]


def invented_words(seed: int) -> list[str]:
    """The invented words, those used most first."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < RARE_WORDS:
        found["".join(chance.choices(_SYLLABLES, k=chance.choice((3, 4))))] = None
    return list(found)


def _codes() -> list[str]:
    # ISO 3166 leaves these to users: they will never be states.
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"AA{last}" for last in letters] + [f"X{middle}{last}" for middle in "AB" for last in letters[:19]]


def _fingerprint() -> str:
    here = Path(tables.__file__).parent
    parts = [Path(__file__), here / "tables.py", here / "search.py", *sorted((here / "migrations").rglob("m*.py"))]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]


class _Pair:
    """The invention of one pair's record."""

    def __init__(self, chance: random.Random, parties: tuple[str, str], rare: list[str]) -> None:
        self.chance = chance
        self.parties = parties
        self.rare = rare
        self.id = "-".join(parties).lower()
        self.short = self.id.replace("-", "").upper()

    def changes(self) -> list[Change]:
        documents = {f"D-{self.short}-{place}": self._document(place) for place in range(5)}
        threads = {f"T-{self.short}-{place:02}": self._thread(place) for place in range(30)}
        commitments = dict(self._commitment(place, documents, threads) for place in range(PER_PAIR))
        evidence = {row["id"]: row for one in commitments.values() for row in self._evidence(one, documents)}
        shelves = (
            (Kind.CASE, {self.id: self._case()}), (Kind.DOCUMENT, documents), (Kind.THREAD, threads),
            (Kind.COMMITMENT, commitments), (Kind.EVIDENCE, evidence),
        )  # fmt: skip
        return [Change(Act.PUT, kind, ref, self.id, plain) for kind, shelf in shelves for ref, plain in shelf.items()]

    def _case(self) -> Plain:
        search = {"id": "first", "by": "benchmark", "on": DAY.isoformat(), "where": "Nowhere: this record is invented."}
        return {"id": self.id, "title": " and ".join(self.parties), "parties": list(self.parties), "searches": [search]}

    def _document(self, place: int) -> Plain:
        day = date(2000, 1, 1) + timedelta(days=self.chance.randrange(place * 1900, place * 1900 + 1900))
        return {
            "id": f"D-{self.short}-{place}", "case": self.id, "date": day.isoformat(), "type": "joint statement",
            "title": f"{self.chance.choice(_TITLES)} of {day.year} on {self._word()}", "level": "leaders",
            "source": self._source(day), "confidence": "high",
        }  # fmt: skip

    def _thread(self, place: int) -> Plain:
        title = f"{self.chance.choice(_KINDS)} in {self._word()}"
        return {"id": f"T-{self.short}-{place:02}", "case": self.id, "title": title}

    def _commitment(self, place: int, documents: dict[str, Plain], threads: dict[str, Plain]) -> tuple[str, Plain]:
        name = f"C-{self.short}-{place:02}"
        area, what = self.chance.choice(list(Area)), self.chance.choice(_KINDS)
        document = self.chance.choice(list(documents))
        topic = self.chance.choice(_TOPICS[area])
        year = int(documents[document]["date"][:4]) + self.chance.randint(0, 6)
        says = f"{self.chance.choice(_VERBS)} a {what} for {topic} in {self._word()} together with {self._word()}"
        plain: Plain = {
            "id": name, "case": self.id, "document": document, "thread": self.chance.choice(list(threads)),
            "says": f"{says} by {year}.", "area": str(area), "parties": self._owed(), "owner": "both governments",
            "action": str(self.chance.choices(list(Action), (1, 3, 4, 4))[0]),
            "instrument": str(self.chance.choices(list(Instrument), (50, 30, 5, 5, 10))[0]),
            "kind": str(self.chance.choice(list(Undertaking))), "source": self._source(DAY), "confidence": "medium",
            "text_basis": "full text", "bodies": self.chance.sample(_BODIES, self.chance.randint(0, 2)),
        }  # fmt: skip
        if self.chance.random() < 0.5:
            plain["deadline"] = f"{year}-{self.chance.randint(1, 12):02}"
        if self.chance.random() < 0.6:
            plain["deliverable"] = what
        if self.chance.random() < 0.3:
            plain["mechanism"] = self.chance.choice(_MECHANISMS)
        return name, plain

    def _evidence(self, one: Plain, documents: dict[str, Plain]) -> Iterator[Plain]:
        made = date.fromisoformat(documents[one["document"]]["date"])
        for _ in range(self.chance.choices((0, 1, 2, 3, 4), (25, 35, 20, 12, 8))[0]):
            shows = self.chance.choices(list(_CLAIMS), _SHOWN_WEIGHTS)[0]
            day = min(DAY, made + timedelta(days=self.chance.randint(10, 2500)))
            claim = f"The work in {self._word()} {_CLAIMS[shows]}."
            source = self._source(day)
            yield {
                "id": evidence_id(one["id"], day.isoformat(), claim, source["url"]), "case": self.id,
                "commitment": one["id"], "claim": claim, "shows": str(shows), "source": source, "confidence": "medium",
                "origin": "rule: benchmark 1", "date": day.isoformat(),
            }  # fmt: skip

    def _source(self, day: date) -> Plain:
        url = f"https://example.org/{self.id}/{self.chance.randrange(10**9)}"
        return {"title": f"Release of {day.isoformat()}", "publisher": str(Publisher.OFFICIAL), "url": url}

    def _owed(self) -> list[str]:
        return self.chance.choice(([self.parties[0]], [self.parties[1]], list(self.parties), list(self.parties), []))

    def _word(self) -> str:
        # Few words often, most words seldom, as in any language.
        return self.rare[int(RARE_WORDS * self.chance.random() ** 3)]
