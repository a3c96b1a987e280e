"""Which stretch of a passage names the mechanism, by the encoder: a last layer of its own above what all share.

Every subword is scored twice: as part of the name of a mechanism, and as the word that stands before one ("through",
"under", "at"). A stretch has the mean of the first over its subwords and the second of the subword before it. Trained
by `evaluation.reading.phrase`, run with numpy; `stretched` takes the module that reckons, as in texts/encoder.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from servanda.texts.encoder import STEP, Array, Encoder, Line, State, above, filled, together
from servanda.texts.subwords import Subwords
from servanda.texts.transformer import Step, line

NAME = "mechanism"
"""What the tables of the layer are called, beside `0` and `1` below it."""
Stretch = tuple[int, int]


def spanned(
    encoder: Encoder, given: Sequence[Line], states: Mapping[int, State], wanted: Mapping[int, Sequence[Stretch]]
) -> dict[int, list[float | None]]:
    """For each wanted passage of a text a score for each of its stretches; None for what lies beyond what is seen.

    Stretches are given in characters of what the passage says in `given`; `states` are those of the wanted passages at
    least. A score is log odds.
    """
    found: dict[int, list[float | None]] = {}
    for places in together({place: len(states[place].seen) for place in wanted}):
        every = [
            [placed(given[place], stretch, encoder.subwords, states[place].own) for stretch in wanted[place]]
            for place in places
        ]
        seen, there, _ = filled([states[place] for place in places])
        scored = stretched(np, encoder.held, seen, there, *masks(every, seen.shape[1]))
        for place, spots, row in zip(places, every, scored, strict=True):
            found[place] = [float(score) if spot else None for spot, score in zip(spots, row, strict=False)]
    return found


def placed(said: Line, stretch: Stretch, subwords: Subwords, own: int) -> Stretch | None:
    """The subwords of a stretch in the row of its passage, of which `own` are the passage's; None beyond them."""
    lead = 1 + (said.is_item or said.is_heading)
    first = lead + len(subwords.of(said.said[: stretch[0]]))
    last = lead + len(subwords.of(said.said[: stretch[1]]))
    end = own - 1  # the mark that ends a passage is its own
    return (first, min(max(last, first + 1), end)) if first < end else None


def masks(every: Sequence[Sequence[Stretch | None]], length: int) -> tuple[Array, Array]:
    """For each stretch of each row its subwords, as shares of one, and the subword before it.

    Both have the shape (rows, stretches, length), filled up with nothing."""
    most = -(-max((len(spots) for spots in every), default=0) // STEP) * STEP
    inside, before = (np.zeros((len(every), most, length), np.float32) for _ in range(2))
    for row, spots in enumerate(every):
        for column, spot in enumerate(spots):
            if spot:
                inside[row, column, spot[0] : spot[1]] = 1 / (spot[1] - spot[0])
                before[row, column, spot[0] - 1] = 1
    return inside, before


def stretched(
    xp: ModuleType, held: Mapping[str, Any], seen: Any, there: Any, inside: Any, before: Any, drop: Step | None = None
) -> Any:
    """Scores of stretches, shape (rows, stretches), from what lies below the layer."""
    top = above(xp, held, NAME, seen, there, drop)
    scored = line(drop(top) if drop else top, held, f"{NAME}.scores")
    return (inside @ scored[:, :, :1] + before @ scored[:, :, 1:])[:, :, 0]
