"""Every declared source is complete, and its addresses can be filled in."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from servanda.settings import KEYS
from servanda.sources.codes import codes
from servanda.sources.declared import sources

ALL = sources()


@pytest.mark.parametrize("name", list(ALL))
def test_a_source_says_all_that_a_user_must_know(name: str) -> None:
    one = ALL[name]
    for words in (one.title, one.publisher, one.cite, one.coverage, one.units, one.shape, one.licence.name):
        assert words.strip()
    assert one.addresses and one.known_errors
    assert one.licence.is_open or "No table of it comes with this program." in (one.licence.terms or "")


@pytest.mark.parametrize(("name", "address"), [(name, way.name) for name, one in ALL.items() for way in one.addresses])
def test_an_address_can_be_filled_in(name: str, address: str) -> None:
    """Each choice is in `each` or in `joined` and in no other; keys are settings that there are; codes have a list."""
    one = ALL[name].address(address)
    assert urlsplit(one.pattern).scheme in ("http", "https") and one.pause > 0
    if one.is_form:
        assert not one.choices and one.what.endswith(".")
        return
    assert sorted((*one.each, *one.joined)) == sorted(one.choices)
    assert set(one.defaults) <= set(one.choices)
    assert one.key is None or one.key in KEYS
    assert (one.key is not None) == (one.key_header is not None or "{key}" in one.pattern)
    assert codes(one.codes.removesuffix("-lower")).find("nothing of the kind") is None or one.codes == "worldbank"
