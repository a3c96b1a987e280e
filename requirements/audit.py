"""Ask whether any pinned package has a known weakness: fails on one, and says so where nobody could be asked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PINS = ("all.txt", "test.txt")
SECONDS = 120


def _mended(one: dict[str, Any]) -> str:
    """In which versions what is known against a package is mended."""
    fixed = sorted({version for found in one["vulns"] for version in found["fix_versions"]})
    return f" (mended in {', '.join(fixed)})" if fixed else ""


def verdict(dependencies: list[dict[str, Any]]) -> tuple[int, str]:
    """The status with which to end, and the sentence that says why."""
    weak = [
        f"{one['name']} {one['version']}: {', '.join(found['id'] for found in one['vulns'])}{_mended(one)}"
        for one in dependencies
        if one.get("vulns")
    ]  # fmt: skip
    unknown = [one["name"] for one in dependencies if "skip_reason" in one]
    if weak:
        return 1, f"known weaknesses in {len(weak)} pinned packages:\n  " + "\n  ".join(weak)
    if len(unknown) == len(dependencies):
        return 0, UNREACHED
    rest = f"; not known to the service: {', '.join(unknown)}" if unknown else ""
    return 0, f"no known weakness in {len(dependencies) - len(unknown)} pinned packages{rest}"


UNREACHED = "pins not audited: the service that lists known weaknesses cannot be reached from here"


def ask(pins: Path) -> list[dict[str, Any]]:
    """What the service says of each pin; nothing where it cannot be reached."""
    words = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    words += ["--timeout", "10", "--format", "json", "--requirement", str(pins)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return []
    return found


def main() -> int:
    """Ask about every list of pins."""
    found = {one["name"]: one for name in PINS for one in ask(HERE / name)}
    status, told = verdict(list(found.values()))
    print(told, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
