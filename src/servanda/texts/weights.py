"""A linear model as plain text: for each named feature its weight on each class. Nothing is executed on loading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Linear:
    """Multinomial logistic regression. `weights` has a row a feature and a column a class; `sharpness` divides the
    scores so that probabilities are calibrated (temperature scaling: Guo et al. 2017, On Calibration of Modern Neural
    Networks, section 4.2)."""

    classes: tuple[str, ...]
    features: dict[str, int]
    weights: Array
    bias: Array
    sharpness: float = 1.0

    def scores(self, found: Mapping[str, float]) -> Array:
        """Scores of the classes before they become probabilities."""
        known = [(row, value) for name, value in found.items() if (row := self.features.get(name)) is not None]
        if not known:
            return self.bias.copy()
        rows, values = zip(*known, strict=True)
        result: Array = self.bias + np.array(values) @ self.weights[list(rows)]
        return result

    def probabilities(self, found: Mapping[str, float]) -> Array:
        """Calibrated probabilities of the classes; they sum to 1."""
        scores = self.scores(found) / self.sharpness
        raised = np.exp(scores - scores.max())
        result: Array = raised / raised.sum()
        return result

    def best(self, found: Mapping[str, float]) -> tuple[str, float]:
        """The most probable class and its probability."""
        chances = self.probabilities(found)
        place = int(chances.argmax())
        return self.classes[place], float(chances[place])

    def spoke(self, found: Mapping[str, float], chosen: str) -> list[tuple[str, float]]:
        """What spoke for a class against the mean of the others, strongest first, in log odds."""
        column = self.classes.index(chosen)
        said = []
        for name, value in found.items():
            row = self.features.get(name)
            if row is not None:
                others = (self.weights[row].sum() - self.weights[row, column]) / (len(self.classes) - 1)
                said.append((name, float((self.weights[row, column] - others) * value)))
        return sorted(said, key=lambda pair: (-pair[1], pair[0]))


def to_plain(model: Linear) -> dict[str, Any]:
    """The model as JSON holds it; weights rounded, so that another machine rebuilds the same file."""
    rows = {
        name: [round(float(value), DECIMALS) + 0.0 for value in model.weights[row]]
        for name, row in model.features.items()
    }
    return {
        "classes": list(model.classes),
        "sharpness": round(model.sharpness, DECIMALS),
        "bias": [round(float(value), DECIMALS) + 0.0 for value in model.bias],
        "weights": {name: row for name, row in sorted(rows.items()) if any(abs(value) >= 0.01 for value in row)},
    }


def from_plain(plain: Mapping[str, Any]) -> Linear:
    """The model from its plain form."""
    names = list(plain["weights"])
    return Linear(
        tuple(plain["classes"]),
        {name: row for row, name in enumerate(names)},
        np.array([plain["weights"][name] for name in names], dtype=np.float64).reshape(len(names), -1),
        np.array(plain["bias"], dtype=np.float64),
        float(plain["sharpness"]),
    )


def write(models: Mapping[str, Linear], file: Path) -> None:
    """Write several models to one file, one feature a line."""
    lines = ["{"]
    for number, (name, model) in enumerate(models.items()):
        plain = to_plain(model)
        head = ", ".join(f'"{key}": {json.dumps(plain[key])}' for key in ("classes", "sharpness", "bias"))
        lines.append(f' "{name}": {{{head}, "weights": {{')
        rows = [
            f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
            for key, row in plain["weights"].items()
        ]
        lines.append(",\n".join(rows))
        lines.append(" }}" + ("," if number < len(models) - 1 else ""))
    lines.append("}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(file: Path) -> dict[str, Linear]:
    """The models of a file, by name."""
    return {name: from_plain(plain) for name, plain in json.loads(file.read_text(encoding="utf-8")).items()}


def chances(rows: Sequence[Mapping[str, float]], model: Linear) -> Array:
    """Probabilities of many, one row each."""
    return np.array([model.probabilities(row) for row in rows])
