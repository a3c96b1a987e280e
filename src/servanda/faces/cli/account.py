"""An account as text or JSON, for show and explain."""

from __future__ import annotations

import json
import sys

from servanda.faces.cli.text import account_text, console
from servanda.pages.plain import plain
from servanda.register.explain import Account


def give(made: Account, form: str, whole: bool) -> None:
    """Write the account."""
    if form == "json":
        json.dump(plain(made), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        account_text(console(sys.stdout), made, whole)
