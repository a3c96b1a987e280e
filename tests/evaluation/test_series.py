"""What is new in a series: each statement against those of earlier days, and never against its own day."""

from __future__ import annotations

from evaluation.restatements.series import follow, section
from servanda.model.proposal import Kind, Proposed

FERRY = "Zembla and Ruritania will open a ferry line between the two coasts."
POETS = "Ruritania will invite three poets to its academy every year."


def row(name: str, day: str) -> dict[str, str]:
    return {"id": name, "date": day, "kind": "fact_sheet"}


def said(*sentences: str, kind: Kind = Kind.COMMITMENT) -> tuple[Proposed, ...]:
    return tuple(Proposed(place, place + 1, one, 1, kind, 0.9) for place, one in enumerate(sentences))


def test_a_promise_counts_as_said_before_only_where_an_earlier_day_had_it() -> None:
    rows = [row("c", "2003-01-01"), row("a", "2001-01-01"), row("b", "2002-01-01"), row("b2", "2002-01-01")]
    again = "Both sides agreed to open a ferry line between the two coasts by 2005."
    told = follow(rows, {"a": said(FERRY), "b": said(POETS), "b2": said(POETS), "c": said(again, POETS)})
    assert [(one.commitments, one.again, one.first) for one in told] == [
        (1, 0, True), (1, 0, False), (1, 0, False), (2, 2, False),
    ]  # fmt: skip
    assert "Of 4 commitments read in 3 statements after the first, 2 are new: 50% (95 % interval 15% to 85%)" in (
        "\n".join(section("Zembla", told))
    )


def test_what_was_no_promise_and_no_act_is_nothing_said_before() -> None:
    rows = [row("a", "2001-01-01"), row("b", "2002-01-01")]
    calm = said("The sea between the two coasts was calm.", kind=Kind.POSITION)
    assert [one.again for one in follow(rows, {"a": calm, "b": said(FERRY)})] == [0, 0]
    none = follow(rows, {"a": calm, "b": calm})
    assert "No commitment was read in a statement after the first." in section("Zembla", none)
