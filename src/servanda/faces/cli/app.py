"""The command line: one file a verb. Help answers at once, for heavy parts are imported inside the verbs' files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click

from servanda import __version__
from servanda.errors import ServandaError, nearest

EXIT_CODES = {
    0: "done",
    1: "a fault of ours",
    2: "the request names something that is not there, or the options are off",
    3: "content must be mended; nothing was changed",
    4: "the register cannot be opened, read or written",
    5: "the chain of entries does not hold",
    6: "an optional part is not installed",
    130: "stopped by the keyboard",
}
VERBS = {
    "review": "Review a pair: promises, what came of them, what is overdue",
    "read": "Read a statement: its commitments, each with its sentence",
    "accept": "Accept what the reader proposes, by a named person's choice",
    "agreement": "Compare the coders of a text: alpha, and where they differ",
    "compare": "Compare two texts: what one promises and the other does not",
    "compute": "Compute a measure over a table of your own",
    "fetch": "Fetch what a data source has, into a dated snapshot",
    "add": "Add a file that you downloaded by hand to a snapshot",
    "contribute": "Find where you can help: programmes that fit you, each with why, and the gaps",
    "match": "Institutions that could be brought together, each with why and a letter",
    "scenario": "Ask what tariffs, barriers or a cut of supply would do, with intervals",
    "roadmap": "Dated steps: show, check, and the odds of each date",
    "commitments": "List commitments, by words and by facets",
    "show": "Show a commitment, thread, document, barrier or figure",
    "explain": "Explain a status: the rule, the evidence, every entry",
    "dialogue": "Prepare, hold, close and follow up the meetings of a pair",
    "verify": "Find any entry altered, removed or out of order",
    "import": "Turn what changed in the YAML into entries",
    "export": "Write the register back as YAML",
    "serve": "Serve the web pages on this machine",
    "accounts": "Keep the accounts: who may sign in, and as what",
}
_FILES = {"import": "bring"}
EXAMPLES = """\b
Examples:
  servanda review IND KOR
  servanda review india korea --as-of 2024-01-01 --area trade
  servanda commitments --search ship --overdue
  servanda explain C018
  servanda serve"""


class Verbs(click.Group):
    """Finds a verb's file only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which a newcomer needs them."""
        return list(VERBS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with one line each, without opening their files."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb."""
        if cmd_name not in VERBS:
            near = nearest(cmd_name, VERBS)
            hint = f"did you mean {' or '.join(near)}?" if near else f"the verbs are {', '.join(VERBS)}"
            raise click.UsageError(f"no verb '{cmd_name}'; {hint}", ctx)
        command = import_module(f"servanda.faces.cli.{_FILES.get(cmd_name, cmd_name)}").run
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=Verbs, epilog=EXAMPLES, context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, message="%(version)s")
def program() -> None:
    """Servanda: what states promise each other, and what comes of it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program; every fault becomes one clear sentence and an exit code of the table."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # names and words of every script, also where the machine writes one only
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    try:
        stopped = program.main(arguments, prog_name="servanda", standalone_mode=False)
        sys.stdout.flush()
        return stopped if isinstance(stopped, int) else 0
    except click.ClickException as fault:
        fault.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except ServandaError as fault:
        print(f"servanda: {fault}", file=sys.stderr)
        return fault.exit_code
    except BrokenPipeError:
        # The reader of the pipe has what it wanted; what is left unwritten must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit:
        return 0  # click leaves so where the reader of a pipe went away while it wrote
    except Exception as fault:
        if os.environ.get("SERVANDA_DEBUG"):
            raise
        words = f"a fault of ours: {type(fault).__name__}: {fault}. Nothing in the register was changed"
        print(f"servanda: {words}; set SERVANDA_DEBUG=1 to see where", file=sys.stderr)
        return 1
