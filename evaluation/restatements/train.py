"""Train the model of restatement from the coded pairs and sentences: `python -m evaluation.restatements.train`.

Two steps. The first model says of a sentence whether it acts at all; the second is trained on what the first says of
documents it has not seen. The same labels and texts give the same files.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from evaluation.reading.gold import documents, shared, texts
from evaluation.reading.learn import columns, matrix
from evaluation.restatements.gold import Alone, Both, Told, alone, far, near, pairs, threads
from servanda.texts.alike import RARITY, Rarity, alike, told_alike
from servanda.texts.gist import gist, shape
from servanda.texts.restate import MODEL, Weights, acting
from servanda.texts.split import split
from servanda.texts.weights import Linear, write

Array = NDArray[np.float64]
Bound = tuple[float | None, float | None]
SEEN = 3  # a word of fewer sentences is not learnt, nor listed as rare
TOPIC = 0.2  # what a common subject alone tells of acting
ALONE = 0.03  # a coded sentence counts so much beside a coded pair
DRAWN = 0.2  # a drawn pair counts so much beside a coded one
PENALTY = {"act": 1.0, "same": 10.0, "told": 3.0}
INNER = 5


@dataclass(frozen=True, slots=True)
class Case:
    """Everything to learn from, as numbers: a row a sentence of a pair (earlier, later), a row a coded sentence."""

    both: tuple[Both, ...]
    alone: tuple[Alone, ...]
    names: dict[str, int]
    earlier: sparse.csr_matrix
    later: sparse.csr_matrix
    single: sparse.csr_matrix
    alike: tuple[dict[str, float], ...]
    rare: Rarity

    @property
    def coded(self) -> int:
        """How many of the pairs people coded; the rest are drawn."""
        return sum(len(one.labels) > 1 for one in self.both)


def count(folder: Path) -> Rarity:
    """In how many sentences of the corpus each stem stands."""
    stands: Counter[str] = Counter()
    sentences = 0
    for row in texts(folder).values():
        for passage in split(row["text"]):
            stands.update(set(gist(passage.text).words))
            sentences += 1
    return Rarity(sentences, {word: number for word, number in sorted(stands.items()) if number >= SEEN})


def case(rare: Rarity) -> Case:
    """Coded pairs, then drawn ones, with their features."""
    sentences, draw = alone(documents()), random.Random(7)
    both = (*pairs(), *far(sentences, draw), *near(sentences, rare, draw))
    shapes = [shape(one.said) for one in sentences]
    sides = [[shape(one.earlier) for one in both], [shape(one.later) for one in both]]
    names = columns([*sides[0], *sides[1], *shapes], SEEN)
    likeness = tuple(alike(gist(one.earlier), gist(one.later), rare) for one in both)
    return Case(
        both, tuple(sentences), names, matrix(sides[0], names), matrix(sides[1], names), matrix(shapes, names),
        likeness, rare,
    )  # fmt: skip


def logistic(
    given: sparse.csr_matrix | Array, wanted: Array, counts: Array, penalty: float, bounds: Sequence[Bound] = ()
) -> Array:
    """Weights and, last, the bias of a logistic regression with an L2 penalty, by L-BFGS, weights kept within bounds."""
    turned = given.T.tocsr() if sparse.issparse(given) else given.T  # type: ignore[union-attr]

    def loss(flat: Array) -> tuple[float, Array]:
        scores = given @ flat[:-1] + flat[-1]
        value = (counts * (np.logaddexp(0, scores) - wanted * scores)).sum() + 0.5 * penalty * (flat[:-1] ** 2).sum()
        slope = counts * (1 / (1 + np.exp(-np.clip(scores, -40, 40))) - wanted)
        return float(value), np.append(turned @ slope + penalty * flat[:-1], slope.sum())

    start = np.zeros(given.shape[1] + 1)
    limits = [*bounds, (None, None)] if bounds else None
    found: Array = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 300}).x
    return found


def act_weights(held: Case, chosen: Sequence[int], out: set[str]) -> Array:
    """The first model, from some coded pairs and every coded sentence of documents that are not left out."""
    kept = [place for place, one in enumerate(held.alone) if one.document not in out]
    sides = (held.earlier[chosen] + held.later[chosen]) * 0.5
    rows = sparse.vstack([sides, held.single[kept]]).tocsr()
    wanted = [held.both[place].share(TOPIC) for place in chosen] + [held.alone[place].share for place in kept]
    counts = [1.0] * len(chosen) + [ALONE] * len(kept)
    return logistic(rows, np.array(wanted), np.array(counts), PENALTY["act"])


def act_scores(held: Case, weights: Array, chosen: Sequence[int]) -> Array:
    """Log odds that the earlier and the later sentence of some pairs act."""
    sides = [side[chosen] @ weights[:-1] + weights[-1] for side in (held.earlier, held.later)]
    found: Array = np.column_stack(sides)
    return found


def unseen(held: Case, chosen: Sequence[int], out: set[str]) -> Array:
    """What the first model says of each chosen pair when it has seen neither of its documents."""
    found = np.zeros((len(held.both), 2))
    for part in parts([held.both[place] for place in chosen], INNER):
        inside = [chosen[place] for place in part]
        left = out.union(*(held.both[place].documents for place in inside))
        coded = [place for place in chosen if place < held.coded and place not in set(inside)]
        found[inside] = act_scores(held, act_weights(held, coded, left), inside)
    return found


def parts(chosen: Sequence[Both], number: int, by_series: bool = False) -> list[list[int]]:
    """Pairs dealt out so that those of the same two documents (or of one series) stay together, parts about as large."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(chosen):
        key = (one.series,) if by_series else tuple(sorted(one.documents))
        groups.setdefault(key, []).append(place)
    dealt: list[list[int]] = [[] for _ in range(number)]
    order = sorted(groups, key=lambda key: (-len(groups[key]), hashlib.sha256(repr(key).encode()).hexdigest()))
    for key in order:
        min(dealt, key=len).extend(groups[key])
    return [sorted(part) for part in dealt if part]


