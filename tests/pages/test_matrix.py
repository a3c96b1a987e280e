"""The profile as a table: a dash has a note, a range two ends, and the file holds every cell."""

from __future__ import annotations

from servanda.measures.region.dependence import Partners, concentrated, lean, profile
from servanda.pages.matrix import flat, matrix
from servanda.review.areas.region.domains import Domain
from servanda.review.areas.region.leaning import Lean, Row

NAMES = {"Z": "Zembla", "R": "Ruritania", "P": "Power"}


def made() -> Lean:
    own = Partners("Z", "2020", {"R": 25.0, "A": 25.0}, rest=50.0)
    cells = {"R": lean(own, {"R"}, "Trade"), "P": lean(own, {"A", "B"}, "Trade")}
    none = Partners("Z", "", {})
    empty = {one: lean(none, {one}, "Arms") for one in cells}
    rows = (
        Row(Domain("trade", "Trade", "sold"), "2020", cells, concentrated(own), "A source"),
        Row(Domain("arms", "Arms", "bought"), "", empty, concentrated(none), "Another"),
    )
    return Lean("Z", rows, {one: profile("composite", [row.cells[one] for row in rows]) for one in cells})


def test_a_range_has_two_ends_and_a_note_and_what_is_not_held_is_named_once() -> None:
    table = matrix(made(), NAMES)
    (line,) = table.lines
    assert [cell.text for cell in line.cells] == ["25 %", "25 % to 75 %"] and line.cells[1].note == 1
    assert table.notes == ("1 of 2 members told apart; the others may be among the rest",)
    assert line.partners.text == "2.7 to 8.0" and list(table.missing.values()) == [("Arms",)]
    assert table.composite[0].range == "one domain"


def test_the_file_holds_every_cell_with_its_year_or_its_reason() -> None:
    rows = flat(made(), NAMES)
    assert len(rows) == 2 * 2 + 2 and {row["column"] for row in rows} == {"Ruritania", "Power"}
    assert all((row["value"] is None) == bool(row["reason"]) for row in rows if row["column"] == "Ruritania")
    assert rows[0]["value"] == 25.0 and rows[1]["high"] == 75.0 and rows[0]["covered"] == 0.5
