"""What PDFium finds on the pages of a PDF: words with their places and type, and the lines that are drawn there."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2_raw as pdfium

from servanda.texts.extract.hyphens import SOFT_HYPHEN

MOST_PAGES = 2_000
MOST_LETTERS = 20_000_000
MOST_DRAWN = 20_000

_HYPHENS_OF_PDFIUM = (0x2, 0xFFFE)
_SPACES = frozenset((0x20, 0x0D, 0x0A, 0x09, 0xA0, 0x3000))
_PUT_IN = (b"\xfe\xff\x00\xad", b"\xff\xfe\xad\x00", b"\xad")  # a soft hyphen, as a PDF may write it
_PASSWORD, _SECURITY = 4, 5
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)


@dataclass(slots=True)
class Word:
    """A word where it stands: left and right edge, base line from the top of the page, height of type."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    glued: bool = False
    raised: bool = False
    space: bool = False  # the file holds a space after it, also at the end of a line


@dataclass(slots=True)
class Sheet:
    """A page: its words in the order of the file, the thin lines drawn on it as boxes, and how many pictures."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: int = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Type:
    """How the letters of one text object are set."""

    size: float
    bold: bool
    angle: int


class Unreadable(Exception):
    """The file cannot be opened: the word says why."""


class Glyphs:
    """A PDF that is open. Closed by `close`."""

    def __init__(self, raw: bytes) -> None:
        # The pointer of a text object is compared, never followed: as a number it is ten times faster to get.
        pdfium.FPDFText_GetTextObject.restype = ctypes.c_void_p
        pdfium.FPDF_InitLibrary()
        self._raw = raw
        self._document = pdfium.FPDF_LoadMemDocument64(raw, len(raw), None)
        if not self._document:
            fault = pdfium.FPDF_GetLastError()
            raise Unreadable("encrypted" if fault in (_PASSWORD, _SECURITY) else "broken")
        self.pages = int(pdfium.FPDF_GetPageCount(self._document))
        self.letters = 0

    def title(self) -> str:
        """The title that the file states of itself, or nothing."""
        room = ctypes.create_string_buffer(2_000)
        length = int(pdfium.FPDF_GetMetaText(self._document, b"Title", room, len(room)))
        return room.raw[: max(0, min(length, len(room)) - 2)].decode("utf-16-le", errors="ignore")

    def sheet(self, index: int) -> Sheet | None:
        """One page, upright; None where the file is broken there."""
        page = pdfium.FPDF_LoadPage(self._document, index)
        if not page:
            return None
        letters = pdfium.FPDFText_LoadPage(page)
        try:
            found = Sheet(index + 1, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
            if letters:
                count = max(0, int(pdfium.FPDFText_CountChars(letters)))
                self.letters += count
                if self.letters > MOST_LETTERS:
                    raise Unreadable("long")
                _read_words(letters, count, found)
            _read_drawn(page, found)
            return found
        finally:
            if letters:
                pdfium.FPDFText_ClosePage(letters)
            pdfium.FPDF_ClosePage(page)

    def close(self) -> None:
        """Give the memory back."""
        pdfium.FPDF_CloseDocument(self._document)
        pdfium.FPDF_DestroyLibrary()


def _read_words(letters: object, count: int, into: Sheet) -> None:
    """The words of a page whose lines run in the direction of most of them; what stands askew is no running text."""
    hand = _Hand(letters, into)
    for index in range(count):
        hand.take(index, int(pdfium.FPDFText_GetUnicode(letters, index)))
    hand.finish()
    if hand.turns:
        most = max(sorted(hand.turns), key=lambda angle: hand.turns[angle])
        into.words = [word for kind, word in hand.held if kind.angle == most]
        if most in (90, 270):
            into.width, into.height = into.height, into.width
        into.turned = most != 0


class _Hand:
    """Goes from letter to letter and holds the word that is being spelled."""

    def __init__(self, letters: object, into: Sheet) -> None:
        self.held: list[tuple[_Type, Word]] = []
        self.turns: Counter[int] = Counter()
        self._letters, self._into = letters, into
        self._types: dict[int, _Type] = {}
        self._parts: list[str] = []
        self._begun: tuple[float, float, _Type] | None = None
        self._last = self._high = self._pointer = 0
        self._glued = self._raised = False
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._at = ctypes.byref(self._x), ctypes.byref(self._y)

    def take(self, index: int, code: int) -> None:
        """One more sign of the page: a letter, or what parts words."""
        if code in _SPACES or 0x2000 <= code <= 0x200A:
            self.finish()
            self._glued = False
            if self.held and code == 0x20 and not pdfium.FPDFText_IsGenerated(self._letters, index):
                self.held[-1][1].space = True
            return
        pointer = pdfium.FPDFText_GetTextObject(self._letters, index) or 0
        if 0x61 <= code <= 0x7A and pointer == self._pointer and self._begun is not None:
            # The letters of one text object stand on one base line: most need not be asked where.
            self._parts.append(chr(code))
            self._last = index
            return
        if 0xD800 <= code <= 0xDBFF:
            self._high = code
            return
        letter, self._high = _letter(code, self._high), 0
        if letter == "-" and self._is_put_in(pointer):
            letter = SOFT_HYPHEN
        pdfium.FPDFText_GetCharOrigin(self._letters, index, *self._at)
        x, y = self._x.value, self._y.value
        if letter and math.isfinite(x) and math.isfinite(y):
            self._set(index, letter, pointer, x, y)

    def _set(self, index: int, letter: str, pointer: int, x: float, y: float) -> None:
        """A letter at its place: it goes on with the word that is begun, or begins another."""
        if pointer not in self._types:
            self._types[pointer] = _type_at(self._letters, index)
        kind, begun = self._types[pointer], self._begun
        raised = letter.isdigit() and kind.angle == 0 and self._is_raised(index, y, kind.size)
        if begun is not None and (begun[2] != kind or raised != self._raised or _apart(begun, x, y, kind)):
            self.finish()
        elif begun is not None and letter.isupper() and kind.angle == 0 and self._leaves_gap(x, kind.size):
            self.finish()
            self._glued = False
        if self._begun is None:
            self._begun, self._raised = (x, y, kind), raised
        self._parts.append(letter)
        self._last, self._pointer = index, pointer

    def finish(self) -> None:
        """The word ends here; what follows without a space is glued to it."""
        if self._begun is None:
            return
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._letters, self._last, box)
        left, base, kind = self._begun
        word = Word("".join(self._parts), left, left, base, kind.size, kind.bold, self._glued, self._raised)
        self.held.append((kind, _turned(word, (box.right, box.left, box.top, box.bottom), kind.angle, self._into)))
        self.turns[kind.angle] += len(self._parts)
        self._parts.clear()
        self._begun, self._glued = None, True

    def _leaves_gap(self, x: float, size: float) -> bool:
        """True for a capital that stands off from the letter before: PDFium loses a space that is drawn narrow."""
        pdfium.FPDFText_GetLooseCharBox(self._letters, self._last, self._box)
        return bool(x - self._box.right > 0.12 * size)

    def _is_raised(self, index: int, base: float, size: float) -> bool:
        """True for a figure that the font itself draws small and high, on the base line of its neighbours."""
        low, _, left, right = self._edges
        pdfium.FPDFText_GetCharBox(self._letters, index, left, right, low, self._edges[1])
        return bool(low.value - base > 0.2 * size)

    def _is_put_in(self, pointer: int) -> bool:
        """True for a hyphen that the file itself says is none of the text's."""
        letter = ctypes.cast(pointer, pdfium.FPDF_PAGEOBJECT)
        room, length = (ctypes.c_ubyte * 8)(), ctypes.c_ulong()
        for number in range(min(8, max(0, int(pdfium.FPDFPageObj_CountMarks(letter))))):
            mark = pdfium.FPDFPageObj_GetMark(letter, number)
            found = pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", room, len(room), length)
            if found and bytes(room[: min(length.value, len(room))]) in _PUT_IN:
                return True
        return False


