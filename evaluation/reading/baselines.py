"""What a user would try instead: a rule of keywords, TF-IDF with logistic regression, the nearest coded sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from evaluation.reading.embeddings import embed
from evaluation.reading.gold import Coded
from evaluation.reading.train import Coat

Rows = list[dict[str, Any]]
_KEYWORDS = re.compile(
    r"\b(?:will|shall|agree[ds]?\s+to|commit(?:s|ted|ment)?\s+to|decided?\s+to|resolved?\s+to|pledged?|intends?\s+to|plans?\s+to)\b",
    re.IGNORECASE,
)


def _rows(document: Coded, kinds: Sequence[str]) -> Rows:
    return [
        {"start": start, "end": end, "kind": kind} for (start, end), kind in zip(document.spans, kinds, strict=True)
    ]


def _said(document: Coded) -> list[str]:
    return [" ".join(document.text[start:end].split()) for start, end in document.spans]


def keywords(coded: Sequence[Coded], observed: dict[str, list[Coat]], folds: list[set[str]]) -> dict[str, Rows]:
    """A passage with a word of undertaking is a commitment, every other a position."""
    del observed, folds
    return {
        document.name: _rows(
            document, ["commitment" if _KEYWORDS.search(said) else "position" for said in _said(document)]
        )
        for document in coded
        if document.twice
    }


def _learned(
    coded: Sequence[Coded], folds: list[set[str]], predict: Callable[[list[str], list[str], list[str]], list[str]]
) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for out in folds:
        seen = [document for document in coded if document.name not in out]
        known = [said for document in seen for said in _said(document)]
        kinds = [str(label["kind"]) for document in seen for label in document.labels]
        for document in coded:
            if document.name in out:
                found[document.name] = _rows(document, predict(known, kinds, _said(document)))
    return found


def tfidf(coded: Sequence[Coded], observed: dict[str, list[Coat]], folds: list[set[str]]) -> dict[str, Rows]:
    """TF-IDF of words and pairs of words, logistic regression over the five kinds, as scikit-learn has them."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    del observed
    held: dict[int, tuple[Any, Any]] = {}

    def predict(known: list[str], kinds: list[str], asked: list[str]) -> list[str]:
        if len(known) not in held:
            words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
            model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced")
            held[len(known)] = words, model.fit(words.fit_transform(known), kinds)
        words, model = held[len(known)]
        return [str(kind) for kind in model.predict(words.transform(asked))]

    return _learned(coded, folds, predict)


def nearest(coded: Sequence[Coded], observed: dict[str, list[Coat]], folds: list[set[str]]) -> dict[str, Rows]:
    """The kind of the five most similar coded sentences by sentence embedding (all-MiniLM-L6-v2), by their vote."""
    del observed
    every = sorted({said for document in coded for said in _said(document)})
    place = {said: number for number, said in enumerate(every)}
    vectors = embed(every)

    def predict(known: list[str], kinds: list[str], asked: list[str]) -> list[str]:
        base = vectors[[place[said] for said in known]]
        likeness = vectors[[place[said] for said in asked]] @ base.T
        votes = np.argsort(-likeness, axis=1)[:, :5]
        return [
            max({kinds[number] for number in row}, key=lambda kind: (sum(kinds[n] == kind for n in row), kind))
            for row in votes
        ]

    return _learned(coded, folds, predict)


BASELINES = {
    "keyword rule": keywords,
    "TF-IDF and logistic regression": tfidf,
    "nearest by sentence embedding": nearest,
}
