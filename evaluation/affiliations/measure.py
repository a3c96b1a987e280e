"""How well affiliations are named, by five parts, each measured by what was learned from the other four."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scipy.stats import beta

from evaluation.affiliations.gold import Held, Right, candidates, gold, institutions
from evaluation.affiliations.learn import WISHED, best, learn
from evaluation.publish import publish
from servanda.measures.technology.names.weigh import chance
from servanda.store import yaml

FOLDS = 5
ASKED = (0.95, 0.96, 0.97)
READ = Path(__file__).parent / "read.yml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer on an affiliation that was not learned from."""

    number: int
    probability: float
    given: bool
    right: bool


def outcomes(held: Sequence[Held], every: Sequence[Right], wished: float = WISHED, keyed: bool = True) -> list[Outcome]:
    """Every affiliation with a candidate, answered by what was learned from those of the other parts (that have a key).

    `wished` is the precision asked of what is learned from.
    """
    made = []
    for fold in range(FOLDS):
        rows = [one for one in held if one.number % FOLDS != fold and (every[one.number].ror or not keyed)]
        learned = learn(rows, wished=wished)
        for one in best([one for one in held if one.number % FOLDS == fold], dict(learned.weights.seen)):
            probability = chance(one.best, one.second, learned.weights.answer)
            made.append(Outcome(one.number, probability, probability >= learned.least, one.right))
    return made


def report() -> str:
    """The tables."""
    every = gold()
    held = institutions()
    near = candidates(every, held)
    found = outcomes(near, every)
    known = {one.ror for one in held.institutions}
    return "".join(
        (_answers(every, found, known), _calibration(found), _read(every, found), _stricter(every, near, known), LIMITS)
    )


def _answers(every: Sequence[Right], found: Sequence[Outcome], known: set[str]) -> str:
    lines = [
        f"{len(every):,} affiliations (Crossref and Springer) with one right answer each, named from {len(known):,} "
        "institutions of the registry: the part of two parties that is there. Five parts; weights, probability and the "
        "least probability of an answer are learned from four and measured on the fifth.\n",
        "| affiliations of | with an answer in the registry | answered | right | precision (95 %) | answered of those |",
        "|---|---|---|---|---|---|",
    ]
    for name, chosen in (("IN", {"IN"}), ("KR", {"KR"}), ("both", {"IN", "KR"}), ("anywhere, with a key", None),
                         ("anywhere", None)):  # fmt: skip
        of = {
            number
            for number, one in enumerate(every)
            if (chosen is None or one.party in chosen) and (one.ror or name == "anywhere")
        }
        there = {number for number in of if every[number].ror in known}
        given = [one for one in found if one.given and one.number in of]
        right = sum(one.right for one in given)
        rate = sum(one.number in there for one in given) / max(len(there), 1)
        lines.append(f"| {name} | {len(there)} | {len(given)} | {right} | {right / max(len(given), 1):.3f} "
                     f"({_span(right, len(given))}) | {rate:.1%} |")  # fmt: skip
    return "\n".join(lines) + "\n\n"


def _calibration(found: Sequence[Outcome]) -> str:
    lines = ["| probability | candidates | right |", "|---|---|---|"]
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        of = [one for one in found if low <= one.probability < high]
        if of:
            lines.append(f"| {low:g} to {min(high, 1):g} | {len(of)} | {sum(one.right for one in of) / len(of):.1%} |")
    return "\n".join(lines) + "\n\n"


def _read(every: Sequence[Right], found: Sequence[Outcome]) -> str:
    """What a reader made of the answers that count as wrong."""
    verdicts = yaml.read(READ, READ.name)
    wrong = [one for one in found if one.given and not one.right]
    said = Counter(verdicts.get(sha256(every[one.number].said.encode()).hexdigest()[:12], "unread") for one in wrong)
    given = sum(one.given for one in found)
    words = {
        "named": "the institution that is answered stands in the affiliation; the key has its parent, another or none",
        "same": "two records of one name, of which the part of the registry has one",
        "wrong": "the key's answer is the better one",
        "unread": "not read",
    }
    lines = [f"The {len(wrong)} answers that count as wrong, read one by one (`read.yml`):\n", "| verdict | answers |",
             "|---|---|"]  # fmt: skip
    lines += [f"| {told} | {said[verdict]} |" for verdict, told in words.items() if said[verdict]]
    low = given - said["wrong"] - said["unread"]
    return "\n".join(lines) + (
        f"\n\nBy that reading {low} of {given} name an institution that the affiliation names ({low / given:.3f}). One "
        "reader, who saw both answers and did not read again those that count as right: an account of the errors, and no "
        "measure of precision.\n\n"
    )


def _stricter(every: Sequence[Right], near: Sequence[Held], known: set[str]) -> str:
    """What more precision costs: the least probability learned from all affiliations, those without a key too."""
    lines = [
        "Asked of what is learned from, affiliations without an answer counted as well; measured on the part left out:\n",
        "| precision asked | answered | right | precision anywhere (95 %) | answered of those with an answer |",
        "|---|---|---|---|---|",
    ]
    there = {number for number, one in enumerate(every) if one.ror in known}
    for wished in ASKED:
        given = [one for one in outcomes(near, every, wished, keyed=False) if one.given]
        right = sum(one.right for one in given)
        rate = sum(one.number in there for one in given) / len(there)
        lines.append(f"| {wished:.2f} | {len(given)} | {right} | {right / max(len(given), 1):.3f} "
                     f"({_span(right, len(given))}) | {rate:.1%} |")  # fmt: skip
    return "\n".join(lines) + "\n\n"


def _span(right: int, of: int) -> str:
    low = beta.ppf(0.025, right, of - right + 1) if right else 0.0
    high = beta.ppf(0.975, right + 1, of - right) if right < of else 1.0
    return f"{low:.3f} to {high:.3f}"


LIMITS = """What to know before quoting a figure: "anywhere" also counts answers to affiliations whose institution the
part of the registry lacks, or for which the answer key has none; each of those is counted as wrong. Most answers that
count as wrong name a college that stands in the text and in the registry where the key gives the university it belongs
to, or an institute that the key does not know. Those are left as they are. A registry of the whole world has more names
that meet; nobody has measured that here. A stricter least probability alone brings the wrong answers anywhere under
one in twenty only where about half of the answers are no longer given, most of which are right by the words of the
affiliation. The program therefore answers as in the first table, and `--least` asks for more.
"""

if __name__ == "__main__":
    publish(Path(__file__).parent / "results.md", "How well affiliations are named", report)
