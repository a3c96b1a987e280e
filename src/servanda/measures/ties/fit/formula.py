"""What a formula says: `rta + log(dist) + C(year):log(dist)` as terms of columns.

A sum of terms; a term is a product (`:`) of columns, each as it stands or as log(x), exp(x), x^2 or C(x) for dummies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from servanda.errors import RequestError


class Form(StrEnum):
    """How a column enters."""

    ITSELF = "itself"
    LOGARITHM = "log"
    EXPONENTIAL = "exp"
    DUMMIES = "C"


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a term, with its form and its power."""

    column: str
    form: Form = Form.ITSELF
    power: int = 1


@dataclass(frozen=True, slots=True)
class Term:
    """A product of parts, named as the user wrote it."""

    name: str
    parts: tuple[Part, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it needs."""
        return tuple(part.column for part in self.parts)


NAME = r"(?:`[^`]+`|[^\W\d]\w*(?:\.\w+)*)"
PART = re.compile(rf"^(?:(?P<form>log|exp|C)\(\s*(?P<inner>{NAME})\s*\)|(?P<bare>{NAME}))(?:\^(?P<power>[1-9]))?$")
EXAMPLE = "write for example: rta + log(dist) + cntg + C(year):log(dist)"


def terms(said: str) -> tuple[Term, ...]:
    """The terms of a formula, in its order; raises RequestError naming what cannot be read."""
    found: list[Term] = []
    for piece in _split(said, "+"):
        name = re.sub(r"\s+", "", piece) if "`" not in piece else piece
        if not name:
            raise RequestError(f"the formula '{said}' has an empty term; {EXAMPLE}")
        if name == "1":
            continue  # the constant is always there
        if name in [one.name for one in found]:
            raise RequestError(f"the formula names {name} twice; name each term once")
        found.append(Term(name, tuple(_part(one.strip(), said) for one in _split(name, ":"))))
    return tuple(found)


def response(said: str) -> Term:
    """What is explained: one column, as it stands or as log(x)."""
    found = terms(said)
    if len(found) != 1 or len(found[0].parts) != 1 or found[0].parts[0].form is Form.DUMMIES:
        raise RequestError(f"'{said}' is no response; write a column, or log(column)")
    return found[0]


def _split(said: str, at: str) -> list[str]:
    """The pieces of a text between a sign, that between backquotes left alone."""
    pieces, quoted = [""], False
    for letter in said:
        quoted ^= letter == "`"
        if letter == at and not quoted:
            pieces.append("")
        else:
            pieces[-1] += letter
    return [piece.strip() for piece in pieces]


def _part(said: str, whole: str) -> Part:
    found = PART.match(said)
    if found is None:
        raise RequestError(f"'{said}' in the formula '{whole}' cannot be read; {EXAMPLE}")
    column = (found["inner"] or found["bare"]).strip("`")
    form = Form(found["form"]) if found["form"] else Form.ITSELF
    power = int(found["power"] or 1)
    if form is Form.DUMMIES and power != 1:
        raise RequestError(f"'{said}': dummies have no power; write C({column})")
    return Part(column, form, power)
