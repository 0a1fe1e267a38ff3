"""The zip layer of an .xlsx, read with suspicion: directory first, then every part inflated and counted.

Python's zipfile stops at the declared size, calamine's inflater does not, so declared sizes are proven here by
inflating to the stream's own end in pieces. Nothing is kept: memory stays at a few megabytes.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from .limits import (
    BROKEN,
    ENCRYPTED,
    MACROS,
    MAX_DIRECTORY_BYTES,
    MAX_ENTRIES,
    MAX_UNPACKED_BYTES,
    TOO_BIG,
    UNUSUAL,
    RosterRefusedError,
)

_END: Final = b"PK\x05\x06"
_END64_LOCATOR: Final = b"PK\x06\x07"
_LOCAL_HEADER: Final = 30
_PIECE: Final = 1 << 18
_OUTPUT: Final = 1 << 20
_STORED: Final = 0
_DEFLATED: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the package, as its directory declares it. Sizes in bytes."""

    name: str
    offset: int
    packed: int
    unpacked: int
    method: int


def parts_of(path: Path) -> list[Part]:
    """Return the package's parts after judging its directory.

    Raises RosterRefusedError for bombs by declaration, encryption, macros, nested archives, doubled names and other workbooks.
    """
    _check_end(path)
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError) as error:
        raise RosterRefusedError(BROKEN) from error
    names = {info.filename.lower() for info in infos}
    if len(infos) > MAX_ENTRIES or len(names) != len(infos):
        raise RosterRefusedError(UNUSUAL)
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise RosterRefusedError(UNUSUAL)
    if any(info.flag_bits & 0x1 for info in infos):
        raise RosterRefusedError(ENCRYPTED)
    if any(name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names):
        raise RosterRefusedError(MACROS)
    if any(name.endswith((".zip", ".xlsx", ".7z", ".gz", ".rar")) for name in names):
        raise RosterRefusedError(UNUSUAL)
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        raise RosterRefusedError(TOO_BIG)
    if any(info.compress_type not in (_STORED, _DEFLATED) for info in infos):
        raise RosterRefusedError(UNUSUAL)
    _check_apart(infos)
    return [Part(i.filename, i.header_offset, i.compress_size, i.file_size, i.compress_type) for i in infos]


def _check_end(path: Path) -> None:
    """Judge the end record before zipfile reads the directory into memory.

    The record must close the file exactly, so that no two readers can choose different directories.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise RosterRefusedError(BROKEN)
    count, directory_bytes, directory_at = struct.unpack("<HLL", tail[at + 10 : at + 20])
    if len(tail) - at != 22 or tail.find(_END) != at:
        raise RosterRefusedError(UNUSUAL)
    if tail[at - 20 : at - 16] == _END64_LOCATOR or directory_at == 0xFFFFFFFF:
        raise RosterRefusedError(UNUSUAL)  # files up to 64 MB never need it
    if count > MAX_ENTRIES or directory_bytes > MAX_DIRECTORY_BYTES:
        raise RosterRefusedError(UNUSUAL)
    if directory_at + directory_bytes != size - 22:
        raise RosterRefusedError(UNUSUAL)


def _check_apart(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse parts that share bytes: the trick that makes a small file unpack to petabytes."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise RosterRefusedError(UNUSUAL)
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


def pieces_of(file: BinaryIO, part: Part) -> Iterator[bytes]:
    """Yield a part's content in pieces of at most 1 MB.

    Raises RosterRefusedError when the content is longer or shorter than declared, or broken.
    """
    file.seek(part.offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise RosterRefusedError(BROKEN)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    if struct.unpack("<H", header[8:10])[0] != part.method or header[6] & 0x1:
        raise RosterRefusedError(UNUSUAL)
    if file.read(name_length) != part.name.encode("utf-8" if header[7] & 0x8 else "cp437", "replace"):
        raise RosterRefusedError(UNUSUAL)
    file.seek(extra_length, 1)
    seen = 0
    for piece in _inflated(file, part):
        seen += len(piece)
        if seen > part.unpacked:
            raise RosterRefusedError(TOO_BIG)
        yield piece
    if seen != part.unpacked:
        raise RosterRefusedError(BROKEN)


def _inflated(file: BinaryIO, part: Part) -> Iterator[bytes]:
    left = part.packed
    inflater = zlib.decompressobj(-15)
    while left > 0:
        piece = file.read(min(_PIECE, left))
        if not piece:
            raise RosterRefusedError(BROKEN)
        left -= len(piece)
        if part.method == _STORED:
            yield piece
            continue
        while piece and not inflater.eof:
            try:
                unpacked = inflater.decompress(piece, _OUTPUT)
            except zlib.error as error:
                raise RosterRefusedError(BROKEN) from error
            piece = inflater.unconsumed_tail
            if unpacked:
                yield unpacked
    if part.method == _DEFLATED:
        rest = inflater.flush()
        if rest:
            yield rest
        if not inflater.eof or inflater.unused_data:
            raise RosterRefusedError(BROKEN)
