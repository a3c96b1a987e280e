"""servanda verify: does the chain of entries hold?"""

from __future__ import annotations

import click

from servanda.errors import StoreDamaged
from servanda.faces.cli.options import open_register, register_options, verb
from servanda.register.verify import verify

SHOWN = 20


@verb("verify", examples=("", "--expect 5f0c...   (a hash that an earlier run printed)"))
@click.option("--expect", help="A hash printed by an earlier run: it must still stand in the chain.")
@register_options(content=False)
def run(*, expect: str | None, store: str | None) -> None:
    """Read every entry; find any that was altered, removed or put out of order, and say which."""
    opened, _ = open_register(store, build=False)
    found = verify(opened, expect)
    if found.problems:
        shown = "\n".join(f"  {problem}" for problem in found.problems[:SHOWN])
        more = f"\n  and {len(found.problems) - SHOWN} more" if len(found.problems) > SHOWN else ""
        raise StoreDamaged(
            f"the register does not hold, problems {len(found.problems)}, entries {found.entries}:\n{shown}{more}"
        )
    print(f"holds: {found.entries} entries, last hash {found.head}")
    for orphan in found.orphans:
        print(f"orphan: {orphan}")
