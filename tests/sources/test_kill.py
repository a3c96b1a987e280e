"""A process that is killed in the middle of a large file: what came is kept, and the same command goes on there."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.sources.publisher import content_of

PART = 65_536


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process by a signal")
def test_killed_and_gone_on_with(tmp_path: Path, httpserver: HTTPServer) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("BACI_HS92_Y2019_V1.csv", os.urandom(20 * PART).hex())
    body = held.getvalue()
    is_slow = {"is": True}

    def answer(request: Request) -> Response:
        start = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        headers = {"ETag": '"one"', "Content-Length": str(len(body) - start)}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"

        def parts() -> Iterator[bytes]:
            for at in range(start, len(body), PART):
                yield body[at : at + PART]
                if is_slow["is"]:
                    time.sleep(0.05)

        return Response(parts(), status=206 if start else 200, headers=headers, mimetype="application/zip")

    httpserver.expect_request("/DATA_DOWNLOAD/baci/data/BACI_HS92_V1.zip").respond_with_handler(answer)
    content = content_of(tmp_path / "content", "baci", httpserver.url_for("/"))
    data = tmp_path / "data"
    command = [sys.executable, "-m", "servanda", "fetch", "baci", "--set", "vintage=HS92", "--set", "release=1",
               "--content", str(content), "--data", str(data), "--date", "2026-11-23"]  # fmt: skip
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    part = data / "baci" / "2026-11-23" / "answer-BACI_HS92_V1.zip.part"
    while not (part.exists() and part.stat().st_size > 3 * PART):
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    came = part.stat().st_size
    assert 0 < came < len(body) and not (data / "baci" / "2026-11-23" / "manifest.json").exists()
    is_slow["is"] = False
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "1 file" in done.stdout
    assert (data / "baci" / "2026-11-23" / "BACI_HS92_V1.zip").read_bytes() == body
    assert httpserver.log[-1][0].headers["Range"] == f"bytes={came}-"
