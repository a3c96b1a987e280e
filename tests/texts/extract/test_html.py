"""HTML: the statement whole, nothing of what stands around it, lists and headings kept."""

from __future__ import annotations

import pytest

from servanda.errors import TextUnreadable
from servanda.texts.extract.extract import extract
from servanda.texts.extract.html import read_html
from tests.texts.extract.statements import CLUTTER_AFTER, CLUTTER_BEFORE, page, statement

pytestmark = pytest.mark.usefixtures("in_this_process")

BODY = (
    "<p>The President of Avaria visited Brenland on 12 May 2031 at the invitation of the Prime Minister of "
    "Brenland.</p>"
    "<p>The two sides welcomed the growth of trade and the opening of the new ferry between their two capitals.</p>"
)
SAID = [
    "The President of Avaria visited Brenland on 12 May 2031 at the invitation of the Prime Minister of Brenland.",
    "The two sides welcomed the growth of trade and the opening of the new ferry between their two capitals.",
]


def read(body: str, head: str = "") -> list[str]:
    text = extract(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "page.html").text
    return text[:-1].split("\n\n")


@pytest.mark.parametrize("seed", range(4))
def test_nothing_around_the_statement_comes_in(seed: int) -> None:
    parts = statement(seed)
    clean = extract(page(parts).encode(), "page.html")
    assert extract(page(parts, "", CLUTTER_BEFORE, CLUTTER_AFTER).encode(), "page.html") == clean
    flat = (
        page(parts)
        .replace("<main><article>", f"{CLUTTER_BEFORE}<div>")
        .replace("</article></main>", f"</div>{CLUTTER_AFTER}")
    )
    assert extract(flat.encode(), "page.html") == clean


def test_lists_keep_their_letters_numbers_and_beginnings() -> None:
    assert read(
        f"{BODY}<ol type='a' start='3'><li>third</li><li value='7'>seventh</li></ol><ol type=I><li>first</li>"
        f"<li>second</li></ol>"
        "<ul><li>outer<ol><li>inner</li></ol></li><li>(b) marked by hand</li></ul>"
        "<ul style='list-style: none'><li>unmarked</li></ul><ol style='list-style-type: lower-roman'><li>x</li>"
        "<li>y</li></ol>"
    ) == [
        *SAID, "c. third", "g. seventh", "I. first", "II. second", "- outer", "1. inner",
        "(b) marked by hand", "unmarked",
        "i. x", "ii. y",
    ]  # fmt: skip


def test_breaks_part_paragraphs_where_they_mean_to() -> None:
    assert read(
        f"{BODY}<div><b>Trade</b><br>The two sides will act.<br>They will act soon<br>and together.<br>"
        f"<br>&bull; one<br>&bull; two</div>"
    ) == [*SAID, "## Trade", "The two sides will act.", "They will act soon and together.", "- one", "- two"]


def test_a_paragraph_in_bold_is_a_heading_unless_it_ends_like_a_sentence() -> None:
    more = "<p><strong>Energy and Climate</strong></p><p><b>They will act.</b></p><p><b>Run in.</b> More.</p>"
    assert read(BODY + more) == [
        *SAID, "## Energy and Climate", "They will act.", "Run in. More.",
    ]  # fmt: skip


def test_short_paragraphs_and_lists_of_links_within_the_statement_are_kept() -> None:
    links = "<li><a href='/1'>Memorandum on Ports</a></li><li><a href='/2'>Memorandum on Rivers</a></li>"
    inside = f"<p>Agreed.</p><ul>{links}</ul>"
    assert read(f"<nav><a href='/'>Home</a></nav><main>{BODY}{inside}{BODY}</main>") == [
        *SAID, "Agreed.", "- Memorandum on Ports", "- Memorandum on Rivers", *SAID,
    ]  # fmt: skip


def test_the_last_item_and_the_signature_are_kept() -> None:
    end = "<ul><li>one;</li><li>two.</li></ul><p>Port Elm</p>"
    assert read(f"<article>{BODY}{end}</article><footer>Imprint</footer>") == [
        *SAID, "- one;", "- two.", "Port Elm",
    ]  # fmt: skip


def test_tables_are_rows_and_tables_that_hold_the_page_are_read_as_text() -> None:
    data = "<table><tr><th>Act</th><th>Date</th></tr><tr><td>Ferry<br>(new)</td><td>2031</td></tr></table>"
    outer = f"<table><tr><td width=200>Menu</td><td>{BODY}{data}</td></tr></table>"
    assert read(outer)[-4:] == [*SAID, "Act | Date", "Ferry (new) | 2031"]


