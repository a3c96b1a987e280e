"""Write what documentation can be taken from the program itself: the reference, and the review in the README."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import tempfile
from datetime import date
from io import StringIO
from pathlib import Path

import click

from servanda.dialogue.draft import draft
from servanda.faces.cli.app import EXIT_CODES, VERBS, program
from servanda.faces.cli.reviewed import review_text
from servanda.faces.cli.talk.agenda import text as agenda_text
from servanda.faces.cli.text import console
from servanda.pages.options import Cited, cited
from servanda.register.keep import seed
from servanda.review import concreteness, delivery, items, peers, review, series
from servanda.scenarios.shelf import listed
from servanda.settings import shipped_content, store_url
from servanda.store.connect import Store

TOP = Path(__file__).parents[1]
BEGIN, END = "<!-- review: begin (make docs) -->", "<!-- review: end -->"
SHOWN_DAY = date(2026, 11, 23)
DRAFTED = date(2026, 11, 25)
MADE = "Made by `make docs` from the program; do not edit.\n"


def commands() -> str:
    """docs/reference/commands.md"""
    parts = ["# Commands", "", MADE]
    for verb in VERBS:
        command = program.get_command(click.Context(program), verb)
        assert command is not None
        parts += _command(command, f"servanda {verb}", "##")
        if isinstance(command, click.Group):
            for name, one in command.commands.items():
                parts += _command(one, f"servanda {verb} {name}", "###")
    parts += [
        "## Exit codes",
        "",
        "| code | meaning |",
        "|---|---|",
        *(f"| {code} | {words} |" for code, words in EXIT_CODES.items()),
    ]
    return "\n".join(parts) + "\n"


def _command(command: click.Command, name: str, heading: str) -> list[str]:
    context = click.Context(
        command, info_name=name, max_content_width=100, terminal_width=100, **command.context_settings
    )
    names = [option for one in command.params for option in one.opts if option.startswith("--")]
    options = ["Options: " + ", ".join(f"`{name}`" for name in names) + ".", ""] if names else []
    return [f"{heading} {name}", "", "```", command.get_help(context).strip(), "```", "", *options]


def fields() -> str:
    """docs/reference/review.md"""
    parts = [
        "# The review as JSON",
        "",
        MADE,
        "`servanda review IND KOR --format json` and the address of the overview with `?format=json` give the same: "
        "these fields, and `scenarios`, the packages that bear on its threads (a list of Cited).",
        "",
    ]
    kinds = (
        review.Review,
        concreteness.Concreteness,
        delivery.Delivery,
        delivery.Step,
        review.Owed,
        items.Item,
        review.AreaReview,
        series.Series,
        series.Point,
        series.Gap,
        review.Sources,
        peers.Peers,
        peers.Peer,
        Cited,
    )
    for kind in kinds:
        parts += [
            f"## {kind.__name__}",
            "",
            " ".join((kind.__doc__ or "").split()),
            "",
            "| field | type |",
            "|---|---|",
        ]
        parts += [f"| `{field.name}` | {str(field.type).replace('|', 'or')} |" for field in dataclasses.fields(kind)]
        parts.append("")
    parts += [
        "## Reading",
        "",
        "Every number that is a share, a ratio or a time is a reading: `name`, `unit`, `value` or `reason` "
        "(exactly one), "
        "`used` rows of `expected`, `low` and `high` with the kind of `interval`, `caveats` "
        "(codes of content/words/caveats.yml), `steps` on the way.",
        "",
        "## Finding",
        "",
        "`id`, `area`, `text`, the `rule` that chose its words, the `readings` behind it, the `commitments` it "
        "rests on.",
    ]
    return "\n".join(parts) + "\n"


def settings() -> str:
    """docs/reference/settings.md"""
    rows = {
        "SERVANDA_STORE": "The register: a file, or `postgresql://name@host/base`. `--store` comes first, "
        "your data folder last.",
        "SERVANDA_CONTENT": "Folder of content, in place of the shipped one.",
        "SERVANDA_WHO": "Your name in entries; else your user name.",
        "SERVANDA_CACHE": "Folder for what can be made again, such as answers of the statistics library.",
        "SERVANDA_DATA": "Folder of snapshots of data sources; else your data folder.",
        "SERVANDA_OPENALEX_KEY": "The key of OpenAlex, free, which its addresses ask for since February 2026.",
        "SERVANDA_COMTRADE_KEY": "The key of UN Comtrade, for its addresses with a key.",
        "SERVANDA_DATAGOKR_KEY": "The key of data.go.kr, decoded, for the statistics of entries to Korea.",
        "SERVANDA_KCS_KEY": "The key of data.go.kr, for the trade statistics of the Korea Customs Service.",
        "SERVANDA_TODAY": "A fixed day for today, for reproducible runs.",
        "SERVANDA_NOW": "A fixed moment for new entries, for reproducible runs.",
        "SERVANDA_SMTP": "The mail server by which reminders and excerpts go out: "
        "`smtp://user:password@host:587?from=servanda@example.org`, or `smtps://` for one that is encrypted at once.",
        "SERVANDA_OIDC_ISSUER": "The OpenID provider by which people with an account may sign in, as it calls itself: "
        "an https address.",
        "SERVANDA_OIDC_CLIENT": "What that provider knows this program by. Tell it the address `/signin/return` of "
        "these pages.",
        "SERVANDA_OIDC_SECRET": "The secret that goes with it, where the provider gave one.",
        "SERVANDA_DEBUG": "Set to show where a fault of ours arose.",
    }
    table = [f"| `{name}` | {words} |" for name, words in rows.items()]
    return "\n".join(["# Settings", "", MADE, "| name in the environment | meaning |", "|---|---|", *table]) + "\n"


def reference() -> dict[str, str]:
    """Every file of docs/reference with its text."""
    return {"commands.md": commands(), "review.md": fields(), "settings.md": settings()}


def readme_review(day: date) -> str:
    """The beginning of the review of India and Korea, as the terminal shows it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(store_url(str(Path(folder) / "register.sqlite")))
        seed(store, shipped_content(), f"{day.isoformat()}T12:00:00+00:00")
        out = StringIO()
        made = review.review(store, shipped_content(), ("IND", "KOR"), day)
        review_text(console(out), made, cited(listed(shipped_content()), made))
        store.close()
    whole = out.getvalue()
    state = whole[: whole.index("\nTrade ")].rstrip()
    late = whole[whole.index("\nPast the date promised; later") : whole.index("\nWhat could be changed")].rstrip()
    return f"```\n{state}\n\n...\n{late}\n```"


