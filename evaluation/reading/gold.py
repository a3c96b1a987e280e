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
    """Both coders' labels as one; where they differ either counts as right, as in the gold set."""
    first, second = _worded(row["a"], text), _worded(row.get("b", row["a"]), text)
    if first["kind"] != second["kind"] and second["kind"] == "commitment":
        merged = {**second, "accept": {"kind": [first["kind"], second["kind"]]}}
    elif first["kind"] != second["kind"]:
        merged = {**first, "accept": {"kind": [first["kind"], second["kind"]]}}
    else:
        apart = {name: [first[name], second[name]] for name in first if first[name] != second.get(name)}
        merged = {**first, "accept": apart} if apart else dict(first)
    return {"i": row["i"], **merged}


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
