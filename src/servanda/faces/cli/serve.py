"""servanda serve: the web pages on this machine."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import click

from servanda.errors import RequestError
from servanda.faces.cli.options import open_register, register_options, verb


@verb("serve", examples=("", "--port 8765", "--trusted-host dialogue.ministry.example"))
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="0 takes any free port.")
@click.option(
    "--trusted-host", "names", multiple=True, metavar="NAME",
    help="A name under which a proxy on this machine serves these pages by https (repeat for several).",
)  # fmt: skip
@register_options()
def run(*, port: int, names: tuple[str, ...], store: str | None, content: Path | None) -> None:
    """Serve the web pages on 127.0.0.1: for this machine only, or for a proxy on it that others reach by https.

    Once the register has an account (servanda accounts add) every page asks who comes.
    """
    from threading import Thread

    import uvicorn

    from servanda.faces.web.app import HOSTS, build
    from servanda.settings import today

    opened, found = open_register(store, content)
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(2048)  # from here on a visitor waits and is not refused: the address below can be used at once
    except OSError as fault:
        listening.close()
        raise RequestError(f"port {port} cannot be used: {fault.strerror}; try --port 0") from fault
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    print(f"Servanda is at {address} (stop with Ctrl-C)", file=sys.stderr, flush=True)
    web = build(opened, found.content, [*HOSTS, *names], secure=bool(names))
    # Beside the server, so that nobody waits for it; who comes before it is done is served as ever.
    Thread(target=web.state.library.prepare, args=(today(),), daemon=True).start()
    # Only a proxy is believed when it says whence somebody comes and whether by https.
    config = uvicorn.Config(web, log_level="warning", lifespan="off", proxy_headers=bool(names))
    server = uvicorn.Server(config)
    server.run(sockets=[listening])
