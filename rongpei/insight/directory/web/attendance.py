"""Attendance of a branch: people against months, and the lines behind every number."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.ground import clock
from rongpei.ground.ui import parts
from rongpei.ground.ui.listing import ChoiceFilter, Column, Filter, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Status
from rongpei.insight.directory.links import meeting_address
from rongpei.insight.directory.months import Month, months_of_year
from rongpei.insight.directory.queries.branches import (
    PersonMonthAttendance,
    attendance_by_person,
    attendance_of,
)
from rongpei.insight.directory.rules import BRANCH_READERS, branches_for
from rongpei.insight.directory.web.filters import PinFilter, whole_number
from rongpei.kernel.gatherings.codes import Presence
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit

LOW = 0.5
_EARLIEST = 2000


@door(*BRANCH_READERS)
def matrix(request: PageRequest, pk: int) -> HttpResponse:
    """Everyone who stood on a list of the year, by month; each cell leads to its meetings."""
    branch = get_object_or_404(branches_for(request.visit), pk=pk)
    today = clock.today()
    year = whole_number(request.GET, "year") or today.year
    year = year if _EARLIEST <= year <= today.year else today.year
    rows = attendance_of(request.visit, [branch]).filter(
        gathering__held_on__gte=date(year, 1, 1), gathering__held_on__lt=date(year + 1, 1, 1)
    )
    grouped = attendance_by_person(rows)
    names = dict(
        Person.objects.filter(pk__in={row.person_id for row in grouped})
        .order_by("sort_key", "id")
        .values_list("id", "name")
    )
    context = {
        "branch": branch,
        "year": year,
        "years": [year - 1, year + 1] if year < today.year else [year - 1],
        "matrix": _table(branch, months_of_year(year), names, grouped) if names else None,
    }
    return render(request, "directory/attendance.html", context)


def _table(
    branch: Unit, months: Sequence[Month], names: Mapping[int, str], grouped: Sequence[PersonMonthAttendance]
) -> parts.Matrix:
    base = reverse("directory:attendance-lines", args=[branch.pk])
    found = {(row.person_id, row.month_on): row for row in grouped}
    rows = []
    for pk, name in names.items():
        held = [found.get((pk, month.first)) for month in months]
        cells = [
            _cell(row, f"{base}?person={pk}&{month.span('on')}", f"{name} {month.words}")
            for row, month in zip(held, months, strict=True)
        ]
        expected = sum(row.expected for row in held if row)
        present = sum(row.present for row in held if row)
        rows.append(parts.MatrixRow(name, cells, url=f"{base}?person={pk}", last=f"{present} / {expected}"))
    return parts.Matrix(
        head=_g("姓名"), columns=[month.words for month in months], groups=[parts.MatrixGroup(rows)],
        last_head=_g("实到 / 应到"), label=_g("党员与月份"),
    )  # fmt: skip


def _cell(row: PersonMonthAttendance | None, url: str, label: str) -> parts.Cell:
    if row is None:
        return parts.Cell("")
    words = f"{row.present} / {row.expected}"
    kind: Any = "missing" if not row.present else "low" if row.present < row.expected * LOW else ""
    return parts.Cell(words, kind, url, f"{label} {words}")


_MARKS = {
    Presence.PRESENT: Status("ok", Presence.PRESENT.label),
    Presence.LEAVE: Status("warn", Presence.LEAVE.label),
    Presence.ABSENT: Status("bad", Presence.ABSENT.label),
    Presence.EXPECTED: Status("", Presence.EXPECTED.label),
}


class AttendanceList(Listing):
    """One line per person and confirmed meeting."""

    noun = _("出勤记录")
    default_sort = "-on"
    columns = (
        Column("person.name", _("姓名"), main=True, sort="person__sort_key"),
        Column(
            "on", _("日期"), value=lambda row: row.gathering.held_on, sort="gathering__held_on", kind="day", phone="second"
        ),
        Column("kind", _("会议类型"), value=lambda row: row.gathering.meeting.get_kind_display(), phone="second"),
        Column(
            "title", _("名称"), value=lambda row: row.gathering.title,
            link=lambda row: meeting_address(row.gathering.meeting.pk), width=30,
        ),
        Column("presence", _("出勤"), value=lambda row: _MARKS[Presence(row.presence)], phone="side"),
        Column("reason", _("原因")),
    )  # fmt: skip

    def __init__(self, request: PageRequest, rows: Any, person: str) -> None:
        self.person = person
        super().__init__(request, rows)

    def get_filters(self) -> Sequence[Filter]:
        return (
            PinFilter(
                "person", _("姓名"), pinned=self.person, apply=lambda rows, pk: rows.filter(person_id=int(pk))
            ),
            SearchFilter("q", _("姓名"), fields=("person__name",)),
            ChoiceFilter(
                "kind", _("会议类型"), choices=MeetingKind.choices, field="gathering__meeting__kind"
            ),
            ChoiceFilter("presence", _("出勤"), choices=Presence.choices),
            PeriodFilter("on", _("日期"), field="gathering__held_on"),
        )


@door(*BRANCH_READERS)
def lines(request: PageRequest, pk: int) -> HttpResponseBase:
    """The lines behind the numbers of a branch's attendance."""
    branch = get_object_or_404(branches_for(request.visit), pk=pk)
    rows = attendance_of(request.visit, [branch]).select_related("person", "gathering__meeting")
    pinned = whole_number(request.GET, "person")
    name = ""
    if pinned is not None:
        name = rows.filter(person_id=pinned).values_list("person__name", flat=True).first() or ""
    return AttendanceList(request, rows, name).respond("directory/lines.html", {"branch": branch})
