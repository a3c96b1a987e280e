"""A network of two sides as a picture that the server draws: where everything stands, and what it tells of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from servanda.opportunities.network import Network, Node, Tie
from servanda.review.wording import count

WIDE = 960
COLUMNS = (340, 620)
"""Where the two sides stand; names are outside of them."""
TOP, STEP = 66, 26
LONGEST = 46
"""Letters of a name beside its mark; the whole of it stands in the words of the institution."""
TOLD = 130
"""Letters of a line of words above the picture."""
RADIUS, STROKE = (3.0, 6.0), (1.0, 5.0)
"""Of the least, and how much more of the most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An institution: where it is, its short name, what it tells in two lines, and the ties that are its own."""

    x: int
    y: int
    radius: float
    name: str
    party: str
    says: str
    ties: str
    own: tuple[int, ...]
    is_left: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A tie: its path, how wide it is, what it tells, and whether it is one that is proposed."""

    path: str
    width: float
    says: str
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it, with the size of the whole, the names above both sides, and what it shows in words."""

    wide: int
    high: int
    heads: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    says: str


def picture(made: Network, names: Mapping[str, str], pair: tuple[str, str]) -> Picture:
    """The network drawn; wider lines are more joint papers, larger marks more papers, by the root of each."""
    most = max((tie.papers for tie in made.ties), default=0)
    largest = max((one.papers for one in (*made.left, *made.right)), default=0)
    deep = max(len(made.left), len(made.right))
    rows = [[_row(place, len(side), deep) for place in range(len(side))] for side in (made.left, made.right)]
    lines = tuple(_line(tie, made, rows, most) for tie in made.ties)
    marks = tuple(
        _mark(one, place, side, rows, made, names[pair[1 - side]], largest)
        for side, nodes in enumerate((made.left, made.right))
        for place, one in enumerate(nodes)
    )
    wished = sum(tie.chance is not None for tie in made.ties)
    joined = len(made.ties) - wished
    says = (
        f"{count(len(made.left), 'institution')} of {names[pair[0]]} and {len(made.right)} of {names[pair[1]]}, with "
        f"{count(joined, 'tie')} of joint papers and {wished} proposed; the table beneath holds the same"
    )
    heads = tuple((x, names[party]) for x, party in zip(COLUMNS, pair, strict=True))
    return Picture(WIDE, TOP + STEP * deep, heads, marks, lines, says)


def told(tie: Tie) -> str:
    """What there is between two, in a few words."""
    if tie.chance is not None:
        return f"none yet, chance of a first {tie.chance:.1%}"
    return count(tie.papers, "joint paper")


def _row(place: int, many: int, deep: int) -> float:
    """The shorter side is spread over the height of the longer one."""
    return TOP + STEP * (place + 0.5) * deep / many


def _line(tie: Tie, made: Network, rows: list[list[float]], most: int) -> Line:
    (a, b), (left, right) = COLUMNS, (rows[0][tie.left], rows[1][tie.right])
    bend = (b - a) // 3
    path = f"M{a},{left:.0f} C{a + bend},{left:.0f} {b - bend},{right:.0f} {b},{right:.0f}"
    width = STROKE[0] + STROKE[1] * sqrt(tie.papers / most) if tie.papers else 1.5
    says = f"{made.left[tie.left].name} and {made.right[tie.right].name}: {told(tie)}"
    return Line(path, round(width, 2), says, tie.chance is not None)


def _mark(
    one: Node, place: int, side: int, rows: list[list[float]], made: Network, other: str, largest: int
) -> Mark:  # fmt: skip
    own = tuple(number for number, tie in enumerate(made.ties) if (tie.left, tie.right)[side] == place)
    ends = []
    for number in own:
        tie = made.ties[number]
        partner = (made.right[tie.right], made.left[tie.left])[side]
        ends.append(f"{partner.name} ({f'{tie.papers:,}' if tie.papers else f'proposed, {tie.chance:.1%}'})")
    says = f"{one.name}: {count(one.papers, 'paper')}, {one.joint:,} with institutions of {other}"
    radius = RADIUS[0] + RADIUS[1] * sqrt(one.papers / largest) if largest else RADIUS[0]
    return Mark(COLUMNS[side], round(rows[side][place]), round(radius, 1), _short(one.name, LONGEST), one.party,
                _short(says, TOLD), _short("With " + ", ".join(ends), TOLD), own, side == 0)  # fmt: skip


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip(" ,") + "…"