def features(held: Case, place: int, acts: Array) -> dict[str, float]:
    """Everything the second model looks at, in one pair."""
    return {**held.alike[place], **acting(float(acts[0]), float(acts[1]))}


def same_model(held: Case, chosen: Sequence[int], acts: Array) -> Linear:
    """The second model, over coded and drawn pairs."""
    rows = [features(held, place, acts[place]) for place in chosen]
    coded = np.array([place < held.coded for place in chosen])
    wanted = np.array([held.both[place].share() for place in chosen])
    return _scaled(rows, wanted, np.where(coded, 1.0, DRAWN), PENALTY["same"], coded)


def told_model(chosen: Sequence[Told], rare: Rarity) -> Linear:
    """The third model, over commitments of the register that are of one thread or not."""
    rows = [told_alike(gist(one.earlier), gist(one.later), rare, one.areas) for one in chosen]
    wanted = np.array([float(one.same) for one in chosen])
    every = np.ones(len(rows), dtype=bool)
    return _scaled(rows, wanted, np.ones(len(rows)), PENALTY["told"], every)


def _scaled(
    rows: Sequence[dict[str, float]], wanted: Array, counts: Array, penalty: float, measured: NDArray[np.bool_]
) -> Linear:
    """Features are brought to one scale to learn, by the rows measured, and the scale is put into the weights."""
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    middle, spread = table[measured].mean(axis=0), table[measured].std(axis=0) + 0.01
    flat = logistic((table - middle) / spread, wanted, counts, penalty, [_bound(name) for name in names])
    weights = flat[:-1] / spread
    return _linear(dict(zip(names, range(len(names)), strict=True)), weights, float(flat[-1] - weights @ middle))


def _bound(name: str) -> Bound:
    """To be more alike, or to act more surely, never speaks against the same promise, whatever few pairs may suggest."""
    if name == "acts apart":
        return None, None
    return (None, 0.0) if " under " in name or name == "another area" else (0.0, None)


def _linear(names: dict[str, int], weights: Array, bias: float) -> Linear:
    return Linear(("no", "yes"), names, np.column_stack([np.zeros(len(weights)), weights]), np.array([0.0, bias]))


def learn(held: Case, chosen: Sequence[int], out: set[str], told: Linear) -> Weights:
    """The models of sentences from some of the pairs; `out` are documents that must not be seen."""
    flat = act_weights(held, [place for place in chosen if place < held.coded], out)
    act = _linear(held.names, flat[:-1], float(flat[-1]))
    return Weights(act, same_model(held, chosen, unseen(held, chosen, out)), told, held.rare)


def main() -> None:
    """Write the frequencies, the weights and their card."""
    rare = count(shared())
    plain = {"sentences": rare.sentences, "stands_in": dict(rare.stands_in)}
    RARITY.write_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n", encoding="utf-8")
    held = case(rare)
    told = threads(rare)
    made = learn(held, range(len(held.both)), set(), told_model(told, rare))
    write({"act": made.act, "same": made.same, "told": made.told}, MODEL)
    MODEL.with_suffix(".md").write_text(card(held, told), encoding="utf-8")
    print(f"wrote {MODEL.name} and {RARITY.name}: {held.coded} coded pairs, {len(held.alone)} coded sentences")


def card(held: Case, told: Sequence[Told]) -> str:
    """What the weights are and what they have seen."""
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (MODEL, RARITY)]
    series = Counter(one.series for one in held.both[: held.coded])
    return CARD.format(
        size=f"{MODEL.stat().st_size / 1e6:.1f}", digest=digests[0], rare=digests[1], pairs=held.coded,
        same=sum(one.same for one in held.both[: held.coded]), drawn=len(held.both) - held.coded,
        series=", ".join(f"{name} {number}" for name, number in series.most_common()),
        sentences=len(held.alone), documents=len({one.document for one in held.alone}),
        told=len(told), threads=sum(one.same for one in told), counted=held.rare.sentences, stems=len(held.rare.stands_in),
    )  # fmt: skip


CARD = """# The weights of restatement

Made by `python -m evaluation.restatements.train`; do not edit.

- What: three logistic regressions in plain text (`restate.json`, {size} MB, sha256 {digest}). The first
  says of a sentence whether it undertakes or reports an act; names, numbers and months are folded, so that it learns no
  topic. The second weighs that with how alike two sentences are. The third is for promises told in an analyst's few words,
  as the register holds them. `rarity.json` (sha256 {rare})
  counts in how many of {counted} sentences each of {stems} stems stands: numbers only, no words in order.
- Saw: {pairs} pairs of sentences of two statements coded by two people ({same} the same undertaking; {series}),
  {drawn} pairs drawn from coded statements that are not the same, and {sentences} sentences of {documents} statements coded by
  kind; the third, {told} pairs of commitments of the shipped cases, {threads} of them of one thread. English only. The pairs were the likest by TF-IDF cosine (0.35 and up): a paraphrase that shares hardly a word was
  in none of them.
- For: proposing to a person which earlier promise a sentence repeats. Not for: counting repetition without a person's
  check, sentences torn from lists whose verb stands elsewhere, other languages.
- How well: `evaluation/restatements/results.md`, no document pair in both train and test.
- Rebuilt: `python -m evaluation.restatements.train` with the texts in place; the same labels and texts give the same file.
"""


if __name__ == "__main__":
    main()
