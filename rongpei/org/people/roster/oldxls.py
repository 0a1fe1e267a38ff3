"""Old .xls files (BIFF), read by calamine in a process of their own with a ceiling on memory and time.

Run as a program it writes one JSON line per sheet row; imported it offers `read_xls`. An .xls cannot be walked through
cheaply beforehand as an .xlsx can, and calamine aborts when memory fails, so the operating system holds the limit.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

_ADDRESS_SPACE: Final = (
    384_000_000  # bytes; the interpreter itself holds some 130 MB of addresses, 15 MB of memory
)
_SECONDS: Final = 2  # of processor time
_ROWS: Final = 65_536

Cells = list[object]


class XlsUnreadableError(Exception):
    """The child process could not read the file within its limits."""


def read_xls(path: Path) -> Iterator[tuple[str, int, Cells]]:
    """Yield (sheet name, row number from 1, cells from column A) of every visible sheet. Raises XlsUnreadableError."""
    command = [sys.executable, "-I", __file__, str(path)]
    # The program and its one argument are ours: the path of a stored upload, never text from it.
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603
        try:
            assert child.stdout is not None
            for line in child.stdout:
                try:
                    sheet, number, cells = json.loads(line)
                except ValueError as error:
                    raise XlsUnreadableError from error
                yield sheet, number, [_thawed(cell) for cell in cells]
            if child.wait() != 0:
                raise XlsUnreadableError
        finally:
            child.kill()


def _thawed(cell: object) -> object:
    if isinstance(cell, dict):
        return datetime.fromisoformat(cell["d"])
    return cell


def _frozen(cell: object) -> object:
    if isinstance(cell, datetime):
        return {"d": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return cell if isinstance(cell, str | int | float) else str(cell)


def _main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with Path(path).open("rb") as file:
        workbook = CalamineWorkbook.from_filelike(file)
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_index(index)
        if sheet.start is None:
            continue
        top, left = sheet.start
        for offset, cells in enumerate(sheet.iter_rows()):
            padded = [""] * left + [_frozen(cell) for cell in cells]
            sys.stdout.write(json.dumps([about.name, top + offset + 1, padded]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _main(sys.argv[1])
