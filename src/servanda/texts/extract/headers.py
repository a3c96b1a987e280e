"""What a web page says of itself: its title, and the date on which it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from servanda.texts.extract.draft import tidy
from servanda.texts.extract.page import Block

_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued",
    "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "date", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "citation_publication_date",
)  # fmt: skip
_DAY = re.compile(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")


def title_of(root: Any, blocks: Sequence[Block]) -> str | None:
    """The page's main heading, where it is one; else the title that the page gives to others; else that of its tab."""
    shared = [tidy(text) for key, text in _stated(root) if key == "og:title" and tidy(text)]
    tab = tidy("".join(root.findtext(".//title") or ""))
    above = [block.words.strip() for block in blocks if block.heading and block.element.tag == "h1"]
    for words in above:
        if len(above) == 1 or tidy(words) in shared or (tab and tab.startswith(tidy(words))):
            return words
    return (shared[0] if shared else tab) or None


def date_of(root: Any) -> str | None:
    """The day on which the page says that it was published, where it says so for machines to read."""
    stated = dict(reversed(list(_stated(root))))
    for key in _DATES:
        if found := _day(stated.get(key)):
            return found
    for script in root.iter("script"):
        described = (script.get("type") or "").lower() == "application/ld+json"
        if described and (found := _day(_published(script.text or ""))):
            return found
    times = [one.get("datetime") for one in root.iter("time") if one.get("pubdate") is not None or one.get("itemprop")]
    return next((found for found in map(_day, times) if found), None)


def _stated(root: Any) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if key and meta.get("content"):
            yield key.lower(), meta.get("content")


def _published(text: str) -> str | None:
    """The date in a description for machines, wherever in it."""
    if len(text) > 200_000:
        return None
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return None
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            if isinstance(one.get("datePublished"), str):
                return str(one["datePublished"])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return None


def _day(text: str | None) -> str | None:
    found = _DAY.match(text or "")
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None