def _apart(begun: tuple[float, float, _Type], x: float, y: float, kind: _Type) -> bool:
    """True where a letter stands on another line than the word begun."""
    if kind.angle in (90, 270):
        return abs(x - begun[0]) > 0.08 * kind.size
    return abs(y - begun[1]) > 0.08 * kind.size


def _letter(code: int, high: int) -> str:
    if code in _HYPHENS_OF_PDFIUM:
        return "-"
    if 0xDC00 <= code <= 0xDFFF:
        return chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)) if high else ""
    return chr(code) if 0x20 < code < 0x110000 else ""


def _type_at(letters: object, index: int) -> _Type:
    matrix, flags, room = pdfium.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetMatrix(letters, index, matrix)
    pdfium.FPDFText_GetFontInfo(letters, index, room, len(room), flags)
    if not all(math.isfinite(one) for one in (matrix.a, matrix.b, matrix.c, matrix.d)):
        return _Type(10.0, False, 0)
    height = math.hypot(matrix.c, matrix.d) or 1.0
    size = round(pdfium.FPDFText_GetFontSize(letters, index) * height, 1)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
    bold = bool(_BOLD.search(room.value.decode("latin-1")))
    return _Type(size if 0 < size < 1_000 else 10.0, bold, angle)


def _turned(word: Word, ends: tuple[float, float, float, float], angle: int, into: Sheet) -> Word:
    """The word as it stands when the page is turned so that its lines run from left to right, measured from the top."""
    right, left, top, bottom = ends
    if angle == 90:
        word.x0, word.x1, word.y = word.y, top, word.x0
    elif angle == 270:
        word.x0, word.x1, word.y = into.height - word.y, into.height - bottom, into.width - word.x0
    elif angle == 180:
        word.x0, word.x1, word.y = into.width - word.x0, into.width - left, word.y
    else:
        word.x1, word.y = right, into.height - word.y
    word.x1 = max(word.x0, word.x1)
    return word


def _keep_upright(held: list[tuple[_Type, Word]], turns: Counter[int], into: Sheet) -> None:
    if not turns:
        return
    most = max(sorted(turns), key=lambda angle: turns[angle])
    into.words = [word for kind, word in held if kind.angle == most]
    if most in (90, 270):
        into.width, into.height = into.height, into.width


def _read_drawn(page: object, into: Sheet) -> None:
    """The thin lines and the edges of the boxes that are drawn: a table is known by them."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(MOST_DRAWN, max(0, int(pdfium.FPDFPage_CountObjects(page))))):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        sort = pdfium.FPDFPageObj_GetType(drawn)
        into.pictures += sort == pdfium.FPDF_PAGEOBJ_IMAGE
        if sort != pdfium.FPDF_PAGEOBJ_PATH or into.turned:
            continue
        if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            into.rules.append((left.value, into.height - top.value, right.value, into.height - bottom.value))
