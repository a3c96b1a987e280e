"""A first look at an answer: is it what was asked for, how many rows, is it cut, are there more pages?"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from servanda.errors import SourceFault

HEAD = 160
NO_DATA = ("03", "3")
"""The code of data.go.kr for a question to which there is no row."""
WHAT_TO_DO = {
    "22": "the calls of the day are used up: go on tomorrow with the same command and --date",
    "30": "the key is not known to it: ask for the service at data.go.kr, and give the decoded key",
    "31": "the key has expired: renew it at data.go.kr",
}
"""Codes of data.go.kr by which a user can do something."""
MOST_PAGED = 10_000
"""Results that OpenAlex and ROR hand out by pages."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What an answer is: `pages` there are, whether it `is_cut` at the limit of a call, and where the `next` begins."""

    rows: int | None = None
    pages: int = 1
    is_cut: bool = False
    next: str | None = None


def look(path: Path, answer: str, shown: str, most: int | None) -> Looked:
    """Look at an answer of a shape; raises SourceFault where it is something else, quoting how it begins."""
    if answer == "zip":
        return _zip(path, shown)
    if answer == "kcs":
        return _kcs(path, shown)
    if answer == "datagokr":
        return _datagokr(path, shown)
    if answer == "file":
        return _file(path, shown)
    data = _json(path, shown)
    if answer == "worldbank":
        return _worldbank(data, shown)
    if answer == "sdmx":
        return _sdmx(data, shown, path)
    if answer in ("openalex", "ror"):
        return (_openalex if answer == "openalex" else _ror)(data, shown, path, most)
    return _comtrade(data, shown, path, most)


