"""Roster files made for the tests: honest ones and hostile ones."""

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from xlsxwriter import Workbook

ON = date(2026, 6, 30)
DEPARTMENTS = ("感染二科", "感染三科", "检验科")
BRANCHES = ("感染二科党支部", "感染三科党支部", "机关党支部")
GOOD_ID = "110105194912310021"  # no such person: born in 1949, female, sequence 002

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
OPEN = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CLOSE = "</worksheet>"


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{text_cell("A1", "工号")}{text_cell("B1", "姓名")}</row>'
PERSON = f'<row r="2">{text_cell("A2", "1001")}{text_cell("B2", "张三")}</row>'


def write_package(
    path: Path,
    sheet: str | bytes | Iterable[bytes],
    *,
    others: dict[str, bytes] | None = None,
    sheet_name: str = "worksheets/sheet1.xml",
) -> Path:
    """Write a minimal .xlsx around one sheet's XML (a string, or pieces so that it may be large)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        package.writestr("_rels/.rels", RELS.format(kind="officeDocument", target="xl/workbook.xml"))
        package.writestr("xl/workbook.xml", BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", RELS.format(kind="worksheet", target=sheet_name))
        if isinstance(sheet, str):
            sheet = sheet.encode()
        with package.open(f"xl/{sheet_name}", "w") as part:
            for piece in [sheet] if isinstance(sheet, bytes) else sheet:
                part.write(piece)
        for name, content in (others or {}).items():
            package.writestr(name, content)
    return path


def sheet_xml(body: str, before: str = "") -> str:
    return f"{OPEN}{before}<sheetData>{body}</sheetData>{CLOSE}"


def write_book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write rows with XlsxWriter: text, numbers, and dates as real Excel dates."""
    book = Workbook(str(path))
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, cells in enumerate(rows):
        for position, cell in enumerate(cells):
            if isinstance(cell, datetime | date):
                sheet.write_datetime(number, position, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(number, position, cell)
            elif cell is not None:
                sheet.write_number(number, position, cell)
    book.close()
    return path


def xls_bytes(cells: Iterable[tuple[int, int, str | float]]) -> bytes:
    """Return a minimal BIFF8 workbook in an OLE container: one sheet, text and number cells at (row, column) from 0."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHLL", 0x0600, kind, 0, 1997, 0, 0))

    def bound(at: int) -> bytes:
        return record(0x0085, struct.pack("<LBB", at, 0, 0) + b"\x06\x00Sheet1")

    end = record(0x000A, b"")
    body = begin(0x0010)
    for row, column, value in cells:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            body += record(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text)
        else:
            body += record(0x0203, place + struct.pack("<d", value))
    body += end
    start = begin(0x0005)
    globals_size = len(start) + len(bound(0)) + len(end)
    stream = start + bound(globals_size) + end + body
    return _ole("Workbook", stream)


def _ole(name: str, stream: bytes) -> bytes:
    """Return an OLE file (512-byte sectors) with one stream of at least 4,096 bytes."""
    stream += b"\x00" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    fat_sectors = -(-(sectors + 1) // 127)
    first = fat_sectors + 1  # after the FAT and the directory
    chain = [0xFFFFFFFD] * fat_sectors + [0xFFFFFFFE]
    chain += [first + n + 1 for n in range(sectors - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (fat_sectors * 128 - len(chain))
    listed = list(range(fat_sectors)) + [0xFFFFFFFF] * (109 - fat_sectors)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHHHLLLLLLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, fat_sectors, fat_sectors, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head += struct.pack("<109L", *listed)
    return head + struct.pack(f"<{len(chain)}L", *chain) + _directory(name, first, len(stream)) + stream


def _directory(name: str, first: int, size: int) -> bytes:
    def entry(title: str, kind: int, child: int, start: int, length: int) -> bytes:
        encoded = title.encode("utf-16-le")
        named = encoded.ljust(64, b"\x00") + struct.pack("<H", len(encoded) + 2 if title else 0)
        links = struct.pack("<BBLLL", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return named + links + b"\x00" * 36 + struct.pack("<LQ", start, length)

    root = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    return root + entry(name, 2, 0xFFFFFFFF, first, size) + entry("", 0, 0xFFFFFFFF, 0, 0) * 2


def encrypted_ole() -> bytes:
    """Return the outside of a password-protected .xlsx."""
    return _ole("EncryptedPackage", b"\x01" * 5000)


def as_bytes(write: "object", *arguments: object, **options: object) -> bytes:
    """Return what a writer puts into a binary target."""
    target = io.BytesIO()
    write(target, *arguments, **options)  # type: ignore[operator]
    return target.getvalue()
