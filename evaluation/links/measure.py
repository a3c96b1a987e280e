"""First joint papers of 2020 to 2022, foreseen from papers until 2019, beside what the usual scores foresee."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.stats import rankdata

from evaluation.publish import publish
from evaluation.reading.gold import Missing, shared
from servanda.measures.technology.links import Ranked, rank
from servanda.measures.technology.network.graph import Array, Papers, Whole, graph
from servanda.measures.technology.network.scores import BASELINES, baselines
from servanda.sources.papers import numbered

UNTIL, AFTER = 2019, 2022
PAIRS = (("IND", "KOR"), ("IND", "USA"), ("KOR", "USA"), ("IND", "JPN"), ("KOR", "JPN"), ("IND", "SGP"), ("CHN", "KOR"))
FIRST = (10, 50, 100)
MATCHED = 5
DRAWS = 400
"""Draws of pairs for the interval of an AUC."""
CHOSEN = ("model", *BASELINES)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Pairs with every score, and which of them met after."""

    scores: dict[str, Array]
    met: NDArray[np.bool_]
    one: Whole
    other: Whole
    firm: NDArray[np.bool_]


def table() -> Papers:
    """Papers of AI and robotics venues with institutions; raises Missing where they are not there."""
    folder = shared() / "data" / "technology"
    rows, heads = folder / "aiconf_paper_institution_country.parquet", folder / "aiconf_papers_1987_2022.parquet"
    if not rows.exists() or not heads.exists():
        raise Missing(f"no papers: {rows} is not there")
    joined = pq.read_table(rows).join(pq.read_table(heads, columns=["pid", "year", "conf"]), "pid", join_type="inner")
    names = {"pid": "paper", "inst": "institution", "country": "country", "year": "year", "conf": "venue"}
    picked = joined.select(list(names)).rename_columns(list(names.values()))
    plain = pa.table(
        {name: picked[name].cast(pa.int64() if name == "year" else pa.string()) for name in names.values()}
    )
    return Papers(*numbered(plain.sort_by([(name, "ascending") for name in ("paper", "institution", "country")])))


def foreseen(held: Papers, sides: tuple[str, str] | None, least: float) -> Foreseen:
    """Every pair that had not met until then."""
    made = rank(held, UNTIL, sides, least)
    if not isinstance(made, Ranked):
        raise Missing(made)
    after = graph(held, AFTER)
    came = np.asarray(after.links[made.one, made.other]).ravel() > 0
    scores = {"model": made.chance, **baselines(made.network, made.one, made.other)}
    return Foreseen(scores, came, made.one, made.other, made.firm > 0)


def auc(score: Array, came: NDArray[np.bool_]) -> float:
    """The chance that a pair that met stands above one that did not; ties count half."""
    many = int(came.sum())
    ranks = rankdata(score)
    return float((ranks[came].sum() - many * (many + 1) / 2) / (many * (len(came) - many)))


def span(score: Array, came: NDArray[np.bool_], seed: int = 0) -> tuple[float, float]:
    """95 per cent of draws of the pairs that met and of those that did not, each with replacement."""
    draw = np.random.default_rng(seed)
    yes, no = np.sort(score[came]), np.sort(score[~came])
    made = []
    for _ in range(DRAWS):
        left = yes[draw.integers(0, len(yes), len(yes))]
        right = np.sort(no[draw.integers(0, len(no), min(len(no), 5000))])
        under = (np.searchsorted(right, left, "left") + np.searchsorted(right, left, "right")) / 2
        made.append(under.mean() / len(right))
    return float(np.quantile(made, 0.025)), float(np.quantile(made, 0.975))


def matched(of: Foreseen, degree: Array, seed: int = 0) -> NDArray[np.bool_]:
    """Which pairs are compared: those that met, and for each up to five that did not with as many partners on either
    side (the same power of two).
    """
    draw = np.random.default_rng(seed)
    bins = np.floor(np.log2(1 + degree)).astype(np.int64)
    low, high = np.minimum(bins[of.one], bins[of.other]), np.maximum(bins[of.one], bins[of.other])
    cell = low * 64 + high
    kept = of.met.copy()
    for one in np.unique(cell[of.met]):
        free = np.flatnonzero((cell == one) & ~of.met)
        wanted = MATCHED * int((of.met & (cell == one)).sum())
        kept[draw.permutation(free)[:wanted]] = True
    return kept


def first(score: Array, came: NDArray[np.bool_], many: int) -> float:
    """Precision among the first `many`; where several share a score, what is expected of any order of them."""
    many = min(many, len(score))
    edge = np.sort(score)[-many]
    above, at = score > edge, score == edge
    return float((came[above].sum() + came[at].mean() * (many - above.sum())) / many)


def report() -> str:
    """The tables."""
    held = table()
    degree = graph(held, UNTIL).degree
    parts = [HEAD]
    for name, sides, least in (("All institutions with 10 papers", None, 10.0),
                               *((f"{a} and {b}, 3 papers", (a, b), 3.0) for a, b in PAIRS)):  # fmt: skip
        parts.append(_part(name, foreseen(held, sides, least), degree))
    return "\n".join(parts)


def _part(name: str, of: Foreseen, degree: Array) -> str:
    firm = of.firm & of.met
    apart = Foreseen({key: score[~of.firm] for key, score in of.scores.items()}, of.met[~of.firm], of.one[~of.firm],
                     of.other[~of.firm], of.firm[~of.firm])  # fmt: skip
    met, every = int(apart.met.sum()), len(apart.met)
    lines = [f"\n## {name}\n", f"{every:,} pairs, {met:,} met ({met / max(every, 1):.2%}). "
             f"Pairs of one firm, left out: {int(of.firm.sum())}, of which {int(firm.sum())} met.\n"]  # fmt: skip
    if met < 2:
        return "\n".join([*lines, "Too few met to measure."])
    kept = matched(apart, degree)
    lines += [
        "| score | AUC (95 %) | AUC, as many partners | of the first 10 | 50 | 100 |",
        "|---|---|---|---|---|---|",
    ]
    for key in CHOSEN:
        score = apart.scores[key]
        low, high = span(score, apart.met)
        shares = " | ".join(f"{first(score, apart.met, many):.2f}" for many in FIRST)
        lines.append(f"| {key} | {auc(score, apart.met):.3f} ({low:.3f} to {high:.3f}) | "
                     f"{auc(score[kept], apart.met[kept]):.3f} | {shares} |")  # fmt: skip
    return "\n".join([*lines, "", _said(apart)])


def _said(of: Foreseen) -> str:
    model, size = auc(of.scores["model"], of.met), auc(of.scores["size"], of.met)
    low, _ = span(of.scores["model"], of.met)
    if size >= model:
        return f"Size alone does better here ({size:.3f} against {model:.3f})."
    if size >= low:
        return f"Size alone does as well here, within what {int(of.met.sum())} meetings can tell."
    return f"The model does better than size alone ({model:.3f} against {size:.3f})."


HEAD = f"""Papers of AI and robotics venues, institutions by party. Everything is learned from papers until {UNTIL} (who
met from {UNTIL - 2} to {UNTIL}, by what was seen until {UNTIL - 3}); measured on first joint papers from {UNTIL + 1} to {AFTER}. "As many
partners": against pairs that did not meet and have as many partners on either side, so that size alone is worth little.
Precision among the first counts ties at what any order of them would give. Institutions were named by others with a
language model; one institute may stand under several names, which costs every score the same."""

if __name__ == "__main__":
    publish(Path(__file__).parent / "results.md", "How well first joint papers are foreseen", report)
