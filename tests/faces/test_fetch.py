"""servanda fetch and add, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.faces.test_cli import Say, say
from tests.sources.publisher import content_of

__all__ = ["say"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SERVANDA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SERVANDA_NOW", "2026-11-23T12:00:00+00:00")
    monkeypatch.setenv("SERVANDA_TODAY", "2026-11-23")
    return tmp_path / "data"


def test_a_dry_run_says_every_address_and_limit_and_asks_none(say: Say, data: Path) -> None:
    code, out, err = say(
        "fetch", "comtrade", "--set", "reporter=india,KOR", "--set", "partner=USA", "--year", "2018-2019", "--dry-run"
    )
    assert (code, err) == (0, "") and not data.exists()
    head = "https://comtradeapi.un.org/public/v1/preview/C/A/HS?reporterCode"
    assert out.splitlines() == [
        f"{head}=699&period=2018&partnerCode=842&cmdCode=TOTAL&flowCode=M,X",
        f"{head}=699&period=2019&partnerCode=842&cmdCode=TOTAL&flowCode=M,X",
        f"{head}=410&period=2018&partnerCode=842&cmdCode=TOTAL&flowCode=M,X",
        f"{head}=410&period=2019&partnerCode=842&cmdCode=TOTAL&flowCode=M,X",
        "4 calls, 0 of them held; 500 rows a call, 2 seconds between calls, no key; an answer cut at the limit is asked "
        "for again in halves. Nothing was asked.",
    ]


def test_what_was_fetched_is_listed_with_its_age(
    say: Say, data: Path, tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = str(content_of(tmp_path / "content", "comtrade", httpserver.url_for("/")))
    httpserver.expect_request("/public/v1/preview/C/A/HS").respond_with_data(
        json.dumps({"count": 0, "data": [], "error": ""})
    )
    asked = ["fetch", "comtrade", "--set", "reporter=IND", "--year", "2019", "--content", content]
    code, out, err = say(*asked)
    assert code == 0 and out.startswith("comtrade of 2026-11-23: 1 file, ")
    assert (
        [line[:5] for line in err.splitlines()] == ["[0/1]", "[1/1]"] and "ask http" in err and "kept preview_" in err
    )
    assert "1 of them held" in say(*asked, "--dry-run")[1]
    monkeypatch.setenv("SERVANDA_TODAY", "2026-12-03")
    code, out, _ = say("fetch", "--list", "--content", content)
    assert (
        code == 0
        and "comtrade: UN Comtrade, trade in goods as countries report it. UN Comtrade terms of use, not open." in out
    )
    assert "  2026-11-23, 10 days old: 1 file, " in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["comtrad"], "no source 'comtrad'; nearest is comtrade"),
        (["comtrade"], "comtrade (preview) needs --set reporter=... and --year"),
        (["comtrade", "--set", "reporter=IND", "--year", "2019", "--address", "bulks"], "comtrade has no address 'bulks'; nearest is bulk"),
        (["comtrade", "--set", "colour=IND"], "comtrade (preview) has no choice 'colour'; it has reporter, year, partner, product, flow"),
        (["comtrade", "--set", "reporter=INE", "--year", "2019"], "'INE' has no code in the list 'comtrade'; nearest is "),
        (["comtrade", "--set", "reporter", "--year", "2019"], "--set 'reporter' sets nothing; write for example --set reporter=IND,KOR"),
        (["comtrade", "--set", "reporter=IND", "--year", "2019-2010"], "'2019-2010' are no years; write 2019, or 2010-2014,2016"),
        (["comtrade", "--set", "reporter=IND", "--year", "2019", "--date", "23.11.2026"], "'23.11.2026' is not a day"),
        (["tradestat"], "tradestat is had by hand: By fiscal year"),
        (["tradestat", "--address", "meidb"], "tradestat is had by hand: By month"),
    ],
)  # fmt: skip
def test_what_is_off_is_said(words: list[str], said: str, say: Say, data: Path) -> None:
    code, out, err = say("fetch", *words)
    assert (code, out) == (2, "") and said in err and not data.exists()


def test_a_file_by_hand(say: Say, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    code, out, err = say(
        "add", str(file), "--source", "tradestat", "--date", "2026-11-20", "--from", "https://www.example.org"
    )
    assert (code, err) == (0, "") and out.startswith("export.csv: 4 bytes, SHA-256 ")
    held = json.loads((data / "tradestat" / "2026-11-20" / "manifest.json").read_text(encoding="utf-8"))
    assert held["pieces"][0] | {"sha256": ""} == {
        "file": "export.csv", "sha256": "", "size": 4, "at": "2026-11-23T12:00:00+00:00", "address": "https://www.example.org",
    }  # fmt: skip
    assert say("add", str(tmp_path / "none.csv"), "--source", "tradestat")[0] == 2


def test_a_table_of_what_is_held(say: Say, data: Path, tmp_path: Path) -> None:
    """By hand, without the network: a saved table to a tidy one, with what must be known of it."""
    file, out = tmp_path / "export.csv", tmp_path / "out.csv"
    file.write_text("S.No.,HSCode,Commodity,2018-2019\n1,02,MEAT,5\n2,03,FISH,\n", encoding="utf-8")
    assert (
        say("fetch", "tradestat", "--table", str(out))[2]
        == "servanda: nothing is held of tradestat; fetch it first, or add a file\n"
    )
    assert say("add", str(file), "--source", "tradestat", "--set", "flow=export", "--set", "partner=KOR")[0] == 0
    code, told, err = say("fetch", "tradestat", "--table", str(out))
    assert code == 0 and "2 rows of tradestat of 2026-11-23. Ministry of Commerce" in told
    assert err == "note: export.csv: chapter 01 is not there beside 02 and 03; sums are short of it\n"
    assert '"IND","KOR","party","export","02",2,,,"FY2018-19",5,"USD million","FOB",,"reported"' in out.read_text(
        encoding="utf-8"
    )
    assert say("add", str(file), "--source", "tradestat", "--set", "flow")[0] == 2
