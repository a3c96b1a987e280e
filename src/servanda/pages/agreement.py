"""How far the coders of a text agree, and every passage on which they differ."""

from __future__ import annotations

from dataclasses import dataclass

from servanda.errors import RequestError
from servanda.model.reading import Reading
from servanda.pages.frame import Ask
from servanda.pages.library import Library
from servanda.pages.reading import text_here
from servanda.register.agreement import Coder, Difference, Judged, compare


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """The coders, alpha of each thing they coded, and their differences; withheld while somebody still codes blind."""

    title: str
    text: str
    passages: int
    coders: tuple[Coder, ...]
    readings: tuple[Reading, ...]
    differences: tuple[Difference, ...]
    waiting: tuple[str, ...]
    problem: str | None
    address: str

    def said(self, one: Judged | None) -> str:
        """What a coder has of a passage, in a few words."""
        return saying(one)


def agreed(library: Library, ask: Ask, name: str) -> AgreementPage:
    """The page of a text; raises PageMissing where there is no such text."""
    text, record = text_here(library, name)
    try:
        found = compare(text, record)
    except RequestError as fault:
        title = f"Agreement: {text.title}"
        return AgreementPage(title, name, 0, (), (), (), (), str(fault), ask.link(f"/read/{name}"))
    waiting = tuple(one.name for one in found.coders if one.blind and one.coded < found.passages)
    return AgreementPage(
        f"Agreement: {found.title}", found.text, found.passages, found.coders,
        () if waiting else found.readings, () if waiting else found.differences, waiting, None,
        ask.link(f"/read/{name}"),
    )  # fmt: skip


def saying(one: Judged | None) -> str:
    """What a coder has of a passage: its kind, and of a commitment how far it goes, its area and its terms."""
    if one is None:
        return "not coded"
    if one.kind is None:
        return "no commitment"
    terms = one.coding.promised if one.coding else None
    if terms is None:
        return str(one.kind)
    said = (
        *terms.parties,
        str(one.action),
        str(one.area),
        terms.deadline,
        terms.quantity,
        terms.mechanism,
        terms.deliverable,
    )
    return f"{one.kind}: {', '.join(word for word in said if word)}"
