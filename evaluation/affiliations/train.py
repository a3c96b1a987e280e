"""Learn the weights from all affiliations: `python -m evaluation.affiliations.train` writes content/models."""

from __future__ import annotations

import json
from hashlib import sha256

from evaluation.affiliations.gold import candidates, gold, institutions
from evaluation.affiliations.learn import WISHED, learn
from servanda.settings import shipped_content


def main() -> None:
    """Write weights and card."""
    every, held = gold(), institutions()
    learned = learn([one for one in candidates(every, held) if every[one.number].ror])
    plain = {"seen": learned.weights.seen, "answer": learned.weights.answer, "least": learned.least}
    text = json.dumps(plain, indent=1, sort_keys=True) + "\n"
    folder = shipped_content() / "models"
    (folder / "affiliations.json").write_text(text, encoding="utf-8")
    (folder / "affiliations.md").write_text(
        CARD.format(sha=sha256(text.encode()).hexdigest(), many=len(every), things=len(learned.weights.seen),
                    wished=WISHED, least=learned.least), encoding="utf-8")  # fmt: skip


CARD = """# The weights of affiliations

Made by `python -m evaluation.affiliations.train`; do not edit.

- What: two logistic regressions in plain text (`affiliations.json`, sha256 {sha}). The first weighs {things} things seen of a
  name found in an affiliation (its form, what stands around it, party and town, how many others bear it); the second
  makes a probability of the best answer's weight and how far the next lies behind. They hold no name and no place.
- Saw: {many:,} affiliations with their answer (affiliation-matching-experimental of the Research Organization Registry,
  MIT licence: Crossref and Springer), named from the institutions of two parties; answers are given from {least:g} up, where
  at least {wished:.1%} were right among affiliations the weights had not seen.
- For: naming institutions in affiliations in Latin letters. Not for: names of persons, addresses, other scripts alone.
- How well: `evaluation/affiliations/results.md`, by five parts.
- Rebuilt: `python -m evaluation.affiliations.train`; the same affiliations and registry give the same file.
"""

if __name__ == "__main__":
    main()
