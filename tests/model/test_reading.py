"""A reading is a value or a reason, never both, never neither, never a number that cannot be shown."""

from __future__ import annotations

import math
from typing import Any

import pytest

from servanda.model.finding import Finding
from servanda.model.reading import Reading


def test_value_or_reason() -> None:
    assert Reading("share", "%", value=0.0).value == 0.0
    assert Reading("share", "%", reason="no rows").value is None


@pytest.mark.parametrize(("value", "reason"), [(None, None), (1.0, "no rows"), (0.0, "")])
def test_both_or_neither_is_refused(value: float | None, reason: str | None) -> None:
    with pytest.raises(ValueError, match="share: a reading has a value or a reason, exactly one"):
        Reading("share", "%", value=value, reason=reason)


@pytest.mark.parametrize("field", ["value", "low", "high"])
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(field: str, number: float) -> None:
    fields: dict[str, Any] = {"value": 1.0, field: number}
    with pytest.raises(ValueError, match="is not a number that can be shown; give a reason instead"):
        Reading("share", "%", **fields)


def test_finding_without_readings_is_refused() -> None:
    with pytest.raises(ValueError, match="f1 has no reading behind it"):
        Finding("f1", None, "All is well.", "rule", ())
