"""Resolve the pins: every package with its hashes, no address of any registry."""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILD = ["hatchling>=1.27", "editables"]


def compile_pins(arguments: list[str], out: Path) -> None:
    """Run uv's resolver and keep only names, versions and hashes."""
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *arguments]
    # What is pinned already stays at its version, unless --upgrade is said: the weights were measured with it.
    command += ["--output-file", str(out), *(["--upgrade"] if "--upgrade" in sys.argv else [])]
    before = out.read_text() if out.exists() else None
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=HERE.parent)
    if re.search(r"https?://", out.read_text()):
        out.write_text(before) if before is not None else out.unlink()
        raise SystemExit("the resolver wrote an address; it must not be committed")


def main() -> None:
    """Write all.txt (the program with all extras), test.txt (what tests need beside it) and evaluate.txt (peers)."""
    subprocess.run([sys.executable, "-m", "pip", "-q", "install", "uv"], check=True)
    build = HERE / "build.in"
    build.write_text("\n".join(BUILD) + "\n")
    compile_pins(["pyproject.toml", "requirements/build.in", "--extra", "all"], HERE / "all.txt")
    compile_pins(["pyproject.toml", "--group", "test", "--constraint", "requirements/all.txt"], HERE / "test.txt")
    build.unlink()
    compile_pins(["--no-deps", "--group", "evaluate"], HERE / "evaluate.txt")


if __name__ == "__main__":
    main()
