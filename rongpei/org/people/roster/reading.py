"""Reading a roster file into a Table: .xlsx, .xls, and .csv in UTF-8, GB18030 or UTF-16."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from . import csvtext
from .headers import HEADER_WITHIN, ROSTER, Book, find_header, headings_of
from .limits import (
    BROKEN,
    MAX_COLUMNS,
    MAX_ROWS,
    NO_TABLE,
    SAVE_AGAIN,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    RosterRefusedError,
    file_form,
)
from .oldxls import XlsUnreadableError, read_xls
from .sheetscan import check_package
from .tables import Cells, NumberedRows, Table

_SHEETS_TRIED: Final = 8
_BLANKS: Final = frozenset({"", " ", None})


def read_table(path: Path, filename: str, book: Book = ROSTER) -> Table:
    """Read the roster (or another kind of `book`) in `path`, which the uploader called `filename`.

    Raises RosterRefusedError, whose text is for the uploader, when there is no roster in it or reading would be dangerous.
    The file must stay where it is while the Table is used.
    """
    form = file_form(path, filename)
    if form == "xlsx":
        return _read_xlsx(path, filename, book)
    if form == "xls":
        return _read_xls(path, filename, book)
    return _read_csv(path, filename, book)


@contextmanager
def _broken_is_refused() -> Iterator[None]:
    try:
        yield
    except CalamineError as error:
        raise RosterRefusedError(BROKEN) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a Rust panic becomes; it is no Exception
            raise
        raise RosterRefusedError(BROKEN) from error


def _read_xlsx(path: Path, filename: str, book: Book) -> Table:
    errors = check_package(path)
    notes = (f"有 {errors} 个单元格的公式出错，已按空白读入。",) if errors else ()
    with _broken_is_refused():
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
        shown = [
            (index, about.name)
            for index, about in enumerate(workbook.sheets_metadata)
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
        ]
        for index, name in shown[:_SHEETS_TRIED]:
            sheet = workbook.get_sheet_by_index(index)
            read = partial(_sheet_rows, sheet)
            if find_header([cells for _, cells in _top(read())], book.named) is not None:
                return _table(filename, "xlsx", name, read, notes, book, most=sheet.total_height)
    raise RosterRefusedError(NO_TABLE)


def _top(rows: Iterable[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """Return the rows numbered 1 to 10, blank ones included."""
    return [(number, cells) for number, cells in islice(rows, HEADER_WITHIN) if number <= HEADER_WITHIN]


def _sheet_rows(sheet: CalamineSheet) -> NumberedRows:
    if sheet.start is None:
        return
    top, left = sheet.start
    pad = [""] * left
    with _broken_is_refused():  # cells become values row by row
        for number, cells in enumerate(sheet.iter_rows(), top + 1):
            yield number, [*pad, *cells]


def _read_xls(path: Path, filename: str, book: Book) -> Table:
    sheets: dict[str, list[tuple[int, Cells]]] = {}
    try:
        for sheet, number, cells in read_xls(path):
            sheets.setdefault(sheet, []).append((number, cells))
    except XlsUnreadableError as error:
        raise RosterRefusedError(f"旧式 .xls 文件读不出来，可能加了密码或太大。{SAVE_AGAIN}") from error
    for name, rows in sheets.items():
        if find_header([cells for _, cells in _top(rows)], book.named) is not None:
            return _table(filename, "xls", name, partial(iter, rows), (), book, most=len(rows))
    raise RosterRefusedError(NO_TABLE)


def _read_csv(path: Path, filename: str, book: Book) -> Table:
    encoding = csvtext.encoding_of(path)
    delimiter = csvtext.delimiter_of(path, encoding)
    read = partial(_csv_rows, path, encoding, delimiter)
    return _table(filename, "csv", "", read, (), book, most=MAX_ROWS + HEADER_WITHIN)


def _csv_rows(path: Path, encoding: str, delimiter: str) -> NumberedRows:
    """Yield the file's records numbered from 1. A record with line breaks inside counts once, as it does in Excel."""
    with path.open(encoding=encoding, newline="") as text:
        lines = csvtext.BoundedLines(text)
        try:
            for number, fields in enumerate(csv.reader(lines, delimiter=delimiter), 1):
                lines.start_record()
                if number > MAX_ROWS + HEADER_WITHIN:
                    raise RosterRefusedError(TOO_MANY_ROWS)
                if len(fields) > MAX_COLUMNS and any(fields[MAX_COLUMNS:]):
                    raise RosterRefusedError(TOO_MANY_COLUMNS)
                yield number, [csvtext.plain_field(field) for field in fields[:MAX_COLUMNS]]
        except (csv.Error, UnicodeError) as error:
            raise RosterRefusedError(csvtext.UNREADABLE) from error


def _table(
    filename: str,
    form: str,
    sheet: str,
    read: "partial[NumberedRows]",
    notes: tuple[str, ...],
    book: Book,
    most: int,
) -> Table:
    """The table under the header that is found; `most` rows can there be at all, and only then are they counted."""
    top = _top(read())
    at = find_header([cells for _, cells in top], book.named)
    if at is None:
        raise RosterRefusedError(NO_TABLE)
    header_row, cells = top[at]
    headings = headings_of(cells, book.named, book.ignored)
    book.check(headings)
    positions = [h.position for h in headings if h.column]
    data = partial(_data_rows, read, header_row, positions)
    if next(data(), None) is None:
        raise RosterRefusedError("花名册里只有标题，没有人。请填好后再上传。")
    table = Table(filename, form, sheet, header_row, headings, data, notes)
    if most > MAX_ROWS and table.row_count > MAX_ROWS:
        raise RosterRefusedError(TOO_MANY_ROWS)
    return table


def _data_rows(read: "partial[NumberedRows]", header_row: int, positions: list[int]) -> NumberedRows:
    """Yield the rows under the header that hold anything in a known column."""
    for number, cells in read():
        if number > header_row and _has_content(cells, positions):
            yield number, cells


def _has_content(cells: Cells, positions: list[int]) -> bool:
    width = len(cells)
    for position in positions:
        if position < width and cells[position] not in _BLANKS and str(cells[position]).strip():
            return True
    return False


def raw_rows(path: Path, table: Table) -> Iterator[tuple[int, Cells]]:
    """Yield header and data rows as they stand in the file (for the workbook with errors marked)."""
    titles: Cells = [""] * (max(h.position for h in table.headings) + 1)
    for heading in table.headings:
        titles[heading.position] = heading.title
    return chain([(table.header_row, titles)], table.read())
