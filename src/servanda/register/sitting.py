"""One unit of work of a coder: answers become decisions, decisions become changes of the register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from servanda.errors import RequestError, nearest
from servanda.model.case import Record
from servanda.model.commitment import Commitment, Thread
from servanda.model.decision import Answer, Coding, Decision
from servanda.model.entry import Change
from servanda.model.plain import from_plain, to_plain
from servanda.model.proposal import Kind as Does
from servanda.model.words import Act, Kind
from servanda.register.anchor import cut
from servanda.register.desk import Desk, Stretch, is_word, parts
from servanda.register.undertake import Named, commitment_of, next_id, slug, thread_title
from servanda.register.words import Words
from servanda.store import entries, items

STALE = "the text or its passages have changed since this page was made; nothing was written: open it again"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer about a stretch of a text; `coding` where a person corrects or adds, `cuts` where they split.

    `thread` is the one that an accepted commitment continues; without it the commitment begins its own.
    """

    answer: Answer
    start: int
    end: int
    coding: Coding | None = None
    cuts: tuple[int, ...] = ()
    thread: str | None = None


class Sitting:
    """What a coder's answers change, gathered in order. The record at hand follows each of them."""

    def __init__(
        self,
        unit: Connection,
        record: Record,
        desk: Desk,
        words: Words | None,
        at: str,
        proposed: dict[Stretch, Coding],
    ) -> None:
        self.unit, self.record, self.desk, self.words, self.at, self.proposed = unit, record, desk, words, at, proposed
        self.changes: list[Change] = []
        case = record.case.id
        self.used = entries.refs(unit, case, Kind.COMMITMENT)
        self.threads = set(entries.refs(unit, case, Kind.THREAD))
        its = [name for name in entries.refs(unit, case, Kind.DECISION) if name.startswith(f"{desk.text.id}-")]
        self.number = max((int(name.rsplit("-", 1)[1]) for name in its), default=0)

    def take(self, one: Said) -> Decision:
        """The decision that an answer makes, with the changes it brings."""
        where = self._where(one)
        given = self._coding(one, where)
        gone = self._gone(one, where)
        begun = len(self.changes)
        commitment = self._commitment(where, given, gone)
        # The decision stands before what follows from it, so that all before it can be had back.
        follows, self.changes = self.changes[begun:], self.changes[:begun]
        text = self.desk.text
        self.number += 1
        made = Decision(
            id=f"{text.id}-{self.number:04}", case=text.case, text=text.id,
            quote=cut(text.characters, *where, text.sha256), coder=self.desk.coder, answer=one.answer, at=self.at,
            proposed=self.proposed.get(where), coding=given, cuts=one.cuts, blind=self.desk.blind,
            commitment=commitment, withdraws=tuple(held.id for held in gone), search=text.search,
        )  # fmt: skip
        self._put(Kind.DECISION, made.id, made)
        self.changes += follows
        return made

    def let_go(self, last: Decision) -> None:
        """Withdraw a decision with its commitment; what it had withdrawn is in force again, with its own commitment."""
        again = [one for name in last.withdraws if (one := self.record.decisions.get(name))]
        restored = {one.commitment: one for one in again if one.commitment}
        if last.commitment and last.commitment not in restored:
            self._withdraw(last.commitment)
        for name in sorted(restored):
            self._restore(name, restored[name], last)
        self.changes.append(Change(Act.WITHDRAW, Kind.DECISION, last.id, last.case, None))

    def _where(self, one: Said) -> Stretch:
        characters = self.desk.text.characters
        words = characters[max(0, one.start) : max(0, one.end)]
        if not is_word(words):
            raise RequestError("no words were chosen; mark some in the text")
        start = max(0, one.start) + len(words) - len(words.lstrip())
        end = max(0, one.start) + len(words.rstrip())
        if one.answer is Answer.ADD:
            return start, end
        if one.answer is Answer.MERGE:
            first = next((at for at, passage in enumerate(self.desk.passages) if passage.start == start), None)
            last = next((at for at, passage in enumerate(self.desk.passages) if passage.end == end), None)
            if first is None or last is None or last <= first:
                raise RequestError("two passages or more are merged, from the beginning of one to the end of another")
        elif self.desk.at(start, end) is None:
            raise RequestError(STALE)
        pieces = [characters[begin:stop] for begin, stop in parts((start, end), one.cuts)]
        if one.answer is Answer.SPLIT and (len(pieces) < 2 or not all(map(is_word, pieces))):
            raise RequestError("a passage is split inside, with words on both sides of the cut")
        return start, end

    def _gone(self, one: Said, where: Stretch) -> list[Decision]:
        """The decisions that this one withdraws: those about the same words."""
        met = {at: held for at, held in self.desk.decided.items() if at[0] < where[1] and where[0] < at[1]}
        if one.answer is Answer.ADD and met.keys() - {where}:
            words = next(held for at, held in met.items() if at != where).words[:60]
            raise RequestError(
                f"some of these words are decided already (“{words}”); split that passage, or take it back"
            )
        return list(met.values())

    def _coding(self, one: Said, where: Stretch) -> Coding | None:
        """What the person says it is."""
        proposed = self.proposed.get(where)
        if one.answer.moves:
            return None
        if one.answer in (Answer.ACCEPT, Answer.REJECT) and proposed is None:
            raise RequestError(f"nothing is proposed here to {one.answer}; say yourself what the passage is")
        if one.answer is Answer.REJECT:
            if proposed and proposed.kind is not Does.COMMITMENT:
                raise RequestError("the reader proposes no commitment here; accept that, or correct the kind")
            return None
        given = proposed if one.answer is Answer.ACCEPT else one.coding
        if given is None:
            raise RequestError("say what the passage is: commitment, outcome, expectation, call or position")
        if given.kind is Does.COMMITMENT and given.terms is None:
            raise RequestError("a commitment needs who undertakes it, how far it goes and its area")
        if one.answer is Answer.ACCEPT and given.terms:
            # That it restates an earlier promise is the machine's guess, unless the person says so.
            again = given.terms.restates if one.thread else None
            given = replace(given, thread=one.thread, terms=replace(given.terms, restates=again))
        kept = given if given.kind is Does.COMMITMENT else replace(given, terms=None, says=None, bodies=(), thread=None)
        return replace(kept, probability=None, reader=None)

    def _commitment(self, where: Stretch, given: Coding | None, gone: Sequence[Decision]) -> str | None:
        """The commitment that follows; those of the decisions withdrawn go, or are said anew under their id."""
        if self.desk.blind:
            return None
        held = [old.commitment for old in gone if old.commitment]
        keeps = given is not None and given.promised is not None
        for name in held[1:] if keeps else held:
            self._withdraw(name)
        return self._undertake(where, given, held[0] if held else None) if keeps and given else None

    def _undertake(self, where: Stretch, given: Coding, held: str | None) -> str:
        text = self.desk.text
        assert self.words is not None
        quote = cut(text.characters, *where, text.sha256)
        name = held or self._next()
        old = self.record.commitments.get(name)
        thread = self._thread(given, old, thread_title(given, quote), name)
        search = old.search if old else text.search
        made = commitment_of(self.record, text, quote, given, Named(name, thread), self.words, search)
        self._put(Kind.COMMITMENT, name, made)
        if old and old.thread != thread:
            self._leave(old)
        self.record.commitments[name] = made
        return name

    def _thread(self, given: Coding, old: Commitment | None, title: str, name: str) -> str:
        """The thread that the person names, the one it was in, or a new one: what the machine thinks binds nobody."""
        case = self.record.case.id
        wanted = given.thread
        if wanted:
            full = wanted if wanted.startswith(f"{case}.") else f"{case}.{wanted}"
            if full not in self.record.threads:
                near = nearest(full, self.record.threads)
                raise RequestError(
                    f"no thread '{wanted}' in this case" + (f"; nearest are {', '.join(near)}" if near else "")
                )
            return full
        if old:
            return old.thread
        thread = slug(case, title, name, self.threads)
        self.threads.add(thread)
        self.record.threads[thread] = Thread(thread, case, title)
        self._put(Kind.THREAD, thread, self.record.threads[thread])
        return thread

    def _next(self) -> str:
        name = next_id(self.record.case.id, self.used)
        while items.case_of(self.unit, Kind.COMMITMENT, name) is not None:
            self.used.append(name)
            name = next_id(self.record.case.id, self.used)
        self.used.append(name)
        return name

    def _withdraw(self, name: str) -> None:
        """Withdraw a commitment; raises RequestError where the record says more of it than that it was promised."""
        rests = [row.id for row in self.record.evidence.values() if row.commitment == name]
        rests += [row.id for row in self.record.assessments.values() if row.commitment == name]
        if rests:
            raise RequestError(f"{name} has evidence or assessments in the register ({rests[0]}); withdraw those first")
        one = self.record.commitments.pop(name, None)
        if one is not None:
            self.changes.append(Change(Act.WITHDRAW, Kind.COMMITMENT, name, one.case, None))
            self._leave(one)

    def _leave(self, one: Commitment) -> None:
        """Withdraw a thread that its last commitment has left."""
        its = self.record.commitments.values()
        if one.thread in self.record.threads and not any(o.id != one.id and o.thread == one.thread for o in its):
            del self.record.threads[one.thread]
            self.changes.append(Change(Act.WITHDRAW, Kind.THREAD, one.thread, one.case, None))

    def _restore(self, name: str, holds: Decision, before: Decision) -> None:
        """Put a commitment back as it was between the decision that holds again and the later one, with its thread."""
        said = [entry for entry in entries.of(self.unit, [(Kind.COMMITMENT, name)]) if entry.act == Act.PUT]
        earlier = [entry.body for entry in said if self._seq(holds) < entry.seq < self._seq(before)]
        if not earlier:  # the case was brought in from elsewhere, without its history
            raise RequestError(f"this register does not know what {name} was before; decide the passage anew instead")
        one: Commitment = from_plain(Kind.COMMITMENT, json.loads(earlier[-1]))
        now = self.record.commitments.pop(name, None)
        if one.thread not in self.record.threads:
            past = [entry for entry in entries.of(self.unit, [(Kind.THREAD, one.thread)]) if entry.act == Act.PUT]
            self.record.threads[one.thread] = from_plain(Kind.THREAD, json.loads(past[-1].body))
            self._put(Kind.THREAD, one.thread, self.record.threads[one.thread])
        self._put(Kind.COMMITMENT, name, one)
        self.record.commitments[name] = one
        if now and now.thread != one.thread:
            self._leave(now)

    def _seq(self, one: Decision) -> int:
        return max(entry.seq for entry in entries.of(self.unit, [(Kind.DECISION, one.id)]))

    def _put(self, kind: Kind, ref: str, noun: object) -> None:
        self.changes.append(Change(Act.PUT, kind, ref, self.record.case.id, to_plain(noun)))
