"""A register as read: one line a person, its cells as values, and what is wrong or odd about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from rongpei.org.people.roster.cells import Flag, plain_text, reader_for, shown_value
from rongpei.org.people.roster.idnumbers import Identity
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.reading import read_table
from rongpei.org.people.roster.rows import Checked, RowError
from rongpei.org.people.roster.tables import Cells, Table
from rongpei.pipelines.membership.registerimport.columns import BOOK, BY_KEY

MOST_LINES: Final = 20_000
COUNTS: Final = ("hours", "eligible", "present", "yes")
_LARGEST: Final = 9999


@dataclass(slots=True)
class Line:
    """One person's line: values by column key (a blank cell has none), flags, and the cells as they stand."""

    row: int
    values: dict[str, Any]
    cells: dict[str, object]
    flags: list[tuple[str, Flag]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """姓名 as written."""
        return str(self.values.get("name", ""))

    @property
    def is_wrong(self) -> bool:
        """Whether anything stands against importing it."""
        return any(not flag.warns for _key, flag in self.flags)

    def day(self, key: str) -> date | None:
        """A date, if it was given and could be read."""
        found = self.values.get(key)
        return found if isinstance(found, date) else None

    def wrong(self, key: str, problem: str, remedy: str = "") -> None:
        """Say what stands against importing it."""
        self.flags.append((key, Flag(None, problem, remedy)))

    def odd(self, key: str, problem: str, remedy: str = "") -> None:
        """Say what should be looked at."""
        self.flags.append((key, Flag(None, problem, remedy, warns=True)))


def read_register(path: Path, filename: str) -> Table:
    """Read a register in the manner of a roster.

    Raises RosterRefusedError, whose text is for the uploader, when there is none in the file.
    """
    try:
        table = read_table(path, filename, BOOK)
    except RosterRefusedError as error:
        raise RosterRefusedError(str(error).replace("花名册", "台账")) from error
    if table.row_count > MOST_LINES:
        raise RosterRefusedError(f"台账超过 {MOST_LINES:,} 人，没有读入。请分成几份导入。")
    return table


def lines_of(table: Table, on: date) -> list[Line]:
    """Every line with its cells read, as seen on a day: a later date is wrong."""
    readers = [(column.key, table.positions[column.key], reader_for(column, on)) for column in table.columns]
    return [_line(number, cells, readers) for number, cells in table.read()]


def _line(number: int, cells: Cells, readers: list[tuple[str, int, Any]]) -> Line:
    line = Line(number, {}, {})
    for key, position, read in readers:
        raw = cells[position] if position < len(cells) else ""
        line.cells[key] = raw
        value = _count(raw, key) if key in COUNTS else read(raw)
        if isinstance(value, Flag):
            line.flags.append((key, value))
            value = value.value
        if isinstance(value, Identity):
            value = "" if value.masked else value.number
        if value not in ("", None):
            line.values[key] = value
    return line


def _count(raw: object, key: str) -> object:
    text = plain_text(raw).removesuffix("人").removesuffix("票").removesuffix("学时").strip()
    if not text:
        return ""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= _LARGEST or (key != "hours" and not number.is_integer()):
        return Flag(None, "不是数字", "请写成 12 这样的数")
    return int(number) if number.is_integer() else number


def judged(table: Table, lines: Iterator[Line] | list[Line]) -> Checked:
    """What is wrong and odd, by row and column, counted as a roster's."""
    checked = Checked(columns=tuple(column.key for column in table.columns))
    for line in lines:
        wrong = {key for key, flag in line.flags if not flag.warns}
        checked.error_row_count += bool(wrong)
        for key, flag in line.flags:
            if flag.warns and key in wrong:
                continue
            shown = shown_value(key, line.cells.get(key, ""))
            title = BY_KEY[key].title
            found = RowError(line.row, line.name, key, title, shown, flag.problem, flag.remedy)
            if flag.warns:
                checked.warning_count += 1
                about = (title, flag.problem)
                checked.warning_totals[about] = checked.warning_totals.get(about, 0) + 1
                checked.warnings.append(found)
            else:
                checked.error_count += 1
                checked.errors.append(found)
    return checked
