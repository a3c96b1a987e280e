"""The process that reads one document: `python -m servanda.texts.extract.child FORMAT`, bytes in, one line of JSON out.

It imports the reader of that one format only, and holds itself to the memory that it is given.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from servanda.texts.extract.draft import Draft


def main(arguments: list[str]) -> None:
    """Read the document on standard input, as `format`, in at most `bytes` of memory."""
    sort, most, charset = arguments
    _hold(int(most))
    raw = sys.stdin.buffer.read()
    try:
        made = reader(sort, charset)(raw)
    except ImportError:
        made = Draft(fault="missing")
    except (MemoryError, RecursionError):
        made = Draft(fault="long")
    sys.stdout.write(json.dumps(made.plain()))


def reader(sort: str, charset: str) -> Callable[[bytes], Draft]:
    """What reads a format; imports it."""
    if sort == "pdf":
        from servanda.texts.extract.pdf import read_pdf

        return read_pdf
    if sort == "docx":
        from servanda.texts.extract.docx import read_docx

        return read_docx
    from servanda.texts.extract.html import read_html
    from servanda.texts.extract.plain import decode

    return lambda raw: read_html(decode(raw, charset).text)


def _hold(most: int) -> None:
    """Take no more memory than this, and leave no image of it behind on a crash; Windows has no such limit."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
