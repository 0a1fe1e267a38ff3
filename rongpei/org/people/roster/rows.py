"""What checking gives back: rows as facts, errors, warnings, and the names it was judged against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

MAX_LISTED: Final = 20_000  # errors and warnings kept each; counts go on


@dataclass(slots=True)
class RosterRow:
    """One person as the roster says. Text is "" when blank, dates None. Field order follows columns.COLUMNS.

    `id_number` is always the 18-digit form; None means "given masked, leave what is stored".
    `sex`, `position_type`, `employment_kind` and `party_status` hold codes of choices.py.
    A column that the file does not have (Checked.columns) is blank in every row and says nothing about the person.
    """

    row: int
    staff_number: str = ""
    name: str = ""
    sex: str = ""
    ethnicity: str = ""
    native_place: str = ""
    born_on: date | None = None
    id_number: str | None = ""
    education: str = ""
    degree: str = ""
    school: str = ""
    work_started_on: date | None = None
    department: str = ""
    post: str = ""
    title: str = ""
    position_type: str = ""
    employment_kind: str = ""
    phone: str = ""
    branch: str = ""
    party_group: str = ""
    party_status: str = ""
    joined_on: date | None = None
    converted_on: date | None = None
    party_post: str = ""
    affiliated_on: date | None = None
    remarks: str = ""
    department_id: int | None = None
    branch_id: int | None = None
    party_group_id: int | None = None
    title_level: str = "none"
    degree_level: str = "none"


@dataclass(frozen=True, slots=True)
class Known:
    """The units a roster may name, each mapping from name (and unique short name) to id.

    Groups are keyed by their branch, as every branch has its 第一党小组. With `accept_unknown_units`, an unknown name is
    no error: the row carries no id and the name is counted in Checked.unknown_units, for a first import.
    """

    departments: Mapping[str, int] = field(default_factory=dict)
    branches: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[tuple[int, str], int] = field(default_factory=dict)
    accept_unknown_units: bool = False


@dataclass(frozen=True, slots=True)
class RowError:
    """One finding: 行, 姓名, 列, 表中内容 (ID numbers masked), 问题, 改法. Also used for warnings."""

    row: int
    name: str
    key: str
    column: str
    value: str
    problem: str
    remedy: str


@dataclass(slots=True)
class Checked:
    """The outcome. Import only when `error_count` is 0 (all or nothing)."""

    columns: tuple[str, ...]
    rows: list[RosterRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)
    error_count: int = 0
    error_row_count: int = 0
    warning_count: int = 0
    warning_totals: dict[tuple[str, str], int] = field(default_factory=dict)
    """(column title, problem) to number of rows, so that 3,000 like warnings are one line."""
    unknown_units: dict[str, dict[str, int]] = field(default_factory=dict)
    """ "department", "branch" or "party_group" to name to number of rows; groups are named "支部／小组"."""

    @property
    def is_clean(self) -> bool:
        """True when nothing stands against importing."""
        return self.error_count == 0
