"""Every noun survives the way to plain data and back, through JSON as well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from servanda.model.entry import plain_text
from servanda.model.plain import NOUNS, from_plain, reader, to_plain
from servanda.model.words import Kind
from tests import strategies
from tests.properties import examples, given

MAKERS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.CASE: strategies.cases,
    Kind.DOCUMENT: strategies.documents,
    Kind.THREAD: strategies.threads,
    Kind.COMMITMENT: strategies.commitments,
    Kind.EVIDENCE: strategies.evidence(),
    Kind.ASSESSMENT: strategies.assessments,
    Kind.EVENT: strategies.events,
    Kind.FIGURE: strategies.figures,
    Kind.BARRIER: strategies.barriers,
    Kind.TEXT: strategies.texts,
    Kind.DECISION: strategies.decisions,
    Kind.REPLY: strategies.replies,
    Kind.SERIES: strategies.series,
    Kind.MEETING: strategies.meetings,
    Kind.ITEM: strategies.agenda_items,
    Kind.ROADMAP: strategies.roadmaps(),
}


@pytest.mark.parametrize("kind", list(Kind))
@examples(40)
@given(data=st.data())
def test_noun_comes_back_the_same(kind: Kind, data: st.DataObject) -> None:
    noun = data.draw(MAKERS[kind])
    plain = to_plain(noun)
    assert from_plain(kind, plain) == noun
    # The register keeps bodies as JSON text, and reads them back by another way.
    text = plain_text(plain)
    assert json.loads(text) == plain
    assert reader(NOUNS[kind]).validate_json(text) == noun


@pytest.mark.parametrize("kind", list(Kind))
@examples(5)
@given(data=st.data())
def test_unknown_field_is_refused(kind: Kind, data: st.DataObject) -> None:
    plain = to_plain(data.draw(MAKERS[kind]))
    with pytest.raises(ValidationError, match="dealine"):
        from_plain(kind, {**plain, "dealine": "2014"})


@pytest.mark.parametrize("number", [".nan", float("nan"), float("inf"), float("-inf")])
def test_figure_that_is_no_number_is_refused(number: object) -> None:
    plain = {
        "id": "F1",
        "case": "c",
        "metric": "m",
        "unit": "u",
        "period": "2020",
        "confidence": "high",
        "value": number,
    }
    with pytest.raises(ValidationError):
        from_plain(Kind.FIGURE, plain)


def test_defaults_are_left_out() -> None:
    noun = from_plain(Kind.THREAD, {"id": "c.t", "case": "c", "title": "T", "search": "first"})
    assert to_plain(noun) == {"id": "c.t", "case": "c", "title": "T"}
