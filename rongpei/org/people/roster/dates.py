"""Dates as rosters write them.

Accepted: Excel dates, Excel serial numbers, 2019-05-12, 2019/5/12, 2019.5.12, 2019年5月12日, 20190512,
and months alone (2019-05, 2019.05, 2019年5月, 201905), which mean the first day.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

_SERIAL_ZERO: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 3654  # 1910-01-02: nobody on a roster was born earlier, and small numbers are ages
_LAST_SERIAL: Final = 73050  # 2099-12-31
_FULL = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]|(\d{2})(\d{2}))"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_MONTH = re.compile(r"(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d{2}))")
_WIDE = str.maketrans("０１２３４５６７８９－／．—–。", "0123456789-/.--.")

NO_SUCH_DAY: Final = "没有这一天"
NOT_A_DATE: Final = "不是日期"
AMBIGUOUS_MONTH: Final = "看不出是 1 月还是 10 月"
YEAR_ONLY: Final = "只有年份"


@dataclass(frozen=True, slots=True)
class Dated:
    """A cell read as a date. `value` is None when blank or wrong; `problem` says why; `month_only` marks a first of month filled in."""

    value: date | None = None
    month_only: bool = False
    problem: str = ""


BLANK: Final = Dated()


def parse_date(raw: object) -> Dated:
    """Read one cell as a date. Never raises: what cannot be read comes back with a `problem` in Chinese."""
    if isinstance(raw, datetime):
        return _dated(raw.year, raw.month, raw.day)
    if isinstance(raw, date):
        return _dated(raw.year, raw.month, raw.day)
    if isinstance(raw, bool):
        return Dated(problem=NOT_A_DATE)
    if isinstance(raw, int | float):
        return _parse_number(float(raw))
    return parse_date_text(str(raw)) if raw is not None else BLANK


def _parse_number(number: float) -> Dated:
    if number.is_integer():
        whole = int(number)
        if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
            return Dated(_SERIAL_ZERO + timedelta(days=whole))
        # Five digits outside the serials are nothing; parse_date_text would hand them back here.
        return Dated(problem=NOT_A_DATE) if 9_999 < whole < 100_000 else parse_date_text(str(whole))
    if 1900 <= number < 2100:  # 2019.05 typed into a number cell; 2019.10 arrives as 2019.1
        text = repr(number)
        if text.endswith(".1"):
            return Dated(problem=AMBIGUOUS_MONTH)
        return parse_date_text(text)
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:  # a date with a time of day
        return Dated(_SERIAL_ZERO + timedelta(days=int(number)))
    return Dated(problem=NOT_A_DATE)


def parse_date_text(text: str) -> Dated:
    """Read a date written as text; full-width digits and spaces inside are forgiven."""
    plain = text.translate(_WIDE).strip()
    if not plain:
        return BLANK
    full = _FULL.fullmatch(plain) or _FULL.fullmatch(plain.replace(" ", ""))
    if full:
        year, _, m1, d1, m2, d2, m3, d3 = full.groups()
        return _dated(int(year), int(m1 or m2 or m3), int(d1 or d2 or d3))
    plain = plain.replace(" ", "")
    month = _MONTH.fullmatch(plain)
    if month:
        year, m1, m2, m3 = month.groups()
        found = _dated(int(year), int(m1 or m2 or m3), 1)
        return Dated(found.value, month_only=found.value is not None, problem=found.problem)
    if plain.isascii() and plain.isdigit() and len(plain) == 5:
        return _parse_number(float(plain))
    if re.fullmatch(r"(?:19|20)\d\d年?", plain):
        return Dated(problem=YEAR_ONLY)
    return Dated(problem=NOT_A_DATE)


def _dated(year: int, month: int, day: int) -> Dated:
    if not 1900 <= year <= 2100:
        return Dated(problem="年份不在 1900 到 2100 之间")
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return Dated(problem=NO_SUCH_DAY)
    return Dated(date(year, month, day))


def year_after(day: date) -> date:
    """Return the same calendar day one year later; 29 February becomes 28 February (clamped, DESIGN: calendar arithmetic)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def chinese_date(day: date) -> str:
    """Return 2019年5月12日, as every page and message writes it."""
    return f"{day.year}年{day.month}月{day.day}日"
