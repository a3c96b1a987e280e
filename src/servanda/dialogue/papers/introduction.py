"""A letter of one page that brings two institutions together, as a Word file: what is known, from where, who pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from servanda.dialogue.papers import paper
from servanda.opportunities.introductions import Introduction

CAUTION = (
    "The chance says what usually followed where institutions stood as these do. It judges nobody, and does not say "
    "that a paper ought to be written. Look at what both do now before this goes out."
)


def introduction(one: Introduction, names: Mapping[str, str], until: int, ahead: int, source: str, made: date) -> bytes:
    """The letter. `names` are of the parties, `source` says of what table the figures are."""
    first, second = one.names
    held = paper.begin(f"{first} and {second}", "Two institutions that may work together", made)
    held.add_heading(paper.allowed(f"{first} and {second}"), 1)
    sides = " and ".join(names.get(party, party) for party in one.parties)
    here = [f"{name} ({names.get(party, party)})" for name, party in zip(one.names, one.parties, strict=True)]
    said = (
        f"{here[0]} and {here[1]} have no joint paper until {until} in {source}. We write to ask whether both would "
        f"like to meet. Of the pairs of {sides} that were compared, this is number {one.place} by what usually goes "
        f"before a first joint paper, and number {one.by_size} by size alone."
    )
    held.add_paragraph(paper.allowed(said))
    held.add_heading("What speaks for it", 2)
    for words in one.reasons:
        held.add_paragraph(paper.allowed(f"{words[:1].upper()}{words[1:]}."), style="List Bullet")
    held.add_paragraph(
        paper.allowed(f"Chance of a first joint paper within {ahead} years: {one.chance:.1%} "
                      f"(95 % interval {one.low:.1%} to {one.high:.1%}, of the weights that were learned).")
    )  # fmt: skip
    held.add_heading("What may pay for it", 2)
    if not one.programmes:
        held.add_paragraph("The list of programmes holds none for joint research of the two.")
    for programme in one.programmes:
        line = f"{programme.title}, {programme.host} ({programme.state}). {programme.cycle}."
        held.add_paragraph(paper.allowed(line), style="List Bullet")
    held.add_paragraph(CAUTION)
    return paper.finish(held)
