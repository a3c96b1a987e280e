"""Why a passage was read as it was: the words of it that are cues, by how much they spoke for the kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from servanda.model.proposal import Kind, Why
from servanda.texts.features import Seen
from servanda.texts.lexicon import Lexicon
from servanda.texts.weights import Linear

MOST = 4
LEAST = 0.05
"""What a cue must weigh, in log odds, to be shown."""


def why(model: Linear, found: Mapping[str, float], kind: Kind, here: Seen, lexicon: Lexicon) -> tuple[Why, ...]:
    """The cues that spoke most for the decision, with the words of the passage that are the cue."""
    cued = {name: value for name, value in found.items() if name.startswith(("cue:", "first:", "act:"))}
    spoke = dict(model.spoke(cued, kind.value))
    said = []
    for match in here.cues:
        if match.cue.startswith("open") and lexicon.level(match.act) is None:
            continue  # how a sentence opens is a hint to the model and no reason to a reader
        names = [
            name
            for name in (f"cue:{match.cue}", f"first:{match.cue}", f"act:{match.cue}:{match.act[:8]}")
            if name in spoke
        ]
        weight = sum(spoke[name] for name in names)
        if weight > LEAST:
            start, end = here.said.at(match.start, match.end)
            at = here.passage.start
            said.append(Why(at + start, at + end, match.cue, round(weight, 2)))
    return _joined(said)[:MOST]


def _joined(said: Sequence[Why]) -> tuple[Why, ...]:
    """Cues that overlap are one stretch of words, named after the strongest; strongest stretch first."""
    kept: list[Why] = []
    for one in sorted(said, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            last = kept[-1]
            cue = last.cue if last.weight >= one.weight else one.cue
            kept[-1] = Why(last.start, max(last.end, one.end), cue, round(last.weight + one.weight, 2))
        else:
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: -one.weight))
