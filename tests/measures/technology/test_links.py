"""Links: scores worked by hand and by a slower road, what must hold for any network, and the published table."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import strategies as st

from servanda.measures.technology.links import Ranked, links, rank, reasons
from servanda.measures.technology.network.chances import learn, met
from servanda.measures.technology.network.firm import same_firm
from servanda.measures.technology.network.graph import Papers, graph
from servanda.measures.technology.network.scores import baselines, partners
from servanda.sources.papers import numbered, papers, party
from servanda.sources.table import TableFault
from tests.properties import examples, given

Rows = list[tuple[str, str, str, int]]
BY_HAND: Rows = [
    ("p1", "A", "IND", 2000), ("p1", "X", "USA", 2000), ("p2", "B", "KOR", 2001), ("p2", "X", "USA", 2001),
    ("p3", "A", "IND", 2001), ("p3", "Y", "USA", 2001), ("p4", "B", "KOR", 2001), ("p4", "Y", "USA", 2001),
    ("p4", "Z", "USA", 2001), ("p5", "C", "KOR", 2002), ("p6", "A", "IND", 2003), ("p6", "B", "KOR", 2003),
]  # fmt: skip


def held(rows: Rows, topics: bool = False) -> Papers:
    names = ("paper", "institution", "country", "year")
    table = pa.table({name: [row[place] for row in rows] for place, name in enumerate(names)})
    if topics:
        table = table.append_column("topic", pa.array([f"t{len(row[1]) % 3}" for row in rows]))
    return Papers(*numbered(table))


def at(of: Papers, name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([of.names.index(name)], dtype=np.int64)


def test_scores_worked_by_hand() -> None:
    of = held(BY_HAND)
    until = graph(of, 2002)
    found = {name: float(score[0]) for name, score in baselines(until, at(of, "A"), at(of, "B")).items()}
    # X has the partners A and B, Y has A, B and Z; A has X and Y, B has X, Y and Z.
    assert found == pytest.approx(
        {
            "common neighbours": 2, "Adamic-Adar": 1 / math.log(2) + 1 / math.log(3), "resource allocation": 1 / 2 + 1 / 3,
            "preferential attachment": 6, "size": 4,
        }
    )  # fmt: skip
    assert [of.names[one] for one in partners(until, int(at(of, "A")[0]), int(at(of, "B")[0]))] == ["X", "Y"]
    before, after = until, graph(of, 2003)
    one, other = met(before, after)
    assert [(of.names[a], of.names[b]) for a, b in zip(one, other, strict=True)] in ([("A", "B")], [("B", "A")])


DRAWN = st.lists(
    st.tuples(st.integers(0, 25).map(lambda n: f"p{n}"), st.sampled_from("ABCDEFGH"), st.integers(2000, 2004)),
    min_size=2, max_size=70,
)  # fmt: skip


@examples(40)
@given(DRAWN)
def test_the_slower_road_leads_to_the_same_scores(drawn: list[tuple[str, str, int]]) -> None:
    rows = [(paper, name, "IND" if name < "D" else "KOR", int(paper[1:]) % 5 + 2000) for paper, name, _ in drawn]
    of = held(rows)
    until = graph(of, 2003)
    wrote: dict[str, set[str]] = {}
    for paper, name, _, year in rows:
        if year <= 2003:
            wrote.setdefault(paper, set()).add(name)
    near: dict[str, set[str]] = {name: set() for name in of.names}
    for together in wrote.values():
        for a, b in itertools.permutations(together, 2):
            near[a].add(b)
    for a, b in itertools.combinations(of.names, 2):
        both = near[a] & near[b]
        found = {name: float(score[0]) for name, score in baselines(until, at(of, a), at(of, b)).items()}
        assert found["common neighbours"] == len(both)
        assert found["Adamic-Adar"] == pytest.approx(sum(1 / math.log(max(len(near[z]), 2)) for z in both))
        assert found["resource allocation"] == pytest.approx(sum(1 / len(near[z]) for z in both))
        assert found["preferential attachment"] == len(near[a]) * len(near[b])
        papers_of = [sum(name in together for together in wrote.values()) for name in (a, b)]
        assert found["size"] == papers_of[0] * papers_of[1]


def world(seed: int = 1) -> Rows:
    """Institutions of two parties and a third; those of one hidden group meet."""
    draw = np.random.default_rng(seed)
    rows: Rows = []
    for paper in range(1500):
        year = int(draw.integers(2000, 2012))
        group = int(draw.integers(0, 4))
        for place in draw.choice(15, size=2, replace=False):
            number = group * 15 + int(place)
            rows.append((f"p{paper}", f"N{number:02d}", ("IND", "KOR", "USA")[number % 3], year))
    return rows


def test_who_will_meet_is_learned_from_who_met() -> None:
    of = held(world(), topics=True)
    made = rank(of, 2003, least=3)
    assert isinstance(made, Ranked)
    after = graph(of, 2011)
    came = np.asarray(after.links[made.one, made.other]).ravel() > 0
    best, rest = made.chance[came], made.chance[~came]
    assert (best[:, None] > rest[None, :]).mean() > 0.8
    assert ((made.chance > 0) & (made.chance < 1)).all() and (np.diff(made.chance) <= 0).all()
    assert not np.asarray(made.network.links[made.one, made.other]).any(), "who wrote together is not asked about"


def test_the_years_after_are_not_looked_at() -> None:
    rows = world()
    known = [row for row in rows if row[3] <= 2006]
    early, late = rank(held(known), 2006, ("IND", "KOR")), rank(held(rows), 2006, ("IND", "KOR"))
    assert isinstance(early, Ranked) and isinstance(late, Ranked)
    mine, theirs = links(held(known), early), links(held(rows), late)
    names = {(row["a"], row["b"]): row["score"] for row in mine.to_pylist()}
    for row in theirs.to_pylist():
        if (row["a"], row["b"]) in names:
            assert row["score"] == pytest.approx(names[row["a"], row["b"]], rel=1e-6)


def test_sides_and_order_of_rows_do_not_matter() -> None:
    rows = world()
    one, other = rank(held(rows), 2008, ("IND", "KOR")), rank(held(rows[::-1]), 2008, ("KOR", "IND"))
    assert isinstance(one, Ranked) and isinstance(other, Ranked)
    mine = {(row["a"], row["b"]): row["score"] for row in links(held(rows), one).to_pylist()}
    theirs = {(row["b"], row["a"]): row["score"] for row in links(held(rows[::-1]), other).to_pylist()}
    assert mine.keys() == theirs.keys()
    assert [theirs[pair] for pair in mine] == pytest.approx(list(mine.values()), rel=0.02)


def test_nothing_known() -> None:
    said = rank(held(BY_HAND), 2003)
    assert isinstance(said, str) and "nothing to learn from" in said
    assert learn(held(BY_HAND), graph(held(BY_HAND), 2001), graph(held(BY_HAND), 2003)) is None


def test_reasons_are_words_with_their_numbers() -> None:
    of = held(world(), topics=True)
    made = rank(of, 2004, ("IND", "KOR"))
    assert isinstance(made, Ranked)
    told = reasons(of, made, 0)
    assert "in common" in told[0] and any("papers" in one for one in told) and "mean chance" in told[-1]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Samsung R&D Institute India", "Samsung Electronics", True),
        ("Samsung India", "Samsung Electronics", True),
        ("Google", "Google", True),
        ("National University of Singapore", "National Institute of Technology Calicut", False),
        ("Korea University", "Korea Institute of Science and Technology", False),
        ("LG", "LG", False),
        ("", "", False),
    ],
)
def test_parts_of_one_firm(one: str, other: str, same: bool) -> None:
    assert same_firm(one, other) is same


def test_a_table_is_read_with_names_of_parties_and_its_faults_are_named(tmp_path: Path) -> None:
    assert [party(one) for one in ("India", "South Korea", "Korea", "KR", "KOR", "Atlantis")] == [
        "IND", "KOR", "KOR", "KOR", "KOR", "Atlantis"]  # fmt: skip
    file = tmp_path / "p.csv"
    file.write_text("paper,institution,country,year\n1,A,India,2000\n1,B,,2000\n1,A,Korea,2001\n", encoding="utf-8")
    made = papers(file)
    assert made.names == ("A", "A", "B") and sorted(made.parties) == ["", "IND", "KOR"]
    file.write_text("paper,institution,country,year\n1,,India,x\n", encoding="utf-8")
    with pytest.raises(TableFault, match=r"'institution' is empty in 1 row: row 2"):
        papers(file)
