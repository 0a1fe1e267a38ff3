"""Turning the names of departments, branches and groups into ids, with a suggestion for a name that is not known."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from .cells import Flag
from .rows import Known, RosterRow

_SUGGESTIONS: Final = (
    60  # distinct names compared with all others; after that a file is plainly not about this hospital
)
_NAMES: Final = {"department": "科室", "branch": "党支部", "party_group": "党小组"}


class UnitNames:
    """Resolves one file's unit names and counts those that are unknown."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._groups: dict[int, dict[str, int]] = {}
        for (branch_id, name), group_id in known.groups.items():
            self._groups.setdefault(branch_id, {})[name] = group_id
        self._flags: dict[tuple[str, str, int | None], Flag] = {}
        self.unknown: dict[str, dict[str, int]] = {}

    def resolve(self, row: RosterRow) -> Iterable[tuple[str, Flag]]:
        """Set the row's three unit ids; return a Flag for each name that is not known."""
        flags: list[tuple[str, Flag]] = []
        if row.department:
            row.department_id = self._known.departments.get(row.department)
            if row.department_id is None:
                self._miss(flags, "department", row.department, self._known.departments)
        if row.branch:
            row.branch_id = self._known.branches.get(row.branch)
            if row.branch_id is None:
                self._miss(flags, "branch", row.branch, self._known.branches)
        if row.party_group:
            self._resolve_group(row, flags)
        return flags

    def _resolve_group(self, row: RosterRow, flags: list[tuple[str, Flag]]) -> None:
        if not row.branch:
            flags.append(("party_group", Flag("", "填了党小组，没有填党支部", "请补上所在党支部")))
            return
        if row.branch_id is None:
            if self._known.accept_unknown_units:
                self._count("party_group", f"{row.branch}／{row.party_group}")
            return  # the branch itself is reported
        groups = self._groups.get(row.branch_id, {})
        row.party_group_id = groups.get(row.party_group)
        if row.party_group_id is None:
            self._miss(flags, "party_group", row.party_group, groups, row.branch, row.branch_id)

    def _miss(
        self,
        flags: list[tuple[str, Flag]],
        key: str,
        name: str,
        names: Mapping[str, int],
        branch: str = "",
        branch_id: int | None = None,
    ) -> None:
        self._count(key, f"{branch}／{name}" if branch else name)
        if self._known.accept_unknown_units:
            return
        at = (key, name, branch_id)
        flag = self._flags.get(at)
        if flag is None:
            flag = self._flags[at] = self._unknown_flag(key, name, names, branch)
        flags.append((key, flag))

    def _count(self, key: str, name: str) -> None:
        counts = self.unknown.setdefault(key, {})
        counts[name] = counts.get(name, 0) + 1

    def _unknown_flag(self, key: str, name: str, names: Mapping[str, int], branch: str) -> Flag:
        place = f"{branch}里" if branch else "系统里"
        problem = f"{place}没有这个{_NAMES[key]}"
        close = get_close_matches(name, names, 1, 0.5) if len(self._flags) < _SUGGESTIONS else []
        remedy = f"是不是“{close[0]}”" if close else f"请改成系统里的名称，或先建立这个{_NAMES[key]}"
        return Flag("", problem, remedy)
