"""Forms as a browser sends them, and as a troublemaker does."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import strategies as st

from servanda.errors import RequestError
from servanda.faces.web.form import MOST_FIELDS, Form, FormForeign, check_token, parse
from tests.properties import examples, given

PLAIN = "application/x-www-form-urlencoded"
EDGE = "----WebKitFormBoundaryAbC"
PARTS = f"multipart/form-data; boundary={EDGE}"


def parts(*rows: tuple[str, bytes], edge: str = EDGE) -> bytes:
    return b"".join(
        b"--" + edge.encode() + b"\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n" for head, body in rows
    ) + (b"--" + edge.encode() + b"--\r\n")


def field(name: str, value: str) -> tuple[str, bytes]:
    return f'Content-Disposition: form-data; name="{name}"', value.encode()


def test_a_plain_form() -> None:
    form = parse(b"who=Anna+Lee&parties=ZEM&parties=RUR&says=%EC%A1%B0%EC%88%98&empty=", PLAIN)
    assert form.one("who") == "Anna Lee" and form.fields["parties"] == ("ZEM", "RUR")
    assert form.one("says") == "조수" and form.fields["empty"] == ("",) and form.one("nothing") == ""
    assert parse(b"", PLAIN) == Form()


def test_a_form_with_a_file() -> None:
    head = 'Content-Disposition: form-data; name="file"; filename="성명.pdf"\r\nContent-Type: application/pdf'
    body = b"%PDF-1.7\r\n\x00\xff\r\n--not the edge\r\n\r\n"
    form = parse(parts(field("title", "A\r\nB"), (head, body), field("who", "Anna")), PARTS)
    assert (form.file, form.name) == (body, "성명.pdf")
    assert form.fields == {"title": ("A\r\nB",), "who": ("Anna",)}
    none = parse(parts(('Content-Disposition: form-data; name="file"; filename=""', b"")), PARTS)
    assert (none.file, none.name) == (b"", "")
    quoted = parse(parts(field("a", "b")), f'multipart/form-data; boundary="{EDGE}"')
    assert quoted.one("a") == "b"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"x", ""),
        (b"x", "text/plain"),
        (b"{}", "application/json"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary="),
        (b"x", f"multipart/form-data; boundary={'x' * 99}"),
        (b"", PARTS),
        (b"no edge at all", PARTS),
        (parts(field("a", "b"))[:-6], PARTS),
        (parts(("Content-Disposition: form-data", b"x")), PARTS),
        (b"--" + EDGE.encode() + b"\r\nno end of head\r\n--" + EDGE.encode() + b"--", PARTS),
        ("&".join(f"a{n}=b" for n in range(MOST_FIELDS + 1)).encode(), PLAIN),
        (parts(*[field(f"a{n}", "b") for n in range(MOST_FIELDS + 1)]), PARTS),
        ("é=é".encode("latin-1"), PLAIN),
    ],
)
def test_what_is_no_form_is_said(raw: bytes, kind: str) -> None:
    with pytest.raises(RequestError):
        parse(raw, kind)


@examples(200)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=40)), max_size=5), st.binary(max_size=200))
def test_any_bytes_come_through_as_they_are(fields: list[tuple[str, bytes]], file: bytes) -> None:
    edge = b"\r\n--" + EDGE.encode()
    if edge in b"\r\n" + file or any(edge in b"\r\n" + value for _, value in fields):
        return
    rows = [(f'Content-Disposition: form-data; name="{name}"', value) for name, value in fields]
    rows.append(('Content-Disposition: form-data; name="file"; filename="x"', file))
    form = parse(parts(*rows), PARTS)
    assert form.file == file
    for name in "abc":
        # All but the character zero, which is no writing and which no database of text holds.
        assert form.fields.get(name, ()) == tuple(
            value.decode("utf-8", "replace").replace("\x00", "") for key, value in fields if key == name
        )


@examples(300)
@given(st.binary(max_size=120), st.sampled_from((PLAIN, PARTS, "multipart/form-data; boundary=a", "")))
def test_no_bytes_break_it(raw: bytes, kind: str) -> None:
    with contextlib.suppress(RequestError):
        parse(raw, kind)


def test_the_token_of_another_run_is_none() -> None:
    check_token(Form({"token": ("abc",)}), "abc")
    for said in ("", "abd", "조수"):
        with pytest.raises(FormForeign, match="send again"):
            check_token(Form({"token": (said,)}), "abc")
    with pytest.raises(FormForeign):
        check_token(Form(), "abc")
