"""servanda verify: does the chain of entries hold?"""

from __future__ import annotations

from typing import Annotated

import typer

from servanda.errors import StoreDamaged
from servanda.faces.cli.options import StoreOption, open_register
from servanda.register.verify import verify

EPILOG = "Examples:  servanda verify  ·  servanda verify --expect 5f0c...  (the hash that an earlier run printed)"


def run(
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", help="A hash printed by an earlier run: it must still stand in the chain.", show_default=False
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Read every entry; find any that was altered, removed or put out of order, and say which."""
    opened, _ = open_register(store, None, build=False)
    found = verify(opened, expect)
    if found.problems:
        shown = "\n".join(f"  {problem}" for problem in found.problems[:20])
        more = f"\n  and {len(found.problems) - 20} more" if len(found.problems) > 20 else ""
        raise StoreDamaged(
            f"the register does not hold, {len(found.problems)} problems in {found.entries} entries:\n{shown}{more}"
        )
    print(f"holds: {found.entries} entries, last hash {found.head}")
