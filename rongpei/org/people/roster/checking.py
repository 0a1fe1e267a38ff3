"""Judging a roster: every row becomes a RosterRow, and everything wrong is said with row, column, problem and remedy."""

from datetime import date

from .cells import Flag, Reader, reader_for, shown_value
from .choices import degree_level, title_level
from .columns import BY_KEY, KEYS
from .dates import chinese_date
from .idnumbers import Identity
from .rows import MAX_LISTED, Checked, Known, RosterRow, RowError
from .rules import identity_rules, life_rules, membership_rules
from .tables import Cells, Table
from .unitnames import UnitNames

_ID_SLOT = KEYS.index("id_number")
_BLANK_VALUES: list[object] = [None if BY_KEY[key].kind == "date" else "" for key in KEYS]
_BLANK_VALUES[_ID_SLOT] = Identity()


def check_rows(table: Table, known: Known, *, on: date) -> Checked:
    """Read and judge all rows of `table` against the units in `known`, as of the day `on`. Never raises for bad content.

    Rows with errors are in `rows` too (their wrong cells blank), so that a preview can show them.
    """
    checker = _Checker(table, known, on)
    for number, cells in table.read():
        checker.take(number, cells)
    return checker.finish()


class _Checker:
    """The state of one pass: what was seen (for duplicates) and what was found."""

    def __init__(self, table: Table, known: Known, on: date) -> None:
        self._on = on
        self._units = UnitNames(known)
        self._checked = Checked(columns=tuple(column.key for column in table.columns))
        self._positions = table.positions
        self._plan: list[tuple[int, str, int, Reader]] = [
            (KEYS.index(column.key), column.key, self._positions[column.key], reader_for(column, on))
            for column in table.columns
        ]
        self._width = max(self._positions.values()) + 1
        self._staff_numbers: dict[str, int] = {}
        self._id_numbers: dict[str, int] = {}

    def take(self, number: int, cells: Cells) -> None:
        """Judge one row."""
        if len(cells) < self._width:
            cells = cells + [""] * (self._width - len(cells))
        values = _BLANK_VALUES.copy()
        flags: list[tuple[str, Flag]] = []
        for slot, key, position, read in self._plan:
            value = read(cells[position])
            if value.__class__ is Flag:
                flags.append((key, value))
                value = value.value
            values[slot] = value
        identity: Identity = values[_ID_SLOT]  # type: ignore[assignment]
        values[_ID_SLOT] = None if identity.masked else identity.number
        row = RosterRow(number, *values)  # type: ignore[arg-type]  # readers keep to the kinds of columns.py
        self._judge(row, identity, flags)
        self._checked.rows.append(row)
        if flags:
            self._note(row, cells, flags)

    def _judge(self, row: RosterRow, identity: Identity, flags: list[tuple[str, Flag]]) -> None:
        """Apply the rules between cells; derived levels and unit ids are set on the way."""
        months: set[str] = set()
        has: set[str] = set()
        if flags:
            months = {key for key, flag in flags if flag.month_only}
            has = {key for key, flag in flags if not flag.warns}
            if identity.born_on is not None:
                flags[:] = [_with_birthday(key, flag, identity.born_on) for key, flag in flags]
        if row.title:
            row.title_level = title_level(row.title)
        row.degree_level = degree_level(row.degree or row.education)
        flags += self._units.resolve(row)
        flags += identity_rules(row, identity, months, has)
        if row.work_started_on or row.joined_on:
            flags += life_rules(row)
        if row.party_status not in ("", "none") or row.joined_on or row.converted_on:
            flags += membership_rules(row, months, has, self._on)
        self._judge_keys(row, identity, flags, has)
        if "born_on" in months and identity.born_on is not None:
            flags[:] = [(key, flag) for key, flag in flags if not (key == "born_on" and flag.month_only)]

    def _judge_keys(
        self, row: RosterRow, identity: Identity, flags: list[tuple[str, Flag]], has: set[str]
    ) -> None:
        """Every row needs a staff number or an ID number, and nobody stands on two rows."""
        if row.staff_number:
            first = self._staff_numbers.setdefault(row.staff_number, row.row)
            if first != row.row:
                flags.append(("staff_number", Flag("", f"与第 {first} 行重复", "每人一行，请删去一行")))
        elif not identity.number and not has & {"staff_number", "id_number"}:
            key = "staff_number" if "staff_number" in self._positions else "id_number"
            problem = "身份证号被遮盖，又没有工号" if identity.masked else "没有工号，也没有身份证号"
            flags.append((key, Flag("", problem, "请至少填一项")))
        if identity.number:
            first = self._id_numbers.setdefault(identity.number, row.row)
            if first != row.row:
                flags.append(("id_number", Flag("", f"与第 {first} 行重复", "每人一行，请删去一行")))

    def _note(self, row: RosterRow, cells: Cells, flags: list[tuple[str, Flag]]) -> None:
        """Turn the row's flags into errors and warnings. A warning on a cell that also errs is dropped."""
        checked = self._checked
        wrong = {key for key, flag in flags if not flag.warns}
        checked.error_row_count += bool(wrong)
        for key, flag in flags:
            if flag.warns and key in wrong:
                continue
            position = self._positions.get(key)
            value = "" if position is None else shown_value(key, cells[position])
            column = BY_KEY[key].title
            found = RowError(row.row, row.name, key, column, value, flag.problem, flag.remedy)
            if flag.warns:
                checked.warning_count += 1
                about = (column, flag.problem)
                checked.warning_totals[about] = checked.warning_totals.get(about, 0) + 1
                kept = checked.warnings
            else:
                checked.error_count += 1
                kept = checked.errors
            if len(kept) < MAX_LISTED:
                kept.append(found)

    def finish(self) -> Checked:
        """Return the outcome."""
        self._checked.unknown_units = self._units.unknown
        return self._checked


def _with_birthday(key: str, flag: Flag, born_on: date) -> tuple[str, Flag]:
    """Let an unreadable 出生日期 say what the ID number shows."""
    if key != "born_on" or flag.warns:
        return key, flag
    return key, Flag(flag.value, flag.problem, f"身份证号显示 {chinese_date(born_on)}")
