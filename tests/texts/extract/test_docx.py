"""DOCX: headings, numbers that Word counts itself, tables, footnotes; what was struck out is gone; traps are "
"refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from servanda.errors import TextUnreadable
from servanda.texts.extract.extract import extract

pytestmark = pytest.mark.usefixtures("in_this_process")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINKS = {
    "numbering": "numbering.xml",
    "styles": "styles.xml",
    "footnotes": "footnotes.xml",
}


def made(body: str, **parts: str) -> bytes:
    """A DOCX with a body, and with other parts where they are given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        links = "".join(f'<Relationship Type="http://x/{name}" Target="{LINKS[name]}"/>' for name in parts)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{links}</Relationships>")
        for name, part in parts.items():
            archive.writestr(f"word/{LINKS[name]}", f"<w:{name} {W}>{part}</w:{name}>")
    return out.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def listed(name: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'


def level(depth: int, sort: str, pattern: str, start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{sort}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


def read(raw: bytes) -> list[str]:
    return extract(raw, "made.docx").text[:-1].split("\n\n")


def test_numbers_are_counted_as_word_counts_them() -> None:
    def abstract(name: int, *levels: str) -> str:
        return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'

    def use(name: int, source: int, more: str = "") -> str:
        return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{source}"/>{more}</w:num>'

    deep = level(2, "lowerRoman", "%1.%2.%3", more="<w:isLgl/>")
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = (
        abstract(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), deep)
        + abstract(1, level(0, "bullet", "\uf0b7"))
        + abstract(2, level(0, "upperRoman", "Article %1", 4))
        + use(1, 0) + use(2, 1) + use(3, 0, anew) + use(4, 2)
    )  # fmt: skip
    body = "".join(
        p(text, listed(name, depth))
        for text, name, depth in (
            ("one", 1, 0), ("sub", 1, 1), ("sub", 1, 1), ("deep", 1, 2), ("two", 1, 0), ("sub", 1, 1), ("dot", 2, 0),
            ("anew", 3, 0), ("next", 3, 0), ("Scope", 4, 0), ("Parties", 4, 0),
            ("unknown list", 9, 0), ("no list", 0, 0),
        )
    )  # fmt: skip
    assert read(made(body, numbering=numbering)) == [
        "1. one", "(a) sub", "(b) sub", "1.2.1 deep", "2. two", "(a) sub", "- dot", "1. anew", "2. next",
        "Article IV Scope", "Article V Parties", "unknown list", "no list",
    ]  # fmt: skip


def test_headings_by_style_by_outline_and_by_bold() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Kop1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="Loud"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="V1"><w:name w:val="toc 1"/></w:style>'
    )

    def styled(text: str, name: str, run: str = "") -> str:
        return p(text, f'<w:pStyle w:val="{name}"/>', run)

    body = (
        styled("Joint Statement", "T") + styled("Contents .... 3", "V1") + styled("Trade", "Kop1")
        + styled("Energy", "Mine")
        + p("Climate", '<w:outlineLvl w:val="2"/>') + styled("Seas", "B") + styled("Not loud", "B", '<w:b w:val="0"/>')
        + p("A sentence in bold.", "", "<w:b/>") + p("Plain words")
    )  # fmt: skip
    raw = made(body, styles=styles)
    assert read(raw) == [
        "## Joint Statement", "## Trade", "## Energy", "## Climate", "## Seas", "Not loud", "A sentence in "
        "bold.", "Plain words",
    ]  # fmt: skip
    assert extract(raw, "made.docx").title == "Joint Statement"