def _openalex(data: Any, shown: str, path: Path, most: int | None) -> Looked:
    """Groups or results: by pages the first 10,000, by a cursor all of them, each answer with that of the next."""
    if isinstance(data, dict) and "error" in data:
        raise SourceFault(f"{shown}: the source says: {str(data.get('message', data['error']))[:HEAD]}")
    if not isinstance(data, dict) or "meta" not in data or "results" not in data:
        raise _strange(shown, path, "'meta' and 'results'")
    groups, meta = data.get("group_by"), data["meta"]
    if "next_cursor" in meta:
        here = len(groups or data["results"])
        # OpenAlex also hands out a cursor behind the last answer, which is empty.
        pages = 1 if groups else -(-meta["count"] // meta["per_page"])
        return Looked(here, max(pages, 1), next=meta["next_cursor"] if here else None)
    if groups:
        return Looked(len(groups), is_cut=most is not None and len(groups) >= most)
    return _paged(data["meta"]["count"], data["meta"]["per_page"], len(data["results"]), shown)


def _ror(data: Any, shown: str, path: Path, most: int | None) -> Looked:
    if isinstance(data, dict) and data.get("errors"):
        raise SourceFault(f"{shown}: the source says: {'; '.join(str(one) for one in data['errors'])[:HEAD]}")
    if not isinstance(data, dict) or "number_of_results" not in data or "items" not in data:
        raise _strange(shown, path, "'number_of_results' and 'items'")
    return _paged(data["number_of_results"], most or 20, len(data["items"]), shown)


def _paged(every: int, a_page: int, here: int, shown: str) -> Looked:
    if every > MOST_PAGED:
        raise SourceFault(f"{shown}: {every:,} results, and pages end at {MOST_PAGED:,}; ask for less at once")
    return Looked(here, max(-(-every // a_page), 1))


def _comtrade(data: Any, shown: str, path: Path, most: int | None) -> Looked:
    rows = data.get("data") if isinstance(data, dict) else None
    if not isinstance(rows, list):
        raise _strange(shown, path, "a list of rows under 'data'")
    if data.get("error"):
        raise SourceFault(f"{shown}: the source says: {str(data['error'])[:HEAD]}")
    return Looked(len(rows), is_cut=most is not None and len(rows) >= most)


def _worldbank(data: Any, shown: str) -> Looked:
    if isinstance(data, list) and data and isinstance(data[0], dict) and "message" in data[0]:
        told = "; ".join(str(one.get("value", one)) for one in data[0]["message"])
        raise SourceFault(f"{shown}: the source says: {told[:HEAD]}")
    if not (isinstance(data, list) and len(data) == 2 and isinstance(data[0], dict) and "pages" in data[0]):
        raise SourceFault(f"{shown}: expected a list of two, how many pages and the rows; look at the address")
    return Looked(len(data[1] or ()), int(data[0]["pages"]))


def _sdmx(data: Any, shown: str, path: Path) -> Looked:
    if not isinstance(data, dict) or "dataSets" not in data or "structure" not in data:
        raise _strange(shown, path, "'dataSets' and 'structure' (SDMX JSON)")
    series = [one for part in data["dataSets"] for one in part.get("series", {}).values()]
    return Looked(sum(len(one.get("observations", {})) for one in series))


def _kcs(path: Path, shown: str) -> Looked:
    try:
        tree = ElementTree.fromstring(path.read_bytes())
    except ElementTree.ParseError as fault:
        raise _strange(shown, path, "XML") from fault
    code = (tree.findtext(".//resultCode") or tree.findtext(".//returnReasonCode") or "").strip()
    said = tree.findtext(".//resultMsg") or tree.findtext(".//returnAuthMsg") or tree.findtext(".//errMsg") or ""
    _went_well(code, said, shown)
    return Looked(len(tree.findall(".//item")))


def _datagokr(path: Path, shown: str) -> Looked:
    """Services of data.go.kr: the answer as JSON in its envelope, with pages; what the gateway refuses comes as XML."""
    if _begins(path).lstrip().startswith("<"):
        return _kcs(path, shown)
    data = _json(path, shown)
    held = data.get("response") if isinstance(data, dict) else None
    if not isinstance(held, dict) or not isinstance(held.get("header"), dict):
        raise _strange(shown, path, "'response' with 'header' and 'body'")
    head, body = held["header"], held.get("body") or {}
    code = str(head.get("resultCode", "")).strip()
    if code in NO_DATA:
        return Looked(0)
    _went_well(code, str(head.get("resultMsg", "")), shown)
    here, every, a_page = (int(body.get(name) or 0) for name in ("pageNo", "totalCount", "numOfRows"))
    rows = max(min(a_page, every - a_page * (here - 1)), 0) if a_page else every
    return Looked(rows, max(-(-every // a_page), 1) if a_page else 1)


def _went_well(code: str, said: str, shown: str) -> None:
    """Raises SourceFault with what the source says, and what to do where it is known, unless its code is that of a
    normal answer."""
    if code not in ("0", "00", "0000"):
        hint = f"; {WHAT_TO_DO[code]}" if code in WHAT_TO_DO else ""
        raise SourceFault(f"{shown}: the source says: {said.strip() or 'no result code'} ({code or 'none'}){hint}")


def _zip(path: Path, shown: str) -> Looked:
    if not zipfile.is_zipfile(path):
        raise _strange(shown, path, "a zip file")
    return Looked()


def _file(path: Path, shown: str) -> Looked:
    if not path.stat().st_size:
        raise SourceFault(f"{shown}: the answer is empty")
    if _begins(path).lstrip().lower().startswith(("<!doctype html", "<html")):
        raise _strange(shown, path, "a file of data")
    return Looked()


def _json(path: Path, shown: str) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError as fault:
        raise _strange(shown, path, "JSON") from fault


def _strange(shown: str, path: Path, expected: str) -> SourceFault:
    began = " ".join(_begins(path).split())[:HEAD] or "nothing"
    return SourceFault(f"{shown}: expected {expected}, and the answer begins: {began}")


def _begins(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(2 * HEAD).decode("utf-8", "replace")
