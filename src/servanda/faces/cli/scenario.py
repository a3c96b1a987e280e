"""servanda scenario: what a package of changes would do to a pair, run, listed and shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from servanda import __version__
from servanda.errors import RequestError
from servanda.faces.cli.options import verb
from servanda.pages.parts import part
from servanda.pages.plain import plain
from servanda.scenarios.shelf import find, listed
from servanda.settings import settings

EXAMPLES = """\b
Examples:
  servanda scenario list
  servanda scenario run ind-kor/request-list
  servanda scenario run mine.yml --out result.json"""
LEAST = 0.005


@click.group("scenario", epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def run() -> None:
    """What a package of tariffs and barriers would do to a pair: by party and by line, with how sure that is."""


def _content(option: Path | None) -> Path:
    return settings(None, str(option) if option else None).content


_CONTENT = click.option(
    "--content", type=click.Path(path_type=Path), help="Folder of content, in place of the shipped one."
)


@verb("scenario list", examples=("",))
@_CONTENT
def listing(*, content: Path | None) -> None:
    """Every scenario that is shipped, with its title."""
    for one in listed(_content(content)):
        print(f"{one.name:36} {one.scenario.title} ({one.scenario.kind})")


@verb("scenario show", examples=("ind-kor/request-list",))
@click.argument("name")
@_CONTENT
def show(*, name: str, content: Path | None) -> None:
    """What a scenario says, whose idea it is, on what it runs and what it leaves out."""
    where = _content(content)
    scenario, held = _held().hold(find(name, where), where)
    print(f"{scenario.title}\n{scenario.idea.says}")
    for one in scenario.idea.documents:
        print(f"  spoken of in {one} (servanda show {one})")
    for source in scenario.idea.sources:
        print(f"  {source.title} {source.url or ''}".rstrip())
    _say("Runs on", [f"{file} {digest[:12]}" for file, digest in held.inputs])
    _say("Takes for granted", held.assumed)
    _say("Leaves out", scenario.leaves_out)


@verb("scenario run", examples=("ind-kor/request-list", "mine.yml --out result.json"))
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the whole result as JSON here.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--draws", type=int, help="Draws of the parameters, in place of the scenario's.")
@click.option("--seed", type=int, help="Where the draws begin, in place of the scenario's.")
@_CONTENT
def execute(
    *, name: str, out: Path | None, shape: str, draws: int | None, seed: int | None, content: Path | None
) -> None:
    """Run a shipped scenario by name, or a file of your own. The same file, tables and seed give the same digits."""
    from dataclasses import replace

    held_, where = _held(), _content(content)
    from servanda.scenarios.run import run as compute

    scenario, held = held_.hold(find(name, where), where)
    given = {key: value for key, value in (("draws", draws), ("seed", seed)) if value is not None}
    made = compute(replace(scenario, **given), held, __version__)
    answer = json.dumps(plain(made), ensure_ascii=False, allow_nan=False, indent=1)
    if out is not None:
        try:
            out.write_text(answer + "\n", encoding="utf-8")
        except OSError as fault:
            raise RequestError(f"cannot write {out}: {fault.strerror or fault}; choose another place") from fault
        print(f"wrote {len(made.numbers)} numbers and {len(made.lines)} lines to {out}", file=sys.stderr)
    elif shape == "json":
        print(answer)
    else:
        _text(made)


def _text(made: Any) -> None:
    scenario = made.scenario
    print(f"{scenario.title} ({scenario.draws:,} draws, seed {scenario.seed}; 95 in 100 within the brackets)")
    for party in scenario.parties:
        print(f"\n{party}")
        for one in made.numbers:
            if one.party == party:
                at = one.interval
                print(f"  {one.name:12} {_n(at.value)} [{_n(at.low)} to {_n(at.high)}] {one.unit}")
    if made.carry:
        print(f"\n{len(made.carry)} of {len(made.lines)} lines carry 80 per cent of what moves: "
              + ", ".join(f"{code} into {importer}" for code, importer in made.carry[:10]))  # fmt: skip
    for one in made.years:
        print(f"  year {one.year}, {one.party}: exports {_n(one.exports)}, imports {_n(one.imports)}, "
              f"balance {_n(one.balance)}, revenue {_n(one.revenue)}")  # fmt: skip
    for one in made.drivers:
        bars = "; ".join(f"{bar.parameter} {_n(bar.low)} to {_n(bar.high)}" for bar in one.bars)
        print(f"  drives {one.name} of {one.party}: {bars}")
    _say("Takes for granted", made.assumed)
    _say("Leaves out", made.leaves_out)
    _say("Ran on", [f"{file} {digest[:12]}" for file, digest in made.inputs])


def _say(head: str, rows: Any) -> None:
    if rows:
        print(f"\n{head}:")
        for row in rows:
            print(f"  {row}")


def _n(value: float) -> str:
    return f"{value:+,.1f}" if abs(value) >= 10 else f"{value:+.3g}" if abs(value) >= LEAST / 100 else "0"


def _held() -> Any:
    """The module that reads tables, or the word that an optional part is missing."""
    return part("servanda.scenarios.held", "servanda scenario")


for _name, _command in (("run", execute), ("list", listing), ("show", show)):
    run.add_command(_command, _name)
