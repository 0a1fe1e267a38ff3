"""A list as an Excel workbook: exactly the rows the filters show, every text written as text."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.ground.ui.listing.columns import Column
from rongpei.ground.ui.sending import unnamed_file

CHUNK = 2000
LONGEST = 32_767  # characters in an Excel cell
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chunks(rows: Any, size: int = CHUNK) -> Iterator[list[Any]]:
    """The rows in lists of `size`, read through a server-side cursor."""
    reading = iter(rows.iterator(chunk_size=size))
    while held := list(islice(reading, size)):
        yield held


def write_workbook(*, title: str, columns: Sequence[Column], batches: Iterator[Sequence[Any]]) -> IO[bytes]:
    """An unnamed temporary file holding the workbook, at its beginning; the caller closes it."""
    target = unnamed_file()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {
        "day": book.add_format({"num_format": 'yyyy"年"m"月"d"日"', "align": "left"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
    }
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.label), bold)
    number = 0
    for batch in batches:
        for row in batch:
            number += 1
            for at, column in enumerate(columns):
                _write(sheet, number, at, column.export_value(row), formats)
    book.close()
    target.seek(0)
    return target


def write_rows(*, title: str, rows: Iterable[Sequence[Any]], widths: Sequence[int] = ()) -> IO[bytes]:
    """Plain rows as a workbook, the first one as heads; for small sheets that are no list of the page."""
    target = unnamed_file()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    formats = {
        "day": book.add_format({"num_format": 'yyyy"年"m"月"d"日"', "align": "left"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
    }
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for at, value in enumerate(row):
            if number == 0:
                sheet.set_column(at, at, widths[at] if at < len(widths) else 16)
                sheet.write_string(0, at, str(value), bold)
            else:
                _write(sheet, number, at, value, formats)
    book.close()
    target.seek(0)
    return target


def _write(sheet: Any, row: int, at: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, at, _("是") if value else _("否"))
    elif isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        sheet.write_datetime(row, at, local.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        _write_day(sheet, row, at, value, formats["day"])
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, at, value)
    else:
        sheet.write_string(row, at, str(value)[:LONGEST])


def _write_day(sheet: Any, row: int, at: int, value: date, form: Any) -> None:
    if value.year < 1900:  # Excel counts from 1900
        sheet.write_string(row, at, value.isoformat())
    else:
        sheet.write_datetime(row, at, value, form)


def sheet_name(title: str) -> str:
    """A title as Excel takes it for a sheet."""
    return "".join("_" if sign in "[]:*?/\\'" else sign for sign in title)[:31] or "Sheet1"
