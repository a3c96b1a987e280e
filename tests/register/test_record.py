"""The shipped record against its researchers: where the rule differs from a verdict, a note says why."""

from datetime import date

import pytest

from servanda.model.evidence import Assessment
from servanda.register.content import cases, read_case
from servanda.register.rule import promise, rule, showing
from servanda.settings import shipped_content

DAY = date(2026, 11, 23)
SAME = {
    "unknown": {"no evidence found"},
    "in progress": {"in progress: on schedule", "in progress: behind schedule"},
}


@pytest.mark.parametrize("case", cases(shipped_content()))
def test_where_rule_and_researcher_differ_a_note_says_why(case: str) -> None:
    record = read_case(shipped_content(), case)
    evidence = record.evidence_on()
    last: dict[str, Assessment] = {one.commitment: one for one in record.assessments.values()}
    for one in record.commitments.values():
        shown = [showing(row, record.searched_on(row.search)) for row in evidence[one.id]]
        status = str(rule(promise(one, record.documents[one.document].date.first), shown, DAY).status)
        verdict = last[one.id].verdict
        assert status in SAME.get(verdict, {verdict}) or one.coding_note, f"{one.id}: {verdict} became {status}"
