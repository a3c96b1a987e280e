"""The page at the door: name and password, then the code."""

from __future__ import annotations

from dataclasses import dataclass

TITLES = {"password": "Sign in", "code": "The code of your telephone"}


@dataclass(frozen=True, slots=True)
class SigninPage:
    """What is asked (`step` is password or code), where it leads, what was wrong, and the way to the provider."""

    title: str
    step: str
    leads_to: str
    problem: str | None
    name: str
    provider: str | None


def signin(step: str, leads_to: str, problem: str | None, name: str, provider: str | None) -> SigninPage:
    """The page."""
    return SigninPage(TITLES[step], step, leads_to, problem, name, provider)
