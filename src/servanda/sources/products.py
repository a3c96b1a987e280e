"""Named lists of products that content holds: codes with the source that named them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from servanda.errors import RequestError, nearest
from servanda.model.source import STRICT, Source
from servanda.settings import shipped_content
from servanda.store.door import Door


@dataclass(frozen=True, slots=True)
class ProductList:
    """A list of products by their codes, or the first digits of them, in one version of a classification."""

    __pydantic_config__ = STRICT

    id: str
    title: str
    classification: str
    source: Source
    codes: tuple[str, ...]
    note: str | None = None


def products(content: Path | None = None) -> dict[str, ProductList]:
    """Every list of products by its id; raises ContentError with file and place where one is not as it should be."""
    door = Door(content or shipped_content())
    found: dict[str, ProductList] = door.shelf("products", ProductList)
    for one in found.values():
        if wrong := [code for code in one.codes if not (code.isdigit() and 2 <= len(code) <= 6)]:
            place = f"products/{one.id}.yml"
            door.note(place, "codes", f"expected two to six digits each, found {', '.join(wrong[:5])}")
    door.close()
    return found


def product_list(name: str, content: Path | None = None) -> ProductList:
    """The list of an id; raises RequestError with the nearest ids."""
    held = products(content)
    if name in held:
        return held[name]
    near = nearest(name, held)
    raise RequestError(
        f"no list of products '{name}'; {f'nearest is {near[0]}' if near else 'there are ' + ', '.join(held)}"
    )
