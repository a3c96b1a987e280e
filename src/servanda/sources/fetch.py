"""Fetch what a source has into a dated snapshot, call by call: resumed where it broke off, raw bytes kept with hash."""

from __future__ import annotations

import shutil
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from servanda.errors import ExtraMissing, RequestError, SourceFault
from servanda.model.data import DataSource
from servanda.model.snapshot import Piece, Snapshot
from servanda.settings import key, now
from servanda.sources.ask import Call
from servanda.sources.look import Looked, look
from servanda.sources.polite import SILENCE, Clock, download
from servanda.sources.snapshots import digest, is_held, keep, load, place, with_piece

if TYPE_CHECKING:
    import httpx2

SCRATCH = "answer"
EACH, SELDOM = 500, 100
"""The manifest is written after each answer; where it holds more than so many, after so many answers and at the end."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far a run is, for whoever shows it."""

    done: int
    of: int
    words: str


@dataclass(slots=True)
class _Run:
    source: DataSource
    root: Path
    clock: Clock
    tell: Callable[[Told], None]
    snapshot: Snapshot
    queue: deque[Call]
    done: int = 0
    made: int = 0
    last: float | None = None
    left: int | None = None


def clock() -> Clock:
    """The clock of this machine."""
    return Clock(now, time.sleep)


class _Enough(Exception):
    """As many calls were made as were allowed."""


def fetch(source: DataSource, calls: list[Call], root: Path, day: str, timer: Clock,
          tell: Callable[[Told], None], most: int | None = None) -> Snapshot:  # fmt: skip
    """Make the calls that the snapshot of the day does not hold yet, at most `most`; the snapshot, whole if all are.

    A call whose answer is cut at the limit of the source is made anew in halves. Raises SourceFault for an answer that
    is not what it should be: what came before it is kept, and the same command goes on there.
    """
    try:
        import httpx2
    except ImportError as fault:
        raise ExtraMissing("servanda fetch", "measures") from fault
    run = _Run(source, root, timer, tell, replace(load(root, source.id, day), is_whole=False), deque(calls))
    today = timer.now().date().isoformat()
    run.left = most
    run.made = sum(one.at.startswith(today) for one in run.snapshot.pieces)
    place(root, source.id, day).mkdir(parents=True, exist_ok=True)
    with httpx2.Client(timeout=SILENCE, follow_redirects=False) as client:
        try:
            while run.queue:
                _next(run, client)
        except _Enough:
            return run.snapshot
        finally:
            if len(run.snapshot.pieces) > EACH:
                keep(root, run.snapshot)
    run.snapshot = replace(run.snapshot, is_whole=True)
    keep(root, run.snapshot)
    return run.snapshot


def _next(run: _Run, client: httpx2.Client) -> None:
    """Make the first call of the queue, or find that its answer is held."""
    call = run.queue.popleft()
    held = run.snapshot.held(call.shown)
    if held is not None and is_held(run.root, run.snapshot, held):
        run.done += 1
        _more(run, call, _again(run, call, held))
        run.tell(Told(run.done, run.done + len(run.queue), f"held {held.file}"))
        return
    halves = call.halves()
    if halves and any(_is_begun(run, half) for half in halves):  # an earlier run found this call cut
        run.queue.extendleft(reversed(halves))
        return
    _ask(run, client, call)


def _ask(run: _Run, client: httpx2.Client, call: Call) -> None:
    own = call.address
    if run.left is not None:
        if run.left == 0:
            raise _Enough
        run.left -= 1
    if own.calls is not None and run.made >= own.calls:
        raise SourceFault(
            f"{run.source.id} allows {own.calls} calls a day and that many were made; "
            f"go on tomorrow with --date {run.snapshot.date}"
        )
    folder = place(run.root, run.source.id, run.snapshot.date)
    target = folder / call.file
    secret = _secret(call)
    _pause(run, own.pause)
    run.tell(Told(run.done, run.done + 1 + len(run.queue), f"ask {call.shown}"))
    headers = {own.key_header: secret} if own.key_header and secret else {}
    fresh = folder / f"{SCRATCH}-{call.file}"
    sent = download(client, call.asked(secret), call.shown, fresh, run.clock, headers,
                    lambda words: run.tell(Told(run.done, run.done + 1 + len(run.queue), words)))  # fmt: skip
    run.made += 1
    if sent.is_empty:
        run.done += 1
        run.tell(Told(run.done, run.done + len(run.queue), f"nothing at {call.shown}"))
        return
    try:
        seen = look(fresh, own.answer, call.shown, own.rows)
    except SourceFault:
        fresh.unlink()
        raise
    if seen.is_cut:
        fresh.unlink()
        _halve(run, call)
        return
    fresh.replace(target)
    piece = Piece(call.file, digest(target), target.stat().st_size, run.clock.now().isoformat(), call.shown, sent.media,
                  call.told, seen.rows)  # fmt: skip
    run.snapshot = with_piece(run.snapshot, piece)
    many = len(run.snapshot.pieces)
    if many <= EACH or many % SELDOM == 0:
        keep(run.root, run.snapshot)
    run.done += 1
    _more(run, call, seen)
    rows = "" if seen.rows is None else f", {seen.rows:,} rows"
    run.tell(Told(run.done, run.done + len(run.queue), f"kept {call.file} ({piece.size:,} bytes{rows})"))


