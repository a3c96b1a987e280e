"""A real OpenID provider on this machine, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx2 as httpx

from servanda.settings import Provider

PEOPLE = (
    {"sub": "s-anna", "email": "Anna@Zembla.example", "email_verified": True},
    {"sub": "s-boris", "email": "boris@ruritania.example", "email_verified": False},
)


def served(port: int) -> Iterator[Provider]:
    """The provider of the package oidc-provider-mock, while it runs; the two people have accounts there."""
    told = [word for one in PEOPLE for word in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *told]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        issuer = f"http://127.0.0.1:{port}"
        try:
            for _ in range(200):
                if _answers(issuer):
                    break
                time.sleep(0.1)
            yield Provider(issuer, "servanda", "a secret")
        finally:
            process.terminate()
            process.wait(20)


def consent(place: str, **form: str) -> str:
    """Whereto the provider sends the browser after its person said yes, or no."""
    answer = httpx.post(place, data=form)
    assert answer.status_code in (302, 303), answer.text[:500]
    where: str = answer.headers["location"]
    return where


def _answers(issuer: str) -> bool:
    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration").status_code == 200
    except httpx.TransportError:
        return False
