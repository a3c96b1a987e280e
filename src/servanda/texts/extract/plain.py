"""Plain text and Markdown: bytes into characters, in the encoding that the file declares or shows itself to have."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.errors import TextUnreadable

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# What a file may be that is not UTF-8 and declares nothing, in the order in which it is tried.
_SCRIPTS = {
    "euc_kr": ("[\uac00-\ud7a3]", 0.7),
    "shift_jis": ("[\u3040-\u30ff]", 0.3),
    "euc_jp": ("[\u3040-\u30ff]", 0.3),
    "cp949": ("[\uac00-\ud7a3]", 0.7),
    "gb18030": ("[\u4e00-\u9fff\u3001\u3002\uff0c]", 0.7),
    "cp1251": ("[\u0410-\u044f\u0401\u0451]", 0.7),
}
_NAMES = {
    "utf-8": "UTF-8", "euc_kr": "EUC-KR", "cp949": "CP949", "euc_jp": "EUC-JP", "shift_jis": "Shift_JIS",
    "gb18030": "GB18030", "cp1251": "Windows-1251", "cp1252": "Windows-1252",
}  # fmt: skip
_LARGER = {"euc-kr": "cp949", "ks-c-5601-1987": "cp949", "iso-8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_SAMPLE = 200_000
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, the encoding they were in, and what a reader should know of that."""

    text: str
    encoding: str
    note: tuple[str, ...] = ()


def read_plain(raw: bytes, name: str, charset: str = "") -> Decoded:
    """The text of a plain file, unchanged but for its line ends; raises TextUnreadable for what is no text."""
    made = decode(raw, charset)
    if made.text.count("\x00") or _controls(made.text) > 0.005 * len(made.text) + 2:
        raise TextUnreadable(f"{name} is not a text; give a PDF, DOCX, HTML, Markdown or plain text file")
    return Decoded(made.text.replace("\r\n", "\n").replace("\r", "\n"), made.encoding, made.note)


def decode(raw: bytes, charset: str = "") -> Decoded:
    """Bytes as characters: by the mark they begin with, as UTF-8, as they are declared, else as they look."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _whole(raw[len(mark) :], encoding)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if zeros := _zeros(raw):
        return _whole(raw, zeros)
    declared = charset or _declared(raw)
    if declared and (made := _tried(raw, declared)) is not None:
        return Decoded(made, declared)
    if _is_nearly_utf8(raw):
        return _whole(raw, "utf-8")
    return _guessed(raw)


def _whole(raw: bytes, encoding: str) -> Decoded:
    """In an encoding that is known; what is broken is shown as such."""
    text = raw.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    shown = _NAMES.get(encoding, encoding.upper())
    return Decoded(text, encoding, (f"{broken} places are not {shown} and are shown as \ufffd",) if broken else ())


def _zeros(raw: bytes) -> str:
    """UTF-16 without its mark: every other byte of a Latin text is zero."""
    head = raw[:2_000]
    if len(head) < 8:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.3 * len(head) / 2 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 * len(head) / 2 and odd == 0 else ""


def _declared(raw: bytes) -> str:
    found = _META.search(raw[:4_000])
    return (found.group(1) or found.group(2)).decode("ascii").lower() if found else ""


def _tried(raw: bytes, encoding: str) -> str | None:
    # What the web calls by these names are the larger alphabets of Windows.
    try:
        return raw.decode(_LARGER.get(encoding.lower().replace("_", "-"), encoding))
    except (LookupError, ValueError):
        return None


def _is_nearly_utf8(raw: bytes) -> bool:
    """True where whole letters of UTF-8 are many and broken ones few: a file cut short, or mended badly."""
    broken = raw.decode("utf-8", errors="replace").count("\ufffd")
    whole = len(re.findall(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", raw))
    return whole > 5 * broken


def _guessed(raw: bytes) -> Decoded:
    """The first alphabet whose letters the file is full of; else that of Western Windows, where every byte is one."""
    head = raw[:_SAMPLE]
    chosen = next((one for one, (letters, share) in _SCRIPTS.items() if _speaks(head, one, letters, share)), "cp1252")
    text = _tried(raw, chosen)
    if text is None:
        text = raw.decode(chosen, errors="replace")
    why = "for it is not UTF-8 and does not say what it is; where letters look wrong, save it as UTF-8"
    return Decoded(text, chosen, (f"read as {_NAMES[chosen]}, {why}",))


def _speaks(head: bytes, encoding: str, script: str, share: float) -> bool:
    """True where bytes read in an encoding give words in its script, and hardly anything else beyond ASCII."""
    for cut in range(min(4, len(head))):  # the sample may end in the midst of a letter
        try:
            text = head[: len(head) - cut].decode(encoding)
            break
        except ValueError:
            continue
    else:
        return False
    foreign = re.findall(r"[^\x00-\x7f]", text)
    own = len(re.findall(script, text))
    # Korean is looked for in the narrow form in which no accented letter of the West reads as a syllable.
    enough = 1.0 if encoding == "euc_kr" else (0.3 if share > 0.5 else 0.1) * len(re.findall(r"[^\W\d_]", text))
    return own >= max(1.0, share * len(foreign)) and own >= enough


def _controls(text: str) -> int:
    return len(re.findall(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", text))
