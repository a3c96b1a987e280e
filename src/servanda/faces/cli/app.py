"""The command line: one file a verb. Help answers at once, for heavy parts are imported inside the verbs' files."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click
import typer
from typer.core import TyperGroup

from servanda import __version__
from servanda.errors import ServandaError

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
    "review": "Review a pair: what was promised, what came of it, what is overdue",
    "commitments": "List commitments, by words and by facets",
    "show": "Show one commitment with its evidence and sources",
    "explain": "Explain a status: the rule, the evidence, every entry",
    "verify": "Find any entry altered, removed or out of order",
    "import": "Turn what changed in the YAML into entries",
    "export": "Write the register back as YAML",
    "serve": "Serve the web pages on this machine",
}
_FILES = {"import": "bring"}

EPILOG = (
    "Examples:  servanda review IND KOR  ·  servanda review india korea --as-of 2024-01-01 --area trade  ·  "
    "servanda commitments --search ship --overdue  ·  servanda explain C018  ·  servanda serve"
)


class Verbs(TyperGroup):
    """Finds a verb's file only when it is called or when help lists it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which a newcomer needs them."""
        return list(VERBS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with one line each, without opening their files."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a verb."""
        if name not in VERBS:
            return None
        module = import_module(f"servanda.faces.cli.{_FILES.get(name, name)}")
        single = typer.Typer(add_completion=False)
        single.command(name, epilog=getattr(module, "EPILOG", None))(module.run)
        return typer.main.get_command(single)


program = typer.Typer(
    cls=Verbs, no_args_is_help=True, add_completion=False, epilog=EPILOG, rich_markup_mode=None,
    help="Servanda: what states promise each other, and what comes of it.",
)  # fmt: skip


@program.callback(invoke_without_command=True)
def _top(version: bool = typer.Option(False, "--version", help="Print the version and stop.")) -> None:
    if version:
        print(__version__)
        raise typer.Exit


def main(arguments: list[str] | None = None) -> Any:
    """Run the program; every fault becomes one clear sentence and an exit code of the table."""
    try:
        program(arguments, standalone_mode=False)
        code = 0
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as fault:
        fault.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except ServandaError as fault:
        print(f"servanda: {fault}", file=sys.stderr)
        code = fault.exit_code
    except BrokenPipeError:
        # The reader of the pipe has what it wanted; what is left unwritten must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as fault:
        if os.environ.get("SERVANDA_DEBUG"):
            raise
        print(f"servanda: a fault of ours: {type(fault).__name__}: {fault}. Nothing in the register was changed; "
              "set SERVANDA_DEBUG=1 to see where", file=sys.stderr)  # fmt: skip
        code = 1
    sys.exit(code)
