"""A document that a stranger wrote is read in a process of its own: whatever it does there, the program goes on."""

from __future__ import annotations

import json
import subprocess
import sys

from servanda.errors import ExtraMissing, TextUnreadable
from servanda.texts.extract.draft import Draft, draft_of

SECONDS = 120
BYTES = 2_000_000_000

_FAULTS = {
    "encrypted": "{name} is encrypted; open it with its password and save it without one, then read that file",
    "broken": "{name} is broken and cannot be opened as {sort}; fetch it again, or open it elsewhere and save it anew",
    "scan": "{name} holds pictures of pages and no text; run text recognition first, for example: ocrmypdf IN OUT",
    "empty": "{name} holds no text to read{hint}",
    "long": "{name} holds more than can be read at once; split it and read the parts",
}
_HINTS = {
    "html": "; where scripts write the page, open it in a browser and save it as PDF",
    "pdf": "; where its letters are drawings, run text recognition first, for example: ocrmypdf --force-ocr IN OUT",
}
_SORTS = {"pdf": "a PDF", "docx": "a Word document", "html": "a web page"}


def read_apart(
    raw: bytes, sort: str, name: str, charset: str = "", seconds: float = SECONDS, most: int = BYTES
) -> Draft:
    """What the reader of a format makes of a document; raises TextUnreadable with one sentence where it makes nothing.

    `seconds` and `most` bytes of memory are what the reader may use.
    """
    # Without -P a file of ours would be sought in the folder in which the user happens to stand.
    command = [sys.executable, "-P", "-m", "servanda.texts.extract.child", sort, str(most), charset]
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as fault:
        raise TextUnreadable(
            f"{name} was not read in {seconds:g} seconds and was given up; split it, or save it anew where it was made"
        ) from fault
    try:
        draft = draft_of(json.loads(done.stdout))
    except (ValueError, KeyError, TypeError) as fault:
        raise TextUnreadable(_FAULTS["broken"].format(name=name, sort=_SORTS[sort])) from fault
    return sound(draft, sort, name)


def sound(draft: Draft, sort: str, name: str) -> Draft:
    """The draft, if there is something in it; its fault as a sentence if not."""
    if draft.fault == "missing":
        raise ExtraMissing("servanda read", "reading")
    if draft.fault:
        raise TextUnreadable(_FAULTS[draft.fault].format(name=name, sort=_SORTS[sort], hint=_HINTS.get(sort, "")))
    return draft
