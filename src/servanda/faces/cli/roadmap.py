"""servanda roadmap: dated steps towards what was promised, shown, checked, forecast, brought in and sent out."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from servanda.errors import ContentError, RequestError, nearest
from servanda.faces.cli.options import as_of_day, as_of_option, open_register, register_options, verb
from servanda.model.case import Record
from servanda.model.roadmap import Roadmap
from servanda.pages.library import Library
from servanda.pages.plain import plain
from servanda.register import roadmaps as held
from servanda.register.threads import strands
from servanda.store import yaml
from servanda.store.door import Door

if TYPE_CHECKING:
    from servanda.pages.roadmaps import Outlook

EXAMPLES = """\b
Examples:
  servanda roadmap show
  servanda roadmap check ind-kor.shipbuilding
  servanda roadmap forecast ind-kor.shipbuilding --as-of 2026-11-23
  servanda roadmap export ind-kor.shipbuilding --out shipbuilding.ics"""
FORM = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
CASE = click.option("--case", help="The case that a file of your own belongs to, such as ind-kor.")


@click.group("roadmap", epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def run() -> None:
    """Dated steps towards what was promised: who, by when, after what, and the odds of each date."""


@verb("roadmap show", examples=("", "ind-kor.shipbuilding", "mine.yml --case ind-kor"))
@click.argument("name", required=False)
@CASE
@FORM
@as_of_option
@register_options()
def show(
    *, name: str | None, case: str | None, form: str, as_of: str | None, store: str | None, content: Path | None
) -> None:
    """A roadmap with its steps, its plan and its risks; without a name, every roadmap that is held."""
    library, day = _library(store, content), as_of_day(as_of)
    if name is None:
        every = [one for ref in library.cases() for one in library.record(ref, day).roadmaps.values()]
        if form == "json":
            _json([plain(one) for one in every])
        for one in every if form == "text" else ():
            print(f"{one.id:28} {one.title} ({one.area}; {len(one.milestones)} steps)")
        return
    roadmap, record = _find(library, name, case, day)
    if form == "json":
        _json(plain(roadmap))
        return
    print(
        f"{roadmap.title}\n{roadmap.says}\nBy {roadmap.by}, {roadmap.on}.{' ' + roadmap.note if roadmap.note else ''}"
    )
    made = _outlook(roadmap, record, day)
    for row in made.rows:
        mark = "done " + str(row.done) if row.done else "critical" if row.is_critical else f"{row.slack} days to spare"
        rests = row.step.commitment or f"proposal: {row.step.proposal.title if row.step.proposal else ''}"
        print(f"  {row.step.id:18} {row.step.due!s:12} {row.step.title} ({row.step.owner}; {rests}; {mark})")
        if row.step.needs:
            print(f"  {'':18} needs {', '.join(row.step.needs)}")
    for risk in roadmap.risks:
        print(f"  risk: {risk.says}{' Seen in ' + ', '.join(risk.seen_in) + '.' if risk.seen_in else ''}")


@verb("roadmap check", examples=("ind-kor.naval-cooperation", "mine.yml --case ind-kor"))
@click.argument("name")
@CASE
@FORM
@as_of_option
@register_options()
def check(*, name: str, case: str | None, form: str, as_of: str | None, store: str | None, content: Path | None) -> int:
    """Steps that wait for each other, dates that cannot be, what is late, and the critical path. Exit code 3 where
    something cannot be."""
    library, day = _library(store, content), as_of_day(as_of)
    made = _outlook(*_find(library, name, case, day), day)
    if form == "json":
        _json({"faults": plain(made.faults), "plan": plain(made.plan)})
    else:
        for one in made.faults:
            print(f"{one.weight}: {one.says}")
        if made.plan is not None:
            print(f"critical path, to {made.plan.ends}: {' -> '.join(made.plan.path)}")
        if not made.faults:
            print("nothing is off")
    return 3 if any(one.weight == "wrong" for one in made.faults) else 0


@verb("roadmap forecast", examples=("ind-kor.shipbuilding", "ind-kor.shipbuilding --seed 2 --format json"))
@click.argument("name")
@CASE
@click.option("--seed", type=int, default=1, show_default=True, help="Where the draws begin.")
@FORM
@as_of_option
@register_options()
def predict(
    *, name: str, case: str | None, seed: int, form: str, as_of: str | None, store: str | None, content: Path | None
) -> None:
    """The odds of each date, by how long promises of that area took in the record, and what holds up the whole."""
    library, day = _library(store, content), as_of_day(as_of)
    made = _outlook(*_find(library, name, case, day), day, seed)
    if made.forecast is None or made.known is None:
        raise ContentError([one.says for one in made.faults if one.weight == "wrong"])
    if form == "json":
        _json({"every promise": plain(made.forecast), "promises of which something is known": plain(made.known)})
        return
    print(f"{made.roadmap.title}, as of {day}: odds by every promise, and by those of which something is known")
    for row in made.rows:
        one, some = row.expected, row.known
        if row.done or one is None or some is None:
            print(f"  {row.step.id:18} {row.step.due!s:12} done {row.done}")
            continue
        late = f"half of the draws by {one.likely}" if one.likely else "more than half of the draws never end"
        print(f"  {row.step.id:18} {row.step.due!s:12} {_odds(one)}, {_odds(some)}; {late}")
    print(f"  {'all of it':18} {'':12} {_share(made.forecast.whole.value)}, {_share(made.known.whole.value)}")
    first = next(iter(made.forecast.holds), None)
    if first:
        print(f"most often first to be late: {first} ({_share(made.forecast.holds[first])} of the draws)")
    for of in dict.fromkeys(row.expected.waits for row in made.rows if row.expected and not row.done):
        print(f"lengths from {of}; {made.forecast.draws:,} draws, seed {seed}")


SENT = ("ind-kor.shipbuilding --out shipbuilding.csv", "ind-kor.shipbuilding --out shipbuilding.ics --events")
FORMS = (".csv", ".ics", ".yml", ".svg", ".png")
OUT = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write, by its ending."
)


@verb("roadmap export", examples=SENT)
@click.argument("name")
@OUT
@click.option("--events", is_flag=True, help="Whole days in place of tasks, for calendars that show no tasks.")
@CASE
@as_of_option
@register_options()
def send(
    *, name: str, out: Path, events: bool, case: str | None, as_of: str | None, store: str | None, content: Path | None
) -> None:
    """Write a roadmap as a table, a calendar, a file of content, or a picture that prints."""
    from servanda.scenarios.exchange import to_calendar, to_table

    library, day = _library(store, content), as_of_day(as_of)
    roadmap, record = _find(library, name, case, day)
    kind = out.suffix.lower()
    if kind not in FORMS:
        raise RequestError(f"{out.name} names no form; write a name that ends in one of {', '.join(FORMS)}")
    try:
        if kind == ".yml":
            yaml.write(out, held.plain(roadmap))
        elif kind == ".csv":
            out.write_text(to_table(roadmap), encoding="utf-8", newline="")
        elif kind == ".ics":
            out.write_bytes(to_calendar(roadmap, events))
        else:
            chart = _outlook(roadmap, record, day).chart()
            if chart is None:
                raise RequestError("steps that wait for each other cannot be drawn; see 'servanda roadmap check'")
            out.write_bytes(chart.svg_file.encode() if kind == ".svg" else chart.png)
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror or fault}; choose another place") from fault
    print(f"wrote {len(roadmap.milestones)} steps to {out}", file=sys.stderr)


@verb("roadmap import", examples=("shipbuilding.csv --case ind-kor --out shipbuilding.yml",))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@OUT
@click.option("--case", required=True, help="The case that it belongs to, such as ind-kor.")
@as_of_option
@register_options()
def bring(*, file: Path, out: Path, case: str, as_of: str | None, store: str | None, content: Path | None) -> None:
    """Turn a table (.csv) or a calendar (.ics) into a file of content, and say what differs from what is held.

    `servanda import` then enters it, with who and why, once the file lies in the case's folder of roadmaps.
    """
    from servanda.scenarios.exchange import changed, from_calendar, from_table

    library, day = _library(store, content), as_of_day(as_of)
    try:
        raw = file.read_bytes()
    except OSError as fault:
        raise RequestError(f"cannot read {file}: {fault.strerror or fault}") from fault
    if file.suffix.lower() not in (".csv", ".ics"):
        raise RequestError(f"{file.name} is neither a table nor a calendar; give a file that ends in .csv or .ics")
    rows = from_calendar(raw, file.name) if file.suffix.lower() == ".ics" else from_table(_words(raw, file), file.name)
    door = Door(file.parent)
    roadmap = door.noun(Roadmap, {**rows, "id": f"{case}.{out.stem}", "case": case}, file.name)
    door.close()
    record = library.record(case, day)
    before = record.roadmaps.get(roadmap.id)
    for step, field, old, new in changed(before, roadmap.milestones) if before else ():
        print(f"{step}: {field} was {old}, is {new}")
    try:
        yaml.write(out, held.plain(roadmap))
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror or fault}; choose another place") from fault
    print(f"wrote {len(roadmap.milestones)} steps to {out}", file=sys.stderr)


def _words(raw: bytes, file: Path) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise RequestError(f"{file.name}: byte {fault.start} is not UTF-8; save the table as CSV UTF-8") from fault


def _library(store: str | None, content: Path | None) -> Library:
    opened, found = open_register(store, content)
    return Library(opened, found.content)


def _find(library: Library, name: str, case: str | None, day: date) -> tuple[Roadmap, Record]:
    """A roadmap of the register by its id, or of a file, with the record that it belongs to."""
    path = Path(name)
    if path.suffix in (".yml", ".yaml"):
        if case is None:
            raise RequestError(f"{name} is a file of your own; say with --case to which pair it belongs")
        if not path.exists():
            raise RequestError(f"there is no file {name}; 'servanda roadmap show' names those that are held")
        door = Door(path.parent)
        made = held.read(door, path, case)
        door.close()
        assert made is not None
        return made, library.record(case, day)
    records = [library.record(ref, day) for ref in library.cases()]
    known = {one: record for record in records for one in record.roadmaps}
    if name not in known:
        near = nearest(name, known)
        hint = f"nearest is {near[0]}" if near else f"there are {', '.join(known) or 'none'}"
        raise RequestError(f"no roadmap '{name}'; {hint}")
    return known[name].roadmaps[name], known[name]


def _outlook(roadmap: Roadmap, record: Record, day: date, seed: int = 1) -> Outlook:
    from servanda.pages.roadmaps import outlook

    return outlook(roadmap, record, strands(record, day), day, seed)


def _odds(one: Any) -> str:
    odds = one.odds
    return f"{_share(odds.value)} ({_share(odds.low)} to {_share(odds.high)})"


def _share(value: float | None) -> str:
    from servanda.review.wording import odds

    return "none" if value is None else odds(value)


def _json(thing: Any) -> None:
    json.dump(thing, sys.stdout, ensure_ascii=False, allow_nan=False, indent=1)
    print()


for _name, _command in (("show", show), ("check", check), ("forecast", predict), ("import", bring), ("export", send)):
    run.add_command(_command, _name)
