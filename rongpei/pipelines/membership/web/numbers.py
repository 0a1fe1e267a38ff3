"""Numbers of member development in a window, broken down; every number leads to its names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.clock.calendar import add_years
from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing import Column
from rongpei.ground.ui.listing.sheet import XLSX, write_rows
from rongpei.ground.ui.sending import sent
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import units_below
from rongpei.org.people.codes import PositionType, TitleLevel
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import say_who_is_highly_educated
from rongpei.pipelines.membership.numbers.groups import (
    BRANCH,
    BY_CODE,
    DIMENSIONS,
    by_branch,
    counted,
    narrowed,
)
from rongpei.pipelines.membership.numbers.happenings import Happening, What, happenings
from rongpei.pipelines.membership.numbers.highly import Highly, highly_of
from rongpei.pipelines.membership.web import drawn
from rongpei.pipelines.membership.web.case import day_typed
from rongpei.pipelines.membership.web.lists import DeskList
from rongpei.pipelines.membership.web.reach import DESK

_DEGREES = (("doctor", _("博士")), ("master", _("硕士")))


@dataclass(frozen=True)
class Window:
    """What is counted, from the first day to the last, both included."""

    what: What
    first: date
    last: date

    def query(self, **more: str) -> str:
        """The window in an address."""
        return urlencode({"what": self.what.value, "from": self.first, "to": self.last, **more})

    @property
    def words(self) -> str:
        return f"{day_full(self.first)}—{day_full(self.last)}"


def window_of(request: HttpRequest) -> Window:
    """From the address; this year until today when it does not say, or says nothing that can be read."""
    asked, today = request.GET.get("what", ""), clock.today()
    what = What(asked) if asked in What.values else What.ADMITTED
    first = day_typed(request.GET.get("from", ""))[0] or today.replace(month=1, day=1)
    last = day_typed(request.GET.get("to", ""))[0] or today
    return Window(what, min(first, last), max(first, last))


def seen(request: PageRequest, window: Window) -> list[Happening]:
    """Happenings of the branches the visitor reads."""
    found = happenings(window.what, window.first, window.last, highly_of(request.visit.tenant_id))
    paths = request.visit.places(*DESK)
    if "/" in paths:
        return found
    units = set(Unit.objects.filter(units_below(paths)).values_list("pk", flat=True))
    return [one for one in found if one.branch_id in units]


@dataclass(frozen=True)
class Block:
    """One dimension: its label, and lines of (words, number, share, address)."""

    label: Any
    lines: list[tuple[Any, int, int, str]]


def _blocks(window: Window, found: Sequence[Happening]) -> Iterator[Block]:
    address = reverse("membership:numbers-names")
    for by in DIMENSIONS:
        yield Block(
            by.label,
            [
                (words, number, _share(number, found), f"{address}?{window.query(by=by.code, value=code)}")
                for code, words, number in counted(found, by)
            ],
        )
    numbers = by_branch(found)
    units = Unit.objects.filter(pk__in=[pk for pk in numbers if pk]).order_by("sort_key", "id")
    lines = [
        (unit.name, numbers[unit.pk], _share(numbers[unit.pk], found),
         f"{address}?{window.query(by=BRANCH, value=str(unit.pk))}")
        for unit in units
    ]  # fmt: skip
    if None in numbers:
        url = f"{address}?{window.query(by=BRANCH, value='')}"
        lines.append((_now("当天不在任何支部"), numbers[None], _share(numbers[None], found), url))
    yield Block(_("党支部（按当天）"), lines)


def _share(number: int, found: Sequence[Happening]) -> int:
    return round(100 * number / len(found)) if found else 0


class HighlyForm(Form):
    """Who counts as 高知."""

    autofocus = False

    titles = forms.MultipleChoiceField(
        label=_("职称级别"),
        choices=TitleLevel.choices[:3],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    degrees = forms.MultipleChoiceField(
        label=_("学位"), choices=_DEGREES, required=False, widget=forms.CheckboxSelectMultiple
    )


@door(*DESK)
def figures(request: PageRequest) -> HttpResponseBase:
    """The page, or (`?export=xlsx`) its workbook."""
    window = window_of(request)
    found = seen(request, window)
    blocks = list(_blocks(window, found))
    if request.GET.get("export") == "xlsx":
        return _workbook(request, window, blocks, len(found))
    highly = highly_of(request.visit.tenant_id)
    office = rules.may_keep_rules(actor=request.visit, tenant_id=request.visit.tenant_id)
    form = HighlyForm(initial={"titles": list(highly.titles), "degrees": list(highly.degrees)})
    context: dict[str, Any] = {
        "window": window, "blocks": blocks, "number": len(found), "tabs": _tabs(window), "quick": _quick(window),
        "all_url": f"{reverse('membership:numbers-names')}?{window.query()}", "highly_words": _highly_words(highly),
        "export_url": f"?{window.query(export='xlsx')}", "form": form if office else None,
    }  # fmt: skip
    return render(request, "membership/figures.html", context)


def _tabs(window: Window) -> SafeString:
    return drawn.tabs(
        (f"?{Window(what, window.first, window.last).query()}", str(what.label), "", what == window.what)
        for what in What
    )


def _quick(window: Window) -> list[tuple[str, str]]:
    today = clock.today()
    spans = (
        (_now("今年"), today.replace(month=1, day=1), today),
        (_now("去年"), date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
        (_now("近两年"), add_years(today, -2) + timedelta(days=1), today),
        (_now("近三年"), add_years(today, -3) + timedelta(days=1), today),
    )
    return [(f"?{Window(window.what, first, last).query()}", words) for words, first, last in spans]


def _highly_words(highly: Highly) -> str:
    titles = [str(label) for code, label in TitleLevel.choices if code in highly.titles]
    degrees = [str(label) for code, label in _DEGREES if code in highly.degrees]
    return _now("、").join([*titles, *degrees])


def _workbook(request: PageRequest, window: Window, blocks: Sequence[Block], number: int) -> FileResponse:
    rows: list[list[Any]] = [
        [_now("项目"), _now("分组"), _now("人数"), _now("占比%")],
        [str(window.what.label), window.words, number, 100],
    ]
    for block in blocks:
        rows += [[str(block.label), str(words), count, share] for words, count, share, _url in block.lines]
    record(
        kind=EventKind.VIEW, code="membership.list.exported", actor=request.visit, facts={"rows": len(rows)}
    )
    book = write_rows(title=str(window.what.label), rows=iter(rows), widths=(26, 36, 10, 10))
    name = f"{window.what.label}-{window.first:%Y%m%d}-{window.last:%Y%m%d}.xlsx"
    return sent(book, name, XLSX)


class NameList(DeskList):
    """The people behind a number, each as on the day it happened."""

    columns = (
        Column("name", _("姓名"), main=True, sort="sort_key", link=lambda row: reverse("directory:person", args=[row.pk])),
        Column("staff_number", _("工号")),
        Column("on", _("日期"), lambda row: row.then.on, kind="day", phone="side"),
        Column("branch", _("党支部"), lambda row: row.branch_name, phone="second", width=28),
        Column("sex", _("性别"), lambda row: row.get_sex_display()),
        Column("age", _("年龄"), lambda row: row.then.age),
        Column("title", _("职称级别"), lambda row: dict(TitleLevel.choices).get(row.then.title, "")),
        Column("position", _("岗位类别"), lambda row: dict(PositionType.choices).get(row.then.position, "")),
        Column("highly", _("高知"), lambda row: _now("是") if row.then.highly else ""),
        Column("backbone", _("业务骨干"), lambda row: _now("是") if row.then.backbone else ""),
        Column("front_line", _("到过一线"), lambda row: _now("是") if row.then.front_line else ""),
    )  # fmt: skip
    default_sort = "sort_key"
    noun = _("名单")
    measure = _("人")
    per_page = 50
    empty_text = _("这段时间没有。")

    def attach(self, rows: Sequence[Any]) -> None:
        """Each person's happening, and the name of the branch then."""
        then: dict[int, Happening] = self.context["then"]
        names = dict(
            Unit.objects.filter(pk__in={then[row.pk].branch_id for row in rows}).values_list("pk", "name")
        )
        for row in rows:
            row.then = then[row.pk]
            row.branch_name = names.get(row.then.branch_id, "")


