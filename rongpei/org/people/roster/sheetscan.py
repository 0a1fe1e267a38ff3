"""What the parts of an .xlsx would make calamine allocate, found by streaming over their XML.

Not an XML parser: a sheet must be written as Excel, WPS, LibreOffice and the usual libraries write it (every cell
`<c r="B7"`, no comments, no CDATA, no document type, UTF-8). Then byte patterns are exact, as `<` cannot stand in text.
Anything else is refused with the advice to save it again. 154 MB take 0.8 s.
"""

import re
from pathlib import Path
from typing import BinaryIO, Final

from .limits import (
    MAX_CELLS,
    MAX_OTHER_BYTES,
    MAX_OTHER_TAGS,
    TALLEST_WIDE_ROW,
    TOO_BIG,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    UNUSUAL,
    RosterRefusedError,
)
from .packages import Part, parts_of, pieces_of

# Rows up to 120,009: the most data rows, below a header in one of the first ten.
_ROW: Final = rb'(?:[1-9]\d{0,4}|1[01]\d{4}|12000\d)"'
_WIDE_ROW: Final = rb'(?:[1-9]\d{0,3}|[1-5]\d{4})"'
_ODD_CELL = re.compile(rb'<c(?:[>/\t\r\n]| (?!r="[A-Z]{1,3}[1-9]\d{0,6}"))')
_ODD_ROW = re.compile(rb'<row(?:[/\t\r\n]| (?!r="[1-9]\d{0,6}"))')
_FAR_ROW = re.compile(rb'<row r="(?!' + _ROW + rb")")
_FAR_CELL = re.compile(rb'<c r="(?!(?:[A-Z]|A[A-N])' + _ROW + rb")")  # A..AN: 40 columns
_FAR_WIDE_CELL = re.compile(rb'<c r="(?!(?:[AB]?[A-Z]|C[AB])' + _WIDE_ROW + rb")")  # A..CB: 80 columns
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"')
_PREFIXED = re.compile(rb"<[^<>\s:]*:(?:c|row)[\s/>]")
_SHEET = re.compile(rb"<(?:([A-Za-z0-9_.-]+:))?sheetData[\s/>]")
_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!(?i:utf-8)["'])""")
_BINARY: Final = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".bin")
_LONGEST_TAG: Final = 2_000_000
assert TALLEST_WIDE_ROW == 60_000, "_WIDE_ROW spells this number out"


def check_package(path: Path) -> int:
    """Walk through all parts of an .xlsx; return the number of cells that hold a formula's error (#N/A…).

    Raises RosterRefusedError when the file is no ordinary workbook or would cost too much to read.
    """
    errors = 0
    cells = 0
    parts = parts_of(path)
    with path.open("rb") as file:
        for part in parts:
            found = _PartScan()
            for wide in (False, True):
                found = _PartScan(wide=wide)
                if found.walk(file, part):
                    break
            cells += found.cells
            errors += found.errors
            if cells > MAX_CELLS:
                raise RosterRefusedError(TOO_BIG)
    return errors


class _PartScan:
    """One pass over one part. A first pass allows 40 columns of any height; if that fails, a second 80 of half the height."""

    def __init__(self, *, wide: bool = False) -> None:
        self.cells = 0
        self.errors = 0
        self._wide = wide
        self._seen = 0
        self._tags = 0
        self._sheet = False
        self._prefix = b""

    def walk(self, file: BinaryIO, part: Part) -> bool:
        """Read the whole part. Return False when it needs the second, wide pass."""
        if part.name.lower().endswith(_BINARY):
            _check_binary(file, part)
            return True
        kept = b""
        for piece in pieces_of(file, part):
            if self._seen == 0:
                _check_encoding(piece)
            text = kept + piece
            cut = text.rfind(b"<")
            cut = len(text) if cut < 0 else cut
            kept = text[cut:]
            if len(kept) > _LONGEST_TAG:
                raise RosterRefusedError(UNUSUAL)
            if not self._take(text[:cut]):
                return False
            self._seen += len(piece)
        return self._take(kept)

    def _take(self, text: bytes) -> bool:
        """Judge text that begins and ends between tags. Return False when a wide pass is needed."""
        if b"<!" in text and (self._sheet or b"<!D" in text or b"<!E" in text or b"sheetData" in text):
            raise RosterRefusedError(UNUSUAL)
        if not self._sheet:
            start = _SHEET.search(text)
            if start is None:
                return self._count_other(text)
            self._sheet = True
            self._prefix = start.group(1) or b""
            text = text[start.start() :]
        return self._judge_cells(text)

    def _count_other(self, text: bytes) -> bool:
        self._tags += text.count(b"<")
        if self._tags > MAX_OTHER_TAGS:
            raise RosterRefusedError(TOO_BIG)
        if self._seen > MAX_OTHER_BYTES:
            raise RosterRefusedError(TOO_BIG)
        return True

    def _judge_cells(self, text: bytes) -> bool:
        if self._prefix:
            text = text.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")
        if (b":c" in text or b":row" in text) and _PREFIXED.search(text):
            raise RosterRefusedError(UNUSUAL)
        if _ODD_CELL.search(text) or _ODD_ROW.search(text):
            raise RosterRefusedError(UNUSUAL)
        if _FAR_ROW.search(text):
            raise RosterRefusedError(TOO_MANY_ROWS)
        self.cells += text.count(b'<c r="')
        self.errors += text.count(b' t="e"')
        if self.cells > MAX_CELLS:
            raise RosterRefusedError(TOO_BIG)
        if self._wide:
            if far := _FAR_WIDE_CELL.search(text):
                raise RosterRefusedError(_why(far.start(), text))
            return True
        return not _FAR_CELL.search(text)


def _check_binary(file: BinaryIO, part: Part) -> None:
    """Prove the size of a picture or printer setting, and that it is no sheet under a false name."""
    kept = b""
    for piece in pieces_of(file, part):
        text = kept + piece
        if b"sheetData" in text or "sheetData".encode("utf-16-le") in text:
            raise RosterRefusedError(UNUSUAL)
        kept = text[-32:]


def _why(at: int, text: bytes) -> str:
    """Return the sentence for a cell outside the limits: too far right, or too far down."""
    found = _REFERENCE.match(text, at)
    if found is None:
        return UNUSUAL
    column = 0
    for letter in found.group(1):
        column = column * 26 + letter - 64
    if column > 80:
        return TOO_MANY_COLUMNS
    return TOO_MANY_ROWS if int(found.group(2)) > 120_009 else TOO_BIG


def _check_encoding(start: bytes) -> None:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:200]:
        raise RosterRefusedError(UNUSUAL)
    if _ENCODING.search(start[:200].split(b"?>")[0]):
        raise RosterRefusedError(UNUSUAL)
