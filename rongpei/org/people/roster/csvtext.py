"""The text layer of a CSV roster: which encoding, which separator, and what a field really says."""

import codecs
import re
from pathlib import Path
from typing import Final, Self, TextIO

from .limits import SAVE_AGAIN, RosterRefusedError

UNREADABLE: Final = f"这份 CSV 读不出来，可能少了引号。{SAVE_AGAIN}"
_PIECE: Final = 1 << 20
_LONGEST_RECORD: Final = 200_000  # characters: 80 columns of 2,500
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
_AS_TEXT = re.compile(r'="([^"]*)"')


class BoundedLines:
    """The lines of a text file for csv.reader, refusing records that no roster has.

    Without it, one line of 20 million commas becomes 20 million strings. The caller says when a record is complete.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._length = 0

    def start_record(self) -> None:
        """Forget the length of the record that was just read."""
        self._length = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LONGEST_RECORD + 1)
        self._length += len(line)
        if self._length > _LONGEST_RECORD:
            raise RosterRefusedError(UNREADABLE)
        if not line:
            raise StopIteration
        return line


def encoding_of(path: Path) -> str:
    """Return a Python codec name that decodes the whole file: utf-8-sig, utf-16 (only with its mark) or gb18030.

    Raises RosterRefusedError when none does. The file is read in pieces.
    """
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise RosterRefusedError(f"认不出这份 CSV 的编码。{SAVE_AGAIN}")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while piece := file.read(_PIECE):
                if "\x00" in decoder.decode(piece):
                    return False
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def delimiter_of(path: Path, encoding: str) -> str:
    """Return the separator that the first ten lines use most: comma, tab or semicolon."""
    with path.open(encoding=encoding, newline="") as text:
        start = "".join(text.readline(20_000) for _ in range(10))
    return max(",\t;", key=start.count)


def plain_field(field: str) -> str:
    """Return what a field means: without the tab, apostrophe or ="…" that keeps Excel from changing it."""
    if not field:
        return field
    first = field[0]
    if first == "'" and len(field) > 1 and (field[1] in _DANGEROUS or field[1] == "'"):
        return field[1:]
    if first == "=" and (wrapped := _AS_TEXT.fullmatch(field)):
        return wrapped.group(1)
    return field


def safe_field(value: str) -> str:
    """Return a field that no spreadsheet takes for a formula: an apostrophe before = + - @ tab CR (OWASP, CSV injection).

    A value that itself begins with such an apostrophe gets another, so that `plain_field` gives it back unchanged.
    """
    if value.startswith(_DANGEROUS):
        return f"'{value}"
    if value.startswith("'") and len(value) > 1 and (value[1] in _DANGEROUS or value[1] == "'"):
        return f"'{value}"
    return f"'{value}" if _AS_TEXT.fullmatch(value) else value