def tutorial_agenda(day: date = DRAFTED) -> str:
    """The agenda of one hour that the tutorial shows, as the terminal shows it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(store_url(str(Path(folder) / "register.sqlite")))
        seed(store, shipped_content(), f"{day.isoformat()}T12:00:00+00:00")
        out = StringIO()
        agenda_text(console(out), draft(store, shipped_content(), ("IND", "KOR"), day, 60))
        store.close()
    lines = [line.rstrip() for line in out.getvalue().rstrip().splitlines()]
    return "\n".join(["```", *lines, "```"])


PICTURES = {
    "/ind-kor?": "review.png",
    "/ind-kor/trade?": "tutorial/trade.png",
    "/ind-kor/scenarios/request-list?": "tutorial/scenario.png",
}
"""Addresses and the files in docs in which their pictures are kept."""


def picture() -> None:
    """The top of pages in a real browser: the overview for the README, and those of the tutorial on trade."""
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "servanda",
                "serve",
                "--port",
                "8497",
                "--store",
                str(Path(folder) / "register.sqlite"),
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert server.stderr is not None
            while "Servanda is at" not in server.stderr.readline():
                pass
            from playwright.sync_api import sync_playwright

            with sync_playwright() as driver:
                browser = driver.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
                )
                page = browser.new_page(viewport={"width": 1100, "height": 1150}, color_scheme="light")
                for address, file in PICTURES.items():
                    page.goto(f"http://127.0.0.1:8497{address}as_of={SHOWN_DAY}")
                    page.screenshot(path=str(TOP / "docs" / file))
                browser.close()
        finally:
            server.terminate()
            server.wait()


def main() -> None:
    """Write all of it; the picture only where a browser is there and --picture asks for it."""
    for name, text in reference().items():
        (TOP / "docs" / "reference" / name).write_text(text, encoding="utf-8")
    readme = TOP / "README.md"
    text = readme.read_text(encoding="utf-8")
    made = f"{BEGIN}\n{readme_review(SHOWN_DAY)}\n{END}"
    readme.write_text(
        re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: made, text, flags=re.DOTALL), encoding="utf-8"
    )
    tutorial = TOP / "docs" / "tutorial" / "dialogue.md"
    begin, end = "<!-- agenda: begin (make docs) -->", "<!-- agenda: end -->"
    made = f"{begin}\n{tutorial_agenda()}\n{end}"
    text = tutorial.read_text(encoding="utf-8")
    text = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: made, text, flags=re.DOTALL)
    tutorial.write_text(text, encoding="utf-8")
    if "--picture" in sys.argv:
        picture()


if __name__ == "__main__":
    main()
