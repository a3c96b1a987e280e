"""servanda accounts: who may sign in to the pages of this register, and what was done to whose account."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from typing import Any

import click
from rich.markup import escape

from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options
from servanda.model.dialogue import Role
from servanda.settings import Settings, now, provider

HELPS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
EXAMPLES = """\b
Examples:
  servanda accounts add anna --full-name 'Anna Lee' --party KOR --role co-chair --require-factor
  servanda accounts add ravi --full-name 'Ravi Rao' --party IND --role policymaker --email ravi@ministry.example
  servanda accounts close anna
  servanda accounts log"""
Command = Callable[..., None]
ROLES = click.Choice([str(role) for role in Role])


@click.group("accounts", epilog=EXAMPLES, context_settings=HELPS)
def run() -> None:
    """Keep the accounts of a register. With the first one its pages begin to ask who comes; before, nothing does."""


def _who(command: Command) -> Command:
    said = "Who does this; else SERVANDA_WHO, else your user name."
    return register_options(content=False)(click.option("--who", help=said)(command))


def _stdin(command: Command) -> Command:
    said = "Read the password from standard input, one line, and do not ask for it."
    return click.option("--password-stdin", "piped", is_flag=True, help=said)(command)


@run.command("add", context_settings=HELPS)
@click.argument("name")
@click.option("--full-name", "full", required=True, help="Stands beside what the person writes.")
@click.option("--role", type=ROLES, required=True, help="As what the person speaks.")
@click.option("--party", help="For whom, by its code such as IND. None for an independent.")
@click.option("--track", "tracks", multiple=True, help="Only this track (repeat for several). Else all.")
@click.option("--email", help="Address; by one that the provider has verified the person can sign in there.")
@click.option("--subject", help="Who the person is to the provider.")
@click.option("--require-factor", "factor", is_flag=True, help="Ask for a second factor.")
@click.option("--no-password", "bare", is_flag=True, help="No password: the person signs in by the provider only.")
@_stdin
@_who
def add(
    *, name: str, full: str, role: str, party: str | None, tracks: tuple[str, ...], email: str | None,
    subject: str | None, factor: bool, bare: bool, piped: bool, who: str | None, store: str | None,
) -> None:  # fmt: skip
    """Add an account. Its password is asked for."""
    from servanda.accounts import keep

    opened, found = open_register(store)
    if bare and piped:
        raise RequestError("--no-password and --password-stdin exclude each other; give one of them")
    said = None if bare else _password(piped)
    wanted = keep.Wanted(
        name, full, Role(role), _party(found, party), tracks, email, said, _subject(subject), factor_required=factor
    )  # fmt: skip
    made = keep.add(opened, wanted, who or found.who, now().isoformat(), secrets.token_bytes)
    print(f"added {made.name} ({made.full_name}), {made.role} of {made.party or 'no party'}; the pages ask who comes")


@run.command("list", context_settings=HELPS)
@register_options(content=False)
def listed(*, store: str | None) -> None:
    """List the accounts, closed ones as well."""
    from servanda.faces.cli.text import console
    from servanda.store import accounts

    opened, _ = open_register(store, build=False)
    with opened.read() as unit:
        every = accounts.every(unit)
    out = console(sys.stdout)
    for one in every:
        says = [f"{one.role} of {one.party or 'no party'}", *(f"track {track}" for track in one.tracks)]
        says += ["second factor" if one.factor_on else "second factor due" if one.factor_required else ""]
        says += ["by provider" if one.subject else "", "" if one.active else "closed"]
        out.print(f"[bold]{escape(one.name)}[/bold]  {escape(one.full_name)}  [dim]{escape(_joined(says))}[/dim]")
    if not every:
        print("no accounts: the pages are open to whoever sits at this machine, and to nobody else")


@run.command("change", context_settings=HELPS)
@click.argument("name")
@click.option("--role", type=ROLES, help="As what the person speaks from now on.")
@click.option("--party", help="For whom; 'none' for nobody.")
@click.option("--track", "tracks", multiple=True, help="Only this track (repeat for several); 'all' for all.")
@click.option("--email", help="Address; 'none' for none.")
@_who
def change(
    *, name: str, role: str | None, party: str | None, tracks: tuple[str, ...], email: str | None, who: str | None,
    store: str | None,
) -> None:  # fmt: skip
    """Change role, party, tracks or address of an account."""
    from servanda.accounts import keep

    opened, found = open_register(store)
    made = keep.change(
        opened, name, who or found.who, now().isoformat(), role=Role(role) if role else None,
        party="" if party == "none" else _party(found, party), email="" if email == "none" else email,
        tracks=() if tracks == ("all",) else tracks or None,
    )  # fmt: skip
    print(f"{made.name} is now {made.role} of {made.party or 'no party'}")


@run.command("close", context_settings=HELPS)
@click.argument("name")
@_who
def close(*, name: str, who: str | None, store: str | None) -> None:
    """Close an account: it is signed out, and password, second factor and addresses are forgotten."""
    from servanda.accounts import keep

    opened, found = open_register(store, build=False)
    print(f"closed {keep.close(opened, name, who or found.who, now().isoformat()).name}")


@run.command("password", context_settings=HELPS)
@click.argument("name")
@_stdin
@_who
def password(*, name: str, piped: bool, who: str | None, store: str | None) -> None:
    """Give an account another password, which is asked for; it is signed out everywhere."""
    from servanda.accounts import keep

    opened, found = open_register(store, build=False)
    keep.set_password(opened, name, _password(piped), who or found.who, now().isoformat())
    print(f"the password of {name} is set; it is signed out everywhere")


@run.command("factor", context_settings=HELPS)
@click.argument("name")
@click.option("--require/--no-require", "required", default=None, help="Ask for a second factor, or no longer.")
@click.option("--reset", is_flag=True, help="Forget the one that is set up: the telephone is lost.")
@_who
def factor(*, name: str, required: bool | None, reset: bool, who: str | None, store: str | None) -> None:
    """Ask a person for a second factor, or forget a lost one. They set it up themselves, on their page."""
    from servanda.accounts import keep

    if required is None and not reset:
        raise RequestError("nothing to do; say --require, --no-require or --reset")
    opened, found = open_register(store, build=False)
    at = now().isoformat()
    made = keep.ask_factor(opened, name, who or found.who, at, required=required, reset=reset)
    state = "set up" if made.factor_on else "due at the next sign-in" if made.factor_required else "not asked for"
    print(f"second factor of {made.name}: {state}")


@run.command("log", context_settings=HELPS)
@register_options(content=False)
def told(*, store: str | None) -> None:
    """Print who did what to whose account, oldest first. It holds no secret."""
    from servanda.store import accounts

    opened, _ = open_register(store, build=False)
    with opened.read() as unit:
        for one in accounts.told(unit):
            print(f"{one.at}  {one.about}  {one.what}  (by {one.who})")


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def _password(piped: bool) -> str:
    """The password from a prompt that does not show it, or the first line of the input; never from an argument."""
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    said: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return said


def _party(found: Settings, said: str | None) -> str | None:
    """The code of a party, however it was named."""
    if not said:
        return None
    from servanda.register.words import words

    return words(found.content).party(said).code


def _subject(said: str | None) -> str | None:
    """The subject as it is kept: with the provider that it is a subject of."""
    if not said:
        return None
    by = provider()
    if by is None:
        raise RequestError("a subject belongs to a provider; set SERVANDA_OIDC_ISSUER and SERVANDA_OIDC_CLIENT first")
    return f"{by.issuer} {said}"
