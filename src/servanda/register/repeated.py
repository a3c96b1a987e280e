"""Which of the promises just read were in the record before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from servanda.errors import RequestError
from servanda.model.case import Record
from servanda.model.commitment import Commitment
from servanda.model.proposal import Proposed
from servanda.register.recall import known_on, recall, which_case
from servanda.store.connect import Store
from servanda.texts.restate import Earlier, Promise


def known_to(store: Store, parties: Sequence[str], day: date) -> Record | None:
    """The record of two parties as it stands on a day; None where the register holds none of them."""
    if len(set(parties)) != 2:
        return None
    with store.read() as unit:
        last = known_on(unit, day)
        try:
            return recall(unit, which_case(unit, parties, last), last)
        except RequestError:
            return None


def repeated(passages: Sequence[Proposed], record: Record, on: date) -> tuple[Proposed, ...]:
    """The passages, each commitment with the earlier promise of the same act, where the record holds one."""
    promises = [
        _promise(one, said.date.first)
        for one in record.commitments.values()
        if (said := record.documents[one.document]).date.last < on
    ]
    if not promises:
        return tuple(passages)
    earlier = _earlier(tuple(promises))
    return tuple(_with(one, earlier, on) for one in passages)


def _promise(one: Commitment, day: date) -> Promise:
    """An earlier promise in the words of its statement where the register has them, else in the analyst's."""
    words = one.quote.exact if one.quote else one.says
    return Promise(one.id, words, day, one.action, one.area, told=one.quote is None)


@lru_cache(maxsize=4)
def _earlier(promises: tuple[Promise, ...]) -> Earlier:
    """The index of some promises; a person who reads asks it of passage after passage."""
    return Earlier(promises)


def _with(one: Proposed, earlier: Earlier, on: date) -> Proposed:
    if one.terms is None:
        return one
    found = earlier.find(one.text, on, one.terms.action, one.terms.area)
    return replace(one, terms=replace(one.terms, restates=found)) if found else one
