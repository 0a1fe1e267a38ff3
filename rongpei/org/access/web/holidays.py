"""The holiday table as a year's calendar and a list; days are added, changed and deleted one by one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday
from rongpei.ground.clock.queries import holidays_of, published_years
from rongpei.ground.ui import dates, parts
from rongpei.ground.ui.marks import Status
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.holidays import add_holiday, change_holiday, remove_holiday
from rongpei.org.access.web.forms import ChangeForm, DayForm

KIND_MARKS = {
    DayKind.OFF: Status("ok", DayKind.OFF.label),
    DayKind.WORKED: Status("info", DayKind.WORKED.label),
}


@door(Role.SYSTEM_ADMIN, Role.PARTY_OFFICE)
def holidays(request: PageRequest) -> HttpResponse:
    """One year: twelve months, and the days by name."""
    years, today = published_years(), clock.today()
    year = asked_year(request, today.year)
    rows = list(holidays_of(year))
    may_keep = request.visit.holds(Role.SYSTEM_ADMIN)
    for row in rows:
        row.mark = KIND_MARKS[DayKind(row.kind)]  # type: ignore[attr-defined]
    return render(
        request,
        "access/holidays.html",
        {
            "year": year,
            "years": sorted({*years[-4:], year, today.year, today.year + 1}),
            "last": years[-1] if years else None,
            "first": years[0] if years else None,
            "is_published": year in years,
            "rows": rows,
            "off": sum(1 for row in rows if row.kind == DayKind.OFF),
            "worked": sum(1 for row in rows if row.kind == DayKind.WORKED),
            "months": _months(year, rows) if rows else [],
            "may_keep": may_keep,
        },
    )


def asked_year(request: PageRequest, default: int) -> int:
    """The year in the address, when it is one."""
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else default


def _months(year: int, rows: list[Holiday]) -> list[tuple[date, list[parts.CalendarDay]]]:
    found: dict[int, list[parts.CalendarDay]] = {month: [] for month in range(1, 13)}
    for row in rows:
        is_off = row.kind == DayKind.OFF
        found[row.day_on.month].append(
            parts.CalendarDay(row.day_on, mark="" if is_off else "plan", rest=is_off)
        )
    return [(date(year, month, 1), days) for month, days in found.items()]


@door(Role.SYSTEM_ADMIN)
def new_day(request: PageRequest) -> HttpResponse:
    """Enter one day."""
    initial: dict[str, Any] = {
        "day_on": date(asked_year(request, clock.today().year), 1, 1),
        "kind": DayKind.OFF,
    }
    form = DayForm(request.POST or None, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            row = add_holiday(actor=request.visit, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("已登记%(on)s。") % {"on": dates.day_full(row.day_on)})
            return back_to(row.day_on.year)
    context = {"form": form, "refusal": refusal}
    return render(request, "access/holiday_new.html", context, status=refusal.status if refusal else 200)


@door(Role.SYSTEM_ADMIN)
def change_day(request: PageRequest, pk: int) -> HttpResponse:
    """Change what a day is."""
    row = get_object_or_404(Holiday, pk=pk)
    form = ChangeForm(request.POST or None, initial={"kind": row.kind, "name": row.name})
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            change_holiday(actor=request.visit, holiday=row, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("已修改%(on)s。") % {"on": dates.day_full(row.day_on)})
            return back_to(row.day_on.year)
    context = {"row": row, "form": form, "refusal": refusal}
    return render(request, "access/holiday.html", context, status=refusal.status if refusal else 200)


@door(Role.SYSTEM_ADMIN)
def delete_day(request: PageRequest, pk: int) -> HttpResponse:
    """The page to confirm, and the act."""
    row = get_object_or_404(Holiday, pk=pk)
    if request.method == "POST":
        remove_holiday(actor=request.visit, holiday=row)
        messages.success(request, _("已删除%(on)s。") % {"on": dates.day_full(row.day_on)})
        return back_to(row.day_on.year)
    what = _("删除%(on)s（%(name)s，%(kind)s）？") % {
        "on": dates.day_full(row.day_on), "name": row.name, "kind": row.get_kind_display(),
    }  # fmt: skip
    return render(request, "access/holiday_delete.html", {"row": row, "what": what})


def back_to(year: int) -> HttpResponse:
    """The table of a year."""
    return redirect(f"{reverse('access:holidays')}?year={year}")
