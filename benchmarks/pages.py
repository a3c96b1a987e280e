"""Each web page, warm, from a server of its own on this machine."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Row, in_ms, side_by_side
from servanda.register.keep import seed
from servanda.settings import shipped_content
from servanda.store.connect import Store

TARGET_MS = 60.0
RUNS = 30
START_SECONDS = 60
_SERVE = (
    "import sys, uvicorn; from servanda.faces.web.app import build; "
    "uvicorn.run(build(sys.argv[1]), host='127.0.0.1', port=int(sys.argv[2]), log_level='warning')"
)


def rows() -> Iterator[Row]:
    """Milliseconds from the request to the last byte, each page in turn, on one connection kept open."""
    with tempfile.TemporaryDirectory() as folder, _serving(_shipped(Path(folder))) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        asked = [(path, _page(connection, path)) for path in paths(connection)]
        for path, taken in side_by_side(RUNS, asked).items():
            yield Row(f"page {path}", "ms", TARGET_MS, in_ms(taken))
        connection.close()


def paths(connection: http.client.HTTPConnection) -> list[str]:
    """The first page, and one of each shape of address that can be reached from it in three steps."""
    found: dict[str, str] = {"": "/"}
    fresh = ["/"]
    for _ in range(3):
        links = [link for path in fresh for link in _links(_page(connection, path)())]
        fresh = []
        for link in links:
            if _shape(link) not in found:
                found[_shape(link)] = link
                fresh.append(link)
    return sorted(found.values())


def _links(page: bytes) -> list[str]:
    import re

    here = re.findall(r'<a[^>]*\shref="(/[^"#]*)', page.decode())
    files = (".csv", ".json", ".docx", ".pdf", ".xml", ".zip", ".svg", ".png", ".yml", ".md", ".txt", ".html")
    return [link.replace("&amp;", "&") for link in here if not link.partition("?")[0].endswith(files)]


def _shape(link: str) -> str:
    """The first step of an address, how many there are, and which filters follow it: /c/A-1 and /c/A-2 are one page."""
    path, _, asked = link.partition("?")
    steps = [step for step in path.split("/") if step]
    names = sorted({one.partition("=")[0] for one in asked.split("&") if one})
    return f"{steps[0] if steps else ''}/{len(steps)}?{','.join(names)}"


def dominates() -> str:
    """What a page with nothing on it costs: the rest is the page's own."""
    with tempfile.TemporaryDirectory() as folder, _serving(_shipped(Path(folder))) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        asked = [(path, _page(connection, path)) for path in paths(connection)]
        missing = [("missing", _page(connection, "/no-such-page", 404))]
        taken = side_by_side(RUNS, [*asked, *missing])
        connection.close()
    typical = {path: 1000 * sorted(times)[RUNS // 2] for path, times in taken.items()}
    nothing = typical.pop("missing")
    slowest = max(typical, key=lambda path: typical[path])
    return f"The slowest page is {slowest} ({typical[slowest]:.0f} ms); a page not found takes {nothing:.0f} ms."


def _page(connection: http.client.HTTPConnection, path: str, status: int = 200) -> Callable[[], bytes]:
    def get() -> bytes:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status in (301, 302, 303, 307, 308):
            return body
        if answer.status != status:
            raise RuntimeError(f"{path} answered {answer.status}, expected {status}")
        return body

    return get


def _shipped(folder: Path) -> str:
    """The address of a register that holds the shipped cases."""
    url = f"sqlite:///{folder / 'register.sqlite'}"
    store = Store(url)
    seed(store, shipped_content(), "2026-11-23T00:00:00+00:00")
    store.close()
    return url


@contextmanager
def _serving(store: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", _SERVE, store, str(port)])
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the web server ended with {server.returncode} before it answered")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the web server did not answer within {START_SECONDS} s")
