"""The reading page: what it shows of the machine and of the others, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from servanda.errors import PageMissing
from servanda.model.decision import Answer, Coding
from servanda.model.proposal import Kind, Terms
from servanda.model.words import Action, Area
from servanda.pages.agreement import agreed
from servanda.pages.card import chance
from servanda.pages.commitment import commitment
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.plain import plain
from servanda.pages.reading import ReadingPage, reading
from servanda.pages.render import html
from servanda.pages.texts import texts
from servanda.register.decide import decide
from servanda.register.keep import bring_in
from servanda.register.receive import receive
from servanda.register.sitting import Said
from servanda.settings import store_url
from servanda.store.connect import Store
from tests.pages.invented import HOSTILE, SCRIPT, write_bare
from tests.pages.test_render import Reader
from tests.statement import AT, PROMISES, STATEMENT, handed, read

NAME = "D-2026-TIDES-POETS.en"
DAY = date(2026, 11, 24)
OWN = Coding(Kind.COMMITMENT, Terms(("RUR",), Action.GENERAL, Area.PEOPLE))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Library]:
    """The invented case with the statement handed in."""
    content = write_bare(tmp_path / "content")
    store = Store(store_url(str(tmp_path / "r.sqlite")))
    bring_in(store, content, "a", "b", "2026-11-23T00:00:00+00:00")
    library = Library(store, content)
    receive(store, library.words, handed(), "Anna", AT)
    yield library
    store.close()


def say(library: Library, answer: Answer, said: str, coding: Coding | None = None, who: str = "Anna",
        blind: bool = False) -> None:  # fmt: skip
    start = STATEMENT.index(said)
    answers = [Said(answer, start, start + len(said), coding)]
    decide(library.store, library.words, NAME, who, answers, AT, blind=blind, read=read)


def ask(**query: str) -> Ask:
    return Ask(DAY, query={name: (value,) for name, value in query.items()}, token="a token")


def page(library: Library, **query: str) -> tuple[ReadingPage, Reader, str]:
    made = reading(library, ask(**query), NAME, read=read)
    text = html(made, "reading", ask(**query))
    return made, Reader(text), text


def test_the_text_is_whole_and_every_passage_has_a_way_to_its_card(desk: Library) -> None:
    made, seen, _ = page(desk, who="Anna")
    said = re.sub(r"\s+", "", seen.text)
    for line in STATEMENT.splitlines():
        assert re.sub(r"\s+", "", line.removeprefix("## "))[:14] in re.sub(r"\d+", "", said) or line[:2] in ("1.", "2.")
    marks = [mark for paragraph in made.paragraphs for mark in paragraph.marks]
    assert [mark.place for mark in marks if mark.place] == list(range(1, 8))
    assert "".join(part.text for mark in marks for part in mark.fragments) == "".join(
        STATEMENT[one.start : one.start + sum(len(part.text) for part in one.fragments)] for one in marks
    )
    assert {mark.kind for mark in marks if mark.place} == {"commitment", "outcome", "position"}
    assert [paragraph.form for paragraph in made.paragraphs][:2] == ["heading", "item"]
    assert made.progress.of == 3 and made.progress.of_others == 4 and not made.done


def test_the_card_is_of_the_first_that_waits_and_says_why(desk: Library) -> None:
    made, _, text = page(desk, who="Anna")
    assert made.card.start == STATEMENT.index(PROMISES[0]) and made.number == (1, 3)
    assert [one.words for one in made.card.why] == ["will"]
    assert "".join(part.text for part in made.card.fragments) == PROMISES[0]
    assert [part.text for part in made.card.fragments if part.carried] == ["will"]
    assert (made.card.proposed and made.card.proposed.kind, made.card.chance) == (Kind.COMMITMENT, "90 %")
    assert made.card.others == (("outcome", "6 %"), ("expectation", "2 %"))
    assert made.card.concreteness == pytest.approx(sum(part.points for part in made.card.parts))
    assert (made.card.fields.due, made.card.fields.quantity, made.card.fields.says) == (
        "2031-03",
        "12 boats",
        PROMISES[0],
    )
    assert text.count("a token") == len(re.findall('method="post"', text))
    assert made.ways["previous"] is None and made.ways["next"] == f"?who=Anna&at={STATEMENT.index(PROMISES[1])}"


def test_an_earlier_promise_is_named_and_can_be_continued(desk: Library) -> None:
    again = "Ruritania will open the ferry line by March 2031."
    said = handed(f"The ministers met. {again}", title="Statement on ferries")
    text = receive(desk.store, desk.words, said, "Anna", AT)
    made = reading(desk, ask(who="Anna"), text.id, read=read)
    assert made.card.restates is not None and made.card.restates.earlier == "Z003"
    assert made.card.continues == "zem-rur.ferry"
    seen = html(made, "reading", ask(who="Anna"))
    assert "Restates</b> <a href=" in seen and 'name="continues" value="zem-rur.ferry"' in seen
    _, _, other = page(desk, who="Anna")
    assert "Restates" not in other and 'name="continues"' not in other


def test_without_a_name_nothing_can_be_decided(desk: Library) -> None:
    _, seen, text = page(desk)
    assert 'method="post"' not in text and "Your name" in seen.text
    assert "Code blind, as a second coder" in seen.text


def test_what_is_decided_is_told_and_leads_on(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    say(desk, Answer.CORRECT, PROMISES[0], OWN)
    made, seen, _ = page(desk, who="Anna", after=str(STATEMENT.index(PROMISES[0])))
    assert made.card.start == STATEMENT.index(PROMISES[1]) and made.progress.decided == 1
    made, seen, text = page(desk, who="Anna", at=str(STATEMENT.index(PROMISES[0])))
    assert "Decided: corrected by Anna on 2026-11-24 as commitment: Z004" in " ".join(seen.text.split())
    assert "before that accepted by Anna" in " ".join(seen.text.split())
    assert '<a href="/zem-rur/commitments/Z004">' in text
    assert made.card.fields.parties == ("RUR",) and made.card.fields.action == "general"
    say(desk, Answer.REJECT, PROMISES[1])
    say(desk, Answer.ACCEPT, PROMISES[2])
    made, seen, text = page(desk, who="Anna")
    assert made.done and made.made == ("Z004", "Z005") and "In the register" in seen.text
    assert "Confirm the other 4 as read" in seen.text
    states = {mark.place: mark.state for paragraph in made.paragraphs for mark in paragraph.marks}
    assert (states[3], states[5], states[7]) == ("corrected", "rejected", "accepted")


def test_who_codes_blind_sees_the_text_alone(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    say(desk, Answer.REJECT, PROMISES[1])
    made, seen, text = page(desk, who="Boris", blind="1")
    whole = str(plain(made))
    assert made.card.proposed is None and made.card.why == () and made.card.parts == () and made.card.chance == ""
    assert made.card.fields.kind == "" and made.card.fields.parties == () and made.card.fields.due == ""
    assert {mark.kind for paragraph in made.paragraphs for mark in paragraph.marks} == {""}
    assert made.coders == () and made.reader is None and made.made == ()
    for secret in ("Anna", "0.9", "Z004", "accepted", "reading-"):
        assert secret not in whole, secret
    for secret in ("Anna", "proposed", "Why:", "Z004", "How concrete", "accepted"):
        assert secret not in seen.text, secret
    assert made.progress.of == 7 and "0 of 7 passages coded, blind, by Boris" in " ".join(seen.text.split())
    assert "/agreement" not in text
    # The name alone opens nothing either.
    made, seen, text = page(desk, blind="1")
    assert "Anna" not in seen.text and "Z004" not in text and 'class="words"' not in text


def test_a_blind_coder_who_is_done_is_shown_the_way(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    made, _, _ = page(desk, who="Boris", blind="1")
    for paragraph in made.paragraphs:
        for mark in paragraph.marks:
            if mark.place:
                words = "".join(part.text for part in mark.fragments)
                say(desk, Answer.ADD, words, Coding(Kind.POSITION), "Boris", True)
                left = agreed(desk, ask(), NAME)
                assert bool(left.waiting) is (mark.place < 7) and bool(left.readings) is (mark.place == 7)
    made, seen, text = page(desk, who="Boris", blind="1")
    assert made.done and f"/read/{NAME}/agreement" in text
    found = agreed(desk, ask(), NAME)
    assert found.differences[0].words == PROMISES[0]
    told = Reader(html(found, "agreement", ask())).text
    assert "commitment: ZEM, RUR, specific, trade, by March 2031, 12 boats" in told and "position" in told
    made, seen, _ = page(desk, who="Anna")
    assert made.coders == ("Boris",) and "Coded blind as well by Boris" in seen.text


def test_agreement_of_one_coder_is_said(desk: Library) -> None:
    found = agreed(desk, ask(), NAME)
    assert "no coder has coded" in Reader(html(found, "agreement", ask())).text


def test_orphans_are_shown_and_never_moved(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    other = STATEMENT.replace("12 boats", "20 boats")
    receive(desk.store, desk.words, handed(other, document="D-2026-TIDES-POETS"), "Anna", AT)
    made, seen, _ = page(desk, who="Anna")
    assert [one.commitment for one in made.orphans] == ["Z004"] and made.progress.decided == 0
    assert PROMISES[0] in seen.text and "Orphans" in seen.text and "Take back" in seen.text
    shown = commitment(desk, Ask(DAY, case="zem-rur"), "Z004")
    assert shown.cited is not None and not shown.cited.stands
    assert "an orphan" in Reader(html(shown, "commitment", Ask(DAY, case="zem-rur"))).text


def test_a_commitment_leads_back_to_its_words(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    shown = commitment(desk, Ask(DAY, case="zem-rur"), "Z004")
    assert shown.cited is not None and shown.cited.stands
    assert shown.cited.address == f"/read/{NAME}?at={STATEMENT.index(PROMISES[0])}"
    assert commitment(desk, Ask(DAY, case="zem-rur"), "Z001").cited is None


def test_a_stretch_of_ones_own_has_a_card(desk: Library) -> None:
    made, seen, text = page(desk, who="Anna", words="Zembla will lend 12 boats")
    assert made.card.place is None and made.card.proposed is not None
    assert made.card.fields.parties == ("ZEM",) and made.card.fields.quantity == "12 boats"
    assert "Add this stretch" in seen.text and 'value="add"' in text and 'value="accept"' not in text
    made, _, _ = page(desk, who="Anna", words="will")
    assert made.problem and "stands 4 times in the text" in made.problem
    made, _, _ = page(desk, who="Anna", **{"from": "0", "to": "2"})
    assert made.problem is None and made.card.place == 3, "signs alone are no stretch"


@pytest.mark.parametrize(
    "query", [{"at": "x"}, {"at": "-1"}, {"at": "9" * 12}, {"after": "99999"}, {"from": "x", "to": "y"}]
)
def test_no_query_breaks_the_page(desk: Library, query: dict[str, str]) -> None:
    made, _, _ = page(desk, who="Anna", **query)
    assert made.card.start >= 0


def test_without_the_reader_a_person_codes_by_hand(desk: Library) -> None:
    from servanda.errors import ExtraMissing

    def missing(text: Any, passages: Any) -> Any:
        raise ExtraMissing("servanda read", "reading")

    made = reading(desk, ask(who="Anna"), NAME, read=missing)
    assert made.without and "servanda[reading]" in made.without and made.card.proposed is None
    text = html(made, "reading", ask(who="Anna"))
    assert 'value="accept"' not in text and 'value="correct"' in text


def test_an_unknown_text_is_no_page(desk: Library) -> None:
    with pytest.raises(PageMissing, match=f"nearest are {NAME}"):
        reading(desk, ask(), "D-2026-TIDES-POET.en", read=read)
    with pytest.raises(PageMissing):
        agreed(desk, ask(), "nothing")


def test_markup_in_a_text_is_text(desk: Library) -> None:
    evil = (
        f"They will act{HOSTILE}. <script>alert(2)</script> {SCRIPT}\n\n# <b>Bold</b>\n\n</textarea><script>x</script>"
    )
    text = receive(desk.store, desk.words, handed(evil, title=f"T{HOSTILE}", url=SCRIPT), f"A{HOSTILE}", AT)
    name = text.id
    for query in ({"who": f"A{HOSTILE}"}, {"who": '"><script>x', "blind": "1"}, {"words": "<script>"}, {}):
        shown = html(reading(desk, ask(**query), name, read=read), "reading", ask(**query))
        seen = Reader(shown)
        scripts = [attrs for tag, attrs in seen.tags if tag == "script"]
        assert scripts == [{"src": "/static/reading.js", "defer": None}], query
        assert not [key for _, attrs in seen.tags for key in attrs if key.startswith("on")]
    form = texts(desk, ask(), "a <problem>", {"characters": (evil,), "title": (HOSTILE,)})
    seen = Reader(html(form, "texts", ask()))
    assert "script" not in {tag for tag, _ in seen.tags} and "</textarea><script>x" in seen.text


def test_the_list_of_texts(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    say(desk, Answer.ADD, PROMISES[0], OWN, "Boris", True)
    (held,) = texts(desk, ask()).texts
    assert (held.id, held.decisions, held.commitments, held.coders) == (NAME, 1, 1, ("Anna", "Boris (blind)"))
    fields = texts(desk, ask(document="D-2018-COAST", who="Anna")).fields
    assert (fields["title"], fields["first"], fields["who"]) == ("Statement on the shared coast", "ZEM", "Anna")
    assert texts(desk, ask(document="nothing")).fields["title"] == ""


def test_a_machine_is_never_certain() -> None:
    assert [chance(one) for one in (1.0, 0.996, 0.99, 0.5, 0.01, 0.001)] == [
        "over 99 %", "over 99 %", "99 %", "50 %", "1 %", "under 1 %",
    ]  # fmt: skip


def test_every_link_and_form_keeps_the_chosen_day(desk: Library) -> None:
    say(desk, Answer.ACCEPT, PROMISES[0])
    for query in ({"who": "Anna"}, {"who": "Anna", "at": "40"}, {}, {"who": "Boris", "blind": "1"}):
        fixed = Ask(DAY, True, query={name: (value,) for name, value in query.items()})
        pages = {
            "texts": texts(desk, fixed),
            "reading": reading(desk, fixed, NAME, read=read),
            "agreement": agreed(desk, fixed, NAME),
        }
        for template, made in pages.items():
            text = html(made, template, fixed)
            for link in [
                link for link in Reader(text).all("href") if link[:1] in ("/", "?") and "/static/" not in link
            ]:
                assert "as_of=2026-11-24" in link, (template, link)
            for form in re.findall(r"<form.*?</form>", text, re.S):
                assert 'name="as_of" value="2026-11-24"' in form or "as_of=2026-11-24" in form, (template, form)
