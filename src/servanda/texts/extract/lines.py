"""Words of a page into stretches of a line: what stands on one base line without a wide gap, raised marks included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from servanda.texts.extract.glyphs import Sheet, Word

WIDE = 1.1  # a gap wider than this, in heights of the type, is no space between words
_NEAR = 0.7  # the same, for words that the file does not hold one after the other


@dataclass(slots=True)
class Line:
    """Words on one base line from left to right.

    `parts` holds the stretches between wide gaps where there are any. `rows` holds the cells instead of words where the
    line stands for a whole table.
    """

    words: list[Word]
    y: float
    size: float
    bullet: bool = False
    top: float = 0.0
    rows: list[list[str]] = field(default_factory=list)
    edges: tuple[float, float] | None = None
    parts: list[Line] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.edges[0] if self.edges else self.words[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.edges[1] if self.edges else max(word.x1 for word in self.words)

    @property
    def bold(self) -> bool:
        """True where nearly every letter is bold."""
        letters = sum(len(word.text) for word in self.words)
        return letters > 0 and sum(len(word.text) for word in self.words if word.bold) >= 0.9 * letters

    @property
    def text(self) -> str:
        """The words with one space between them, none before a word that is glued."""
        return spaced(self.words)

    @property
    def ended(self) -> str:
        """The words, and the space after the last where the file holds one."""
        return self.text + (" " if self.words and self.words[-1].space else "")


def spaced(words: Sequence[Word]) -> str:
    """Words with one space between them, none before a word that is glued to the one before."""
    parts: list[str] = []
    for word in words:
        parts.append(word.text if word.glued or not parts else f" {word.text}")
    return "".join(parts)


def usual_size(sheets: Iterable[Sheet]) -> float:
    """The height of type in which most letters of the document are set."""
    letters: Counter[float] = Counter()
    for sheet in sheets:
        for word in sheet.words:
            letters[round(word.size * 2) / 2] += len(word.text)
    return max(sorted(letters), key=lambda size: letters[size]) if letters else 10.0


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The stretches of the words' lines, from the top of the page and from left to right."""
    runs: list[Line] = []
    for word in words:
        if not runs or not _goes_on(runs[-1], word):
            runs.append(Line([word], word.y, word.size))
            continue
        _add(runs[-1], word)
    return _merged(runs)


def _goes_on(run: Line, word: Word) -> bool:
    last = run.words[-1]
    tall = max(run.size, word.size)
    gap = word.x0 - last.x1
    if not -0.5 * tall <= gap <= WIDE * tall:
        return False
    level = word.y - run.y
    if abs(level) <= 0.22 * tall and 0.8 <= word.size / run.size <= 1.25:
        return True
    return _is_beside(level, word.size, run.size) and gap <= 0.35 * tall


def _is_beside(level: float, size: float, other: float) -> bool:
    """True for small type that is raised or lowered beside its line, whichever of the two comes first."""
    small, large, down = (size, other, level) if size <= other else (other, size, -level)
    return small <= 0.88 * large and -0.75 * large <= down <= 0.35 * large


def _add(run: Line, word: Word) -> None:
    if word.size > 1.13 * run.size:
        # The line began with a raised mark: the larger type is the line.
        for before in run.words:
            before.raised = before.y < word.y - 0.08 * word.size
        run.y, run.size = word.y, word.size
    elif word.size <= 0.88 * run.size and word.y < run.y - 0.08 * run.size:
        word.raised = True
    run.words.append(word)


def _merged(runs: list[Line]) -> list[Line]:
    """Stretches that the file holds apart, but which stand side by side on one line, as one."""
    runs.sort(key=lambda run: (round(run.y, 1), run.x0))
    merged: list[Line] = []
    recent: list[Line] = []
    for run in runs:
        recent = [one for one in recent if run.y - one.y <= run.size]
        beside = next((one for one in reversed(recent) if _side_by_side(one, run)), None)
        if beside is None:
            merged.append(run)
            recent.append(run)
            continue
        beside.words = sorted([*beside.words, *run.words], key=lambda word: word.x0)
        if run.size > beside.size:
            beside.size, beside.y = run.size, run.y
    merged.sort(key=lambda run: (round(run.y, 1), run.x0))
    return merged


def _side_by_side(one: Line, run: Line) -> bool:
    tall = max(one.size, run.size)
    first, second = (one, run) if one.x0 <= run.x0 else (run, one)
    gap = second.x0 - first.x1
    if not -0.3 * tall <= gap <= _NEAR * tall:
        return False
    if abs(one.y - run.y) <= 0.22 * tall and 0.8 <= one.size / run.size <= 1.25:
        return True
    small, large = (one, run) if one.size < run.size else (run, one)
    if len(small.words) > 1 or gap > 0.2 * tall or not _is_beside(small.y - large.y, small.size, large.size):
        return False
    small.words[0].raised = small.y < large.y - 0.08 * large.size
    small.words[0].glued = small.x0 > large.x0
    return True


def whole(lines: Sequence[Line]) -> list[Line]:
    """The lines of one column: stretches on one base line are one line."""
    made: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.y, line.x0)):
        last = made[-1] if made else None
        if last is None or line.rows or last.rows or not _level(last, line):
            made.append(line)
            continue
        parts = sorted([*(last.parts or [last]), line], key=lambda part: part.x0)
        words = [word for part in parts for word in part.words]
        large = max(parts, key=lambda part: part.size)
        made[-1] = Line(words, large.y, large.size, any(part.bullet for part in parts), parts=parts)
    return made


def _level(one: Line, other: Line) -> bool:
    """True for two stretches of one line, of which one may be a raised mark or a bullet of another size."""
    apart = abs(one.y - other.y)
    if apart <= 0.25 * max(one.size, other.size):
        return True
    small, large = (one, other) if one.size < other.size else (other, one)
    return len(small.words) == 1 and _is_beside(small.y - large.y, small.size, large.size)