def _halve(run: _Run, call: Call) -> None:
    halves = call.halves()
    if halves is None:
        raise SourceFault(
            f"{call.shown}: the answer is cut at {call.address.rows} rows and cannot be asked for in smaller parts; "
            "name products or partners, or use the address with a key"
        )
    run.queue.extendleft(reversed(halves))
    run.tell(Told(run.done, run.done + len(run.queue), f"cut at {call.address.rows} rows; asked again in two parts"))


def _is_begun(run: _Run, call: Call) -> bool:
    halves = call.halves()
    return run.snapshot.held(call.shown) is not None or bool(halves and any(_is_begun(run, half) for half in halves))


def _more(run: _Run, call: Call, seen: Looked) -> None:
    """The further pages, known from the first; or the one that an answer names as the next."""
    if call.address.is_cursored and seen.next:
        # Behind the others: the first answers of all calls tell how much there is, before any is read to its end.
        run.queue.append(replace(call, page=call.page + 1, cursor=seen.next))
    if call.address.is_paged and call.page == 1:
        run.queue.extendleft(replace(call, page=page) for page in range(seen.pages, 1, -1))


def _again(run: _Run, call: Call, held: Piece) -> Looked:
    path = place(run.root, run.source.id, run.snapshot.date) / held.file
    return look(path, call.address.answer, call.shown, None)


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known before a run: answers that are held, calls still to be made, and first calls of which nobody knows
    how many more they lead to."""

    held: int
    left: int
    unknown: int


def ahead(source: DataSource, calls: list[Call], root: Path, day: str) -> Ahead:
    """How many calls a run would make, by what the answers that are held say of the others; nothing is asked."""
    snapshot = load(root, source.id, day)

    def seen(call: Call) -> Looked | None:
        piece = snapshot.held(call.shown)
        if piece is None or not is_held(root, snapshot, piece):
            return None
        return look(place(root, source.id, day) / piece.file, call.address.answer, call.shown, None)

    held = left = unknown = 0
    for first in calls:
        call, found = first, seen(first)
        pages = found.pages if found else 1
        if found is None:
            unknown += call.address.is_paged or call.address.is_cursored
        while found is not None:
            held += 1
            if call.address.is_cursored and found.next:
                call = replace(call, page=call.page + 1, cursor=found.next)
            elif call.address.is_paged and call.page < pages:
                call = replace(call, page=call.page + 1)
            else:
                break
            found = seen(call)
        if found is None:
            left += max(pages - call.page + 1, 1)
    return Ahead(held, left, unknown)


def _pause(run: _Run, pause: float) -> None:
    """Never two calls closer together than the source wants them."""
    if run.last is not None:
        gone = run.clock.now().timestamp() - run.last
        if gone < pause:
            run.clock.sleep(pause - max(gone, 0))
    run.last = run.clock.now().timestamp()


def _secret(call: Call) -> str | None:
    name = call.address.key
    if name is None:
        return None
    found = key(name)
    if found is None:
        raise RequestError(f"this address asks for a key: set {name}, or choose another address of the source")
    return found


def add(path: Path, source: DataSource, root: Path, day: str, at: str, address: str | None = None,
        asked: dict[str, str] | None = None) -> Snapshot:  # fmt: skip
    """Take a file that somebody downloaded by hand into the snapshot of a day; the bytes are copied unchanged.

    Raises RequestError where there is no such file, or another of its name is there already.
    """
    if not path.is_file():
        raise RequestError(f"there is no file {path}")
    if not path.stat().st_size:
        raise RequestError(f"{path} is empty; download it again")
    snapshot, folder = load(root, source.id, day), place(root, source.id, day)
    target = folder / path.name
    found = digest(path)
    same = next((one for one in snapshot.pieces if one.file == path.name), None)
    if same is not None and same.sha256 != found:
        raise RequestError(
            f"{source.id} of {day} holds another {path.name} ({same.sha256[:12]}); "
            "give it another name, or another --date"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if same is None or not is_held(root, snapshot, same):
        shutil.copyfile(path, target)
    piece = Piece(path.name, found, target.stat().st_size, at, address, asked=asked or {})
    made = replace(with_piece(snapshot, piece), is_whole=True)
    keep(root, made)
    return made
