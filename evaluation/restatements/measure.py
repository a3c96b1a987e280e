"""How well restatement is told, cross-validated, beside plain cosines in the same run: `make evaluate`.

No two documents stand together in training and test; once more with no series in both.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.reading.gold import Coded, Missing, documents, shared
from evaluation.reading.measure import table
from evaluation.restatements.gold import Both
from evaluation.restatements.train import Case, act_scores, case, count, learn, parts
from servanda.texts.changed import CHANGES, changed
from servanda.texts.gist import gist
from servanda.texts.restate import THRESHOLD, Earlier, Promise, Weights
from servanda.texts.split import split

HERE = Path(__file__).parent
FOLDS = 8
DRAWS = 2000
THRESHOLDS = (0.3, 0.5, 0.7, 0.8, 0.9)
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Probabilities of the coded and of the drawn pairs, each by weights that have not seen it; the first model alone;
    and for each coded pair the weights that judged it."""

    said: Array
    alone: Array
    weights: tuple[Weights | None, ...]


def judge(held: Case, told: Linear, by_series: bool = False) -> Judged:
    """Every pair, judged by weights that have not seen its documents (nor its series)."""
    coded = list(held.both[: held.coded])
    dealt = parts(coded, len({one.series for one in coded}) if by_series else FOLDS, by_series)
    drawn = list(range(held.coded, len(held.both)))
    random.Random(7).shuffle(drawn)
    said, alone = np.zeros(len(held.both)), np.zeros(len(held.both))
    weights: list[Weights | None] = [None] * len(held.both)
    for turn, part in enumerate(dealt):
        out = set().union(*(held.both[place].documents for place in part))
        tested = set(drawn[turn :: len(dealt)])
        learnt = [
            place
            for place in range(len(held.both))
            if place not in part
            and place not in tested
            and (place < held.coded or not held.both[place].documents & out)
        ]
        made = learn(held, learnt, out, told)
        flat = np.append(made.act.weights[:, 1], made.act.bias[1])
        chosen = [*part, *sorted(tested)]
        acts = act_scores(held, flat, chosen)
        for place, (one, other) in zip(chosen, acts, strict=True):
            both = held.both[place]
            said[place] = made.probability(gist(both.earlier), gist(both.later), (float(one), float(other)))
            alone[place] = one + other
            weights[place] = made
    return Judged(said, alone, tuple(weights))


def average_precision(right: Sequence[bool] | Array, said: Array) -> float:
    """The area under precision and recall, step by step, pairs of one score taken together."""
    truth = np.array(right, dtype=float)
    order = np.argsort(-said, kind="stable")
    truth, scores = truth[order], said[order]
    last = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    hits = np.cumsum(truth)[last]
    precision, recall = hits / (last + 1), hits / max(1.0, truth.sum())
    return float((np.diff(np.append(0.0, recall)) * precision).sum())


