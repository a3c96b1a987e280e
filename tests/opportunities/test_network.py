"""The network of two parties: who wrote together, who is left out, and what stands where in the picture."""

from __future__ import annotations

import itertools
from datetime import date

import pyarrow as pa
import pytest

from servanda.measures.technology.network.graph import Papers
from servanda.opportunities.introductions import Introduction
from servanda.opportunities.network import SIDE, TIES, Network, network
from servanda.pages.network import picture
from servanda.sources.papers import numbered

PAIR = ("IND", "KOR")
BY_HAND = [
    ("p1", "A", "IND", 2001, "chips"), ("p1", "X", "KOR", 2001, "chips"), ("p1", "X", "KOR", 2001, "chips"),
    ("p2", "A", "IND", 2002, "ships"), ("p2", "X", "KOR", 2002, "ships"), ("p2", "Y", "KOR", 2002, "ships"),
    ("p3", "B", "IND", 2003, "chips"), ("p3", "Z", "USA", 2003, "chips"), ("p4", "A", "IND", 2009, "chips"),
    ("p4", "Y", "KOR", 2009, "chips"), ("p5", "Samsung India", "IND", 2001, "chips"),
    ("p5", "Samsung Electronics", "KOR", 2001, "chips"),
]  # fmt: skip


def held(rows: list[tuple[str, str, str, int, str]]) -> Papers:
    names = ("paper", "institution", "country", "year", "topic")
    return Papers(*numbered(pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})))


def introduced(one: str, other: str, chance: float = 0.25) -> Introduction:
    return Introduction(1, (one, other), PAIR, chance, 0.1, 0.4, 3, ("no partner in common",), ())


def ties(made: Network) -> dict[tuple[str, str], tuple[int, float | None]]:
    return {(made.left[one.left].name, made.right[one.right].name): (one.papers, one.chance) for one in made.ties}


def test_joint_papers_by_hand() -> None:
    made = network(held(BY_HAND), PAIR, 2005, [introduced("B", "Y")])
    assert ties(made) == {("A", "X"): (2, None), ("A", "Y"): (1, None), ("B", "Y"): (0, 0.25)}
    known = {one.name: (one.party, one.papers, one.joint) for one in (*made.left, *made.right)}
    assert known == {"A": ("IND", 2, 2), "B": ("IND", 1, 0), "X": ("KOR", 2, 2), "Y": ("KOR", 1, 1)}
    assert (made.papers, made.every, made.firms) == (3, 2, 1), "a firm with itself is counted and not drawn"


def test_a_field_and_a_year_bound_what_is_counted() -> None:
    of = held(BY_HAND)
    chips = frozenset({of.topics.index("chips")})
    assert ties(network(of, PAIR, 2005, topics=chips)) == {("A", "X"): (1, None)}
    assert ties(network(of, PAIR, 2010, topics=chips)) == {("A", "X"): (1, None), ("A", "Y"): (1, None)}
    none = network(of, ("FJI", "TON"), 2010)
    assert (none.left, none.right, none.ties, none.papers) == ((), (), (), 0)


def test_either_order_of_the_parties_is_the_same_picture_turned() -> None:
    one, other = (network(held(BY_HAND), pair, 2010) for pair in (PAIR, PAIR[::-1]))
    assert ties(one) == {(a, b): told for (b, a), told in ties(other).items()}
    assert sorted(node.name for node in one.left) == sorted(node.name for node in other.right)


def test_only_so_many_as_can_be_read_and_proposals_first() -> None:
    rows = [(f"p{n}{m}", name, party, 2001, "x") for n, m in itertools.product(range(30), range(30))
            for name, party in ((f"I{n:02}", "IND"), (f"K{m:02}", "KOR"))]  # fmt: skip
    rows += [("q", "Lone", "IND", 2001, "x")]
    made = network(held(rows), PAIR, 2005, [introduced("Lone", "K29")])
    assert (len(made.left), len(made.right)) <= (SIDE, SIDE) and made.every == 900
    assert len([one for one in made.ties if one.papers]) == TIES and ("Lone", "K29") in ties(made)
    assert all(any(tie.left == place for tie in made.ties) for place in range(len(made.left))), "nobody stands alone"


def crossings(made: Network) -> int:
    return sum((a.left - b.left) * (a.right - b.right) < 0 for a, b in itertools.combinations(made.ties, 2))


def test_fewer_ties_cross_than_in_the_order_of_their_papers() -> None:
    """Ladders whose rungs come in a mixed order can be drawn without any crossing."""
    rungs = [(n, (n * 7) % 15) for n in range(15)]
    rows = [(f"p{n}{k}", name, party, 2001, "x") for n, m in rungs for k in range(1 + m)
            for name, party in ((f"I{n:02}", "IND"), (f"K{m:02}", "KOR"))]  # fmt: skip
    assert crossings(network(held(rows), PAIR, 2005)) == 0


def test_the_picture_tells_what_the_table_holds() -> None:
    made = network(held(BY_HAND), PAIR, 2005, [introduced("B", "Y")])
    drawn = picture(made, {"IND": "India", "KOR": "Korea"}, PAIR)
    told = {one.name: (one.says, one.ties) for one in drawn.marks}
    assert told["A"][0] == "A: 2 papers, 2 with institutions of Korea"
    assert "X (2)" in told["A"][1] and told["B"][1] == "With Y (proposed, 25.0%)"
    widths = {line.says: line.width for line in drawn.lines}
    assert widths["A and X: 2 joint papers"] > widths["A and Y: 1 joint paper"]
    assert [line.says for line in drawn.lines if line.is_proposed] == ["B and Y: none yet, chance of a first 25.0%"]
    assert all(0 < mark.y < drawn.high and 0 < mark.x < drawn.wide for mark in drawn.marks)
    assert "2 institutions of India and 2 of Korea" in drawn.says


@pytest.mark.parametrize("year", [1990, date(2026, 1, 1).year])
def test_a_picture_of_nothing_is_no_fault(year: int) -> None:
    made = network(held(BY_HAND[:1]), PAIR, year)
    assert picture(made, {"IND": "India", "KOR": "Korea"}, PAIR).marks == ()
