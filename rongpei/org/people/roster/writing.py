"""Writing rosters: the blank template and exports in the same form, as .xlsx and CSV.

Every cell is a string: nothing that a person typed can become a formula. Columns are formatted as text, so that Excel
neither shortens ID numbers nor turns 2019.10 into 2019.1. Memory does not grow with the rows.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import IO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .cells import plain_text
from .choices import CHOICES
from .columns import BY_KEY, KEYS, Column
from .csvtext import safe_field
from .limits import MAX_CELL_TEXT, MAX_ROWS

Record = Mapping[str, object]
SHEET: Final = "花名册"
TEXT_FORMAT: Final = 49  # the built-in number of Excel's Text format; "@" would become a custom one
NOTES_SHEET: Final = "填写说明"
DEFAULT_TITLE: Final = "职工花名册"
_HEADER_ROW: Final = 1  # from 0: below the merged title

_NOTES: Final = (
    "每人一行，从第 3 行写起。列的先后可以变，用不到的列可以删去。",
    "姓名必填。工号和身份证号至少填一项，同一份里不能重复。",
    "日期写成 2019-05-12，也可以写 2019.5.12 或 2019年5月12日。只知道年月时写 2019-05，按 1 日读入。",
    "身份证号、联系电话、工号这几列已设为文本，粘贴时请选“只粘贴文本”。",
    "科室、党支部、党小组写系统里的名称或简称。",
    "转正时间不早于入党时间满一年的那一天。",
    "要么全部导入，要么都不导入。导入后可以整批撤销。",
    "请勿在备注里填写患者信息。",
)


def cell_text(key: str, value: object) -> str:
    """Return a value as the roster shows it: codes as Chinese words, dates as 2019-05-12, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = str(value)
    choice = CHOICES.get(key)
    if choice is not None:
        text = choice.labels.get(text, text)
    return plain_text(text)[:MAX_CELL_TEXT]


def write_template(target: IO[bytes], *, title: str = DEFAULT_TITLE) -> None:
    """Write the blank workbook: title, header with help, lists to choose from, and the sheet 填写说明."""
    write_roster(target, (), title=title)


def write_roster(
    target: IO[bytes], rows: Iterable[Record], *, keys: Sequence[str] = KEYS, title: str = DEFAULT_TITLE
) -> None:
    """Write `rows` (mappings by column key; codes and dates as in RosterRow) in the template's form."""
    columns = [BY_KEY[key] for key in keys]
    book = new_workbook(target)
    sheet = book.add_worksheet(SHEET)
    text = _lay_out(book, sheet, columns)
    head = header_format(book)
    sheet.merge_range(0, 0, 0, max(1, len(columns) - 1), title, _title_format(book))
    sheet.set_row(_HEADER_ROW, 24)
    for position, column in enumerate(columns):
        sheet.write_string(_HEADER_ROW, position, column.title, head)
        if column.help:
            sheet.write_comment(_HEADER_ROW, position, column.help, {"x_scale": 1.6})
    for number, row in enumerate(rows, _HEADER_ROW + 1):
        for position, key in enumerate(keys):
            if (value := row.get(key)) is not None and value != "":
                sheet.write_string(number, position, cell_text(key, value), text)
    _write_notes(book, columns)
    book.close()


def new_workbook(target: IO[bytes]) -> Workbook:
    """Return an XlsxWriter workbook that streams rows and never guesses a string's meaning."""
    return Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )


def header_format(book: Workbook) -> Format:
    """Return the look of a header cell."""
    return book.add_format(
        {"bold": True, "bg_color": "#f6f4f1", "border": 1, "border_color": "#e6e1db", "valign": "vcenter"}
    )


def _title_format(book: Workbook) -> Format:
    return book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})


def _lay_out(book: Workbook, sheet: Worksheet, columns: Sequence[Column]) -> Format:
    """Set widths, text format and choice lists; return the text format."""
    text = book.add_format({"num_format": TEXT_FORMAT})
    last = _HEADER_ROW + MAX_ROWS
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width, text)
        if column.kind == "choice":
            sheet.data_validation(
                _HEADER_ROW + 1,
                position,
                last,
                position,
                {
                    "validate": "list",
                    "source": list(CHOICES[column.key].labels.values()),
                    "error_type": "warning",
                    "error_title": column.title,
                    "error_message": column.help[:255],
                },
            )
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    return text


def _write_notes(book: Workbook, columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    bold = book.add_format({"bold": True})
    sheet.write_string(0, 0, "怎样填写", bold)
    for number, note in enumerate(_NOTES, 1):
        sheet.write_string(number, 1, note)
    start = len(_NOTES) + 2
    sheet.write_string(start, 0, "各列的含义", bold)
    for number, column in enumerate(columns, start + 1):
        sheet.write_string(number, 0, column.title, bold)
        also = f"也认：{'、'.join(column.synonyms)}。" if column.synonyms else ""
        sheet.write_string(number, 1, f"{column.help}{also}")


def write_csv(
    target: IO[bytes],
    rows: Iterable[Record],
    *,
    keys: Sequence[str] = KEYS,
    encoding: str = "utf-8-sig",
) -> None:
    """Write `rows` as CSV; fields that a spreadsheet would take for a formula get an apostrophe before them."""
    text = io.TextIOWrapper(target, encoding=encoding, newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([BY_KEY[key].title for key in keys])
    for row in rows:
        writer.writerow([safe_field(cell_text(key, row.get(key))) for key in keys])
    text.flush()
    text.detach()
