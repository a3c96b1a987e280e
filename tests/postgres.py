"""A real PostgreSQL server on loopback for as long as it is wanted."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(*settings: str) -> Iterator[str]:
    """Address of a server without the name of a database; raises RuntimeError where none is installed."""
    found = binaries()
    if found is None:
        raise RuntimeError("no PostgreSQL server is installed")
    # Not below pytest's own folder: that one is closed to the server's user, and its name is too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="servanda-pg-"))
    folder.chmod(0o755)
    become = unprivileged(folder)
    data, port = folder / "data", free_port()

    def run(program: str, *words: str) -> None:
        subprocess.run([*become, str(found / program), *words], check=True, capture_output=True, cwd=folder)

    run("initdb", "-D", str(data), "-U", "servanda", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = " ".join([f"-p {port} -k {folder} -c listen_addresses=127.0.0.1", *(f"-c {one}" for one in settings)])
    run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql+psycopg://servanda@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL of this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def unprivileged(folder: Path) -> list[str]:
    """The words that run a program as a user whom PostgreSQL accepts; it refuses to run as root."""
    if os.geteuid() != 0:
        return []
    import pwd

    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
