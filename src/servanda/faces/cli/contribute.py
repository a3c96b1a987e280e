"""servanda contribute: where somebody can help, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, verb
from servanda.model.programme import Profile, Want
from servanda.opportunities.match import Contribution

EXAMPLES = (
    "--profile me.yml",
    "--country India --towards Korea --level doctorate --skill 'battery materials' --want 'research project'",
    "--profile me.yml --format ics --out closing-dates.ics",
    "--profile me.yml --save search.yml   (kept only because you ask; run it again to see what is new)",
    "--check   (what the keeper of the programmes should mend)",
)
SHOWN = 10
QUESTIONS = (
    ("country", "Where do you belong (a country)"),
    ("towards", "Where do you want to go or work with (a country)"),
    ("who", "As what do you ask: person, institution, company, start-up, think tank"),
    ("level", "Level completed: school, bachelor, master, doctorate"),
    ("skills", "What do you know (words, with commas)"),
    ("wants", f"What do you want: {', '.join(Want)}"),
)


@verb("contribute", examples=EXAMPLES)
@click.option("--profile", "file", type=click.Path(path_type=Path), help="A YAML file: country, towards, who, level, "
              "fields, skills, wants, age, partners, about; or a saved search. Without it and without the options "
              "below you are asked.")  # fmt: skip
@click.option("--country", "party", help="Where you belong.")
@click.option("--towards", help="Where you want to go, or with whom to work.")
@click.option("--who", help="person, institution, company, start-up or think tank.")
@click.option("--level", help="Level completed: school, bachelor, master, doctorate.")
@click.option("--skill", "skills", multiple=True, help="What you know; may be given several times.")
@click.option("--want", "wants", multiple=True, help=f"{', '.join(Want)}; may be given several times.")
@click.option("--check", is_flag=True, help="Name stale deadlines, old knowledge and dead ends of the list instead.")
@click.option("--all", "whole", is_flag=True, help=f"Every match, not the first {SHOWN}.")
@click.option("--format", "form", type=click.Choice(["text", "json", "ics", "docx", "html"]), default="text",
              show_default=True, help="ics: a calendar of closing dates; docx: Word; html: a page.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--save", "kept", type=click.Path(path_type=Path), help="Keep the search in this file.")
@as_of_option
@register_options()
def run(
    *, file: Path | None, party: str | None, towards: str | None, who: str | None, level: str | None,
    skills: tuple[str, ...], wants: tuple[str, ...], check: bool, whole: bool, form: str, out: Path | None,
    kept: Path | None, as_of: str | None, store: str | None, content: Path | None,
) -> None:  # fmt: skip
    """Say what you know, where you are and what you want; get programmes that fit, each with why, and the gaps.

    What you say stays on this machine, and is kept only where you ask by --save.
    """
    from servanda.opportunities.asking import profile, read
    from servanda.opportunities.match import contribute
    from servanda.opportunities.minilm import Embedder, is_here
    from servanda.opportunities.programmes import home_of
    from servanda.opportunities.saved import new_since, save, split
    from servanda.settings import cache

    day = as_of_day(as_of)
    opened, found = open_register(store, content)
    records, home = _records(opened, found.content, day), home_of(found.content)
    if check:
        _flags(home, records, day)
        return
    said: dict[Any, Any] = {"country": party, "towards": towards, "who": who, "level": level,
                            "skills": list(skills), "wants": list(wants)}  # fmt: skip
    said = {name: value for name, value in said.items() if value}
    plain = read(file) if file else {}
    rest, seen, _ = split(plain)
    said = {**rest, **said} if said or file else _asked()
    wanted: Profile = profile(said, home)
    made = contribute(wanted, home, records, day, Embedder(cache()) if is_here() else None)
    if kept:
        save(kept, made)
        print(f"kept the search in {kept}", file=sys.stderr)
    _give(made, form, out, whole, () if seen is None else new_since(made, seen))


def _asked() -> dict[str, str]:
    """The answers to the questions; an empty answer leaves a matter unknown."""
    return {name: click.prompt(words, default="", show_default=False, err=True) for name, words in QUESTIONS}


def _records(opened: Any, content: Path, day: Any) -> tuple[Any, ...]:
    from servanda.pages.library import Library

    library = Library(opened, content)
    known = [library.known(case, day) for case in library.cases()]
    return tuple(one for one in known if one is not None)


def _flags(content: Path, records: tuple[Any, ...], day: Any) -> None:
    from servanda.opportunities.check import check
    from servanda.opportunities.gaps import promises
    from servanda.opportunities.programmes import held

    pairs = tuple(one.case.parties for one in records)
    flags = check(held(content), pairs, day, promises(records, day))
    for flag in flags:
        print(f"{flag.sort}: {flag.programme}: {flag.says}")
    print(f"{len(flags)} to look at", file=sys.stderr)


def _give(made: Contribution, form: str, out: Path | None, whole: bool, new: tuple[str, ...]) -> None:
    if form == "docx" and out is None:
        raise RequestError("a Word file is not for the terminal; name it: --format docx --out programmes.docx")
    data: bytes
    if form == "docx":
        from servanda.pages.offer import offer_docx

        data = offer_docx(made)
    elif form == "html":
        from servanda.pages.offer import offer_html

        data = offer_html(made)
    elif form == "ics":
        from servanda.opportunities.feed import feed

        data = feed(made.matches, made.as_of)
    elif form == "json":
        from servanda.pages.plain import plain

        twin = {**plain(made), "new": list(new)}
        data = (json.dumps(twin, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    else:
        data = _text(made, whole, new).encode()
    if out is None:
        sys.stdout.write(data.decode())
        return
    try:
        out.write_bytes(data)
    except OSError as fault:
        raise RequestError(f"{out} cannot be written: {fault.strerror or fault}") from fault
    print(f"wrote {out}", file=sys.stderr)


def _text(made: Contribution, whole: bool, new: tuple[str, ...]) -> str:
    lines = [f"{len(made.matches)} programmes may fit, nearness reckoned {made.meaning}", ""]
    for place, one in enumerate(made.matches if whole else made.matches[:SHOWN], 1):
        lines.append(f"{place}. {one.title} ({one.host}){' [new]' if one.id in new else ''}")
        lines += [f"   closes: {one.closes}", f"   {one.fit}; {one.state}; {one.known}; {one.confidence}"]
        lines += [f"   - {reason.holds}: {reason.says}" for reason in one.reasons]
        lines += [f"   serves {its.case}/{its.id}: {its.title}" for its in one.serves]
        lines += [f"   note: {one.note}"] if one.note else []
        lines += [f"   {one.url or 'no page is known'}", ""]
    barred = [f"{one.title}: {_first(one)}" for one in (made.not_met if whole else made.not_met[:SHOWN])]
    lines += ["A rule is not met:", *(f"  {one}" for one in barred), ""] if barred else []
    if made.gaps:
        lines += ["Promised, and no programme serves it:"]
        lines += [f"  {one.case}/{one.thread}: {one.title} ({one.status}; {one.why})" for one in made.gaps]
        lines.append("")
    return "\n".join([*lines, *made.notes]) + "\n"


def _first(one: Any) -> str:
    return next(str(reason.says) for reason in one.reasons if reason.holds == "not met")
