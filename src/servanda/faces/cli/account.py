"""An account as text or JSON, for show and explain."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TextIO

from servanda.faces.cli.text import account_text, console
from servanda.pages.plain import plain
from servanda.register.explain import Account


class Form(StrEnum):
    """How the account is given."""

    TEXT = "text"
    JSON = "json"


def give(made: Account, form: Form, whole: bool, file: TextIO) -> None:
    """Write the account."""
    if form is Form.JSON:
        json.dump(plain(made), file, ensure_ascii=False, indent=1)
        file.write("\n")
    else:
        account_text(console(file), made, whole)