@door(*DESK)
def names(request: PageRequest) -> HttpResponseBase:
    """The names behind one number."""
    window, by, value = window_of(request), request.GET.get("by", ""), request.GET.get("value", "")[:40]
    found = narrowed(seen(request, window), by, value)
    then = {one.person.pk: one for one in found}
    context = {"window": window, "group": _group_words(by, value), "back": f"?{window.query()}"}
    rows = Person.objects.filter(pk__in=list(then))
    return NameList(request, rows, then=then).respond("membership/figures_names.html", context)


def _group_words(by: str, value: str) -> str:
    if by == BRANCH:
        unit = Unit.objects.filter(pk=int(value)).first() if value.isdigit() and len(value) < 19 else None
        return unit.name if unit else _now("当天不在任何支部")
    dimension = BY_CODE.get(by)
    return f"{dimension.label}：{dimension.words.get(value, value)}" if dimension else _now("全部")


@door(*rules.OFFICE)
@require_POST
def highly_educated(request: PageRequest) -> HttpResponse:
    """Say who counts as 高知; numbers of the past follow at once, each person as on the day."""
    form = HighlyForm(request.POST)
    if form.is_valid():
        say_who_is_highly_educated(
            actor=request.visit, tenant_id=request.visit.tenant_id, titles=form.cleaned_data["titles"],
            degrees=form.cleaned_data["degrees"],
        )  # fmt: skip
        messages.success(request, _now("高知的口径已保存。"))
    else:
        messages.error(request, _now("没有这个选项，请重新选择。"))
    return redirect("membership:figures")
