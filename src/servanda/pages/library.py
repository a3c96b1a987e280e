"""Where pages get their records from: the register, read once for each state of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock, RLock
from typing import TypeVar

from sqlalchemy import Connection

from servanda.errors import PageMissing, RequestError, nearest
from servanda.model.case import Record
from servanda.model.words import Kind
from servanda.register.recall import known_on, recall
from servanda.register.threads import Strand, strands
from servanda.register.words import Words, words
from servanda.review.review import Review, build
from servanda.store import accounts, entries, items
from servanda.store.connect import Store

KEPT = 64
_AT_THE_TABLE = (Kind.SERIES, Kind.MEETING, Kind.ITEM, Kind.REPLY, Kind.ROADMAP)
Made = TypeVar("Made")


class Library:
    """Records and reviews of the register, kept in memory until an entry is added."""

    def __init__(self, store: Store, content: Path) -> None:
        self.store = store
        self.content = content
        self._held: OrderedDict[tuple[object, ...], object] = OrderedDict()
        self._lock = Lock()
        # Many who ask for the same at once wait for the first: what is made once is not made ten times over.
        self._making = RLock()

    @property
    def words(self) -> Words:
        """The closed lists."""
        return words(self.content)

    def prepare(self, day: date) -> None:
        """Reckon beforehand what the first visitors of the day would wait for, where people sign in to the register.

        Alone on a laptop nothing is reckoned that nobody asked for.
        """
        with self.store.read() as unit:
            if not accounts.are_held(unit):
                return
        for case in self.cases():
            with suppress(RequestError):  # nothing was promised by then
                self.review(case, day)
                self.strands(self.record(case, day), day)

    def cases(self) -> list[str]:
        """The cases held."""
        with self.store.read() as unit:
            return items.cases(unit)

    def record(self, case: str, day: date) -> Record:
        """The record of a case as the register knew it on the day; raises PageMissing with the nearest."""
        with self.store.read() as unit:
            key = self._key(unit, case, day)
        found = self._get(key)
        if found is None:
            with self._making, self.store.read() as unit:
                key = self._key(unit, case, day)
                found = self._get(key) or self._recalled(unit, case, key)
        assert isinstance(found, Record)
        return found

    def _key(self, unit: Connection, case: str, day: date) -> tuple[str, str, int, int]:
        return "record", case, known_on(unit, day), entries.head_of(unit)[0]

    def _recalled(self, unit: Connection, case: str, key: tuple[str, str, int, int]) -> Record:
        if items.case_of(unit, Kind.CASE, case) is None:
            held = items.cases(unit)
            near = nearest(case, held) or held
            raise PageMissing(f"no case '{case}'; the register holds {', '.join(near)}")
        made = recall(unit, case, key[2])
        self._keep(key, made)
        return made

    def known(self, case: str, day: date) -> Record | None:
        """The record of a case, or None where the register did not know the case on the day."""
        try:
            return self.record(case, day)
        except RequestError:
            return None

    def review(self, case: str, day: date, area: str | None = None, with_peers: bool = False) -> Review:
        """The review of a case on the day."""
        record = self.record(case, day)
        last = record.entries if with_peers else self.reviewed(case, record.entries)
        key = ("review", case, last, day, area, with_peers)
        found = self._get(key)
        if found is None:
            others = [self.known(other, day) for other in self.cases() if with_peers and other != case]
            found = build(record, self.words, day, area, [other for other in others if other])
            self._keep(key, found)
        assert isinstance(found, Review)
        return found if found.entries == record.entries else replace(found, entries=record.entries)

    def strands(self, record: Record, day: date) -> dict[str, Strand]:
        """Every thread of a record as it stood on the day."""
        key = ("strands", record.case.id, self.reviewed(record.case.id, record.entries), day)
        return self.kept(key, lambda: strands(record, day))

    def reviewed(self, case: str, upto: int) -> int:
        """The last entry of a case that its review can tell: what is said at a meeting is told once signed."""
        with self.store.read() as unit:
            return entries.last_about(unit, case, upto, _AT_THE_TABLE)

    def kept(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What was made before under the key, or what `make()` makes now."""
        found = self._get(key)
        if found is None:
            with self._making:
                found = self._get(key)
                if found is None:
                    found = make()
                    self._keep(key, found)
        return found  # type: ignore[return-value]

    def reckoned(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """As `kept`, for what takes long and is asked for seldom: nobody waits for somebody else's to be made."""
        found = self._get(key)
        if found is None:
            found = make()
            self._keep(key, found)
        return found  # type: ignore[return-value]

    def _get(self, key: tuple[object, ...]) -> object | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        return None

    def _keep(self, key: tuple[object, ...], thing: object) -> None:
        with self._lock:
            self._held[key] = thing
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