def interval(both: Sequence[Both], said: Array, figure: Callable[[Array, Array], float]) -> tuple[float, float]:
    """The middle 95 % over resamples of whole pairs of documents."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(both):
        groups.setdefault(tuple(sorted(one.documents)), []).append(place)
    draw, held, values = random.Random(7), list(groups.values()), []
    truth = np.array([one.same for one in both])
    for _ in range(DRAWS):
        chosen = [place for group in draw.choices(held, k=len(held)) for place in group]
        if 0 < truth[chosen].sum() < len(chosen):
            values.append(figure(truth[chosen], said[chosen]))
    values.sort()
    return values[int(len(values) * 0.025)], values[int(len(values) * 0.975) - 1]


def at(right: Sequence[bool] | Array, said: Array, least: float) -> tuple[float, float]:
    """Precision and recall where a probability is enough."""
    truth, chosen = np.array(right, dtype=bool), said >= least
    return (
        float(truth[chosen].mean()) if chosen.any() else 0.0,
        float(chosen[truth].mean()) if truth.any() else 0.0,
    )


def embeddings(both: Sequence[Both]) -> Array | None:
    """Cosine of sentence embeddings (all-MiniLM-L6-v2); None where the package of weights is not installed."""
    try:
        from evaluation.reading.embeddings import embed

        sides = [
            embed([" ".join(said.split()) for said in side])
            for side in zip(*((one.earlier, one.later) for one in both), strict=True)
        ]
    except (ImportError, FileNotFoundError):
        return None
    result: Array = (sides[0] * sides[1]).sum(axis=1).astype(float)
    return result


def precision_table(held: Case, judged: Judged, series: Judged) -> list[str]:
    """Average precision of each way of telling, on the coded pairs alone and with drawn pairs added."""
    coded, both = held.coded, held.both
    truth = [one.same for one in both]
    near = [place for place in range(len(both)) if place < coded or both[place].series == "near"]
    far = [place for place in range(len(both)) if place < coded or both[place].series == "far"]
    own = np.array([features["cosine"] for features in held.alike])
    ways: list[tuple[str, Array, bool]] = [
        ("TF-IDF cosine, as given with the pairs", np.array([one.tfidf for one in both]), False),
        ("cosine weighed by rarity, ours", own, True),
        ("both sentences act, the first model alone", judged.alone, True),
        ("restatement, by pair of documents", judged.said, True),
        ("restatement, by series", series.said, True),
    ]
    vectors = embeddings(both)
    if vectors is not None:
        ways.insert(1, ("cosine of MiniLM embeddings", vectors, True))
    rows = []
    for name, said, drawn in ways:
        low, high = interval(both[:coded], said[:coded], average_precision)
        added = [
            f"{average_precision([truth[place] for place in chosen], said[chosen]):.3f}" if drawn else "not given"
            for chosen in (far, near)
        ]
        rows.append((name, f"{average_precision(truth[:coded], said[:coded]):.3f}", f"{low:.3f} to {high:.3f}", *added))
    rows.append(
        (
            "guessing",
            f"{np.mean(truth[:coded]):.3f}",
            "",
            *(f"{np.mean([truth[p] for p in c]):.3f}" for c in (far, near)),
        )
    )
    return table(("", "average precision", "95 % interval", "with easy pairs added", "with hard pairs added"), rows)


def threshold_table(held: Case, said: Array) -> list[str]:
    """Precision and recall at each threshold, and how many of the pairs that are not the same slip through."""
    coded, both = held.coded, held.both
    truth = [one.same for one in both[:coded]]
    agreed = [
        place for place in range(coded) if len({label in ("restates", "advances") for label in both[place].labels}) == 1
    ]
    far = [place for place in range(coded, len(both)) if both[place].series == "far"]
    near = [place for place in range(coded, len(both)) if both[place].series == "near"]
    rows = []
    for least in THRESHOLDS:
        precision, recall = at(truth, said[:coded], least)
        agreed_precision, agreed_recall = at([truth[place] for place in agreed], said[agreed], least)
        rows.append((
            f"{least:.1f}{' (chosen)' if least == THRESHOLD else ''}", f"{precision:.3f}", f"{recall:.3f}",
            f"{agreed_precision:.3f}", f"{agreed_recall:.3f}", f"{(said[far] >= least).mean():.1%}", f"{(said[near] >= least).mean():.1%}",
        ))  # fmt: skip
    head = (
        "probability at least",
        "precision",
        "recall",
        "precision, coders agree",
        "recall, coders agree",
        "easy pairs taken",
        "hard pairs taken",
    )
    return table(head, rows)


def label_table(held: Case, said: Array) -> list[str]:
    """What becomes of each label, and what is said to have changed in those."""
    rows = []
    for label in ("restates", "advances", "topic", "position"):
        chosen = [place for place in range(held.coded) if held.both[place].labels[0] == label]
        changes = [changed(held.both[place].earlier, held.both[place].later) for place in chosen]
        shares = (f"{changes.count(change) / len(chosen):.0%}" for change in CHANGES)
        rows.append((label, str(len(chosen)), f"{(said[chosen] >= THRESHOLD).mean():.0%}", *shares))
    return table(("first coder", "pairs", "said to be the same", *(f"change: {change}" for change in CHANGES)), rows)


def calibration(truth: Sequence[bool], said: Array) -> list[str]:
    """What was said against what was so, in five bins."""
    right, rows = np.array(truth, dtype=float), []
    for low in np.arange(0, 1, 0.2):
        inside = (said > low) & (said <= low + 0.2) if low else said <= 0.2
        if inside.any():
            rows.append(
                (
                    f"{low:.1f} to {low + 0.2:.1f}",
                    str(int(inside.sum())),
                    f"{said[inside].mean():.2f}",
                    f"{right[inside].mean():.2f}",
                )
            )
    return table(("probability said", "pairs", "mean said", "share the same"), rows)


def searched(held: Case, judged: Judged, coded: Sequence[Coded]) -> list[str]:
    """As it is used: a later sentence against every sentence of the earlier statement, and of one that has nothing to do
    with it. Both sides are taken to be promises; so only pairs that are the same by both coders are asked."""
    known = {document.id: document for document in coded}
    whole = _statements()
    asked = [
        place for place in range(held.coded)
        if all(label in ("restates", "advances") for label in held.both[place].labels)
    ]  # fmt: skip
    found = there = wrong = 0
    strangers = [document for document in coded if document.id.startswith("auspm") and document.day.year < 2000]
    held_back = {place: judged.weights[place] for place in asked}
    indexes: dict[tuple[int, str], Earlier] = {}

    def index(place: int, name: str, text: str) -> Earlier:
        weights = held_back[place]
        key = (id(weights), name)
        if key not in indexes:
            promises = [Promise(f"{name}#{one.start}-{one.end}", one.text) for one in split(text) if not one.is_heading]
            indexes[key] = Earlier(promises, weights)
        return indexes[key]

    draw = random.Random(7)
    for place in asked:
        both = held.both[place]
        for name in both.documents:
            text = whole.get(name, "")
            if text and " ".join(both.earlier.split()) in " ".join(text.split()) and both.later not in text:
                got = index(place, name, text).find(both.later)
                there += got is not None
                found += got is not None and _overlaps(got.said, both.earlier)
        stranger = draw.choice(strangers)
        wrong += index(place, stranger.id, known[stranger.id].text).find(both.later) is not None
    return [
        f"{len(asked)} later sentences that both coders call the same undertaking, each searched for in the whole earlier "
        f"statement: something is named for {there / len(asked):.0%}, the very sentence of the coders for "
        f"{found / len(asked):.0%}. In a statement of another pair of states from before 2000, where there is nothing to "
        f"find, something is named for {wrong / len(asked):.1%}."
    ]


def _overlaps(one: str, other: str) -> bool:
    left, right = set(gist(one).words), set(gist(other).words)
    return len(left & right) >= 0.8 * min(len(left), len(right))


def _statements() -> dict[str, str]:
    from evaluation.reading.gold import texts

    return {row["id"]: row["text"] for row in texts(shared()).values()}


def speed(rare_promises: Sequence[str]) -> list[str]:
    """A statement of 100 commitments against 10,000 earlier ones, index and all."""
    many = [Promise(str(place), f"{rare_promises[place % len(rare_promises)]} ({place})") for place in range(10_000)]
    asked = list(rare_promises[:100])
    gist.cache_clear()
    begun = time.perf_counter()
    index = Earlier(many)
    built = time.perf_counter()
    for one in asked:
        index.find(one)
    ended = time.perf_counter()
    return [
        f"100 commitments against 10,000 earlier ones, on one core: {ended - begun:.1f} s, of which {built - begun:.1f} s "
        "build the index, which is kept."
    ]


def report() -> str:
    """Everything measured, as Markdown."""
    coded = documents()
    held = case(count(shared()))
    judged, series = judge(held), judge(held, by_series=True)
    truth = [one.same for one in held.both[: held.coded]]
    low, high = interval(
        held.both[: held.coded], judged.said[: held.coded], lambda right, said: at(right, said, THRESHOLD)[0]
    )
    commitments = [one.said for one in held.alone if one.share == 1]
    head = (
        f"{held.coded} pairs of sentences coded by two people, {sum(truth)} of them the same undertaking (restates or advances) "
        f"by the first; {len(held.both) - held.coded} pairs that are not the same drawn beside them: easy ones (acts of two "
        "documents, at random) and hard ones (the likest acts of one document). Intervals by resampling pairs of documents."
    )
    lines = [
        head, "", *precision_table(held, judged, series),
        "", "## At a threshold", "", *threshold_table(held, judged.said),
        "", f"Precision at the chosen threshold, 95 %: {low:.3f} to {high:.3f}.",
        "", "## By label", "", *label_table(held, judged.said),
        "", "## Calibration", "", *calibration(truth, judged.said[: held.coded]),
        "", "## As a search", "", *searched(held, judged, coded),
        "", *speed(commitments),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report and write it; where the texts are missing, say so."""
    try:
        text = report()
    except Missing as missing:
        print(f"not measured: {missing}")
        return
    print(text)
    (HERE / "results.md").write_text(
        f"# The same promise again, measured\n\nMade by `make evaluate`; do not edit.\n\n{text}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