def test_what_cannot_be_seen_is_left_out() -> None:
    hidden = "<p style='display: none'>Hidden words</p><p hidden>Hidden words</p><noscript>Turn on scripts</noscript>"
    icon = "<span aria-hidden=true>*</span><script>var x = 1;</script><style>p {}</style><!-- a remark -->"
    assert read(f"<main>{BODY}{hidden}<p>After{icon} it all.</p></main>") == [*SAID, "After it all."]


def test_a_class_that_merely_sounds_like_clutter_does_not_lose_the_statement() -> None:
    assert read(f"<div class='content-with-sidebar social page'><div class='related'>{BODY}</div></div>") == SAID


def test_marks_of_notes_are_gone_and_powers_stay() -> None:
    notes = "<div class=footnotes><h3>Notes</h3><ol><li id=n1>See there. <a href='#r1'>↩</a></li></ol></div>"
    assert read(f"{BODY}<p>It has 12 km<sup>2</sup>.<sup><a href='#n1'>[1]</a></sup></p>{notes}") == [
        *SAID, "It has 12 km2.", "## Footnotes", "1. See there.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2031-05-12T10:00:00+09:00">', "2031-05-12"),
        ('<meta name="DC.date" content="2031-05-12">', "2031-05-12"),
        ('<meta itemprop="datePublished" content="20310512">', "2031-05-12"),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2031-05-12T00:00Z"}]}</script>',
            "2031-05-12",
        ),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<meta name="date" content="2031-02-30">', None),
        ('<meta name="date" content="soon">', None),
        ("", None),
    ],
)
def test_the_date_is_the_page_s_own_or_none(head: str, date: str | None) -> None:
    made = extract(f"<html><head>{head}</head><body>{BODY}</body></html>".encode(), "page.html")
    assert made.date == date


def test_the_title_is_the_heading_then_what_is_shared_then_the_tab() -> None:
    tab, shared = "<title>Joint Statement | Ministry</title>", '<meta property="og:title" content="Joint Statement">'

    def title(head: str, body: str) -> str | None:
        return extract(f"<html><head>{head}</head><body>{body}{BODY}</body></html>".encode(), "page.html").title

    assert title(tab + shared, "<h1>Statement of Both</h1>") == "Statement of Both"
    assert title(tab + shared, "<h1>Ministry</h1><h1>Joint Statement</h1>") == "Joint Statement"
    assert title(tab, "") == "Joint Statement | Ministry"
    assert title("", "") is None


def test_a_heading_outside_the_article_is_the_statement_s() -> None:
    above = "<div class=top><h1>Joint Statement on the Harbour</h1></div><nav><a href=/>Home</a></nav>"
    around = f"{above}<article>{BODY}</article>"
    assert read(around, "<title>Joint Statement on the Harbour - Ministry</title>") == [
        "## Joint Statement on the Harbour", *SAID,
    ]  # fmt: skip


def test_the_alphabet_of_the_server_counts_before_that_of_the_page() -> None:
    korean = "양측은 2031년까지 공동 사무소를 개설하고 매년 회의를 개최하기로 합의하였다."
    raw = f"<html><body><p>{korean}</p></body></html>".encode("cp949")
    assert extract(raw, "page", "text/html; charset=EUC-KR").text == f"{korean}\n"
    assert extract(raw, "page.html").text == f"{korean}\n"
    assert extract(
        f"<html><meta charset=utf-8><body><p>{korean}".encode("cp949"), "page", 'text/html;charset="ks_c_5601-1987"'
    ).text


def test_a_page_that_scripts_write_says_so() -> None:
    with pytest.raises(
        TextUnreadable, match=r"^app\.html holds no text to read; where scripts write the page, open it in a browser"
    ):
        extract(b"<!doctype html><html><body><div id=root></div><script>run()</script></body></html>", "app.html")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "<html>",
        "\x00",
        "<body>" + "<div>" * 5000 + "x",
        "<p>" * 3000,
        "<table><tr><td>" * 400,
        "&#0;&#xD800;",
        "<![CDATA[x]]>",
    ],
)
def test_odd_pages_give_a_draft_and_no_fault_of_ours(text: str) -> None:
    assert read_html(text).fault in ("", "empty", "broken")


def test_a_page_nested_deeper_than_parsers_like_is_read_whole_or_refused() -> None:
    for depth, whole in ((150, True), (1_000, True), (100_000, False)):
        text = f"<html><body>{BODY}{'<div>' * depth}<p>Deep down the two sides agreed.</p>{'</div>' * depth}{BODY}"
        made = read_html(text)
        assert (made.fault == "" and "Deep down" in str(made.pieces) and len(made.pieces) == 5) is whole, depth
