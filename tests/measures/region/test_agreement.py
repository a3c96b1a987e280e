"""Agreement: one session worked by hand, what must hold, and published scores."""

from __future__ import annotations

import csv
from collections.abc import Mapping

import numpy as np
import pyarrow.parquet as pq
import pytest

from servanda.measures.region.agreement import agreement
from tests.measures.shared import SHARED

VOTES = {"A": (1, 1, 3, 2), "B": (1, 3, 3, 1), "C": (1, 0, 1, 1)}


def of(votes: Mapping[str, tuple[int, ...]], unanimous: bool = False) -> dict[tuple[str, str], dict[str, float]]:
    rows = [(str(call), 7, name, vote) for name, said in votes.items() for call, vote in enumerate(said)]
    call, session, member, vote = zip(*rows, strict=True)
    found = {}
    for one in agreement(np.array(call), np.array(session), np.array(member), np.array(vote), unanimous):
        for place in range(len(one.a)):
            names = ("votes", "half", "strict", "s", "kappa", "pi")
            found[str(one.a[place]), str(one.b[place])] = {name: float(getattr(one, name)[place]) for name in names}
    return found


def test_worked_by_hand() -> None:
    made = of(VOTES)["A", "B"]
    # Divided: calls 1, 2, 3. A: 1 3 2, B: 3 3 1: distances 2, 0, 1.
    assert made["votes"] == 3 and made["strict"] == pytest.approx(1 / 3)
    assert made["half"] == pytest.approx(1 - (1 + 0 + 0.5) / 3) and made["s"] == pytest.approx(2 * made["half"] - 1)
    seen = (4 + 0 + 1) / 3
    # A has one each of 1, 2, 3; B a third of 1 and two thirds of 3.
    chance = (1 / 3) * ((0 + 1 + 4) / 3) + (2 / 3) * ((4 + 1 + 0) / 3)
    assert made["kappa"] == pytest.approx(1 - seen / chance)
    pooled = np.array([2 / 6, 1 / 6, 3 / 6])
    expected = sum(pooled[i] * pooled[j] * (i - j) ** 2 for i in range(3) for j in range(3))
    assert made["pi"] == pytest.approx(1 - seen / expected)


def test_roll_calls_without_a_division_count_only_where_asked() -> None:
    assert of(VOTES)["A", "C"]["votes"] == 2 and of(VOTES, unanimous=True)["A", "C"]["votes"] == 3


def test_both_members_are_treated_alike() -> None:
    swapped = of({"Z" if name == "A" else name: said for name, said in VOTES.items()})
    assert swapped["B", "Z"] == pytest.approx(of(VOTES)["A", "B"])


def test_nothing_known() -> None:
    assert of({"A": (1, 1), "B": (1, 1)}) == {}, "nothing was divided"
    assert of({"A": (0, 8), "B": (1, 3), "C": (3, 1)}).keys() == {("B", "C")}, "an absent member agrees with nobody"
    always = of({"A": (1, 1), "B": (1, 1), "C": (3, 3)})["A", "B"]
    assert always["half"] == 1 and np.isnan(always["kappa"]), "chance alone would give it"


def test_published_scores() -> None:
    """Voeten's dyadic agreement, pairs of sixteen countries; India and Korea in 2020 under five definitions."""
    table = pq.read_table(SHARED("region/un_rollcall_matrix_1946_2021.parquet"))
    meta = pq.read_table(SHARED("region/un_rollcall_meta_1946_2021.parquet"))
    session_of = dict(zip(meta["rcid"].to_pylist(), meta["session"].to_pylist(), strict=True))
    members = [name for name in table.column_names if name != "rcid"]
    calls = table["rcid"].to_numpy()
    sessions = np.array([session_of[call] for call in calls])
    wanted = np.isin(sessions, (55, 60, 75))
    matrix = np.array([table[name].to_numpy()[wanted] for name in members])
    rows, columns = np.nonzero(np.isin(matrix, (1, 2, 3)))
    made = {}
    found = agreement(
        calls[wanted][columns].astype(str), sessions[wanted][columns].astype(np.int64), np.array(members)[rows],
        matrix[rows, columns].astype(np.int64),
    )  # fmt: skip
    for one in found:
        for place in range(len(one.a)):
            made[one.session, str(one.a[place]), str(one.b[place])] = place, one
    place, one = made[75, "732", "750"]
    assert [round(float(getattr(one, name)[place]), 2) for name in ("half", "strict", "kappa", "pi")] == [
        0.72, 0.58, 0.13, 0.11,
    ]  # fmt: skip
    numbers = {"India": "750", "Philippines": "840", "Australia": "900", "Japan": "740"}
    with SHARED("region/agreement_scores_voeten_jun2024_16countries_to2010.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            pair = sorted(numbers.get(row[name], "") for name in ("country_a", "country_b"))
            key = (int(row["year"]) - 1945, pair[0], pair[1])
            if all(pair) and key in made:
                place, one = made[key]
                assert one.half[place] == pytest.approx(float(row["agree"]), abs=1e-12), key
