"""servanda compare: two texts of one document, a draft and its final, last year's and this year's."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from servanda.faces.cli.options import verb
from servanda.faces.cli.read import statement
from servanda.pages.statement import row
from servanda.texts.compare import Comparison, Differing, compare


@verb("compare", examples=("delhi.pdf seoul.pdf --parties IND,KOR", "2024.txt 2025.txt --format json"))
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--parties", help="Who made them: IND,KOR. Else as the texts themselves name them.")
@click.option("--date", "day", help="The date of both, as 2018-07-10. Else as each file says.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def run(*, left: str, right: str, parties: str | None, day: str | None, form: str) -> None:
    """Compare two texts: commitments on one side only, then those that differ, then wording."""
    one, other = statement(left, parties, day), statement(right, parties, day)
    found = compare(one.passages, other.passages)
    if form == "json":
        sys.stdout.write(json.dumps(_data(found), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(_text(found, left, right))


def _data(found: Comparison) -> dict[str, object]:
    def pairs(given: Sequence[Differing]) -> list[dict[str, object]]:
        return [{"what": list(one.what), "left": row(one.left), "right": row(one.right)} for one in given]

    return {
        "only_left": [row(one) for one in found.only_left],
        "only_right": [row(one) for one in found.only_right],
        "terms": pairs(found.terms),
        "wording": pairs(found.wording),
        "said_left": [row(one) for one in found.said_left],
        "said_right": [row(one) for one in found.said_right],
        "same": found.same,
    }


def _text(found: Comparison, left: str, right: str) -> str:
    lines = []
    for title, alone in (
        (f"Promised in {left} only", found.only_left),
        (f"Promised in {right} only", found.only_right),
    ):
        lines += [f"{title}: {len(alone)}", *(f"  - {' '.join(one.text.split())}" for one in alone), ""]
    for title, given in (("Promised in both, with a difference", found.terms), ("Other wording", found.wording)):
        lines.append(f"{title}: {len(given)}")
        for one in given:
            lines.append(f"  {', '.join(one.what)}")
            lines += [f"    A: {' '.join(one.left.text.split())}", f"    B: {' '.join(one.right.text.split())}"]
        lines.append("")
    rest = len(found.said_left) + len(found.said_right)
    lines.append(f"The same in both: {found.same} passages. Without a promise and on one side only: {rest}.")
    return "\n".join(lines) + "\n"
