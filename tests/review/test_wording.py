"""How names are said within a sentence."""

from __future__ import annotations

import pytest

from servanda.review.wording import the


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("United States", "the United States"), ("Russian Federation", "the Russian Federation"),
        ("Solomon Islands", "the Solomon Islands"), ("Korea", "Korea"), ("Viet Nam", "Viet Nam"),
        ("the Gulf", "the Gulf"), ("ASEAN", "ASEAN"), ("European Union", "the European Union"),
    ],
)  # fmt: skip
def test_names_of_common_nouns_have_their_article(name: str, said: str) -> None:
    assert the(name) == said
