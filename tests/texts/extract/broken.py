"""Files broken in every way that a fuzzer knows: cut short, bytes turned, parts doubled, nested, garbage, nothing."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator


def broken(whole: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """As many broken files as are asked for, made from whole ones; the same seed makes the same files."""
    draw = random.Random(seed)
    ways = (_cut, _flipped, _flipped, _swapped, _doubled, _holed, _spliced, _numbers, _garbage, _filled)
    for number in range(count):
        if number == 0:
            yield b""
            continue
        made = draw.choice(whole)
        for _ in range(draw.randint(1, 3)):
            made = draw.choice(ways)(made, draw, whole)
        yield made


def broken_zip(whole: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Broken archives: half of them whole archives with broken parts, for a broken archive is not opened at all."""
    draw = random.Random(seed)
    outer = broken(whole, count, seed)
    for made in outer:
        if not made or draw.random() < 0.4:
            yield made
            continue
        yield _repacked(draw.choice(whole), draw)


def _repacked(raw: bytes, draw: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        hit = set(draw.sample(names, min(len(names), draw.randint(1, 3))))
        hit.add(draw.choice(["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"]))
        for name in old.namelist():
            part = old.read(name)
            if name in hit:
                if draw.random() < 0.1:
                    continue
                for _ in range(draw.randint(1, 4)):
                    part = draw.choice((_cut, _flipped, _swapped, _doubled, _holed, _numbers))(part, draw, [part])
            new.writestr(name, part)
        if draw.random() < 0.1:
            new.writestr("word/embeddings/inner.docx", raw)
    return out.getvalue()


def _cut(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    return raw[: draw.randrange(len(raw) + 1)]


def _flipped(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    made = bytearray(raw)
    for _ in range(draw.choice((1, 5, 50, 500))):
        if made:
            made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


def _swapped(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    first, second = sorted((draw.randrange(len(raw) + 1), draw.randrange(len(raw) + 1)))
    return raw[second:] + raw[first:second] + raw[:first]


def _doubled(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    first = draw.randrange(len(raw) + 1)
    part = raw[first : first + draw.choice((1, 20, 300))]
    return raw[:first] + part * draw.choice((2, 30, 500)) + raw[first:]


def _holed(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    first = draw.randrange(len(raw) + 1)
    return raw[:first] + raw[first + draw.choice((1, 10, 200, 3000)) :]


def _spliced(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    other = draw.choice(whole)
    return raw[: draw.randrange(len(raw) + 1)] + other[draw.randrange(len(other) + 1) :]


def _numbers(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    """Figures replaced by others: lengths, counts and places that cannot be."""
    made = bytearray(raw)
    figures = [place for place, byte in enumerate(raw[:200_000]) if 48 <= byte <= 57]
    for place in draw.sample(figures, min(len(figures), draw.choice((1, 10, 100)))):
        made[place] = draw.choice(b"0123456789-")
    return bytes(made)


def _garbage(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    return draw.randbytes(draw.choice((1, 30, 2000))) + (raw if draw.random() < 0.5 else b"")


def _filled(raw: bytes, draw: random.Random, whole: list[bytes]) -> bytes:
    first = draw.randrange(len(raw) + 1)
    return raw[:first] + bytes([draw.choice((0, 32, 60, 255))]) * draw.choice((10, 1000)) + raw[first:]