def test_what_was_struck_out_is_gone_and_what_was_put_in_is_there() -> None:
    body = (
        "<w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r>"
        "<w:t>will</w:t></w:r></w:ins>"
        "<w:r><w:t> act</w:t></w:r><w:moveFrom><w:r><w:t> now</w:t></w:r></w:moveFrom><w:r><w:rPr><w:vanish/>"
        "</w:rPr><w:t>hidden</w:t></w:r>"
        "<w:hyperlink><w:r><w:t> together</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert read(made(body)) == ["They will act together."]


def test_fields_tabs_breaks_and_hyphens() -> None:
    body = (
        "<w:p><w:r><w:t>Trade of</w:t><w:tab/><w:t>cross</w:t><w:noBreakHyphen/><w:t>border co</w:t>"
        "<w:softHyphen/><w:t>operation</w:t>"
        "<w:br/><w:t>goes on</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t> here."
        "</w:t></w:r></w:fldSimple>"
        "<w:r><w:br/><w:t>A new line after a sentence.</w:t></w:r></w:p>"
    )
    assert read(made(body)) == ["Trade of cross-border cooperation goes on here.", "A new line after a sentence."]


def test_footnotes_go_to_the_end_in_the_order_of_their_marks() -> None:
    body = (
        '<w:p><w:r><w:t>First</w:t><w:footnoteReference w:id="5"/><w:t> and second</w:t><w:footnoteReference w:id="2"/>'
        "<w:t>.</w:t></w:r></w:p>"
    )
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2">{p("Two.")}</w:footnote><w:footnote w:id="5">{p(" One,")}{p("going on.")}</w:footnote>'
    )
    raw = made(body, footnotes=notes)
    assert read(raw) == ["First and second.", "## Footnotes", "1. One, going on.", "2. Two."]
    assert extract(raw, "made.docx").note == ("2 footnotes were moved to the end",)


def test_tables_are_rows_and_a_table_that_holds_the_page_is_read_as_text() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        return (
            "<w:tbl>"
            + "".join("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in row) + "</w:tr>" for row in rows)
            + "</w:tbl>"
        )

    data = table((p("Act"), p("Date")), (p("Ferry") + p("(new)"), p("2031")), (p("Office"), p("")))
    outer = table((p("Left one.") + p("Left two.") + p("Left three."), data + p("Right.")))
    assert read(made(data)) == ["Act | Date", "Ferry (new) | 2031", "Office |"]
    assert read(made(outer)) == [
        "Left one.", "Left two.", "Left three.", "Act | Date", "Ferry (new) | 2031", "Office |", "Right.",
    ]  # fmt: skip


def test_text_in_boxes_and_in_controls_is_read_once() -> None:
    box = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    body = (
        f'<w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="x"><mc:Choice><w:drawing>{box}'
        f"</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Trade 3')}</w:sdtContent></w:sdt>"
    )
    assert read(made(body)) == ["Before.", "In a box.", "In a control."]


def test_heads_and_feet_of_pages_are_no_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Ministry of Foreign Affairs"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_paragraph("The two sides met.")
    out = io.BytesIO()
    document.save(out)
    assert read(out.getvalue()) == ["The two sides met."]


def test_the_strict_kind_is_read_too() -> None:
    raw = made(p("The two sides met."))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(W[9:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            )
    assert read(out.getvalue()) == ["The two sides met."]


def entities() -> bytes:
    steps = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10 if n else "x" * 10}">' for n in range(10))
    return _document(f"<!DOCTYPE w [{steps}]><w:document {W}><w:body>{p('&b9;')}</w:body></w:document>")


def _document(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (_document(f"<w:document {W}><w:body>" + "<w:p/>" * 30_000_000), "holds more than can be read at once"),
        (entities(), "is broken and cannot be opened as a Word document"),
        (_document(f"<w:document {W}><w:body>{p('Hello there.')}<w:p>"), "is broken and cannot be opened"),
        (_document("no tree at all"), "is broken and cannot be opened as a Word document"),
        (_document(f"<w:document {W}><w:body/></w:document>"), "holds no text to read"),
        (made(p("Hello there."))[:-40], "is broken and cannot be opened as a Word document"),
    ],
    ids=["bomb", "entities", "half", "no tree", "empty", "cut"],
)
def test_traps_and_broken_files_are_one_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(TextUnreadable, match=rf"^made\.docx {said}") as caught:
        extract(raw, "made.docx")
    assert "\n" not in str(caught.value)


def test_a_document_within_itself_and_styles_in_a_circle_do_no_harm() -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    assert read(made(p("The two sides met.", '<w:pStyle w:val="a"/>'), styles=styles)) == ["The two sides met."]
    deep = "<w:sdt><w:sdtContent>" * 120 + p("Deep.") + "</w:sdtContent></w:sdt>" * 120
    left_out = extract(made(p("The two sides met.") + deep), "made.docx")
    assert left_out.text == "The two sides met.\n"
    assert left_out.note == ("what lies more than 60 tables or boxes within one another was left out",)
