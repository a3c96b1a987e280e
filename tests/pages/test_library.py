"""What the first visitor of a register would wait for is reckoned beforehand, where people sign in."""

from __future__ import annotations

import secrets
from datetime import date
from threading import Thread

import pytest

from servanda.accounts.keep import Wanted, add
from servanda.model.case import Record
from servanda.model.dialogue import Role
from servanda.pages import library as room
from servanda.pages.library import Library
from servanda.register.keep import seed
from servanda.review import review
from servanda.review.review import Review
from servanda.store.connect import Store
from tests.pages.conftest import AT
from tests.pages.invented import write_bare

DAY = date(2026, 11, 23)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases of which a review is made, in order."""
    made: list[str] = []
    real = review.build

    def build(record: Record, *rest: object) -> Review:
        made.append(record.case.id)
        return real(record, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "build", build)
    return made


@pytest.fixture
def of_a_team(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A register of one case to which somebody may sign in."""
    content = write_bare(tmp_path_factory.mktemp("team") / "content")
    store = Store(f"sqlite:///{content.parent}/register.sqlite")
    seed(store, content, AT)
    anna = Wanted("anna", "Anna Lee", Role.REVIEWER, password="four tides met a poet")
    add(store, anna, "the keeper", AT, secrets.token_bytes)
    return Library(store, content)


def test_where_people_sign_in_the_first_review_is_there_before_them(of_a_team: Library, counted: list[str]) -> None:
    of_a_team.prepare(DAY)
    case = of_a_team.cases()[0]
    assert counted == [case]
    of_a_team.review(case, DAY)
    assert counted == [case]


def test_a_day_before_any_promise_stops_nothing(of_a_team: Library, counted: list[str]) -> None:
    of_a_team.prepare(date(1900, 1, 1))
    of_a_team.prepare(DAY)
    assert counted[-1] == of_a_team.cases()[0]


def test_alone_on_a_laptop_nothing_is_reckoned_that_nobody_asked_for(bare: Library, counted: list[str]) -> None:
    bare.prepare(DAY)
    assert counted == []


def test_what_takes_long_is_made_once_and_holds_nobody_up(bare: Library) -> None:
    made: list[int] = []

    def short() -> int:
        made.append(0)
        return 1

    def make() -> int:
        # While this one is made, somebody else asks for what is kept: with one lock for both this would not end.
        other = Thread(target=lambda: bare.kept(("beside", 1), short))
        other.start()
        other.join(20)
        assert not other.is_alive()
        made.append(1)
        return 7

    assert bare.reckoned(("long", 1), make) == bare.reckoned(("long", 1), make) == 7
    assert made == [0, 1]
