"""Named arrays in one file, as safetensors lays them out: a length, a header in JSON, the numbers. No code in it."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.generic]
KINDS = {"F32": np.float32, "I8": np.int8, "U8": np.uint8}


def unpack(raw: bytes) -> dict[str, Array]:
    """The arrays of a file by name, of the kinds that are known here. Raises ValueError where it is no such file."""
    length = struct.unpack("<Q", raw[:8])[0] if len(raw) >= 8 else len(raw)
    if length > len(raw) - 8:
        raise ValueError(f"no file of arrays: {len(raw)} bytes, and a header of {length} is announced")
    found = {}
    for name, about in json.loads(raw[8 : 8 + length]).items():
        if name != "__metadata__" and about["dtype"] in KINDS:
            first, last = about["data_offsets"]
            held = np.frombuffer(raw[8 + length + first : 8 + length + last], KINDS[about["dtype"]])
            found[name] = held.reshape(about["shape"])
    return found


def packed(held: Mapping[str, Array]) -> bytes:
    """The arrays as bytes, in the order of their names: the same arrays give the same bytes."""
    header, parts, place = {}, [], 0
    named = {np.dtype(kind): name for name, kind in KINDS.items()}
    for name in sorted(held):
        raw = np.ascontiguousarray(held[name]).tobytes()
        header[name] = {"dtype": named[held[name].dtype], "shape": list(held[name].shape),
                        "data_offsets": [place, place + len(raw)]}  # fmt: skip
        parts.append(raw)
        place += len(raw)
    said = json.dumps(header, separators=(",", ":")).encode()
    said += b" " * (-len(said) % 8)
    return struct.pack("<Q", len(said)) + said + b"".join(parts)
