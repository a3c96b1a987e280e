"""How well it reads, cross-validated by document, beside three baselines in the same run: `make evaluate`.

Every document is read by weights that have not seen it. Scored by the gold set's own scorer.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from evaluation.publish import publish
from evaluation.reading.baselines import BASELINES
from evaluation.reading.gold import Coded, Missing, accepted, documents, shared
from evaluation.reading.hold import calm, folds, held_out, marks
from evaluation.reading.train import Coat, coats
from servanda.model.proposal import Proposed

HERE = Path(__file__).parent
TARGETS: tuple[tuple[str, float, float, Callable[[dict[str, Any]], float]], ...] = (
    ("commitment F1", 0.92, 0.97, lambda s: s["commitment_f1"]),
    ("macro-F1 of the five kinds", 0.80, 0.95, lambda s: s["kind_macro_f1"]),
    ("parties exact", 0.95, 1.00, lambda s: s["parties_exact"]),
    ("action exact", 0.88, 0.96, lambda s: s["action_exact"]),
    ("area exact", 0.88, 0.98, lambda s: s["area_exact"]),
    ("deadline: presence F1", 0.92, 0.96, lambda s: s["deadline"]["f1_presence"]),
    ("deadline: due exact", 0.88, 0.96, lambda s: s.get("due_exact", 0.0)),
    ("quantity: presence F1", 0.92, 1.00, lambda s: s["quantity"]["f1_presence"]),
    ("mechanism: presence F1", 0.80, 0.91, lambda s: s["mechanism"]["f1_presence"]),
    ("deliverable: presence F1", 0.75, 0.95, lambda s: s["deliverable"]["f1_presence"]),
)
Rows = list[dict[str, Any]]


def scorer() -> ModuleType:
    """The gold set's scorer."""
    spec = importlib.util.spec_from_file_location("score_reading", shared() / "tools" / "score_reading.py")
    if spec is None or spec.loader is None:
        raise Missing("no tools/score_reading.py beside the texts")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plain(one: Proposed) -> dict[str, Any]:
    """A passage as `servanda read --format jsonl` prints it, as far as the scorer looks."""
    row: dict[str, Any] = {"start": one.start, "end": one.end, "kind": one.kind.value, "probability": one.probability}
    if one.terms:
        terms = one.terms
        row |= {"parties": list(terms.parties), "action": terms.action.value, "area": terms.area.value}
        row |= {name: getattr(terms, name) for name in ("deadline", "due", "quantity", "mechanism", "deliverable")}
    return row


def readings_of(coded: Sequence[Coded], observed: dict[str, list[Coat]]) -> dict[str, dict[str, Rows]]:
    """Every document coded twice, read by weights of the other folds, probabilities calibrated on these: by features
    and encoder together, and by the features alone.
    """
    held = list(held_out(coded, observed))
    seen = [marks(one, coded) for one in held]
    both: dict[str, Rows] = {}
    alone: dict[str, Rows] = {}
    for turn, one in enumerate(held):
        reader = calm(one.reader, seen[:turn] + seen[turn + 1 :])
        for name, text in one.seen.items():
            both[name] = [plain(passage) for passage in reader.read(text)]
            alone[name] = [plain(passage) for passage in replace(reader, encoder=None).read(text)]
    return {"reader": both, "its features alone": alone}


def scored(judge: ModuleType, chosen: Iterable[Coded], readings: dict[str, Rows]) -> dict[str, Any]:
    """The scorer's figures over some documents."""
    with tempfile.TemporaryDirectory() as folder:
        gold, said = Path(folder) / "gold", Path(folder) / "said"
        gold.mkdir()
        said.mkdir()
        for document in chosen:
            (gold / f"{document.name}.json").write_text(json.dumps({"sentences": document.spans}), encoding="utf-8")
            lines = "\n".join(json.dumps(label) for label in document.labels)
            (gold / f"{document.name}.labels.jsonl").write_text(lines, encoding="utf-8")
            rows = "\n".join(json.dumps(row) for row in readings[document.name])
            (said / f"{document.name}.jsonl").write_text(rows, encoding="utf-8")
        return _run(judge, gold, said)


def _run(judge: ModuleType, gold: Path, said: Path) -> dict[str, Any]:
    import contextlib
    import io

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        judge.main([str(gold), str(said), "--json"])
    found: dict[str, Any] = json.loads(printed.getvalue())
    return found


def strata(coded: Sequence[Coded]) -> list[tuple[str, list[Coded]]]:
    """Decades, kinds of document and pairs."""

    def kind(document: Coded) -> str:
        title = document.title.lower()
        if "fact sheet" in title:
            return "fact sheet"
        if any(word in title for word in ("framework", "agreement", "deal", "general terms", "memorandum", "tariff")):
            return "trade or technology framework"
        if "communiqu" in title:
            return "communique"
        return "statement or declaration"

    rows: list[tuple[str, list[Coded]]] = []
    for name, key in (
        ("decade", lambda document: f"{document.day.year // 10 * 10}s"),
        ("kind", kind),
        (
            "pair",
            lambda document: " ".join(sorted(document.parties)) if len(document.parties) == 2 else "three and more",
        ),
    ):
        groups: dict[str, list[Coded]] = {}
        for document in coded:
            groups.setdefault(key(document), []).append(document)
        rows += [(f"{name}: {group}", groups[group]) for group in sorted(groups)]
    return rows


