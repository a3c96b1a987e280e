"""Agreement of the two coders, with an interval from resampling whole documents. Run by `make evaluate`."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.publish import publish

HERE = Path(__file__).parent
ACTIONS = ("considering", "continuing", "general", "specific")
FIELDS = ("deadline", "quantity", "mechanism", "deliverable")
DRAWS = 2000

Pair = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Coded:
    """One document: who it is, and each sentence as coder a and coder b have it."""

    id: str
    date: str
    parties: tuple[str, ...]
    pairs: tuple[Pair, ...]


def documents(folder: Path = HERE / "labels", coders: tuple[str, str] = ("a", "b")) -> list[Coded]:
    """Every coded document with two of its coders, in the order of names."""
    first, second = coders
    found = []
    for path in sorted(folder.glob("*.json")):
        plain = json.loads(path.read_text(encoding="utf-8"))
        pairs = tuple((row[first], row[second]) for row in plain["sentences"])
        found.append(Coded(plain["id"], plain["date"], tuple(plain["parties"]), pairs))
    return found


def kappa(pairs: Sequence[tuple[Any, Any]], order: Sequence[Any] = ()) -> float | None:
    """Cohen's kappa (1960); with an order, linearly weighted (Cohen 1968). None where chance leaves no room."""
    whole = len(pairs)
    if not whole:
        return None

    def apart(a: Any, b: Any) -> float:
        if not order:
            return float(a != b)
        return abs(order.index(a) - order.index(b)) / (len(order) - 1)

    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(apart(a, b) for a, b in pairs) / whole
    chance = sum(apart(a, b) * left[a] * right[b] for a in left for b in right) / whole**2
    return None if chance == 0 else 1 - seen / chance


def f1(pairs: Sequence[Pair]) -> float | None:
    """F1 of one coder's commitments against the other's; the same either way round."""
    both = sum(a["kind"] == b["kind"] == "commitment" for a, b in pairs)
    each = sum((a["kind"] == "commitment") + (b["kind"] == "commitment") for a, b in pairs)
    return 2 * both / each if each else None


def agreed(pairs: Sequence[Pair]) -> list[Pair]:
    """The sentences that both coders call a commitment."""
    return [(a, b) for a, b in pairs if a["kind"] == b["kind"] == "commitment"]


def same(field: str) -> Callable[[Sequence[Pair]], float | None]:
    """Share of the common commitments on which both coders have the same value of a field."""

    def measure(pairs: Sequence[Pair]) -> float | None:
        both = agreed(pairs)
        return sum(_value(a, field) == _value(b, field) for a, b in both) / len(both) if both else None

    return measure


def _value(label: dict[str, Any], field: str) -> Any:
    value = label.get(field)
    return sorted(value) if field == "parties" and value else value


def presence(field: str) -> Callable[[Sequence[Pair]], float | None]:
    """Kappa of whether a field is there at all, over the common commitments."""
    return lambda pairs: kappa([(bool(a.get(field)), bool(b.get(field))) for a, b in agreed(pairs)])


MEASURES: dict[str, Callable[[Sequence[Pair]], float | None]] = {
    "kind (five classes), kappa": lambda pairs: kappa([(a["kind"], b["kind"]) for a, b in pairs]),
    "commitment or not, kappa": lambda pairs: kappa(
        [(a["kind"] == "commitment", b["kind"] == "commitment") for a, b in pairs]
    ),
    "commitment, F1 of one against the other": f1,
    "parties the same": same("parties"),
    "action, linearly weighted kappa": lambda pairs: kappa(
        [(a["action"], b["action"]) for a, b in agreed(pairs)], ACTIONS
    ),
    "action the same": same("action"),
    "area, kappa": lambda pairs: kappa([(a["area"], b["area"]) for a, b in agreed(pairs)]),
    "due the same": same("due"),
    **{f"{field}, presence, kappa": presence(field) for field in FIELDS},
}


def interval(found: Sequence[Coded], measure: Callable[[Sequence[Pair]], float | None]) -> tuple[float, float] | None:
    """The middle 95 % over resamples of whole documents; None where too few resamples give a value."""
    draw, values = random.Random(7), []
    for _ in range(DRAWS):
        sample = [pair for one in draw.choices(found, k=len(found)) for pair in one.pairs]
        value = measure(sample)
        if value is not None:
            values.append(value)
    if len(values) < DRAWS * 0.9:
        return None
    values.sort()
    return values[int(len(values) * 0.025)], values[int(len(values) * 0.975) - 1]


def table(found: Sequence[Coded], third: Sequence[Coded] = ()) -> str:
    """The agreement as Markdown; `third` are the documents with their first and third coder."""
    every = [pair for one in found for pair in one.pairs]
    commitments = sum(a["kind"] == "commitment" for a, _ in every)
    rows = _rows("agreement of the two coders", found, MEASURES)
    if third:
        rows += ["", THIRD, "", *_rows("agreement of the first and the third", third, GIVEN_BY_THREE)]
    kinds = Counter(a["kind"] for a, _ in every)
    head = [
        f"{len(found)} documents, {len(every)} sentences, {commitments} commitments by coder a; "
        f"intervals by resampling whole documents, {DRAWS} draws.",
        "",
        "Kinds by coder a: " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()) + ".",
    ]
    return "\n".join([*head, "", *rows]) + "\n"


def _rows(head: str, found: Sequence[Coded], measures: Mapping[str, Callable[[Sequence[Pair]], float | None]],
          ) -> list[str]:  # fmt: skip
    every = [pair for one in found for pair in one.pairs]
    rows = [f"| {head} | value | 95 % interval |", "|---|---|---|"]
    for name, measure in measures.items():
        value, bounds = measure(every), interval(found, measure)
        said = "no figure: nothing to compare" if value is None else f"{value:.3f}"
        rows.append(f"| {name} | {said} | {f'{bounds[0]:.3f} to {bounds[1]:.3f}' if bounds else 'none'} |")
    return rows


THIRD = """A third coder, who saw neither pass, gave kind, action, area and mechanism of the same documents from the codebook
and the eight given statements, each document once. Where the coders differ each counts as right, as in the gold set."""
GIVEN_BY_THREE = {
    name: MEASURES[name]
    for name in (
        "kind (five classes), kappa", "commitment or not, kappa", "commitment, F1 of one against the other",
        "action, linearly weighted kappa", "action the same", "area, kappa", "mechanism, presence, kappa",
    )
}  # fmt: skip


def main() -> None:
    """Print the table and write it beside the labels."""
    publish(HERE / "agreement.md", "Agreement", lambda: table(documents(), documents(coders=("a", "c"))))


if __name__ == "__main__":
    main()
