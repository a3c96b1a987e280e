"""The whole interface as an OpenAPI description: made from the routes and the table of forms, so that it is true."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from servanda import __version__
from servanda.faces.web.fields import FIELDS, LINE, NAME, OF_ALL, UNDERTAKING, WORDS
from servanda.model.dialogue import ItemState, Rhythm
from servanda.model.words import Action, Area, Publisher, Shown
from servanda.pages.contribute import ASKS
from servanda.store.search import FACETS

ADDRESS = "/openapi.json"
PLACES = {
    "/{case}/dialogue": "dialogue", "/{case}/dialogue/{name}": "meeting", "/{case}/items/{name}": "item",
    "/{case}/follow-up": "followup",
}  # fmt: skip
RETURNED = "/{case}/dialogue/{name}/returned"
FORMS: dict[str, dict[str, int]] = {
    "/signin": {"token": LINE, "name": NAME, "password": 200, "next": WORDS},
    "/signin/code": {"token": LINE, "code": NAME, "next": WORDS},
    "/signout": {"token": LINE},
    "/account": {
        "token": LINE, "do": NAME, "old": 200, "new": 200, "again": 200, "code": NAME, "session": NAME,
    },
    "/read": {
        "token": LINE, "characters": 2_000_000, "title": LINE, "date": NAME, "first": NAME, "second": NAME,
        "document": LINE, "language": NAME, "type": NAME, "level": NAME, "publisher": NAME, "url": WORDS, "who": NAME,
        "as_of": NAME,
    },
    "/read/{name}": {
        "token": LINE, "who": NAME, "blind": 1, "as_of": NAME, "answer": NAME, "decision": NAME, "sha256": NAME,
        "start": 9, "end": 9, "from": 9, "to": 9, "cut": 9, "words": WORDS, "continues": LINE, "kind": NAME,
        "says": WORDS, "parties": NAME, "action": NAME, "area": NAME, "bodies": WORDS, "deadline": NAME, "due": NAME,
        "quantity": LINE, "mechanism": LINE, "deliverable": LINE, "thread": LINE,
    },
    RETURNED: {**OF_ALL, "accepted": 6, "file64": 15_000_000},
}  # fmt: skip
"""Forms beside those of the dialogue's deeds."""
LISTS: dict[str, Sequence[str]] = {
    "rhythm": list(Rhythm), "state": list(ItemState), "action": list(Action), "area": list(Area),
    "shows": list(Shown), "publisher": list(Publisher), "way": ["up", "down"], "about": ["meeting", "item"],
}  # fmt: skip
MANY = ("parties", "keep", "accepted")
"""Fields that come several times."""
_SEARCH = (*FACETS, "thread", "q", "overdue", "sort", "page")
ASKED: dict[str, Sequence[str]] = {
    "/{case}": ("area", "peers"),
    "/{case}/report.{kind}": ("area", "peers"),
    "/commitments": _SEARCH,
    "/{case}/commitments": _SEARCH,
    "/{case}/timeline": ("kind",),
    **dict.fromkeys(("/contribute", "/contribute.{kind}", "/{case}/contribute", "/{case}/contribute.{kind}"), ASKS),
    "/{case}/barriers": ("status",),
    "/{case}/region": ("by", "votes"),
    "/{case}/technology": ("field",),
    "/{case}/technology/pairs.{kind}": ("field",),
    "/{case}/technology/letter.docx": ("one", "other", "field"),
    "/{case}/scenarios": ("with",),
    "/read": ("document", "who"),
    "/read/{name}": ("who", "blind", "at", "after", "from", "to", "words"),
    "/{case}/items/{name}/score": tuple(UNDERTAKING),
    "/{case}/dialogue/{name}/excerpt.docx": ("owner",),
    "/{case}/calendar/{owner}.ics": ("as",),
    "/signin": ("next",),
    "/signin/code": ("next",),
    "/signin/return": ("code", "state", "error"),
}
"""What may be asked in an address, beside the day, the format, and alone on a laptop the name and the side."""
_ANSWERS = {
    "200": "The page, its JSON twin, or the paper.", "303": "Done, or not signed in: go on there.",
    "400": "That cannot be; a sentence says why.", "401": "Nobody is signed in.", "403": "Not for you.",
    "404": "Not here.", "405": "Nothing is done so here.", "409": "Somebody else changed the same.",
    "413": "Too large.", "429": "Too often.",
}  # fmt: skip


def served(routes: Sequence[BaseRoute]) -> Route:
    """The address of the description of the routes, itself among them."""

    def show(request: object) -> Response:
        return JSONResponse(described([*routes, own]))

    own = Route(ADDRESS, show)
    return own


def described(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The description of the routes."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        if isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                paths.setdefault(route.path, {})[method.lower()] = _act(route.path, method)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Servanda", "version": __version__},
        "paths": paths,
    }


def _act(path: str, method: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "parameters": [_in_path(name) for name in re.findall(r"\{(\w+)\}", path)],
        "responses": {status: {"description": words} for status, words in _ANSWERS.items()},
    }
    if method == "GET":
        names = (*ASKED.get(path, ()), "as_of", "format", *(("who", "side") if path in PLACES else ()))
        made["parameters"] += [_in_query(name) for name in dict.fromkeys(names)]
    else:
        sort = "multipart/form-data" if path in (RETURNED, "/read") else "application/x-www-form-urlencoded"
        made["requestBody"] = {"required": True, "content": {sort: {"schema": _body(path)}}}
    return made


def _in_path(name: str) -> dict[str, Any]:
    words = {"type": "string", "minLength": 1, "maxLength": LINE, "pattern": "^[^/]+$"}
    return {"name": name, "in": "path", "required": True, "schema": words}


def _in_query(name: str) -> dict[str, Any]:
    if name == "as_of":
        return {"name": name, "in": "query", "schema": {"type": "string", "format": "date"}}
    if name == "format":
        return {"name": name, "in": "query", "schema": {"enum": ["json", "csv"]}}
    words = {"type": "string", "maxLength": WORDS}
    return {
        "name": name,
        "in": "query",
        "schema": words if name == "state" else _field(name, UNDERTAKING.get(name, WORDS)),
    }


def _body(path: str) -> dict[str, Any]:
    """The form that an address takes; of the dialogue one of several, by its deed."""
    if path not in PLACES:
        file = {"file": {"type": "string", "format": "binary"}} if path in (RETURNED, "/read") else {}
        done = {"deed": {"enum": ["returned", "take"]}} if path == RETURNED else {}
        return _object({name: _field(name, most) for name, most in FORMS[path].items()} | file | done)
    forms = []
    for (place, deed), held in FIELDS.items():
        if place == PLACES[path]:
            fields = {name: _field(name, most) for name, most in {**OF_ALL, **held}.items()}
            forms.append(_object(fields | {"deed": {"const": deed}}, ["deed"]))
    return {"oneOf": forms}


def _object(fields: Mapping[str, Any], required: Sequence[str] = ()) -> dict[str, Any]:
    needed = ["token", *required]
    return {"type": "object", "properties": dict(fields), "required": needed, "additionalProperties": False}


def _field(name: str, most: int) -> dict[str, Any]:
    words: dict[str, Any] = {"type": "string", "maxLength": most}
    if name in LISTS:
        words = {"type": "string", "enum": [str(one) for one in LISTS[name]]}
    return {"type": "array", "items": words, "maxItems": 20} if name in MANY else words
