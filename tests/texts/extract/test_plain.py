"""Bytes into characters: what is declared, what is shown, and a clear choice where neither is."""

from __future__ import annotations

import pytest

from servanda.errors import TextUnreadable
from servanda.texts.extract.plain import decode, read_plain

KOREAN = "양측은 2031년까지 공동 사무소를 개설하기로 합의하였다. 한국과 인도는 협력한다."
WEST = "The two sides agreed to open a “joint office” – in Côte d’Ivoire – for £5 million (€6 million)."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (KOREAN, "utf-8"), (KOREAN, "utf-8-sig"), (KOREAN, "utf-16"), (KOREAN, "utf-32"), (KOREAN, "cp949"),
        (KOREAN, "euc-kr"), ("Both sides (양국) agreed. " * 20, "euc-kr"), (KOREAN + " 똠방각하", "cp949"),
        (WEST, "cp1252"), ("Café agreed.", "latin-1"), ("Die Länder müßten über Öl reden.", "cp1252"),
        ("両国は二〇三一年までに共同事務所を開設することに合意した。", "shift_jis"),
        ("両国は二〇三一年までに共同事務所を開設することに合意した。", "euc_jp"),
        ("双方同意于2031年前开设联合办事处。", "gb18030"),
        ("Стороны договорились открыть совместное бюро до 2031 года.", "cp1251"),
        (WEST, "utf-16-le"), (WEST, "utf-16-be"),
    ],
)  # fmt: skip
def test_the_letters_are_right_in_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_a_guess_is_told_to_the_reader_and_a_fact_is_not() -> None:
    assert decode(WEST.encode()).note == ()
    (said,) = decode(WEST.encode("cp1252")).note
    assert said.startswith("read as Windows-1252, for it is not UTF-8") and "save it as UTF-8" in said
    (said,) = decode(KOREAN.encode("euc-kr")).note
    assert "EUC-KR" in said


def test_a_declared_encoding_is_believed() -> None:
    czech = "Obě strany se dohodly, že společný úřad bude otevřen."
    assert decode(czech.encode("cp1250"), "windows-1250").text == czech
    raw = f'<html><head><meta charset="euc-kr"></head>{KOREAN}'.encode("cp949")
    assert KOREAN in decode(raw).text
    raw = f'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">{czech}'.encode("iso8859_2")
    assert czech in decode(raw).text
    assert decode(WEST.encode("cp1252"), "no-such-charset").text == WEST


def test_a_broken_letter_in_utf8_is_shown_and_told() -> None:
    made = decode(KOREAN.encode()[:-2] + b" " + KOREAN.encode())
    assert made.encoding == "utf-8"
    assert "\ufffd" in made.text and made.note == ("1 places are not UTF-8 and are shown as \ufffd",)


@pytest.mark.parametrize("raw", [b"abc\x00def" * 30, bytes(range(256)) * 20, b"\x01\x02\x03\x04\x05" * 100])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(TextUnreadable, match=r"^x\.bin is not a text; give a PDF"):
        read_plain(raw, "x.bin")


def test_line_ends_are_line_feeds_and_nothing_else_changes() -> None:
    assert read_plain(b" a\r\nb\rc\n\x0cd\t\xc2\xa0 ", "x").text == " a\nb\nc\n\x0cd\t\xa0 "
