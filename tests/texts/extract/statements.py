"""Invented statements, and the same statement written as Markdown, HTML, DOCX and PDF."""

from __future__ import annotations

import html
import io
import json
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import docx
import typst

PARTIES = ("Avaria", "Brenland", "the Republic of Corvia", "Dorland")
ACTORS = ("The two sides", "Both ministers", "The Prime Minister of Avaria", "Brenland", "The two leaders", "They")
VERBS = ("will open", "agreed to establish", "intend to expand", "will jointly publish", "welcomed", "reaffirmed")
THINGS = (
    "a joint office for the certification of fisheries",
    "an efficient and affordable ferry between the two capitals",
    "a people-to-people fund for students of the natural sciences",
    "the long-term programme for offshore wind",
    "a working group on customs, quarantine and the flow of official data",
    "regular consultations at the level of vice-ministers",
    "the Protocol on Coastal Waters of 14 March 2027",
    "a high-level dialogue on cross-border infrastructure",
)
ENDS = (
    "by 2032",
    "before the end of fiscal year 2030-31",
    "with a contribution of USD 1.5 million from each side",
    "subject to domestic procedures",
    "no later than six months after the entry into force",
    "in accordance with their international obligations and the findings of the first review",
)
HEADINGS = ("Trade and Investment", "Energy and the Climate", "Defence Cooperation", "People and Culture", "The Seas")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, an item of a list, or a row of a table; `note` is the footnote at its end."""

    sort: str
    text: str
    note: str = ""


def sentence(draw: random.Random) -> str:
    ends = draw.sample(ENDS, draw.randint(1, 3))
    return f"{draw.choice(ACTORS)} {draw.choice(VERBS)} {draw.choice(THINGS)}, {' and '.join(ends)}."


def item(draw: random.Random) -> str:
    return f"{draw.choice(('open', 'expand', 'publish', 'review'))} {draw.choice(THINGS)} {draw.choice(ENDS)}"


def statement(seed: int, sections: int = 4) -> list[Part]:
    """A statement of some sections with paragraphs, numbered paragraphs, lists, lettered lists and a table."""
    draw = random.Random(seed)
    parts = [Part("title", f"Joint Statement of {PARTIES[0]} and {PARTIES[1]}")]
    parts.append(Part("p", " ".join(sentence(draw) for _ in range(3))))
    number = 1
    for heading in draw.sample(HEADINGS, sections):
        parts.append(Part("h", heading))
        for _ in range(draw.randint(1, 3)):
            parts.append(Part("p", f"{number}. " + " ".join(sentence(draw) for _ in range(draw.randint(1, 4)))))
            number += 1
        parts.append(Part("p", "To this end, the two sides will:"))
        sort = draw.choice(("li", "letter", "number"))
        count = draw.randint(2, 5)
        for place in range(count):
            end = "." if place == count - 1 else ";"
            mark = f"({chr(97 + place)}) " if sort == "letter" else ""
            parts.append(Part("p" if sort == "letter" else sort, f"{mark}{item(draw)}{end}"))
        parts.append(Part("p", sentence(draw)))
    parts.append(Part("h", "Agreed Dates"))
    for row in (
        ("Act", "Date", "Amount"),
        ("Ferry", "May 2032", "USD 5 million"),
        ("Office", "June 2033", "USD 1 million"),
    ):
        parts.append(Part("row", " | ".join(row)))
    parts.append(Part("p", "Done at Port Elm on 12 May 2031, in two originals."))
    return parts


def with_notes(parts: list[Part]) -> list[Part]:
    """The same with two footnotes."""
    places = [place for place, part in enumerate(parts) if part.sort == "p" and part.text.endswith(".")][1:6:3]
    notes = ("See the memorandum of 2029, which remains in force.", "The amount is in current money.")
    made = list(parts)
    for place, note in zip(places, notes, strict=True):
        made[place] = Part("p", made[place].text, note)
    return made


def markdown(parts: list[Part]) -> str:
    """As the light convention writes it: what every other format must be read as."""
    lines: list[str] = []
    notes: list[str] = []
    number = 0
    for part in parts:
        number = number + 1 if part.sort == "number" else 0
        mark = {"title": "## ", "h": "## ", "li": "- ", "number": f"{number}. "}.get(part.sort, "")
        lines.append(f"{mark}{part.text}")
        if part.note:
            notes.append(f"{len(notes) + 1}. {part.note}")
    return "\n\n".join([*lines, *(["## Footnotes", *notes] if notes else [])]) + "\n"


def page(parts: list[Part], head: str = "", before: str = "", after: str = "") -> str:
    """As a web page; what stands around it is given."""
    out: list[str] = []
    notes: list[str] = []
    opened = ""
    for part in [*parts, Part("end", "")]:
        want = {"li": "ul", "number": "ol", "row": "table"}.get(part.sort, "")
        if opened and want != opened:
            out.append(f"</{opened}>")
        if want and want != opened:
            out.append(f"<{want}>")
        opened = want
        text = html.escape(part.text)
        if part.note:
            notes.append(part.note)
            text += f'<sup><a href="#fn{len(notes)}" id="r{len(notes)}">{len(notes)}</a></sup>'
        if part.sort == "row":
            text = "".join(f"<td>{cell}</td>" for cell in text.split(" | "))
        tag = {"title": "h1", "h": "h2", "p": "p", "li": "li", "number": "li", "row": "tr"}.get(part.sort)
        out.append(f"<{tag}>{text}</{tag}>" if tag else "")
    if notes:
        listed = "".join(
            f'<li id="fn{n}">{html.escape(note)} <a href="#r{n}">↩</a></li>' for n, note in enumerate(notes, 1)
        )
        out.append(f'<section class="footnotes"><ol>{listed}</ol></section>')
    body = "\n".join(out)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{before}'
        f"<main><article>{body}</article></main>{after}</body></html>"
    )


CLUTTER_BEFORE = """
<div id="cookie-consent" class="banner"><p>We use cookies to improve your experience on this website. By going on you
agree to our use of cookies and to the processing of data.</p><button>Accept all</button></div>
<a class="skip-link" href="#main">Skip to main content</a>
<header><div class="logo">Ministry of Foreign Affairs of Avaria</div><nav><ul>
<li><a href="/">Home</a></li><li><a href="/press">Press releases</a></li><li><a href="/minister">The Minister</a></li>
</ul></nav></header>
<div class="breadcrumb"><a href="/">Home</a> / <a href="/press">Press</a> / Joint Statement</div>
<div class="share-buttons"><a href="#">Share on one network</a> <a href="#">Share on another</a></div>"""
CLUTTER_AFTER = """
<div class="social">Follow us on every network and never miss a statement of the Minister.</div>
<aside><h3>Related news</h3><ul><li><a href="/1">The Minister opens a trade fair in the harbour</a></li></ul></aside>
<div class="newsletter"><p>Subscribe to our newsletter and receive all statements by mail every week.</p></div>
<footer><p>© 2031 Ministry of Foreign Affairs. All rights reserved.</p><a href="/privacy">Privacy</a></footer>"""


def word(parts: list[Part]) -> bytes:
    """As a DOCX by python-docx, without footnotes."""
    made = docx.Document()
    table = None
    number = 0
    for part in parts:
        if part.sort == "row":
            table = table or made.add_table(0, 3)
            for cell, text in zip(table.add_row().cells, part.text.split(" | "), strict=True):
                cell.text = text
        elif part.sort in ("title", "h"):
            made.add_heading(part.text, 0 if part.sort == "title" else 1)
        else:
            line = made.add_paragraph(part.text, {"li": "List Bullet", "number": "List Number"}.get(part.sort))
            if part.sort == "number":
                number = number or _new_list(made)
                line.paragraph_format.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            else:
                number = 0
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _new_list(made: docx.document.Document) -> int:
    """A numbered list that begins with one, as Word makes it when it is told to count anew."""
    numbering = made.part.numbering_part.element
    style = made.styles["List Number"].element.pPr.numPr.numId.val
    fresh = numbering.add_num(numbering.num_having_numId(style).abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(fresh.numId)


LAYOUTS = {
    "plain": '#set page(paper: "a4", numbering: "1")\n#set text(size: 11pt)\n#set par(justify: false)\n',
    "letter": '#set page(paper: "us-letter", header: [Joint Statement #h(1fr) 12 May 2031], numbering: "1 / 1")\n'
    '#set text(size: 12pt)\n#set par(justify: true)\n',
    "columns": '#set page(paper: "a4", columns: 2, header: [Ministry of Foreign Affairs of Avaria], numbering: "1")\n'
    '#set text(size: 10pt, hyphenate: true)\n#set par(justify: true)\n',
    "ragged": '#set page(paper: "a4", columns: 2, footer: context [Page #counter(page).display() of the record])\n'
    "#set text(size: 9.5pt)\n",
    "indented": '#set page(paper: "a4", numbering: "- 1 -")\n#set text(size: 11pt, hyphenate: true)\n'
    "#set par(justify: true, first-line-indent: 1.5em, spacing: 0.65em)\n",
    "small": '#set page(width: 12cm, height: 18cm, numbering: "1", header: context [#if calc.even(counter(page).get()'
    '.first()) [Joint Statement] else [Ministry of Foreign Affairs]])\n#set text(size: 10pt, hyphenate: true)\n'
    "#set par(justify: true)\n",
}  # fmt: skip


def pdf(parts: list[Part], layout: str = "plain") -> bytes:
    """As a PDF by Typst, in one of the layouts."""
    out = [LAYOUTS[layout], '#set text(lang: "en")\n#show heading: set block(above: 1.4em)\n']
    before = ""
    rows: list[str] = []
    for part in [*parts, Part("end", "")]:
        if part.sort != "row" and rows:
            out.append(f"\n#table(columns: 3, {', '.join(rows)})\n")
            rows = []
        text = f"#{json.dumps(part.text, ensure_ascii=False)}"
        if part.note:
            text += f"#footnote[#{json.dumps(part.note, ensure_ascii=False)}]"
        if part.sort in ("title", "h"):
            size = "text(size: 16pt)" if part.sort == "title" else ""
            out.append(
                f"\n#heading(level: {1 if part.sort == 'title' else 2})[#{size}[{text}]]\n"
                if size
                else f"\n== {text}\n"
            )
        elif part.sort == "row":
            rows += [f"[#{json.dumps(cell)}]" for cell in part.text.split(" | ")]
        elif part.sort in ("li", "number"):
            out.append(("" if before == part.sort else "\n") + f"{'-' if part.sort == 'li' else '+'} {text}\n")
        else:
            out.append(f"\n{text}\n")
        before = part.sort
    return compiled("".join(out))


def compiled(source: str) -> bytes:
    """A PDF of Typst source."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.typ"
        path.write_text(source, encoding="utf-8")
        return bytes(typst.compile(str(path)))
