"""The lab: packages side by side, and one with a rate of the visitor's own in its address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from servanda.errors import PageMissing, RequestError
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.options import cited, every, options
from servanda.pages.scenario import scenario
from servanda.pages.scenarios import MOST, scenarios
from servanda.scenarios.held import hold
from servanda.scenarios.run import run
from servanda.scenarios.scenario import Kind
from servanda.scenarios.shelf import find

DAY = date(2026, 11, 23)


def ask(**query: str | tuple[str, ...]) -> Ask:
    held = {name: (one,) if isinstance(one, str) else one for name, one in query.items()}
    return Ask(DAY, True, "ind-kor", held)


def test_packages_stand_side_by_side_up_to_four(library: Library) -> None:
    page = scenarios(library, ask())
    assert len(page.packages) > MOST and not page.rows
    names = tuple(one.name for one in page.packages)
    page = scenarios(library, ask(**{"with": names}))
    assert len(page.compared) == MOST and sum(one.is_chosen for one in page.packages) == MOST
    assert all(len(row.cells) == MOST for row in page.rows)


def test_a_model_that_does_not_give_a_number_leaves_its_cell_empty(library: Library) -> None:
    page = scenarios(library, ask(**{"with": ("request-list", "digital-services")}))
    for row in page.rows:
        given = [cell.number is not None for cell in row.cells]
        assert sum(given) == 1, row
    said = {(row.name, row.said) for row in page.rows}
    assert ("exports", "sold to the other") in said and ("exports", "sold to all the world") in said


def test_one_side_buys_what_the_other_sells(library: Library) -> None:
    page = scenario(library, ask(), "full-liberalisation")
    at = {(one.party, one.name): one.interval.value for its in page.numbers.values() for one in its}
    assert at["IND", "imports"] == pytest.approx(at["KOR", "exports"])
    assert at["IND", "balance"] == pytest.approx(-at["KOR", "balance"])
    assert at["IND", "imports"] == pytest.approx(sum(one.imports for one in page.lines if one.importer == "IND"))


def test_a_rate_in_the_address_changes_its_line_and_no_other(library: Library) -> None:
    before = scenario(library, ask(), "full-liberalisation")
    after = scenario(library, ask(**{"rate-IND-c14": "3"}), "full-liberalisation")
    assert after.title.endswith(", changed") and after.own == {"IND-c14": 3.0}
    for line in before.lines:
        (other,) = [one for one in after.lines if (one.code, one.importer) == (line.code, line.importer)]
        if (line.code, line.importer) == ("c14", "IND"):
            assert other.rate_after == pytest.approx(0.03) and other.imports < line.imports
        else:
            assert other == line


def test_the_same_address_gives_the_same_digits(library: Library) -> None:
    one, other = (scenario(Library(library.store, library.content), ask(), "green-goods") for _ in range(2))
    assert one.result == other.result


@pytest.mark.parametrize(
    ("field", "said"),
    [("rate-IND-c14", "abc"), ("rate-IND-c14", "-1"), ("rate-IND-c14", "99999"), ("rate-FRA-c14", "3"),
     ("rate-IND-", "3"), ("rate-IND-c99", "3"), ("rate-IND-c14", "nan")],
)  # fmt: skip
def test_a_rate_that_cannot_be_is_one_sentence(library: Library, field: str, said: str) -> None:
    with pytest.raises(RequestError):
        scenario(library, ask(**{field: said}), "request-list")


def test_an_equilibrium_has_no_lines_to_change(library: Library) -> None:
    page = scenario(library, ask(), "digital-services")
    assert page.result.scenario.kind is Kind.EQUILIBRIUM and not page.lines
    with pytest.raises(RequestError, match="none of this package's lines"):
        scenario(library, ask(**{"rate-IND-c14": "3"}), "digital-services")


def test_a_package_that_is_not_there_names_the_nearest(library: Library) -> None:
    with pytest.raises(PageMissing, match="nearest is request-list"):
        scenario(library, ask(), "request-lists")
    assert scenarios(library, Ask(DAY, True, "kor-vnm")).packages == ()


def test_what_would_change_a_promise_is_an_option_on_the_table(library: Library) -> None:
    found = options(library, ask(), {"ind-kor.cepa-upgrade"})
    assert {"full-liberalisation", "digital-services"} <= {one.package.name for one in found}
    for one in found:
        assert {number.party for number in one.balance} == (
            {"IND", "KOR"} if one.package.kind == Kind.PARTIAL else set()
        )
    assert "early-harvest" not in {one.package.name for one in found}
    assert options(library, ask(), {"ind-kor.leaders-meetings"}) == ()


def test_a_review_cites_the_packages_that_would_change_its_threads(library: Library) -> None:
    review = library.review("ind-kor", DAY, None, False)
    found = {one.name: one for one in cited(every(library), review)}
    assert "ind-kor.cepa-upgrade" in found["ind-kor/request-list"].threads
    titles = {item.thread: item.title for item in review.items}
    for one in found.values():
        assert one.threads and all(titles[thread] == title for thread, title in one.threads.items())
    assert cited(every(library), library.review("ind-kor", DAY, "people", False)) == ()
    assert cited(every(library), library.review("kor-vnm", DAY, None, False)) == ()


def test_a_package_in_sectors_draws_one_unit_on_an_axis(library: Library) -> None:
    page = scenario(library, ask(), "full-liberalisation-linked")
    units = {one.unit for its in page.numbers.values() for one in its}
    assert units == {"per cent", "USD million"} and set(page.said) >= {
        one.name for its in page.numbers.values() for one in its
    }
    for its in page.numbers.values():
        assert {one.name for one in its} == {"real_income", "exports", "imports", "sold", "balance", "revenue"}
    assert page.charts["scenario-result"] and not page.lines


def test_a_package_changed_and_named_here_runs_as_a_file_to_the_same_digits(library: Library, tmp_path: Path) -> None:
    asked = ask(**{"rate-IND-c14": "3", "called": "My  package"})
    page = scenario(library, asked, "full-liberalisation")
    assert page.title == "My package"
    path = tmp_path / "my-package.yml"
    path.write_text(page.file, encoding="utf-8")
    held, tables = hold(find(str(path), library.content), library.content)
    assert held.id == "my-package"
    assert run(held, tables, page.result.version).numbers == page.result.numbers
