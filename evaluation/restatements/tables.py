"""What was measured, as tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluation.reading.measure import table
from evaluation.restatements.gold import SAME, Told
from evaluation.restatements.judged import Array, Judged, at, average_precision, interval
from evaluation.restatements.train import Case, told_model
from servanda.texts.alike import Rarity, told_alike
from servanda.texts.changed import CHANGES, changed
from servanda.texts.gist import gist
from servanda.texts.restate import THRESHOLD

THRESHOLDS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
BINS = 5


def precision(held: Case, judged: Judged, series: Judged, vectors: Array | None) -> list[str]:
    """Average precision of each way of telling, on the coded pairs alone and with drawn pairs added."""
    both, coded = held.both, held.coded
    truth = np.array([one.same for one in both])
    mixed = [
        [place for place, one in enumerate(both) if place < coded or one.series == sort] for sort in ("far", "near")
    ]
    ways: list[tuple[str, Array]] = [
        ("cosine weighed by rarity", np.array([features["cosine"] for features in held.alike])),
        ("both sentences act, the first model alone", judged.alone),
        ("restatement, by pair of documents", judged.said),
        ("restatement, by series", series.said),
    ]
    if vectors is not None:
        ways.insert(0, ("cosine of MiniLM embeddings", vectors))
    given = np.array([one.tfidf for one in both[:coded]])
    rows = [_row("TF-IDF cosine, as given with the pairs", held, given, ["not given", "not given"])]
    for name, said in ways:
        added = [f"{average_precision(truth[places], said[places]):.3f}" for places in mixed]
        rows.append(_row(name, held, said[:coded], added))
    guessing = [f"{truth[places].mean():.3f}" for places in mixed]
    rows.append(("guessing", f"{truth[:coded].mean():.3f}", "none", *guessing))
    head = ("", "average precision", "95 % interval", "with easy pairs added", "with hard pairs added")
    return table(head, rows)


def _row(name: str, held: Case, said: Array, added: Sequence[str]) -> tuple[str, ...]:
    coded = held.both[: held.coded]
    low, high = interval(coded, said, average_precision)
    return (name, f"{average_precision([one.same for one in coded], said):.3f}", f"{low:.3f} to {high:.3f}", *added)


def thresholds(held: Case, said: Array) -> list[str]:
    """Precision and recall at each threshold, and how many of the pairs that are not the same slip through."""
    both, coded = held.both, held.coded
    truth = np.array([one.same for one in both[:coded]])
    agreed = [place for place in range(coded) if len({label in SAME for label in both[place].labels}) == 1]
    drawn = {sort: [place for place, one in enumerate(both) if one.series == sort] for sort in ("far", "near")}
    rows = []
    for least in THRESHOLDS:
        figures = (*at(truth, said[:coded], least), *at(truth[agreed], said[agreed], least))
        taken = (f"{(said[places] >= least).mean():.1%}" for places in drawn.values())
        name = f"{least:.1f}{' (chosen)' if least == THRESHOLD else ''}"
        rows.append((name, *(f"{figure:.3f}" for figure in figures), *taken))
    head = (
        "probability at least", "precision", "recall", "precision, coders agree", "recall, coders agree",
        "easy pairs taken", "hard pairs taken",
    )  # fmt: skip
    return table(head, rows)


def labels(held: Case, said: Array) -> list[str]:
    """What becomes of each label, and what is said to have changed in those."""
    rows = []
    for label in ("restates", "advances", "topic", "position"):
        chosen = [place for place in range(held.coded) if held.both[place].labels[0] == label]
        changes = [changed(held.both[place].earlier, held.both[place].later) for place in chosen]
        shares = (f"{changes.count(change) / len(chosen):.0%}" for change in CHANGES)
        rows.append((label, str(len(chosen)), f"{(said[chosen] >= THRESHOLD).mean():.0%}", *shares))
    return table(("first coder", "pairs", "said to be the same", *(f"change: {change}" for change in CHANGES)), rows)


def calibration(truth: Sequence[bool], said: Array) -> list[str]:
    """What was said against what was so."""
    right, rows = np.array(truth, dtype=float), []
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    for place in range(BINS):
        inside = bins == place
        if inside.any():
            name = f"{place / BINS:.1f} to {(place + 1) / BINS:.1f}"
            rows.append((name, str(int(inside.sum())), f"{said[inside].mean():.2f}", f"{right[inside].mean():.2f}"))
    return table(("probability said", "pairs", "mean said", "share the same"), rows)


def told(pairs: Sequence[Told], rare: Rarity) -> list[str]:
    """The third model on each shipped case, learnt from the other cases."""
    said, plain = np.zeros(len(pairs)), np.zeros(len(pairs))
    for case in sorted({one.case for one in pairs}):
        model = told_model([one for one in pairs if one.case != case], rare)
        for place, one in enumerate(pairs):
            if one.case == case:
                found = told_alike(gist(one.earlier), gist(one.later), rare, one.areas)
                said[place], plain[place] = model.probabilities(found)[1], found["cosine"]
    truth = np.array([one.same for one in pairs])
    rows = [
        (name, f"{average_precision(truth, scores):.3f}", *(f"{figure:.3f}" for figure in at(truth, scores, least)))
        for name, scores, least in (("cosine weighed by rarity", plain, 0.5), ("told", said, THRESHOLD))
    ]
    return [
        f"{len(pairs)} pairs of commitments of one case in an analyst's words, each with the five likest of other documents; "
        f"{int(truth.sum())} are of one thread. Each case is judged by weights of the others.",
        "",
        *table(("", "average precision", "precision at the threshold", "recall"), rows),
    ]
