"""Reading from the shell and in bulk: one statement of 3,000 words, and the whole corpus on processes and on Spark."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.measure import Row, side_by_side
from evaluation.reading.gold import Missing, shared, texts
from servanda.texts.many import Job, read_many, read_on_spark
from servanda.texts.read import read

TARGET_COLD_S, TARGET_WARM_S, TARGET_CORPUS_S, TARGET_MB = 4.0, 1.5, 90.0, 1500.0
RUNS, BULK_RUNS, SPARK_TEXTS = 7, 3, 40
WORDS = 3000
_READ = "import sys; from servanda.faces.cli.app import main; sys.argv = ['servanda', *sys.argv[1:]]; main()"
_OPENINGS = (
    "The two leaders agreed to", "Both sides will", "They decided to", "The Prime Ministers reaffirmed their intent to",
    "They welcomed the decision to", "They looked forward to the effort to", "Ministers noted that it is important to",
)  # fmt: skip
_ACTS = (
    "establish a joint fund for {} by the end of 2028", "expand cooperation on {} through the Joint Commission",
    "explore new ways of working together on {}", "hold an annual dialogue on {}", "exchange 200 scholars in {}",
    "invest $40 million in {} over five years", "continue consultations on {} between their ministries",
)  # fmt: skip
_THINGS = (
    "ships and ports", "semiconductors", "clean hydrogen", "maritime security", "school curricula", "rare earths",
    "satellites", "customs procedures", "vaccines", "regional stability",
)  # fmt: skip


def statement(words: int = WORDS, seed: int = 1) -> str:
    """An invented statement of about so many words."""
    draw, parts, length = random.Random(seed), ["Joint Statement of Japan and the Republic of Korea"], 0
    while length < words:
        said = []
        for _ in range(3):
            act = draw.choice(_ACTS).format(draw.choice(_THINGS))
            said.append(f"{draw.choice(_OPENINGS)} {act}, and to report on the work done on {draw.choice(_THINGS)}.")
        parts.append(f"{len(parts)}. {' '.join(said)}")
        length = sum(len(part.split()) for part in parts)
    return "\n\n".join(parts) + "\n"


def rows() -> Iterator[Row]:
    """Seconds and megabytes, beside what leaves the grammar out."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statement.txt"
        file.write_text(statement(), encoding="utf-8")
        command = [sys.executable, "-c", _READ, "read", str(file), "--parties", "JPN,KOR", "--date", "2026-03-03"]
        command += ["--format", "jsonl"]
        cold = side_by_side(RUNS, [("read", lambda: subprocess.run(command, check=True, capture_output=True))])
        yield Row("servanda read, 3,000 words, cold", "s", TARGET_COLD_S, tuple(cold["read"]))
    yield from _warm()
    try:
        yield from _bulk(_jobs())
    except Missing as missing:
        print(f"the corpus is not measured: {missing}", file=sys.stderr)


def _warm() -> Iterator[Row]:
    text, day = statement(), date(2026, 3, 3)
    read(text, ("JPN", "KOR"), day)
    things: list[tuple[str, Callable[[], object]]] = [("read", lambda: read(text, ("JPN", "KOR"), day))]
    peer = _tfidf_alone(text)
    if peer is not None:
        things.append(("words", peer))
    taken = side_by_side(RUNS, things)
    yield Row("the same, warm", "s", TARGET_WARM_S, tuple(taken["read"]))
    if "words" in taken:
        yield Row("TF-IDF and logistic regression alone (kinds only), warm", "s", None, tuple(taken["words"]))


def _tfidf_alone(text: str) -> Callable[[], object] | None:
    """The peer: kinds by words alone, trained on invented sentences; None where scikit-learn is not installed."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    from servanda.texts.split import split

    known = [passage.text for seed in range(2, 6) for passage in split(statement(seed=seed))]
    kinds = ["commitment" if any(opening in said for opening in _OPENINGS[:4]) else "position" for said in known]
    words = TfidfVectorizer(ngram_range=(1, 2))
    model = LogisticRegression().fit(words.fit_transform(known), kinds)
    return lambda: model.predict(words.transform([passage.text for passage in split(text)]))


def _jobs() -> list[Job]:
    found = texts(shared())
    return [
        Job(row["id"], row["text"], tuple(row.get("parties_hint") or ()), date.fromisoformat(row["date"]), row["title"])
        for row in sorted(found.values(), key=lambda row: row["id"])
    ]


def _bulk(jobs: list[Job]) -> Iterator[Row]:
    taken, words = [], sum(len(job.text.split()) for job in jobs)
    for _ in range(BULK_RUNS):
        started = time.perf_counter()
        found = list(read_many(jobs, processes=2))
        taken.append(time.perf_counter() - started)
    yield Row(f"{len(jobs)} texts ({words / 1e6:.2f} million words), two processes", "s", TARGET_CORPUS_S, tuple(taken))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Row("the same: memory of both processes at their peak", "MB", TARGET_MB, (2 * peak,))
    yield from _spark(jobs[:SPARK_TEXTS], dict(found))


def _spark(jobs: list[Job], found: dict[str, object]) -> Iterator[Row]:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        print("Spark is not measured: pyspark is not installed (pip install 'servanda[spark]')", file=sys.stderr)
        return
    started = time.perf_counter()
    spread = dict(read_on_spark(jobs))
    taken = time.perf_counter() - started
    if spread != {job.id: found[job.id] for job in jobs}:
        raise SystemExit("Spark gives another reading than processes do: " + json.dumps(sorted(spread)[:3]))
    yield Row(f"{len(jobs)} texts on Spark, local mode, the same output", "s", None, (taken,))


def dominates() -> str:
    """Where the time goes."""
    return (
        "Cold, half goes into starting the parser (its import and its weights), the rest into parsing; warm, parsing "
        "takes the most, then the grammar and the encoder. All texts took 57 s by the features alone; the encoder "
        "reads a third of their passages. TF-IDF alone is far faster and reads kinds only: what the extra accuracy "
        "costs is the parse and the encoder (evaluation/reading/results.md says what each buys)."
    )
