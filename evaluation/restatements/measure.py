"""How well restatement is told, cross-validated, beside plain cosines in the same run: `make evaluate`.

No two documents stand together in training and test; once more with no series in both.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation.publish import publish
from evaluation.reading.gold import shared
from evaluation.restatements.gold import Both, threads
from evaluation.restatements.judged import Array, Judged, at, interval
from evaluation.restatements.train import Case, act_scores, case, count, learn, parts, told_model
from servanda.texts.gist import gist
from servanda.texts.restate import THRESHOLD
from servanda.texts.weights import Linear

HERE = Path(__file__).parent
FOLDS = 8


def judge(held: Case, told: Linear, by_series: bool = False) -> Judged:
    """Every pair, judged by weights that have not seen its documents (nor its series)."""
    coded = list(held.both[: held.coded])
    dealt = parts(coded, len({one.series for one in coded}) if by_series else FOLDS, by_series)
    drawn = list(range(held.coded, len(held.both)))
    random.Random(7).shuffle(drawn)
    judged = Judged(np.zeros(len(held.both)), np.zeros(len(held.both)), {})
    for turn, part in enumerate(dealt):
        out = set[str]().union(*(held.both[place].documents for place in part))
        tested = [*part, *drawn[turn :: len(dealt)]]
        learnt = [place for place in range(len(held.both)) if _may_learn(held, place, set(tested), out)]
        made = learn(held, learnt, out, told)
        acts = act_scores(held, np.append(made.act.weights[:, 1], made.act.bias[1]), tested)
        for place, (one, other) in zip(tested, acts, strict=True):
            both = held.both[place]
            odds = (float(one), float(other))
            judged.said[place] = made.probability(gist(both.earlier), gist(both.later), odds)
            judged.alone[place] = sum(odds)
            judged.weights[place] = made
    return judged


def _may_learn(held: Case, place: int, tested: set[int], out: set[str]) -> bool:
    return place not in tested and (place < held.coded or not held.both[place].documents & out)


def embeddings(both: Sequence[Both]) -> Array | None:
    """Cosine of sentence embeddings (all-MiniLM-L6-v2); None where the package of weights is not installed."""
    from evaluation.reading.embeddings import embed

    try:
        left = embed([" ".join(one.earlier.split()) for one in both])
        right = embed([" ".join(one.later.split()) for one in both])
    except (ImportError, FileNotFoundError):
        return None
    result: Array = (left * right).sum(axis=1).astype(float)
    return result


def report() -> str:
    """Everything measured, as Markdown."""
    from evaluation.restatements import tables
    from evaluation.restatements.search import searched, speed

    rare = count(shared())
    held, pairs_told = case(rare), threads(rare)
    told = told_model(pairs_told, rare)
    judged, series = judge(held, told), judge(held, told, by_series=True)
    coded = held.both[: held.coded]
    truth = [one.same for one in coded]
    low, high = interval(coded, judged.said[: held.coded], lambda right, said: at(right, said, THRESHOLD)[0])
    lines = [
        f"{held.coded} pairs of sentences coded by two people, {sum(truth)} of them the same undertaking (restates or "
        f"advances) by the first; {len(held.both) - held.coded} pairs that are not the same drawn beside them: easy ones "
        "(acts of two documents, at random) and hard ones (the likest acts of one document). Intervals by resampling "
        "pairs of documents.",
        "", *tables.precision(held, judged, series, embeddings(held.both)),
        "", "## At a threshold", "", *tables.thresholds(held, judged.said),
        "", f"Precision at the chosen threshold, 95 %: {low:.3f} to {high:.3f}.",
        "", "## By label", "", *tables.labels(held, judged.said),
        "", "## Calibration", "", *tables.calibration(truth, judged.said[: held.coded]),
        "", "## As a search", "", *searched(held, judged),
        "", *speed([one.said for one in held.alone if one.share == 1]),
        "", "## Promises as the register tells them", "", *tables.told(pairs_told, rare),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report and write it; where the texts are missing, say so."""
    publish(HERE / "results.md", "The same promise again, measured", report)


if __name__ == "__main__":
    main()
