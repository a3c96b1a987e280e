"""PDF: columns in reading order, heads and feet gone, words whole, footnotes at the end; faults are one sentence."""

from __future__ import annotations

import struct
import zlib

import pytest

from servanda.errors import TextUnreadable
from servanda.texts.extract.extract import extract
from tests.texts.extract.statements import compiled

pytestmark = pytest.mark.usefixtures("in_this_process")

LONG = (
    "The two ministers met in the capital and reviewed the state of the ferry, the lighthouse and the harbour office, "
    "which they had opened together in the year before. They agreed that the harbour office will publish a "
    "yearly report. "
)


def read(source: str) -> list[str]:
    return extract(compiled(source), "made.pdf").text[:-1].split("\n\n")


def handmade(*contents: str, media: str = "0 0 595 842", extra: str = "", trailer: str = "") -> bytes:
    """A PDF with one page for each content stream, in Courier; `extra` goes into each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] {extra} /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def lines(*said: tuple[float, float, float, str]) -> str:
    """A content stream that shows words at places in sizes."""
    return "\n".join(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET" for x, y, size, text in said)


def picture() -> bytes:
    """A small grey PNG."""

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = b"".join(b"\x00" + b"\x80" * 8 for _ in range(8))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def test_two_columns_are_read_one_after_the_other() -> None:
    words = [
        f"Sentence {number} says that the harbour will be deepened by the year {2030 + number}." for number in range(40)
    ]
    source = '#set page(paper: "a4", columns: 2)\n#set text(size: 11pt)\n' + "\n\n".join(words)
    assert read(source) == words


def test_a_title_across_both_columns_comes_first_and_a_short_second_column_last() -> None:
    words = [
        f"Sentence {number} says that the harbour will be deepened by the year {2030 + number}." for number in range(20)
    ]
    source = (
        '#set page(paper: "a4", columns: 2)\n#set text(size: 11pt)\n'
        '#place(top + center, scope: "parent", float: true)[#text(18pt, weight: "bold")[Joint Statement on the '
        "Harbour]]\n" + "\n\n".join(words)
    )
    assert read(source) == ["## Joint Statement on the Harbour", *words]


def test_running_heads_feet_and_page_numbers_are_gone() -> None:
    source = (
        '#set page(paper: "a5", header: [Ministry of Foreign Affairs #h(1fr) 12 May 2031],'
        " footer: context [Doc. 12/2031 #h(1fr) Page #counter(page).display() of #counter(page).final().first()])\n"
        + "\n\n".join([LONG] * 12)
    )
    text = extract(compiled(source), "made.pdf").text
    assert "Ministry" not in text and "Page" not in text and "Doc." not in text
    assert text.count("The two ministers met") == 12
    assert " ".join(text.split()).count(" ".join(LONG.split())) == 12


def test_heads_that_differ_on_left_and_right_pages_are_gone() -> None:
    source = (
        '#set page(paper: "a5", header: context [#if calc.even(counter(page).get().first()) [Left head] else '
        "[Right head]])\n" + "\n\n".join([LONG] * 14)
    )
    text = extract(compiled(source), "made.pdf").text
    assert "head" not in text


def test_a_lead_in_at_the_foot_of_two_pages_is_no_running_foot() -> None:
    page = [
        (72, 780 - 14 * n, 11, f"Line {n} of the page says that the two sides will act in the year {2030 + n} and")
        for n in range(50)
    ]
    same = (72, 780 - 14 * 50, 11, "later. To this end, the two sides will:")
    text = extract(handmade(lines(*page, same), lines(*page[:20], same), lines(*page[:10])), "made.pdf").text
    assert text.count("To this end, the two sides will:") == 2


def test_a_line_that_stands_where_a_head_would_is_left_out_of_one_page_and_told() -> None:
    body = [
        (72, 720 - 14 * n, 11, f"Line {n} says that the two sides will act in concert and at once in all matters")
        for n in range(9)
    ]
    made = extract(handmade(lines((72, 810, 11, "Press Release 12"), *body)), "made.pdf")
    assert "Press Release" not in made.text
    assert made.note == ("'Press Release 12' was taken for the head or foot of the page and left out",)


def test_footnotes_go_to_the_end_and_their_marks_leave_the_text() -> None:
    source = (
        '#set page(paper: "a5")\n' + LONG + "\n\n"
        "The amount#footnote[In current money, as published by the bank of Avaria.] is fixed; an area of 12 "
        "km#super[2] stays.\n\n"
        + "\n\n".join([LONG] * 6)
        + "\n\nThe last sentence.#footnote[See the memorandum of 2029.]\n"
    )
    made = extract(compiled(source), "made.pdf")
    assert "The amount is fixed; an area of 12 km2 stays." in made.text
    assert made.text.endswith(
        "The last sentence.\n\n## Footnotes\n\n1. In current money, as published by the bank of Avaria.\n\n"
        "2. See the memorandum of 2029.\n"
    )
    assert made.note == ("2 footnotes were moved to the end",)


def test_small_type_at_the_foot_without_a_mark_stays_where_it_is() -> None:
    source = '#set page(paper: "a5")\n' + LONG + "\n\n#text(7pt)[3 copies were made of this text for the archive.]\n"
    assert read(source)[-1] == "3 copies were made of this text for the archive."


def test_a_raised_mark_set_by_hand_is_known_by_its_place() -> None:
    said = "The two sides welcomed the opening of the office"
    end = 72 + 6.6 * len(said)  # every letter of Courier is six tenths wide
    content = lines(
        (72, 700, 11, said),
        (end, 704, 6, "1"),
        (end + 10.2, 700, 11, "in May."),
        (72, 80, 6, "1"),
        (77, 76, 9, "See the minutes of the meeting."),
    )
    made = extract(handmade(content), "made.pdf").text
    assert made == (
        "The two sides welcomed the opening of the office in May.\n\n## Footnotes\n\n"
        "1. See the minutes of the meeting.\n"
    )


def test_ligatures_are_spelled_out_and_broken_words_are_whole() -> None:
    said = (
        "The officials confirmed the efficient certification of offshore fisheries, affirmed their long-term "
        "people-to-people "
        "programme and the state-owned ferry, and reaffirmed the internationalisation of cross-border infrastructure."
    )
    for width in range(60, 130, 7):
        source = (
            f"#set page(width: {width}mm, height: 25cm)\n"
            f'#set text(size: 11pt, lang: "en", hyphenate: true)\n#set par(justify: true)\n{said}'
        )
        assert read(source) == [said], width


def test_korean_lines_join_with_the_spaces_that_they_had() -> None:
    said = (
        "대한민국과 아바리아는 2031년까지 공동 사무소를 개설하고 매년 회의를 개최하기로 합의하였다. "
        "양측은 해상 운송을 확대하고 학생과 연구자의 교류를 늘리며 항만 개발에 협력한다."
    )
    for width in (50, 63, 77):
        assert read(f'#set page(width: {width}mm)\n#set text(size: 11pt, font: "Noto Serif CJK KR")\n{said}') == [
            said
        ], width


def test_numbered_paragraphs_and_nested_lists_keep_their_marks() -> None:
    source = (
        '#set enum(full: true, numbering: (..n) => numbering(if n.pos().len() > 1 { "a)" } else { "1." }, '
        "n.pos().last()))\n"
        "The sides will:\n\n+ open an office;\n+ publish a report on:\n  + trade;\n  + the seas;\n- and a bullet.\n\n"
        "1.2 Numbered by hand, with words enough to go on over the end of the first line of this paragraph and "
        "the next.\n\n"
        "(iv) In Roman figures."
    )
    assert read(source) == [
        "The sides will:",
        "1. open an office;",
        "2. publish a report on:",
        "a) trade;",
        "b) the seas;",
        "- and a bullet.",
        "1.2 Numbered by hand, with words enough to go on over the end of the first line of this paragraph and "
        "the next.",
        "(iv) In Roman figures.",
    ]


def test_a_number_that_begins_a_line_by_chance_is_no_list() -> None:
    for width in range(60, 110, 4):
        said = (
            "The two sides will raise the amount to USD 1.5 billion by 2031, and again in steps of 2.5 per cent a year."
        )
        assert read(f"#set page(width: {width}mm)\n#set text(size: 11pt)\n{said}") == [said], width


def test_a_table_is_written_row_by_row() -> None:
    source = (
        "Before the table.\n\n"
        "#table(columns: (40mm, 30mm, 50mm), [Act], [Date], [Amount], [A ferry that runs between both "
        "capitals], [2031], [USD 5 million],"
        " [Office], [], [none])\n\nAfter the table."
    )
    assert read(source) == [
        "Before the table.",
        "Act | Date | Amount",
        "A ferry that runs between both capitals | 2031 | USD 5 million",
        "Office | | none",
        "After the table.",
    ]


def test_a_frame_around_words_is_no_table() -> None:
    assert read("#rect(width: 100%)[Words in a frame that was drawn around them.]\n\nAfter it.") == [
        "Words in a frame that was drawn around them.",
        "After it.",
    ]


def test_headings_are_known_by_their_type_and_a_bold_beginning_is_none() -> None:
    source = (
        f"= Trade\n\n{LONG}\n\n*Energy*\n\n*Water.* The two sides will share data on the rivers.\n\n{LONG}\n\n"
        "#text(15pt)[The Seas and the Coast]\n\n" + LONG
    )
    body = " ".join(LONG.split())
    assert read(source) == [
        "## Trade", body, "## Energy", "Water. The two sides will share data on the rivers.", body,
        "## The Seas and the Coast", body,
    ]  # fmt: skip


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    turned = "\n".join(
        f"BT /F 11 Tf 0 1 -1 0 {100 + 14 * n} 72 Tm (Line {n} of a page that lies on its side and goes on) Tj ET"
        for n in range(5)
    )
    wanted = " ".join(f"Line {n} of a page that lies on its side and goes on" for n in range(5))
    assert extract(handmade(turned, extra="/Rotate 90"), "made.pdf").text == wanted + "\n"


def test_a_mark_across_the_page_is_left_out() -> None:
    content = lines((72, 700, 11, "The two sides met.")) + "\nBT /F 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (DRAFT) Tj ET"
    assert extract(handmade(content), "made.pdf").text == "The two sides met.\n"


def test_a_page_without_text_is_named() -> None:
    made = extract(
        handmade(lines((72, 700, 11, "The two sides met.")), "", lines((72, 700, 11, "They left."))), "made.pdf"
    )
    assert made.note == ("page 2 holds no text",)
    made = extract(handmade(lines((72, 700, 11, "The two sides met.")), "", ""), "made.pdf")
    assert made.note == ("pages 2, 3 hold no text",)


def test_a_scan_says_that_text_recognition_comes_first() -> None:
    source = f"#image(bytes(({', '.join(str(byte) for byte in picture())})), width: 100%)"
    with pytest.raises(
        TextUnreadable, match=r"^scan\.pdf holds pictures of pages and no text; run text recognition"
    ) as caught:
        extract(compiled(source), "scan.pdf")
    assert "ocrmypdf" in str(caught.value)


def test_pages_without_anything_say_that_there_is_no_text() -> None:
    with pytest.raises(TextUnreadable, match=r"^made\.pdf holds no text to read"):
        extract(handmade("", ""), "made.pdf")


def test_an_encrypted_file_says_so() -> None:
    key = "<28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A>"
    trailer = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>]"
    with pytest.raises(
        TextUnreadable, match=r"^secret\.pdf is encrypted; open it with its password and save it without one"
    ):
        extract(handmade(lines((72, 700, 11, "Hidden.")), trailer=trailer), "secret.pdf")


@pytest.mark.parametrize("raw", [b"%PDF-1.7\n", b"%PDF-1.4\n" + b"x" * 5000, compiled("Hello")[:400]])
def test_a_broken_file_says_so(raw: bytes) -> None:
    with pytest.raises(TextUnreadable, match=r"^made\.pdf is broken and cannot be opened as a PDF; fetch it again"):
        extract(raw, "made.pdf")


def test_a_web_page_printed_by_a_browser_loses_what_the_browser_put_around_it() -> None:
    body = [
        (72, 700 - 14 * n, 11, f"Line {n} says that the two sides will act in concert and in all matters at once")
        for n in range(9)
    ]
    edge = [
        (24, 820, 8, "11/24/31, 1:37 AM"),
        (250, 820, 8, "Joint Statement"),
        (24, 20, 8, "https://mfa.example/a"),
        (560, 20, 8, "1/1"),
    ]
    text = extract(handmade(lines(*edge, *body)), "made.pdf").text
    assert text.startswith("Line 0 says") and "mfa.example" not in text and "1:37" not in text
