"""servanda accounts, as whoever keeps the accounts types it."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from servanda.faces.cli.accounts import run as accounts_command
from servanda.faces.cli.app import run
from tests.faces.conftest import SERVANDA

PASSWORD = "four tides met a poet"
ANNA = ("anna", "--full-name", "Anna Lee", "--role", "co-chair")
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(
    seeded_copy: Callable[[], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Say:  # fmt: skip
    """Say servanda accounts; exit code, output and complaint."""
    monkeypatch.setenv("SERVANDA_STORE", str(seeded_copy()))

    def say(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(["accounts", *words])
        out, err = capsys.readouterr()
        return code, out, err

    return say


def add(say: Say, *words: str) -> tuple[int, str, str]:
    return say("add", *words, "--password-stdin", typed=f"{PASSWORD}\n")


def test_from_none_to_one_to_closed(say: Say) -> None:
    assert say("list") == (
        0,
        "no accounts: the pages are open to whoever sits at this machine, and to nobody else\n",
        "",
    )
    code, out, err = add(say, *ANNA, "--party", "korea", "--require-factor", "--track", "trade")
    assert (code, err) == (0, "") and out == "added anna (Anna Lee), co-chair of KOR; the pages ask who comes\n"
    assert say("list")[1] == "anna  Anna Lee  co-chair of KOR, track trade, second factor due\n"
    assert say("change", "anna", "--role", "observer", "--party", "none", "--track", "all")[0] == 0
    assert say("list")[1] == "anna  Anna Lee  observer of no party, second factor due\n"
    assert say("factor", "anna", "--no-require")[1] == "second factor of anna: not asked for\n"
    assert say("password", "anna", "--password-stdin", typed="another tide, another poet\n")[0] == 0
    assert say("close", "anna")[1] == "closed anna\n"
    assert say("list")[1] == "anna  Anna Lee  observer of no party, closed\n"
    code, out, _ = say("log")
    told = [line.split("  ", 1)[1] for line in out.splitlines()]
    assert code == 0 and told == [
        "anna  added: co-chair of KOR, tracks trade  (by a tester)",
        "anna  changed: co-chair of KOR, tracks trade is now observer of no party  (by a tester)",
        "anna  second factor no longer asked for  (by a tester)",
        "anna  password set  (by a tester)",
        "anna  closed  (by a tester)",
    ]
    assert PASSWORD not in out and "argon2" not in out


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        ((*ANNA, "--password-stdin"), "short\n", "the password has 5 characters"),
        ((*ANNA, "--password-stdin"), "", "the password has 0 characters"),
        ((*ANNA, "--password-stdin", "--no-password"), "x", "exclude each other"),
        ((*ANNA, "--no-password"), "", "could never sign in"),
        ((*ANNA, "--password-stdin", "--party", "atlantis"), f"{PASSWORD}\n", "unknown country 'atlantis'"),
        ((*ANNA, "--no-password", "--subject", "s1"), "", "set SERVANDA_OIDC_ISSUER"),
        (("Anna Lee", *ANNA[1:], "--password-stdin"), f"{PASSWORD}\n", "no name to sign in with"),
    ],
)
def test_what_cannot_be_added_says_why(say: Say, words: tuple[str, ...], typed: str, told: str) -> None:
    code, out, err = say("add", *words, typed=typed)
    assert (code, out) == (2, "") and told in err
    assert "no accounts" in say("list")[1]


def test_what_is_not_there_is_named(say: Say) -> None:
    add(say, *ANNA)
    for words in (("close", "ana"), ("change", "ana", "--role", "observer"), ("factor", "ana", "--reset")):
        code, out, err = say(*words)
        assert (code, out) == (2, "") and "no account 'ana'; nearest are anna" in err
    assert say("factor", "anna")[0] == 2
    assert say("nonsense")[0] == 2 and say("add", "boris", "--role", "king", "--full-name", "B")[0] == 2


def test_a_subject_is_kept_with_its_provider(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVANDA_OIDC_ISSUER", "https://sign.ministry.example")
    code, _, err = say("add", *ANNA, "--no-password", "--subject", "s1")
    assert code == 2 and "SERVANDA_OIDC_CLIENT go together" in err
    monkeypatch.setenv("SERVANDA_OIDC_CLIENT", "servanda")
    assert say("add", *ANNA, "--no-password", "--subject", "s1")[0] == 0
    assert "by provider" in say("list")[1]


def test_a_password_is_asked_for_and_not_shown(seeded_copy: Callable[[], Path]) -> None:
    store = str(seeded_copy())
    asked = CliRunner().invoke(accounts_command, ["add", *ANNA, "--store", store], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert asked.exit_code == 0 and "Password" in asked.output and PASSWORD not in asked.output
    other = CliRunner().invoke(
        accounts_command, ["password", "anna", "--store", store], input=f"{PASSWORD}\nanother\n{PASSWORD}\n{PASSWORD}\n"
    )
    assert other.exit_code == 0 and "do not match" in other.output


def test_no_option_takes_a_password(say: Say) -> None:
    code, _, err = say("add", *ANNA, "--password", PASSWORD)
    assert code == 2 and "No such option" in err


def test_without_the_extra_it_says_what_to_install(seeded_copy: Callable[[], Path]) -> None:
    code = (
        "import sys; sys.modules['argon2'] = None; from servanda.faces.cli.app import run; "
        f"sys.exit(run(['accounts', 'add', *{ANNA!r}, '--password-stdin', '--store', {str(seeded_copy())!r}]))"
    )
    done = subprocess.run(
        [SERVANDA[0], "-c", code], input=f"{PASSWORD}\n", capture_output=True, check=False, timeout=60, text=True,
        env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 6 and "pip install 'servanda[accounts]'" in done.stderr
