"""Any noun by its id, with what belongs to it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from servanda.errors import RequestError
from servanda.model.words import Kind
from servanda.register.lookup import look_up
from servanda.settings import store_url
from servanda.store.connect import Store

DAY = date(2026, 11, 23)


@pytest.fixture
def shipped(seeded_copy: Callable[[], Path]) -> Iterator[Store]:
    opened = Store(store_url(str(seeded_copy())))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("C018", Kind.COMMITMENT), ("ind-kor.cepa-upgrade", Kind.THREAD), ("D-2018-VISION", Kind.DOCUMENT),
        ("B001", Kind.BARRIER), ("F001", Kind.FIGURE), ("E001", Kind.EVENT), ("kor-vnm", Kind.CASE),
    ],
)  # fmt: skip
def test_every_kind_of_noun_is_found_by_its_id(shipped: Store, name: str, kind: Kind) -> None:
    found = look_up(shipped, name, DAY)
    assert (found.kind, found.noun.id) == (kind, name)


def test_a_thread_comes_with_its_promises_and_what_changed(shipped: Store) -> None:
    found = look_up(shipped, "ind-kor.cepa-upgrade", DAY)
    assert found.turns[0].change == "first promised"
    assert {turn.commitment for turn in found.turns} == {one.id for one in found.commitments}
    assert look_up(shipped, "ind-kor.cepa-upgrade", date(2000, 1, 1)).turns == ()


def test_a_document_comes_with_what_it_promised(shipped: Store) -> None:
    found = look_up(shipped, "D-2018-VISION", DAY)
    assert found.commitments
    assert {one.document for one in found.commitments} == {"D-2018-VISION"}


def test_a_wrong_id_names_the_nearest(shipped: Store) -> None:
    with pytest.raises(RequestError, match=r"nearest are .*D-2018-VISION"):
        look_up(shipped, "D-2018-VISON", DAY)
