"""Roll calls that somebody hands in: who voted how on what, in which session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from servanda.errors import RequestError
from servanda.sources.table import Column, Sort, read


@dataclass(frozen=True, slots=True)
class Votes:
    """Rows of votes, all of one length; 1 yes, 2 abstain, 3 no, and whatever else the table has (absent, no member)."""

    rollcall: NDArray[np.str_]
    session: NDArray[np.int64]
    member: NDArray[np.str_]
    vote: NDArray[np.int64]


def votes(path: Path) -> Votes:
    """rollcall, session, member, vote: each member's vote on a roll call in a session, once."""
    columns = [Column("rollcall"), Column("session", Sort.WHOLE), Column("member"), Column("vote", Sort.WHOLE, 0)]
    made = read(path, columns, ["rollcall", "session", "member"])
    vote = made["vote"].to_numpy().astype(np.int64)
    if not np.isin(vote, (1, 2, 3)).any():
        raise RequestError(f"{path.name}: no row of 'vote' is 1 (yes), 2 (abstain) or 3 (no); code them so")
    return Votes(_codes(made["rollcall"]), made["session"].to_numpy().astype(np.int64), _codes(made["member"]), vote)


def _codes(column: object) -> NDArray[np.str_]:
    """A column of codes as an array of words; each word made once."""
    coded = column.combine_chunks().dictionary_encode()  # type: ignore[attr-defined]
    words = np.array(coded.dictionary.to_pylist(), dtype=str)
    result: NDArray[np.str_] = words[coded.indices.to_numpy()]
    return result
