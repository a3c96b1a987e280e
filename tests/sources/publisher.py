"""A publisher on this machine: shipped sources with their host replaced, and a clock that does not wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from servanda.settings import shipped_content
from servanda.sources.polite import Clock


@dataclass
class Watch:
    """A clock that notes how long it was asked to wait, and is then that much later."""

    at: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)
    waits: list[float] = field(default_factory=list)

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.at += timedelta(seconds=seconds)


def content_of(folder: Path, name: str, host: str, more: dict[str, str] | None = None) -> Path:
    """A folder of content with one shipped source, whose addresses lead to the given host."""
    text = (shipped_content() / "sources" / f"{name}.yml").read_text(encoding="utf-8")
    hosts = {f"{urlsplit(word).scheme}://{urlsplit(word).netloc}" for word in text.split() if "://" in word}
    for one in sorted(hosts, key=len, reverse=True):
        text = text.replace(one, host.rstrip("/"))
    for old, new in (more or {}).items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder
