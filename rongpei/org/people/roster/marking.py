"""下载标红的表格: the uploaded rows as they were, wrong cells red with the problem as a comment, and a column 错误.

Rows keep their numbers, so that the page and the workbook speak of the same row; the mended workbook can be uploaded as it is,
as the column 错误 is not read.
"""

from collections.abc import Mapping
from typing import IO, Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .cells import plain_text
from .limits import MAX_CELL_TEXT
from .rows import Checked, RowError
from .tables import Cells, Table
from .writing import SHEET, TEXT_FORMAT, header_format, new_workbook

ERROR_TITLE: Final = "错误"
_MOST_COMMENTS: Final = 5_000  # beyond that Excel opens the file slowly; the 错误 column says the same
_Marks = Mapping[int, Mapping[str, list[RowError]]]


def write_marked(target: IO[bytes], table: Table, checked: Checked, name: str = SHEET) -> None:
    """Write the marked workbook for a table and what checking found in it. Reads the table's rows once more."""
    book = new_workbook(target)
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(table.header_row, 0)
    text = book.add_format({"num_format": TEXT_FORMAT})
    sheet.set_column(0, max(h.position for h in table.headings), 14, text)
    for heading in table.headings:
        if heading.column is not None:
            sheet.set_column(heading.position, heading.position, heading.column.width, text)
    bad = book.add_format(
        {"num_format": TEXT_FORMAT, "font_color": "#9c2219", "bg_color": "#fcedeb", "border": 1}
    )
    warn = book.add_format({"num_format": TEXT_FORMAT, "font_color": "#855000", "bg_color": "#fdf4e2"})
    marker = _Marker(table, checked, sheet, (text, bad, warn))
    if table.header_row > 1:
        sheet.write_string(0, 0, f"有 {checked.error_row_count:,} 行要改，改好后可以直接上传这一份。")
    marker.write_header(header_format(book))
    for number, cells in table.read():
        marker.write_row(number, cells)
    book.close()


class _Marker:
    """Writes rows with their marks and counts comments."""

    def __init__(
        self, table: Table, checked: Checked, sheet: Worksheet, formats: tuple[Format, Format, Format]
    ) -> None:
        self._table = table
        self._sheet = sheet
        self._text, self._bad, self._warn = formats
        self._errors = _by_row(checked.errors)
        self._warnings = _by_row(checked.warnings)
        self._keys = {position: key for key, position in table.positions.items()}
        taken = [h.position for h in table.headings if h.title != ERROR_TITLE]
        self._error_column = max(taken) + 1
        self._comments = 0

    def write_header(self, head: Format) -> None:
        """Write the titles as the file had them, and 错误 after the last."""
        row = self._table.header_row - 1
        for heading in self._table.headings:
            if heading.title != ERROR_TITLE:
                self._sheet.write_string(row, heading.position, heading.title, head)
        self._sheet.write_string(row, self._error_column, ERROR_TITLE, head)
        self._sheet.set_column(self._error_column, self._error_column, 60)

    def write_row(self, number: int, cells: Cells) -> None:
        """Write one row at its own number."""
        errors = self._errors.get(number, {})
        warnings = self._warnings.get(number, {})
        for position in range(self._error_column):
            key = self._keys.get(position, "")
            marks = errors.get(key) or warnings.get(key)
            value = plain_text(cells[position])[:MAX_CELL_TEXT] if position < len(cells) else ""
            if not value and not marks:
                continue
            look = self._bad if key in errors else self._warn if key in warnings else self._text
            if value:
                self._sheet.write_string(number - 1, position, value, look)
            else:
                self._sheet.write_blank(number - 1, position, None, look)
            if marks:
                self._comment(number - 1, position, marks)
        if errors:
            said = "；".join(f"{found[0].column}：{_sentence(found)}" for found in errors.values())
            self._sheet.write_string(number - 1, self._error_column, said[:MAX_CELL_TEXT], self._bad)

    def _comment(self, row: int, position: int, marks: list[RowError]) -> None:
        self._comments += 1
        if self._comments <= _MOST_COMMENTS:
            self._sheet.write_comment(row, position, _sentence(marks), {"x_scale": 1.8, "y_scale": 0.8})


def _by_row(found: list[RowError]) -> _Marks:
    marks: dict[int, dict[str, list[RowError]]] = {}
    for one in found:
        marks.setdefault(one.row, {}).setdefault(one.key, []).append(one)
    return marks


def _sentence(found: list[RowError]) -> str:
    return "；".join(f"{one.problem}，{one.remedy}" if one.remedy else one.problem for one in found)
