"""servanda read: a statement's commitments, each with its sentence."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from io import BufferedIOBase
from pathlib import Path
from typing import cast

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.model.proposal import Proposed, Restated
from servanda.pages.statement import Statement, data, docx, html, row
from servanda.settings import today

EXAMPLES = (
    "statement.pdf --parties IND,KOR --date 2018-07-10",
    "https://www.mea.gov.in/statement.htm --parties india,korea --format html --out read.html",
    "- --parties IND,KOR --format jsonl < statement.txt",
)


@verb("read", examples=EXAMPLES)
@click.argument("source", metavar="FILE|URL|-")
@click.option("--parties", help="Who made it: codes or names with commas, IND,KOR. Else as the text itself names them.")
@click.option("--date", "day", help="Its date, as 2018-07-10: what 'this year' is counted from. Else as the file says.")
@click.option("--title", help="Its title. Else as the file says.")
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl", "html", "docx"]), default="text",
              show_default=True, help="jsonl prints one object a passage; docx needs --out.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
def run(*, source: str, parties: str | None, day: str | None, title: str | None, form: str, out: Path | None) -> None:
    """Read a statement: every passage with its kind, every commitment with who, how far, by when, through what.

    PDF, HTML, Word, plain text and Markdown, from a file, a web address or the standard input (-). What is read is a
    proposal; `servanda accept` and the reading page decide.
    """
    if form == "docx" and out is None:
        raise RequestError("a Word file does not go to the terminal; say where: --out commitments.docx")
    page = statement(source, parties, day, title)
    if form == "docx" and out is not None:
        out.write_bytes(docx(page))
        return
    said = {"text": _text, "json": _json, "jsonl": _jsonl, "html": html}[form](page)
    if out:
        out.write_text(said, encoding="utf-8")
    else:
        sys.stdout.write(said)


def statement(source: str, parties: str | None = None, day: str | None = None, title: str | None = None) -> Statement:
    """Bring, extract and read one document."""
    from servanda.texts.extract.extract import extract, read_file, read_stdin
    from servanda.texts.fetch import fetch
    from servanda.texts.observe import observe
    from servanda.texts.read import shipped, weights
    from servanda.texts.split import split

    given = _codes(parties)
    dated = _day(day)
    if re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        brought = fetch(source)
        found = extract(brought.raw, brought.address, brought.media)
    else:
        raw = read_stdin(cast(BufferedIOBase, sys.stdin.buffer)) if source == "-" else read_file(Path(source))
        found = extract(raw, "standard input" if source == "-" else Path(source).name)
    name = title or found.title or (Path(source).stem if source != "-" else "statement")
    own = date.fromisoformat(found.date) if found.date else None
    on = dated or own or today()
    seen = observe(split(found.text), found.text, given, on, name)
    return Statement(
        source, name, on.isoformat(),
        "as given" if dated else "as the file says" if own else "today, for no date was given",
        seen.parties, "as given" if given == seen.parties else "as the text names them", weights(), found.text,
        _compared(shipped().read(seen), seen.parties, on), found.note,
    )  # fmt: skip


def _compared(passages: tuple[Proposed, ...], parties: tuple[str, ...], on: date) -> tuple[Proposed, ...]:
    """The passages beside what the register holds of the pair; a register that is not there is not made for it."""
    from servanda.settings import settings

    where = settings().store
    if where.startswith("sqlite:///") and not Path(where.removeprefix("sqlite:///")).exists():
        return passages
    from servanda.register.repeated import known_to, repeated
    from servanda.store.connect import Store

    record = known_to(Store(where), parties, on)
    return repeated(passages, record, on) if record else passages


def _codes(parties: str | None) -> tuple[str, ...]:
    """Codes of the parties that an option names."""
    if not parties:
        return ()
    from servanda.register.words import words
    from servanda.settings import settings
    from servanda.texts.parties import GROUPS

    known = words(settings().content)
    said = [one.strip() for one in parties.split(",") if one.strip()]
    if not said:
        raise RequestError(f"--parties '{parties}' names nobody; write for example --parties IND,KOR")
    return tuple(
        dict.fromkeys(one.upper() if one.upper() in {*GROUPS, "EU"} else known.party(one).code for one in said)
    )


def _day(said: str | None) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError as fault:
        raise RequestError(f"'{said}' is not a day; write --date 2018-07-10") from fault


def _json(page: Statement) -> str:
    return json.dumps(data(page), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _jsonl(page: Statement) -> str:
    return "".join(json.dumps(row(one), ensure_ascii=False, allow_nan=False) + "\n" for one in page.passages)


def _restated(one: Restated) -> str:
    return f"{one.earlier} ({one.probability:.2f}), changed: {one.change}"


def _text(page: Statement) -> str:
    """The commitments for a terminal, each with its sentence and its terms beneath."""
    counts = ", ".join(f"{number} {kind}" for kind, number in page.counts.items())
    lines = [
        page.title,
        f"{', '.join(page.parties) or 'no parties found'} ({page.parties_from}); {page.date} ({page.date_from}); "
        f"{page.words} words",
        f"{len(page.passages)} passages: {counts}",
        *page.notes,
        "",
    ]
    for number, one, terms in page.commitments:
        said = " ".join(one.text.split())
        facts: Sequence[tuple[str, str | None]] = (
            ("who", ", ".join(terms.parties)), ("how far", terms.action.value), ("area", terms.area.value),
            ("by when", f"{terms.deadline} = {terms.due or 'cannot be dated'}" if terms.deadline else None),
            ("how much", terms.quantity), ("through", terms.mechanism), ("what", terms.deliverable),
            ("concrete", f"{terms.concreteness:.0f} of 100" if terms.concreteness is not None else None),
            ("restates", _restated(terms.restates) if terms.restates else None),
        )  # fmt: skip
        lines.append(f"{number:>3}. {said}")
        lines.append("     " + "; ".join(f"{name}: {value}" for name, value in facts if value))
        because = ", ".join(f'"{page.text[why.start : why.end]}"' for why in one.why)
        lines.append(
            f"     paragraph {one.paragraph + 1}; probability {one.probability:.2f}"
            + (f"; because of {because}" if because else "")
        )
        lines.append("")
    lines.append("Proposed, not decided: check each against its sentence, then servanda accept.")
    return "\n".join(lines) + "\n"
