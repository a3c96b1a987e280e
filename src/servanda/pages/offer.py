"""Programmes that fit, as a Word file or a page of its own: each with why, when it closes, how old that is."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from servanda.dialogue.papers import paper
from servanda.opportunities.match import Contribution, Match
from servanda.pages.frame import Ask
from servanda.pages.render import environment, style
from servanda.review.wording import count, day

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TITLE = "Where you can contribute"
CAVEAT = (
    "A rule is met, not met or unknown by what its source says and what you said of yourself. Unknown is not yes: ask "
    "the host before you rely on it."
)


def offer_html(found: Contribution) -> bytes:
    """The answer as one HTML file that needs nothing beside it. It holds nothing of what was said of oneself."""
    made = environment().get_template("offer.html")
    return made.render(
        found=found, title=TITLE, caveat=CAVEAT, style=Markup(style()), ask=Ask(found.as_of, live=False)
    ).encode()  # fmt: skip


def offer_docx(found: Contribution) -> bytes:
    """The answer as a Word file. It holds what was said of oneself only as the kinds that are wanted."""
    made = paper.begin(TITLE, "Programmes that may fit", found.as_of)
    made.add_heading(TITLE, 0)
    made.add_paragraph(f"As of {day(found.as_of)}: {count(len(found.matches), 'programme')} may fit. {CAVEAT}")
    rows = [(place, one.title, one.host, one.closes) for place, one in enumerate(found.matches, 1)]
    paper.table(made, ("No.", "Programme", "Host", "Closes"), rows, (1.2, 6, 4, 5))
    for place, one in enumerate(found.matches, 1):
        _told(made, f"{place}. {one.title}", one)
    if found.not_met:
        made.add_heading("A rule is not met", 1)
        for one in found.not_met:
            _told(made, one.title, one)
    if found.gaps:
        made.add_heading("Promised, and no programme serves it", 1)
    for gap in found.gaps:
        said = f"{gap.title}: {gap.says} Promised {day(gap.first_promised)}; {gap.status}; {gap.why}."
        made.add_paragraph(paper.allowed(said), style="List Bullet")
    for note in found.notes:
        made.add_paragraph(paper.allowed(note))
    return paper.finish(made)


def _told(made: Any, heading: str, one: Match) -> None:
    made.add_heading(paper.allowed(heading), 2)
    made.add_paragraph(paper.allowed(f"{one.host}. {one.fit}. Closes: {one.closes}. {one.known} ({one.confidence})."))
    for reason in one.reasons:
        made.add_paragraph(paper.allowed(f"{reason.holds}: {reason.says}"), style="List Bullet")
    if one.serves:
        served = "; ".join(f"{its.title} ({its.case}/{its.id})" for its in one.serves)
        made.add_paragraph(paper.allowed(f"Serves what was promised: {served}."))
    if one.url:
        paper.address(made.add_paragraph(), one.url)
