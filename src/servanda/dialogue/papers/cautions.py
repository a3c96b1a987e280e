"""What not to claim, because the record does not carry it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from servanda.dialogue.papers.phrases import by, flat, quoted, said, sentence
from servanda.dialogue.papers.points import Point, View, deadline_of
from servanda.model.case import Conflict
from servanda.model.commitment import Commitment
from servanda.model.status import Status
from servanda.model.words import Instrument
from servanda.register.threads import Strand
from servanda.review.wording import either

_SHORTEST = 4


def avoid(view: View, strands: Sequence[Strand]) -> list[Point]:
    """What not to claim; a caution that goes for several promises of an item is given once."""
    made: list[Point] = []
    for rule in (_silence, _rung, _difference, _precision):
        made += _together(view, strands, rule)
    made += _amounts([one for strand in strands for one in strand.members if one.target])
    for one in related(view, strands):
        claims = "; ".join(flat(words) for words in one.claims)
        made.append(Point(sentence(f"Give no single account of {quoted(one.topic)}; sources differ: {claims}")))
    return made


def _together(view: View, strands: Sequence[Strand], rule: Callable[[View, Strand], str | None]) -> list[Point]:
    """What a rule says of each promise; where the item has several, with the titles of those of which it says it."""
    said_of: dict[str, list[Strand]] = {}
    for strand in strands:
        if words := rule(view, strand):
            said_of.setdefault(words, []).append(strand)
    made = []
    for words, found in said_of.items():
        lead = ""
        if len(strands) > 1:
            titles = [quoted(view.record.threads[one.thread].title) for one in found]
            lead = f"For {'each of ' if len(titles) > 1 else ''}{either(titles)}: "
        made.append(Point(lead + words, (), found[0].latest.id if len(found) == 1 else None))
    return made


def _silence(_: View, strand: Strand) -> str | None:
    if strand.ruling.status is Status.NO_EVIDENCE:
        return "Do not say that it was not delivered. No evidence was found, and that is a verdict on the search."
    if strand.is_silent:
        return "Do not say that it was not kept in the end. Nothing later than its date was found, either way."
    return None


def _rung(_: View, strand: Strand) -> str | None:
    instrument = strand.latest.instrument
    if instrument is Instrument.AGREEMENT:
        return None
    return f"Do not call it an agreement in force. It stands in a {instrument}."


def _difference(view: View, strand: Strand) -> str | None:
    """Where the keys do not turn the same way, nobody may say that both sides agree."""
    given = view.verdicts(strand.latest.id)
    parties = view.record.case.parties
    missing = [view.name(code) for code in parties if code not in given]
    if missing:
        words = f"Do not say that both sides agree on what became of it. {either(missing)} did not give a verdict"
        return sentence(words)
    if len({given[code].verdict for code in parties}) == 1:
        return None
    each = ", ".join(f"{view.name(code)} says {quoted(given[code].verdict)}" for code in parties)
    return sentence(f"Do not say that both sides agree on what became of it: {each}")


def _precision(_: View, strand: Strand) -> str | None:
    deadline = deadline_of(strand)
    when = deadline.when if deadline else None
    if deadline is None or when is None or when.precision == "day":
        return None
    return f"Do not name a day for it. Its source says no more than {said(when)}, read as {by(deadline)}."


def _amounts(promised: Sequence[Commitment]) -> list[Point]:
    """An amount is promised and no more, and amounts on different rungs are not added."""
    names = [one.id for one in promised]
    if not names:
        return []
    if len(names) == 1:
        words = f"Do not take the amount of {names[0]} for money or goods given. It is promised, and no more."
        return [Point(words, (), names[0])]
    words = f"Do not take the amounts of {either(names)} for money or goods given. They are promised, and no more."
    made = [Point(words)]
    rungs: dict[str, list[str]] = {}
    for one in promised:
        rungs.setdefault(str(one.instrument), []).append(one.id)
    if len(rungs) > 1:
        each = [f"{either(found)} in a {rung}" for rung, found in rungs.items()]
        made.append(
            Point(f"Do not add the amounts of {either(names)}. They stand on different rungs: {'; '.join(each)}.")
        )
    return made


def related(view: View, strands: Sequence[Strand]) -> list[Conflict]:
    """Rival claims that name a promise or its document, or share two words of their topic with its title.

    The names of the two parties do not count: they stand in almost every title.
    """
    named = set().union(*(_names(view, code) for code in view.record.case.parties))
    found = []
    for one in view.record.case.conflicts:
        told = " ".join((one.topic, *one.claims))
        for strand in strands:
            names = {name for member in strand.members for name in (member.id, member.document)}
            title = f"{view.record.threads[strand.thread].title} {strand.latest.says}"
            if any(name in told.split() for name in names) or len(_tokens(one.topic) & _tokens(title) - named) >= 2:
                found.append(one)
                break
    return found


def _names(view: View, code: str) -> set[str]:
    try:
        party = view.words.named(code)
    except KeyError:
        return set()
    return _tokens(" ".join((party.name, party.short, party.of, *party.aliases)))


def _tokens(words: str) -> set[str]:
    bare = "".join(one if one.isalnum() else " " for one in words.casefold())
    return {token for token in bare.split() if len(token) >= _SHORTEST}
