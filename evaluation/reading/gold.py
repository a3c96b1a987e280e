"""Coded statements with their texts: ours (labels without texts, texts by hash) and the eight of the gold set.

The texts are not part of the project. They are looked for in the folder that SERVANDA_SHARED names, or in `shared`
beside the repository; where they are not there, Missing says so.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from servanda.model.passage import Passage
from servanda.texts.parties import GROUPS
from servanda.texts.split import split

HERE = Path(__file__).parent
COPIED = ("deadline", "quantity", "mechanism", "deliverable")
CODERS = ("a", "b", "c")
"""Two passes over whole labels, and a third coder who saw neither and gave kind, action, area and mechanism."""
Label = dict[str, Any]


class Missing(Exception):
    """The texts are not here; the message says where they were looked for."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded statement. `labels` are one a sentence, with "accept" where the two coders differ; `twice` says whether
    two people coded it; `gold` whether it is one of the eight that were given."""

    name: str
    id: str
    day: date
    title: str
    parties: tuple[str, ...]
    text: str
    spans: tuple[tuple[int, int], ...]
    labels: tuple[Label, ...]
    twice: bool
    gold: bool

    def passages(self) -> tuple[Passage, ...]:
        """The coded sentences as passages, each with the structure of the splitter's passage it overlaps most."""
        found = split(self.text)
        return tuple(self._passage(start, end, found) for start, end in self.spans)

    def _passage(self, start: int, end: int, found: list[Passage]) -> Passage:
        best = max(found, key=lambda one: min(end, one.end) - max(start, one.start))
        return Passage(
            start, end, self.text[start:end], best.paragraph, best.is_heading, best.is_item, best.heading, best.lead_in
        )


def shared() -> Path:
    """The folder of texts; raises Missing where there is none."""
    named = os.environ.get("SERVANDA_SHARED")
    folder = Path(named) if named else HERE.parents[1].parent / "shared"
    if not (folder / "texts").is_dir():
        raise Missing(f"no texts in {folder}; set SERVANDA_SHARED to the folder that holds texts/ and gold/")
    return folder


@lru_cache(maxsize=1)
def texts(folder: Path) -> dict[str, dict[str, Any]]:
    """Every statement of the corpus by the hash of its text."""
    found = {}
    for file in sorted((folder / "texts").glob("*.jsonl")):
        if file.name.startswith("tota"):
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[hashlib.sha256(row["text"].encode()).hexdigest()] = row
    return found


def documents() -> list[Coded]:
    """The eight given, then ours coded twice, then ours coded once; each in the order of names."""
    folder = shared()
    found = [_given(file) for file in sorted((folder / "gold" / "reading").glob("*.json"))]
    for place in ("labels", "single"):
        found += [_ours(file, texts(folder)) for file in sorted((HERE / place).glob("*.json"))]
    return found


def _given(file: Path) -> Coded:
    plain = json.loads(file.read_text(encoding="utf-8"))
    lines = file.with_suffix(".labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = tuple(json.loads(line) for line in lines if line.strip())
    undertaking = {code for label in labels for code in label.get("parties") or []}
    hinted = [code for code in plain.get("parties") or plain["parties_hint"] if code not in GROUPS]
    # the hint of the corpus is a guess; who made the text is what two coders found to undertake in it
    parties = tuple(dict.fromkeys([*[code for code in hinted if code in undertaking], *sorted(undertaking)]))
    return Coded(
        file.stem, plain["id"], date.fromisoformat(plain["date"]), plain["title"], parties,
        file.with_suffix(".txt").read_text(encoding="utf-8"), tuple(tuple(span) for span in plain["sentences"]), labels,
        twice=True, gold=True,
    )  # fmt: skip


def _ours(file: Path, held: dict[str, dict[str, Any]]) -> Coded:
    plain = json.loads(file.read_text(encoding="utf-8"))
    if plain["text_sha256"] not in held:
        raise Missing(f"{file.name}: no text with the hash {plain['text_sha256'][:12]} in the corpus")
    text = held[plain["text_sha256"]]["text"]
    labels = tuple(_merged(row, text) for row in plain["sentences"])
    return Coded(
        file.stem, plain["id"], date.fromisoformat(plain["date"]), plain["title"], tuple(plain["parties"]), text,
        tuple((row["at"][0], row["at"][1]) for row in plain["sentences"]), labels,
        twice="b" in plain["sentences"][0], gold=False,
    )  # fmt: skip


def _merged(row: dict[str, Any], text: str) -> Label:
    """All coders' labels as one; where they differ each counts as right, as in the gold set.

    The fields are those of the first who sees a commitment and gives them all; the third coder gives kind, action, area
    and mechanism. Where that coder alone sees a commitment the fields are nobody's, and only the kind is judged.
    """
    every = [_worded(row[coder], text) for coder in CODERS if coder in row]
    whole = [one for one in every if one["kind"] == "commitment" and "deadline" in one]
    base = whole[0] if whole else every[0]
    kinds = list(dict.fromkeys(one["kind"] for one in every))
    apart: dict[str, list[Any]] = {"kind": kinds} if len(kinds) > 1 else {}
    if whole:
        seen = [one for one in every if one["kind"] == "commitment"]
        apart |= {name: values for name in base if name != "kind" and len(values := _values(seen, name)) > 1}
    return {"i": row["i"], **base, **({"accept": apart} if apart else {})}


def _values(labels: list[Label], name: str) -> list[Any]:
    """The values of a field that the coders give who give it, each once."""
    found: list[Any] = []
    for one in labels:
        if name in one and one[name] not in found:
            found.append(one[name])
    return found


def _worded(label: Label, text: str) -> Label:
    """The label with words of the text in place of offsets."""
    found = dict(label)
    for name in COPIED:
        span = label.get(name)
        if span:
            found[name] = " ".join(text[span[0] : span[1]].split())
    return found


def accepted(label: Label, name: str) -> list[Any]:
    """The values that count as right."""
    values: list[Any] = label.get("accept", {}).get(name, [label.get(name)])
    return values
