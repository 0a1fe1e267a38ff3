"""Importing the notice of a year from pasted text: read, show what would change, then all or nothing."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.queries import Difference, NoticeDay, difference, holidays_of, is_possible
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.holidays import import_holidays
from rongpei.org.access.web.forms import NoticeForm
from rongpei.org.access.web.holidays import KIND_MARKS, asked_year, back_to

_KINDS = {
    "off": DayKind.OFF, "放假": DayKind.OFF, "休": DayKind.OFF, "休息": DayKind.OFF,
    "work": DayKind.WORKED, "上班": DayKind.WORKED, "调休上班": DayKind.WORKED, "班": DayKind.WORKED,
}  # fmt: skip
_HEADS = ("date", "日期")
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_MARKED = ("added", "changed", "removed")


@dataclass
class Read:
    """Days read from a text, and what is wrong in which line."""

    days: list[NoticeDay] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def read_notice(text: str, year: int) -> Read:
    """Read lines of date, kind and name, parted by commas or tabs; a heading line is passed over."""
    found, seen = Read(), set()
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in re.split(r"[,，\t;；]", line.strip())]
        if not any(cells) or cells[0].lower() in _HEADS:
            continue
        try:
            day = _read_day(cells, year)
            if day.on in seen:
                raise ValueError(_("这一天前面已经写过。"))
        except ValueError as error:
            found.faults.append((number, line.strip()[:80], str(error)))
        else:
            seen.add(day.on)
            found.days.append(day)
    return found


def _read_day(cells: list[str], year: int) -> NoticeDay:
    if len(cells) < 3 or not cells[2]:
        raise ValueError(_("一行要有日期、类型、节日名称三项。"))
    on, kind = _read_date(cells[0]), _KINDS.get(cells[1].lower())
    if on.year != year:
        raise ValueError(_("不是 %(year)d 年的日期。") % {"year": year})
    if kind is None:
        raise ValueError(_("类型写“放假”或“上班”。"))
    day = NoticeDay(on, kind, cells[2][:40])
    if not is_possible(day):
        raise ValueError(_("这一天不是周末，本来就上班。"))
    return day


def _read_date(text: str) -> date:
    matched = _DAY.match(text)
    if not matched:
        raise ValueError(_("没有读懂日期，请写成 2027-01-01。"))
    try:
        return date(*map(int, matched.groups()))
    except ValueError:
        raise ValueError(_("没有这一天。")) from None


@door(Role.SYSTEM_ADMIN)
def import_notice(request: PageRequest) -> HttpResponse:
    """Paste, look at the differences, confirm."""
    year = asked_year(request, clock.today().year + 1)
    form = NoticeForm(request.POST or None, initial={"year": year, "text": _as_text(year)})
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return render(request, "access/notice.html", {"form": form})
    year = form.cleaned_data["year"]
    read = read_notice(form.cleaned_data["text"], year)
    if read.faults or not read.days:
        context = {"form": form, "faults": read.faults, "is_bare": not read.days and not read.faults}
        return render(request, "access/notice.html", context, status=409)
    if "confirmed" in request.POST:
        try:
            count = import_holidays(actor=request.visit, year=year, days=read.days)
        except Refused as refusal:
            return render(
                request, "access/notice.html", {"form": form, "refusal": refusal}, status=refusal.status
            )
        messages.success(request, _("已导入 %(year)d 年的 %(count)d 天。") % {"year": year, "count": count})
        return back_to(year)
    changes = difference(year, read.days)
    context = {"form": form, "year": year, "days": read.days, "changes": changes, "lists": _lists(changes)}
    return render(request, "access/notice_preview.html", context)


def _as_text(year: int) -> str:
    """The table of a year in the form that is read back."""
    return "\n".join(
        f"{row.day_on.isoformat()},{row.get_kind_display()},{row.name}" for row in holidays_of(year)
    )


def _lists(changes: Difference) -> list[tuple[str, list[tuple[NoticeDay, object]]]]:
    titles = (_("新增"), _("改动"), _("去掉"))
    return [
        (title, [(day, KIND_MARKS[DayKind(day.kind)]) for day in getattr(changes, name)])
        for title, name in zip(titles, _MARKED, strict=True)
        if getattr(changes, name)
    ]
