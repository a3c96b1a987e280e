"""The layers of a transformer, by whatever module reckons: numpy to read, another to train.

Vaswani et al. 2017, Attention Is All You Need, section 3, with the norm after each part as BERT has it (Devlin et al.
2019). Tables are held by name: `places`, `segments`, `first` (a norm), and of each layer `0.asked`, `0.keys`,
`0.values`, `0.mixed`, `0.inner`, `0.outer`, and the norms `0.between` and `0.last`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

HEADS = 12
Step = Callable[[Any], Any]


def transformed(xp: ModuleType, held: Mapping[str, Any], words: Any, segment: Any, there: Any, layers: int,
                smooth: Step, drop: Step | None = None) -> Any:  # fmt: skip
    """What the last layer makes of rows of vectors, shape (rows, length, width) as they are given.

    `segment` (which of two stretches) and `there` (1 or 0) have shape (rows, length). `smooth` is the unit between the
    two steps of a layer; `drop` leaves out a share of what it is given, in training alone.
    """
    length = words.shape[1]
    seen = norm(xp, words + held["places"][:length] + held["segments"][segment], held, "first")
    seen = drop(seen) if drop else seen
    for number in range(layers):
        seen = layer(xp, held, str(number), seen, there, smooth, drop)
    return seen


def layer(xp: ModuleType, held: Mapping[str, Any], name: str, seen: Any, there: Any, smooth: Step,
          drop: Step | None = None) -> Any:  # fmt: skip
    """One layer by the name of its tables: what each place asks of all that are there, then a step of its own."""
    kept = drop or (lambda given: given)
    many, length, width = seen.shape
    asked, keys, values = (
        line(seen, held, f"{name}.{part}").reshape(many, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)
        for part in ("asked", "keys", "values")
    )
    absent = -1e9 * (1 - there)[:, None, None, :]
    weight = asked @ keys.transpose(0, 1, 3, 2) / math.sqrt(width // HEADS) + absent
    weight = xp.exp(weight - weight.max(-1, keepdims=True))
    weight = weight / weight.sum(-1, keepdims=True)
    mixed = (weight @ values).transpose(0, 2, 1, 3).reshape(many, length, width)
    seen = norm(xp, seen + kept(line(mixed, held, f"{name}.mixed")), held, f"{name}.between")
    inner = smooth(line(seen, held, f"{name}.inner"))
    return norm(xp, seen + kept(line(inner, held, f"{name}.outer")), held, f"{name}.last")


def line(seen: Any, held: Mapping[str, Any], name: str) -> Any:
    """A linear step."""
    weight = held[f"{name}.weight"]
    flat = seen.reshape(-1, weight.shape[0]) @ weight + held[f"{name}.bias"]
    return flat.reshape(*seen.shape[:-1], weight.shape[1])


def norm(xp: ModuleType, seen: Any, held: Mapping[str, Any], name: str) -> Any:
    """Each vector with mean nil and spread one, then scaled (Ba, Kiros and Hinton 2016, Layer Normalization)."""
    centred = seen - seen.mean(-1, keepdims=True)
    spread = xp.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-12)
    return centred / spread * held[f"{name}.weight"] + held[f"{name}.bias"]
