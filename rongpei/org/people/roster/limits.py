"""How big a roster file may be, and the refusal of files that are something else.

Why so strict: calamine allocates the whole rectangle between the first and the last cell, so two cells in
opposite corners of an .xlsx ask for 512 GB and abort the process (tried with python-calamine 0.9.1). It does
not trust `<dimension>`. So every file is walked through here, in bounded memory, before calamine sees it.
Measured: a genuine roster of 100,000 rows and 25 columns unpacks to 154 MB.
"""

import mmap
from pathlib import Path
from typing import Final

MEGABYTE: Final = 1_000_000
MAX_FILE_BYTES: Final = 64 * MEGABYTE
MAX_ROWS: Final = 120_000  # data rows
MAX_COLUMNS: Final = 80
MAX_ENTRIES: Final = 400  # files in the package; a workbook with pictures has some dozens
MAX_DIRECTORY_BYTES: Final = 200_000
MAX_UNPACKED_BYTES: Final = 300 * MEGABYTE
MAX_OTHER_BYTES: Final = 120 * MEGABYTE  # one part that is not a sheet (shared strings)
MAX_OTHER_TAGS: Final = 6_000_000
MAX_CELLS: Final = 3_600_000  # 120,000 rows of 30 filled columns
MAX_CELL_TEXT: Final = 32_767  # characters, Excel's own limit
TALLEST_WIDE_ROW: Final = 60_000  # beyond column AN (40) the rows are capped, for the rectangle's sake

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_ENDINGS: Final = (".xlsm", ".xltm", ".xlam", ".xla")
_OTHER_WORKBOOKS: Final = (".ods", ".xlsb", ".et", ".numbers", ".wps", ".pdf", ".doc", ".docx")

SAVE_AGAIN: Final = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
TOO_MANY_ROWS: Final = (
    f"表格超过 {MAX_ROWS:,} 行，没有读入。请删去下方的空行，或分成几份上传。一份最多 {MAX_ROWS:,} 行。"
)
TOO_MANY_COLUMNS: Final = (
    f"表格超过 {MAX_COLUMNS} 列，没有读入。请删去右侧的空列，或把内容复制到空白模板里再上传。"
)
TOO_BIG: Final = "文件展开后太大，没有读入。请只保留花名册这一张表，或分成几份上传。"
BROKEN: Final = f"文件不完整，读不出来。{SAVE_AGAIN}"
UNUSUAL: Final = f"文件的写法不常见，没有读入。{SAVE_AGAIN}"
MACROS: Final = "文件带有宏，没有读入。请另存为不带宏的 .xlsx 后再上传。"
ENCRYPTED: Final = "文件加了密码，读不出来。请去掉密码后再上传。"
NO_TABLE: Final = "没有找到花名册。请上传 .xlsx 或 .csv 文件，或先下载空白模板。"


class RosterRefusedError(Exception):
    """The file as a whole cannot be read. `str()` is one Chinese sentence (or two) for the person who uploaded it."""


def file_form(path: Path, filename: str) -> str:
    """Return "xlsx", "xls" or "csv" by content, after the cheap checks.

    Raises RosterRefusedError for empty, too large, encrypted, macro and foreign files.
    """
    size = path.stat().st_size
    ending = Path(filename).suffix.lower()
    if size == 0:
        raise RosterRefusedError("文件是空的。请选一份有内容的花名册。")
    if size > MAX_FILE_BYTES:
        raise RosterRefusedError(f"文件超过 {MAX_FILE_BYTES // MEGABYTE} MB，没有读入。请分成几份上传。")
    if ending in _MACRO_ENDINGS:
        raise RosterRefusedError(MACROS)
    if ending in _OTHER_WORKBOOKS:
        raise RosterRefusedError(f"不能读 {ending} 文件。{SAVE_AGAIN}")
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return "xlsx"
    if head == _OLE:
        _check_ole(path)
        return "xls"
    if ending in (".csv", ".txt", ".tsv"):
        return "csv"
    raise RosterRefusedError(NO_TABLE if ending not in (".xlsx", ".xls") else BROKEN)


def _check_ole(path: Path) -> None:
    """Refuse encrypted .xlsx (an OLE container) and .xls with macros, by the names of the streams inside."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise RosterRefusedError(ENCRYPTED)
        if content.find("_VBA_PROJECT".encode("utf-16-le")) >= 0:
            raise RosterRefusedError(MACROS)
        if content.find("Workbook".encode("utf-16-le")) < 0 and content.find("Book".encode("utf-16-le")) < 0:
            raise RosterRefusedError(BROKEN)
