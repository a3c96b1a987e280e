"""Arrays in a file: what goes in comes out, in the same bytes each time, and what is no such file is said to be none."""

import struct

import numpy as np
import pytest

from servanda.store.tensors import packed, unpack


def held() -> dict[str, np.ndarray]:
    return {
        "b": np.arange(6, dtype=np.float32).reshape(2, 3),
        "a": np.array([[-127, 127]], np.int8),
        "words": np.frombuffer("한 a\nb".encode(), np.uint8),
    }


def test_what_goes_in_comes_out() -> None:
    found = unpack(packed(held()))
    assert list(found) == ["a", "b", "words"]
    for name, table in held().items():
        assert found[name].dtype == table.dtype
        assert (found[name] == table).all()


def test_the_order_in_which_they_are_named_makes_no_difference() -> None:
    assert packed(held()) == packed(dict(reversed(held().items())))


def test_an_array_that_is_not_laid_out_row_by_row_comes_out_as_it_was() -> None:
    turned = held()["b"].T
    assert (unpack(packed({"b": turned}))["b"] == turned).all()


@pytest.mark.parametrize("raw", [b"", b"abc", struct.pack("<Q", 10**9) + b"{}"])
def test_what_is_no_file_of_arrays_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(ValueError, match="no file of arrays"):
        unpack(raw)


def test_arrays_of_other_kinds_and_notes_are_passed_over() -> None:
    said = b'{"__metadata__":{"by":"x"},"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}'
    assert unpack(struct.pack("<Q", len(said)) + said + b"\0" * 8) == {}
