"""All errors that a reader of Servanda can meet, by what the reader must do.

ServandaError                 nothing else reaches a face
├── ContentError              mend a YAML file: file, place in it, what was expected, what to write
├── ValueProblem              one value cannot be; the door turns it into a ContentError
├── RequestError              asked for what is not there: names the nearest
│   ├── TextUnreadable        a file or an address gives no text: says why, and what to do
│   └── SourceFault           a data source answers otherwise than it is known to: says which, how, and what to do
├── StoreError                the register cannot be opened, read or written
│   ├── StoreTooNew           made by a newer version of Servanda
│   ├── StoreBusy             another process holds it
│   └── StoreDamaged          the chain of entries does not hold
├── ExtraMissing              an optional part is not installed: names the extra
└── PageMissing               no page at this address
"""

from __future__ import annotations

from collections.abc import Iterable


class ServandaError(Exception):
    """Root of what is shown to a user as one clear sentence."""

    exit_code = 1


class ValueProblem(ServandaError, ValueError):
    """A value that cannot be, with what to write instead."""

    exit_code = 3


class ContentError(ServandaError):
    """A file of content that must be mended. Lists at most five problems, and says how many there are."""

    exit_code = 3

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(f"  {problem}" for problem in self.problems[:5])
        more = len(self.problems) - 5
        rest = f"\n  and {more} more" if more > 0 else ""
        count = len(self.problems)
        super().__init__(
            f"{count} problem{'s' if count != 1 else ''} in the content; nothing was changed:\n{shown}{rest}"
        )


class RequestError(ServandaError):
    """Asked for something that is not there."""

    exit_code = 2


class TextUnreadable(RequestError):
    """A file or an address that gives no text to read: says which, why, and what to do."""


class SourceFault(RequestError):
    """A data source that answers otherwise than it is known to: says which, how, and what to do."""


class StoreError(ServandaError):
    """The register cannot be opened, read or written. Nothing that was acknowledged is lost."""

    exit_code = 4


class StoreTooNew(StoreError):
    """The register was made by a newer version."""


class StoreBusy(StoreError):
    """Another process holds the register."""


class StoreDamaged(StoreError):
    """The chain of entries does not hold."""

    exit_code = 5


class ExtraMissing(ServandaError):
    """An optional part is not installed."""

    exit_code = 6

    def __init__(self, command: str, extra: str) -> None:
        super().__init__(f"{command} needs an optional part that is not installed: pip install 'servanda[{extra}]'")


class PageMissing(ServandaError):
    """No page at this address."""

    exit_code = 2


def nearest(word: str, words: Iterable[str], limit: int = 3) -> list[str]:
    """The words most like `word`, best first: for the hint in a RequestError.

    A word that differs only in case or in leading zeros comes before all others: C18 is most like C018.
    """
    from difflib import get_close_matches

    by_fold = {known.casefold(): known for known in words}
    same = [known for fold, known in by_fold.items() if _bare(fold) == _bare(word.casefold())]
    close = [by_fold[fold] for fold in get_close_matches(word.casefold(), by_fold, n=limit, cutoff=0.5)]
    return list(dict.fromkeys([*same, *close]))[:limit]


def _bare(fold: str) -> str:
    """The word without the zeros that lead its numbers."""
    import re

    return re.sub(r"(?<!\d)0+(?=\d)", "", fold)
