"""Documentation is held to the code: verbs, options, settings, fields and pictures are those of the program."""

import dataclasses
import json
import re
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest

from servanda.faces.cli.app import EXIT_CODES, VERBS, Verbs, program
from servanda.review.review import Review

TOP = Path(__file__).parents[2]
COMMANDS = (TOP / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_and_option_stands_in_the_reference(verb: str) -> None:
    assert isinstance(program, Verbs)
    command = program.get_command(click.Context(program), verb)
    assert command is not None
    assert f"## servanda {verb}" in COMMANDS
    below = command.commands if isinstance(command, click.Group) else {}
    every = [(f"## servanda {verb}\n", command)] + [
        (f"### servanda {verb} {name}\n", one) for name, one in below.items()
    ]
    for heading, one in every:
        told = re.split(r"\n###? ", COMMANDS.split(heading)[1])[0]
        for option in (option for parameter in one.params for option in parameter.opts if option.startswith("--")):
            assert f"`{option}`" in told, f"{heading.strip()} {option}: run make docs"


def test_every_exit_code_stands_in_the_reference() -> None:
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in COMMANDS


def test_every_field_of_the_review_is_documented() -> None:
    text = (TOP / "docs" / "reference" / "review.md").read_text(encoding="utf-8")
    for field in dataclasses.fields(Review):
        assert f"`{field.name}`" in text, f"docs/reference/review.md lacks {field.name}: run make docs"


def test_every_setting_is_documented() -> None:
    settings = (TOP / "src" / "servanda" / "settings.py").read_text(encoding="utf-8")
    text = (TOP / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"SERVANDA_[A-Z]+(?:_[A-Z]+)*", settings)):
        assert f"`{name}`" in text, f"docs/reference/settings.md lacks {name}"


def test_the_reference_is_what_the_program_writes() -> None:
    from docs.generate import reference

    for name, text in reference().items():
        path = TOP / "docs" / "reference" / name
        assert path.read_text(encoding="utf-8") == text, f"docs/reference/{name} is stale: run make docs"


def test_links_between_documents_lead_somewhere() -> None:
    files = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), *(TOP / "benchmarks").glob("*.md")]
    for path in files:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.relative_to(TOP)} links to {target}, which is not there"


def test_the_readme_shows_the_review_as_the_program_writes_it() -> None:
    from docs.generate import readme_review

    text = (TOP / "README.md").read_text(encoding="utf-8")
    assert readme_review(date(2026, 11, 23)) in text, "the review in README.md is stale: run make docs"


def test_the_tutorial_shows_the_agenda_as_the_program_drafts_it() -> None:
    from docs.generate import tutorial_agenda

    text = (TOP / "docs" / "tutorial" / "dialogue.md").read_text(encoding="utf-8")
    assert tutorial_agenda() in text, "the agenda in docs/tutorial/dialogue.md is stale: run make docs"


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (TOP / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_nothing_names_a_registry_or_a_path_of_a_machine() -> None:
    bad = re.compile(
        "|".join(
            ["pypi" + r"\.org", "pythonhosted", "registry" + r"\.npmjs", "deb" + r"\.debian\.org", r"(?<![\w.])/work/"]
        )
    )
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split("\n")
    for path in (TOP / name for name in listed if name):
        if path.is_file() and path != Path(__file__):
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            found = bad.search(text)
            assert found is None, f"{path.relative_to(TOP)} says {found and found.group(0)}"


def test_json_of_the_review_is_stable(seeded_copy: Callable[[], Path]) -> None:
    """The top level promised to other programs."""
    from servanda.pages.plain import plain
    from servanda.review.review import review
    from servanda.settings import shipped_content, store_url
    from servanda.store.connect import Store

    made = json.loads(
        json.dumps(
            plain(review(Store(store_url(str(seeded_copy()))), shipped_content(), ("IND", "KOR"), date(2026, 11, 23)))
        )
    )
    for name in (
        "parties",
        "as_of",
        "counts",
        "concreteness",
        "delivery",
        "owed",
        "overdue",
        "areas",
        "findings",
        "sources",
    ):
        assert name in made
