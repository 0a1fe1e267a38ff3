"""The list of people: one declaration for the people page, the unit page and the branch page."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.ui.listing import ChoiceFilter, Column, Filter, Listing, SearchFilter
from rongpei.ground.ui.marks import NOTHING, Measure
from rongpei.insight.directory.progress import Progress, in_state
from rongpei.insight.directory.queries.people import attach_progress, in_branches, with_hours
from rongpei.insight.directory.queries.units import open_units
from rongpei.insight.directory.rules import BRANCH_KINDS, reads_party
from rongpei.insight.directory.web.filters import choices_of
from rongpei.org.access.visit import Visit
from rongpei.org.people.codes import MEMBERS, EmploymentKind, PartyStatus, PositionType, Standing, TitleLevel
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit

_SEALED = ("status", "joined", "hours", "progress", "branch")


def find(rows: Any, text: str) -> Any:
    """Part of a name, the beginning of the pinyin initials, or of the staff number."""
    wanted = Q(name__contains=text) | Q(staff_number__startswith=text)
    if text.isascii():
        wanted |= Q(initials__startswith=text.lower())
    return rows.filter(wanted)


def _hours(row: Any) -> Any:
    progress: Progress | None = row.progress
    if progress is None:
        return ""
    if progress.exempt:
        return _("退休，不作要求")
    words = f"{row.name} {progress.hours:.1f} / {progress.quota}"
    return Measure(progress.hours, progress.quota, "warn" if progress.behind else "", words)


def _place(row: Any, home: str) -> str:
    unit = getattr(getattr(row, "place", None), home, None)
    return unit.name if unit is not None else ""


def _status(row: Any) -> Any:
    return PartyStatus(row.status_seen).label if row.status_seen else ""


COLUMNS: tuple[Column, ...] = (
    Column("name", _("姓名"), sort="sort_key", main=True, link=lambda row: reverse("directory:person", args=[row.pk])),
    Column("staff_number", _("工号"), shown=False),
    Column("sex", _("性别"), value=lambda row: row.get_sex_display(), width=6),
    Column("title", _("职称"), sort="title_rank", phone="second"),
    Column("department", _("科室"), value=lambda row: _place(row, "department"), phone="second"),
    Column("branch", _("党支部"), value=lambda row: _place(row, "branch") if row.branch_seen else "", width=20),
    Column("status", _("类别"), value=_status, phone="second"),
    Column("joined", _("入党时间"), value=lambda row: row.joined_seen, sort="joined_seen", kind="day", nulls_last=True),
    Column(
        "hours", _("本年学时"), value=_hours, sort="hours_seen", nulls_last=True,
        export=lambda row: row.progress.hours if row.progress else None,
    ),
    Column("quota", _("应达学时"), value=lambda row: row.progress.quota if row.progress else None, shown=False),
    Column(
        "progress", _("进度"), value=lambda row: row.progress.mark if row.progress else (NOTHING if row.party_seen else ""),
        export=lambda row: row.progress.mark if row.progress else None, phone="side",
    ),
)  # fmt: skip
STATUS = (("member", _("党员")), *((code.value, code.label) for code in PartyStatus))
PROGRESS = (("normal", _("正常")), ("behind", _("落后")), ("exempt", _("免")))


def _by_branch(rows: Any, pk: str) -> Any:
    return in_branches(rows, [int(pk)])


def _by_status(rows: Any, value: str) -> Any:
    return rows.filter(status_seen__in=MEMBERS) if value == "member" else rows.filter(status_seen=value)


class PeopleList(Listing):
    """Rows come from `people_for`. A column or filter of the party side exists only for who reads it anywhere,
    and reads the sealed annotation, empty in rows where the asker does not see it."""

    noun = _("人员")
    measure = _("人")
    default_sort = "name"
    tie_break = ("pk",)
    within: Unit | None = None

    def __init__(self, request: HttpRequest, rows: Any, *, actor: Visit, within: Unit | None = None) -> None:
        self.actor, self.within, self.today = actor, within, clock.today()
        if "hours" in request.GET.get("sort", "") or request.GET.get("progress"):
            rows = with_hours(rows, self.today)
        if request.GET.get("standing") not in (Standing.LEFT, Standing.RETIRED):
            rows = rows.filter(standing=Standing.PRESENT)
        super().__init__(request, rows)

    def attach(self, rows: Sequence[Any]) -> None:
        attach_progress(rows, self.today)

    def exported(self, number: int) -> None:
        record(
            kind=EventKind.VIEW, code="directory.people.exported", actor=self.actor, facts={"rows": number}
        )

    def get_columns(self) -> Sequence[Column]:
        return self._columns

    def get_filters(self) -> Sequence[Filter]:
        return self._filters

    @cached_property
    def _columns(self) -> list[Column]:
        hidden = set() if reads_party(self.actor) else {*_SEALED, "quota"}
        if self.within is not None and self.within.kind in BRANCH_KINDS:
            hidden.add("branch")
        found = [column for column in COLUMNS if column.name not in hidden]
        if self._tenants:
            names = dict(self._tenants)
            found.insert(
                1, Column("tenant", _("单位"), value=lambda row: names.get(row.tenant_id, ""), phone="second")
            )
        return found

    @cached_property
    def _tenants(self) -> list[tuple[int, str]]:
        """Those whose people meet in this list, when there are several."""
        if len(self.actor.tenant_ids) < 2 or self.within is not None:
            return []
        rows = Tenant.objects.filter(pk__in=self.actor.tenant_ids).order_by("id")
        return list(rows.values_list("id", "name"))

    @cached_property
    def _filters(self) -> list[Filter]:
        found: list[Filter] = [SearchFilter("q", _("姓名、拼音首字母或工号"), apply=find)]
        if self._tenants:
            found.append(
                ChoiceFilter("tenant", _("单位"), choices=choices_of(self._tenants), field="tenant_id")
            )
        if self.within is None:
            found += self._home_filters()
        if reads_party(self.actor):
            found.append(ChoiceFilter("status", _("类别"), choices=STATUS, apply=_by_status))
            found.append(ChoiceFilter("progress", _("进度"), choices=PROGRESS, apply=self._by_progress))
        return found + [
            ChoiceFilter("title", _("职称级别"), choices=TitleLevel.choices, field="title_level", more=True),
            ChoiceFilter("position", _("岗位类别"), choices=PositionType.choices, field="position_type", more=True),
            ChoiceFilter("employment", _("用工性质"), choices=EmploymentKind.choices, field="employment_kind", more=True),
            ChoiceFilter(
                "standing", _("在册情况"), choices=[(code.value, code.label) for code in (Standing.LEFT, Standing.RETIRED)],
                all_label=_("在册人员"), more=True,
            ),
        ]  # fmt: skip

    def _home_filters(self) -> list[Filter]:
        """Branch and department; a branch narrows by the sealed column."""
        found: list[Filter] = []
        units = list(open_units(self.actor, Tree.ADMIN, self.today).exclude(parent=None))
        paths = {str(unit.pk): unit.path for unit in units}
        if reads_party(self.actor):
            rows = open_units(self.actor, Tree.PARTY, self.today).filter(kind__in=BRANCH_KINDS)
            names = choices_of(list(rows.values_list("id", "name")))
            found.append(ChoiceFilter("branch", _("党支部"), choices=names, apply=_by_branch))
        found.append(
            ChoiceFilter(
                "department",
                _("科室"),
                choices=[(str(unit.pk), unit.name) for unit in units],
                apply=lambda rows, pk: rows.filter(place__department__path__under=paths[pk]),
            )  # fmt: skip
        )
        return found

    def _by_progress(self, rows: Any, value: Any) -> Any:
        return rows.filter(in_state(value, self.today))
