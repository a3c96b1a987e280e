"""What is expected of a pair: a known gap comes back within its interval, and no flow explains itself."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from servanda.errors import RequestError
from servanda.measures.ties.expected import PEERS, Question, expected
from servanda.measures.ties.fit.estimate import estimate
from servanda.measures.ties.fit.formula import terms
from servanda.measures.ties.fit.noise import noise
from servanda.measures.ties.fit.specification import Specification
from tests.measures.shared import SHARED
from tests.measures.ties.fit.flows import as_table, cells
from tests.measures.ties.fit.published import table

OWN = ("P00", "P01")
GAP = 0.4


def flows(
    seed: int, parties: int = 20, years: int = 6, gap: float = GAP, lasting: float = 0.3, together: float = 0.0
) -> pa.Table:
    """Flows by size, distance, a lasting deviation of each pair (none of the pair asked about) and noise from year to year
    that may hang together; the pair asked about trades less by a known share.
    """
    draw = np.random.default_rng(seed)
    at = one, other, year = cells(parties, years)
    dist = np.exp(draw.normal(8, 0.7, (parties, parties)))
    dist = (dist + dist.T) / 2
    own = np.triu(draw.normal(0, lasting, (parties, parties)), 1)
    own = own + own.T
    own[0, 1] = own[1, 0] = lasting**2 / 2
    noise = draw.normal(size=(parties, parties, years))
    for now in range(1, years):
        noise[..., now] = together * noise[..., now - 1] + np.sqrt(1 - together**2) * noise[..., now]
    size = draw.normal(0, 0.7, (2, parties, years))
    index = size[0][one, year] + size[1][other, year] - 0.8 * np.log(dist[one, other]) + 10
    trade = np.exp(index + own[one, other] - lasting**2 / 2 + 0.5 * noise[one, other, year] - 0.125)
    trade[((one == 0) & (other == 1)) | ((one == 1) & (other == 0))] *= 1 - gap
    return as_table(at, {"trade": trade, "dist": dist[one, other]})


ASKED = Question(OWN, "log(dist)")


def test_a_known_gap_comes_back_within_its_interval_nineteen_times_in_twenty() -> None:
    found = [expected(flows(seed), ASKED) for seed in range(200)]
    inside = [one.low < GAP < one.high for one in found if one.low is not None and one.high is not None]
    assert len(inside) == 200
    assert 0.91 <= np.mean(inside) <= 0.99
    middle = np.median([one.value for one in found if one.value is not None])
    assert middle == pytest.approx(GAP, abs=0.05)


def test_noise_that_lasts_from_year_to_year_is_allowed_for() -> None:
    found = [expected(flows(seed, together=0.6), ASKED) for seed in range(80)]
    inside = [one.low < GAP < one.high for one in found if one.low is not None and one.high is not None]
    assert np.mean(inside) >= 0.9


@pytest.mark.parametrize("spread", [0.3, 1.2])
def test_the_noise_of_one_year_is_that_of_the_logarithm(spread: float) -> None:
    """Lognormal flows of a known spread. As a share of the mean the wider one would be the root of exp(1.44) - 1, 1.8."""
    draw = np.random.default_rng(5)
    at = one, other, _ = cells(60, 1)
    size = draw.normal(0, 0.7, (2, 60))
    trade = np.exp(size[0][one] + size[1][other] + 10 + draw.normal(-(spread**2) / 2, spread, one.size))
    held = as_table(at, {"trade": trade, "dist": np.exp(draw.normal(8, 0.7, one.size))})
    specified = Specification(terms("log(dist)"), ("exporter-year", "importer-year"), clustered=("pair",))
    found = [noise(estimate(held, specified), np.full(1, mean)) for mean in np.quantile(trade, [0.2, 0.4, 0.6, 0.8])]
    assert np.mean(found) == pytest.approx(spread, rel=0.15)


def test_no_flow_is_part_of_what_is_expected_of_it() -> None:
    """A pair that trades a thousand times as much is expected to trade no more."""
    held = flows(1, gap=0.0)
    one, other = (pc.is_in(held[name], pa.array(OWN)) for name in ("exporter", "importer"))
    many = np.where(np.asarray(pc.and_(one, other)), 1000.0, 1.0)
    more = held.set_column(3, "trade", pa.array(held["trade"].to_numpy() * many))
    peers = (("P02", "P03"), ("P04", "P05"))
    before, after = (expected(kind, Question(OWN, "log(dist)", peers)) for kind in (held, more))
    assert after.steps["expected"] == pytest.approx(before.steps["expected"], rel=1e-9)
    assert after.steps["actual"] == pytest.approx(1000 * before.steps["actual"])
    assert after.value is not None and after.value < 0


def test_the_path_and_both_directions_add_up_to_the_whole() -> None:
    found = expected(flows(2), ASKED)
    for kind in ("path", "directions"):
        assert sum(one["actual"] for one in found.steps[kind]) == pytest.approx(found.steps["actual"])
        assert sum(one["expected"] for one in found.steps[kind]) == pytest.approx(found.steps["expected"])
    assert [one["year"] for one in found.steps["path"]] == list(range(2000, 2006))
    assert (found.used, found.expected, found.period) == (12, 12, "2000-2005")


def test_a_rank_has_its_range_and_its_peers() -> None:
    found = expected(flows(3), ASKED)
    rank = found.steps["rank"]
    assert rank["of"] == PEERS + 1 == len(rank["peers"]) + 1
    assert 1 <= rank["first"] <= rank["place"] <= rank["last"] <= rank["of"]
    totals = [one["expected"] for one in rank["peers"]]
    assert min(totals) < 3 * found.steps["expected"] and max(totals) > found.steps["expected"] / 3


def test_a_large_gap_is_surely_more_than_that_of_most_peers() -> None:
    found = expected(flows(4, gap=0.95, lasting=0.0), ASKED)
    assert found.steps["rank"]["place"] == 1 and found.steps["rank"]["last"] <= 5


def test_the_order_of_the_pair_does_not_matter() -> None:
    held = flows(5)
    one, other = expected(held, ASKED), expected(held, Question(OWN[::-1], "log(dist)"))
    assert (one.value, one.low, one.high, one.parties) == (other.value, other.low, other.high, other.parties)


def test_without_trade_the_share_is_whole_and_has_no_interval() -> None:
    found = expected(flows(6, gap=1.0), Question(OWN, "log(dist)", (("P02", "P03"),)))
    assert (found.value, found.low, found.high) == (1.0, None, None)
    assert "no_trade_no_interval" in found.caveats


def test_a_single_year_has_a_wider_interval() -> None:
    held = flows(7).filter(pc.equal(flows(7)["year"], 2003))
    one, many = expected(held, ASKED), expected(flows(7), ASKED)
    assert one.low is not None and many.low is not None and one.high is not None and many.high is not None
    assert one.high - one.low > many.high - many.low
    assert expected(held.drop_columns(["year"]), ASKED).value == pytest.approx(one.value)


def test_nothing_known_has_a_reason() -> None:
    held = flows(8)
    away = held.filter(pc.invert(pc.and_(*(pc.is_in(held[name], pa.array(OWN)) for name in ("exporter", "importer")))))
    found = expected(away, ASKED)
    assert (found.value, found.reason) == (None, "the table has no row between P00 and P01")
    alone = held.filter(
        pc.or_(
            pc.and_(*(pc.is_in(held[name], pa.array(OWN)) for name in ("exporter", "importer"))),
            pc.and_(*(pc.invert(pc.is_in(held[name], pa.array(OWN))) for name in ("exporter", "importer"))),
        )
    )
    lonely = expected(alone, Question(OWN, "log(dist)", (("P02", "P03"),)))
    assert lonely.value is None and lonely.reason is not None and "nobody else" in lonely.reason
    with pytest.raises(RequestError, match="a pair is two parties"):
        expected(held, Question(("P00", "P00"), "log(dist)"))


def test_the_first_case_on_published_flows() -> None:
    """Manufactures of India and Korea, 1986 to 2006: about as much as expected, and no interval that shows otherwise."""
    SHARED("trade/agtpa_applications.parquet")
    found = expected(table("apart"), Question(("IND", "KOR"), "log(dist) + cntg + lang + clny + rta"))
    assert found.parties == ("IND", "KOR") and found.used == 12
    assert found.low is not None and found.high is not None and found.low < 0 < found.high
    rank = found.steps["rank"]
    assert rank["first"] <= rank["place"] <= rank["last"]
