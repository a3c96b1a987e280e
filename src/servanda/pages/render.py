"""Pages to HTML: one template of the same name as the page. Every value is shown as text, never as markup."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from servanda import __version__
from servanda.pages.frame import CHAPTERS, GROUPS, Ask
from servanda.review import wording

HERE = Path(__file__).parent
STATUS_CLASSES = {
    "delivered": "delivered", "partly delivered": "partly", "in progress: on schedule": "onschedule",
    "in progress: behind schedule": "behind", "not started": "notstarted", "lapsed": "lapsed",
    "superseded": "superseded", "no evidence found": "noevidence",
}  # fmt: skip


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates, with the review's own way of saying numbers."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(
        day=wording.day, share=wording.share, percent=wording.percent, years=wording.years, web=web_address,
        status_class=lambda status: STATUS_CLASSES.get(str(status), "noevidence"), count=wording.count,
        slug=lambda thread: str(thread).split(".", 1)[1], svg=lambda chart: Markup(chart.svg), number=_number,
        change=wording.change, odds=wording.odds, times=wording.times,
    )  # fmt: skip
    made.globals.update(groups=GROUPS, chapters=CHAPTERS, version=__version__)
    return made


def html(page: Any, template: str, ask: Ask) -> str:
    """A page as HTML."""
    return environment().get_template(f"{template}.html").render(page=page, ask=ask, here=ask.case)


def style() -> str:
    """The one style sheet, for screen, phone and print, in light and dark."""
    return (HERE / "assets" / "style.css").read_text(encoding="utf-8")


def web_address(url: str | None) -> str | None:
    """The address if it is one that a browser may safely follow, else None."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:  # no address at all, such as http://[
        return None


def _number(value: float | date | None) -> str:
    if isinstance(value, float):
        return f"{value:,.10g}"
    return "" if value is None else str(value)
