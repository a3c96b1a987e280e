"""servanda dialogue: the cycle of meetings from the shell. Alone on a laptop the side is said with --side."""

from __future__ import annotations

import click

from servanda.faces.cli.talk.agenda import run as agenda
from servanda.faces.cli.talk.brief import run as brief
from servanda.faces.cli.talk.close import run as close
from servanda.faces.cli.talk.followup import run as followup
from servanda.faces.cli.talk.minutes import run as minutes
from servanda.faces.cli.talk.open import run as opening

EXAMPLES = """\b
Examples:
  servanda dialogue agenda IND KOR
  servanda dialogue open IND KOR --series "Strategic dialogue" --date 2027-02-10 --side IND
  servanda dialogue brief ind-kor.strategic-dialogue.1 --for IND --out brief.docx"""


@click.group("dialogue", epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def run() -> None:
    """Prepare, hold, close and follow up the meetings of a pair."""


for _name, _command in (
    ("open", opening), ("agenda", agenda), ("brief", brief), ("minutes", minutes), ("close", close),
    ("follow-up", followup),
):  # fmt: skip
    run.add_command(_command, _name)