def calibration(coded: Sequence[Coded], readings: dict[str, Rows]) -> tuple[float, list[tuple[str, int, float, float]]]:
    """Expected calibration error in ten bins, and the reliability diagram's rows: bin, number, said, true."""
    said, right = [], []
    for document in coded:
        for label, row in zip(document.labels, readings[document.name], strict=True):
            said.append(row["probability"])
            right.append(row["kind"] in accepted(label, "kind"))
    chances, hits = np.array(said), np.array(right, dtype=float)
    rows, error = [], 0.0
    for low in range(10):
        inside = (chances > low / 10) & (chances <= (low + 1) / 10)
        if inside.any():
            mean, true = float(chances[inside].mean()), float(hits[inside].mean())
            error += inside.mean() * abs(mean - true)
            rows.append((f"{low / 10:.1f} to {(low + 1) / 10:.1f}", int(inside.sum()), mean, true))
    return error, rows


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in rows)]


def report(coded: Sequence[Coded], observed: dict[str, list[Coat]]) -> str:
    """Everything measured, as Markdown."""
    judge = scorer()
    judged = [document for document in coded if document.twice]
    readings = readings_of(coded, observed)
    for name, baseline in BASELINES.items():
        readings[name] = baseline(coded, observed, folds(judged))
    given = [document for document in judged if document.gold]
    ours = [document for document in judged if not document.gold]
    sets = {"all": judged, "the eight given": given, "ours": ours}
    figures = {name: scored(judge, chosen, readings["reader"]) for name, chosen in sets.items()}
    goals = (
        (name, f"{target:.2f}", f"{human:.2f}", *(f"{get(figures[one]):.3f}" for one in sets))
        for name, target, human, get in TARGETS
    )
    bounds = "; ".join(f"{name} {{:.3f}} to {{:.3f}}".format(*figures[name]["commitment_f1_95"]) for name in sets)
    lines = [
        f"{len(judged)} statements coded twice ({sum(len(one.spans) for one in judged)} sentences), each read by weights "
        f"that have not seen it; {len(coded) - len(judged)} more coded once are trained on only.",
        "",
        *table(("", "target", "two coders", *sets), goals),
        "", f"Commitment F1, 95 % by resampling documents: {bounds}.",
        "", "## Beside what a user would try instead", "",
        *_beside(judge, judged, readings),
        "", "## By stratum", "",
        *_by_stratum(judge, judged, readings["reader"]),
        "", "## Calibration", "",
        *_calibrated(judged, readings["reader"]),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _beside(judge: ModuleType, judged: list[Coded], readings: dict[str, dict[str, Rows]]) -> list[str]:
    rows = []
    for name, said in readings.items():
        figures = scored(judge, judged, said)
        rows.append(
            (
                name,
                *(
                    f"{figures[key]:.3f}"
                    for key in ("commitment_precision", "commitment_recall", "commitment_f1", "kind_macro_f1")
                ),
            )
        )
    return table(("", "precision", "recall", "commitment F1", "macro-F1"), rows)


def _by_stratum(judge: ModuleType, judged: list[Coded], said: dict[str, Rows]) -> list[str]:
    rows = []
    for name, chosen in strata(judged):
        figures = scored(judge, chosen, said)
        commitments = sum("commitment" in accepted(label, "kind") for one in chosen for label in one.labels)
        exact = [
            f"{figures[key]:.2f}" if key in figures else "none found"
            for key in ("action_exact", "area_exact", "parties_exact")
        ]
        rows.append((name, str(len(chosen)), str(commitments), f"{figures['commitment_f1']:.2f}", *exact))
    return table(("", "documents", "commitments", "commitment F1", "action", "area", "parties"), rows)


def _calibrated(judged: list[Coded], said: dict[str, Rows]) -> list[str]:
    error, rows = calibration(judged, said)
    shown = table(
        ("probability said", "passages", "mean said", "share right"),
        ((name, str(number), f"{mean:.2f}", f"{true:.2f}") for name, number, mean, true in rows),
    )
    return [f"Expected calibration error, ten bins: {error:.3f}.", "", *shown]


Baseline = Callable[[Sequence[Coded], dict[str, list[Coat]], list[set[str]]], dict[str, Rows]]


def main() -> None:
    """Print the report and write it beside the labels; where the texts are missing, say so."""

    def text() -> str:
        coded = documents()
        return report(coded, {document.name: coats(document) for document in coded})

    publish(HERE / "results.md", "How well it reads", text)


if __name__ == "__main__":
    main()
