"""Themes: the list, one theme with every branch's headway, writing and issuing, the kit, reminders."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import THEME_OWNER, Headway, ThemeState
from rongpei.activities.partydays.headway import (
    Step,
    branches_of,
    counts_by_theme,
    own_branches,
    steps_of,
    themes_for,
)
from rongpei.activities.partydays.models import Theme
from rongpei.activities.partydays.needs import wishes_under
from rongpei.activities.partydays.web.forms import UploadForm
from rongpei.activities.partydays.web.themeforms import ThemeForm
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.files.actions import delete_blob, store_upload
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.queries import files_of
from rongpei.ground.notices.actions import recall
from rongpei.ground.notices.codes import RECALL_FOR
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Kind, Status, Two
from rongpei.kernel.papers.codes import FEWEST_SHOWN
from rongpei.org.access.doors import PageRequest, door

_MARKS: dict[str, Kind] = {ThemeState.DRAFT: "line", ThemeState.ISSUED: "info", ThemeState.CLOSED: "line"}
HEADWAY_MARKS: dict[str, Kind] = {
    Headway.NOT_PLANNED: "warn", Headway.PLANNED: "info", Headway.HELD: "warn", Headway.RECORDED: "ok",
}  # fmt: skip


class ThemeList(Listing):
    """Themes with how far the branches are."""

    columns = (
        Column(
            "title", _lazy("主题"), lambda row: Two(row.title, f"{row.field_words}，{row.form_words}"), main=True, width=30,
            link=lambda row: reverse("partydays:theme", args=[row.pk]), export=lambda row: row.title,
        ),
        Column("starts_on", _lazy("开始"), sort="starts_on", kind="day", phone="second"),
        Column("ends_on", _lazy("结束"), sort="ends_on", kind="day", phone="second"),
        Column("field_words", _lazy("领域"), shown=False, width=20),
        Column("form_words", _lazy("形式"), shown=False, width=20),
        Column("not_planned", _lazy("未安排"), lambda row: row.counted[Headway.NOT_PLANNED], kind="count"),
        Column("planned", _lazy("已安排"), lambda row: row.counted[Headway.PLANNED], kind="count"),
        Column("held", _lazy("已开展未记录"), lambda row: row.counted[Headway.HELD], kind="count"),
        Column("recorded", _lazy("已记录"), lambda row: row.counted[Headway.RECORDED], kind="count"),
        Column("state", _lazy("状态"), lambda row: Status(_MARKS[row.state], row.get_state_display()), phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _lazy("主题"), fields=("title", "slogan")),
        ChoiceFilter("state", _lazy("状态"), ThemeState.choices),
        PeriodFilter("on", _lazy("开始日期"), field="starts_on"),
    )
    default_sort = "-starts_on"
    noun = _lazy("主题")
    measure = _lazy("个")

    def attach(self, rows: Sequence[Any]) -> None:
        """The headway of the page's themes, in two queries."""
        found = counts_by_theme(rows)
        for row in rows:
            row.counted = found[row.pk]


def _visible(request: PageRequest) -> Any:
    rows = themes_for(request.visit)
    return rows if request.visit.holds(*rules.THEME_SETTERS) else rows.exclude(state=ThemeState.DRAFT)


@door(*rules.READERS)
def themes(request: PageRequest) -> HttpResponseBase:
    """All themes."""
    may_set = request.visit.holds(*rules.THEME_SETTERS)
    return ThemeList(request, _visible(request)).respond("partydays/themes.html", {"may_set": may_set})


@door(*rules.READERS)
def theme(request: PageRequest, pk: int) -> HttpResponse:
    """One theme: what is asked by when, the kit, every branch's headway, and what the visitor may do."""
    found = get_object_or_404(_visible(request), pk=pk)
    today, now = clock.today(), clock.now()
    runs = rules.may_run_theme(actor=request.visit, theme=found)
    oversees = runs or request.visit.holds(*rules.OVERSEERS)
    mine = [
        unit for unit in own_branches(request.visit, rules.RUNNERS) if unit.path.startswith(found.unit.path)
    ]
    own = list(own_branches(request.visit, rules.BRANCH_RUNNERS))
    steps = steps_of(found, list(branches_of(found)) if oversees else mine, today)
    asked = request.GET.get("headway", "")
    last = (
        found.reminders.filter(batch__recalled_at=None, sent_at__gte=now - RECALL_FOR).last()
        if runs
        else None
    )
    context = {
        "theme": found,
        "may_run": runs,
        "steps": [_shown(step, found, today) for step in steps if not asked or step.headway == asked],
        "segments": _segments(steps, asked),
        "behind": sum(step.headway != Headway.RECORDED for step in steps),
        "own": [step for step in steps if step.headway == Headway.NOT_PLANNED and step.branch in own][:8],
        "files": files_of(owner_kind=THEME_OWNER, owner_ids=[found.pk]),
        "upload_form": UploadForm(),
        "reminder": last,
        "wished": wishes_under(found) if runs else None,
        "fewest": FEWEST_SHOWN,
    }
    return render(request, "partydays/theme.html", context)


def _shown(step: Step, found: Theme, today: Any) -> tuple[Step, Status]:
    late = step.is_late(found, today)
    return step, Status("bad" if late else HEADWAY_MARKS[step.headway], step.headway.label)


def _segments(steps: Sequence[Step], asked: str) -> list[tuple[str, str, bool]]:
    found = [("?", f"{_('全部')} {len(steps)}", not asked)]
    for code in Headway:
        number = sum(step.headway == code for step in steps)
        found.append((f"?headway={code}", f"{code.label} {number}", asked == code))
    return found


@door(*rules.THEME_SETTERS)
def new_theme(request: PageRequest) -> HttpResponse:
    """Write a theme."""
    today = clock.today()
    initial = {
        "starts_on": today, "plan_by_on": today + timedelta(days=7), "ends_on": today + timedelta(days=30),
        "record_by_on": today + timedelta(days=37),
    }  # fmt: skip
    return _edit(request, None, initial)


@door(*rules.THEME_SETTERS)
def edit_theme(request: PageRequest, pk: int) -> HttpResponse:
    """Change a theme."""
    found = get_object_or_404(themes_for(request.visit), pk=pk)
    return _edit(
        request, found, {name: getattr(found, name) for name in ThemeForm.COLUMNS} | {"unit": found.unit_id}
    )


def _edit(request: PageRequest, found: Theme | None, initial: Mapping[str, Any]) -> HttpResponse:
    form = ThemeForm(request.POST or None, initial=initial, actor=request.visit, theme=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.set_theme(
                actor=request.visit, unit=form.cleaned_data["unit"], theme=found, values=form.values(), now=clock.now()
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, f"{refusal.what}{refusal.remedy}")
        else:
            messages.success(
                request, _("主题已保存。") if found else _("主题已保存为草稿，下发后各支部才看得到。")
            )
            return redirect("partydays:theme", made.pk)
    return render(request, "partydays/theme_edit.html", {"form": form, "theme": found})


@door(*rules.THEME_SETTERS)
@require_POST
def act_on_theme(request: PageRequest, pk: int) -> HttpResponse:
    """Issue it, close it, remind those behind, or take the last reminder back."""
    found = get_object_or_404(themes_for(request.visit), pk=pk)
    act = request.POST.get("act", "")
    if act == "issue":
        actions.issue_theme(actor=request.visit, theme=found, now=clock.now(), today=clock.today())
        messages.success(request, _("已下发，并通知了各支部书记。"))
    elif act == "close":
        actions.close_theme(actor=request.visit, theme=found)
        messages.success(request, _("主题已结束。"))
    elif act == "remind":
        sent = actions.remind(actor=request.visit, theme=found, now=clock.now(), today=clock.today())
        messages.success(request, _("已提醒 %(n)d 个支部的书记。十分钟内可以撤回。") % {"n": sent.branches})
    elif act == "recall":
        last = found.reminders.filter(batch__recalled_at=None).last()
        if last is not None:
            recall(actor=request.visit, batch=last.batch, now=clock.now())
            messages.success(request, _("提醒已撤回。"))
    return redirect("partydays:theme", pk)


@door(*rules.RUNNERS)
@require_POST
def plan_theme(request: PageRequest, pk: int, unit_pk: int) -> HttpResponse:
    """Start a branch's plan from the kit: one tap."""
    found = get_object_or_404(_visible(request), pk=pk)
    unit = get_object_or_404(own_branches(request.visit, rules.RUNNERS), pk=unit_pk)
    meeting = actions.plan_from_kit(
        actor=request.visit, unit=unit, theme=found, now=clock.now(), today=clock.today()
    )
    messages.success(request, _("已按方案安排，日期、场次和地点按支部的习惯填好，可以修改。"))
    return redirect("partydays:meeting", meeting.pk)


@door(*rules.THEME_SETTERS)
@require_POST
def theme_materials(request: PageRequest, pk: int) -> HttpResponse:
    """Add material for the branches, or remove one."""
    found = get_object_or_404(themes_for(request.visit), pk=pk)
    if gone := request.POST.get("remove", ""):
        mine = StoredFile.objects.filter(owner_kind=THEME_OWNER, owner_id=found.pk, deleted_at=None)
        delete_blob(
            actor=request.visit, file=get_object_or_404(mine, pk=int(gone) if gone.isdigit() else 0), now=clock.now()
        )  # fmt: skip
        return redirect("partydays:theme", pk)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        store_upload(
            actor=request.visit, tenant_id=found.tenant_id, owner_kind=THEME_OWNER, owner_id=found.pk,
            upload=form.cleaned_data["upload"], now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("已上传。"))
    else:
        messages.error(request, _("请先选择要上传的文件。"))
    return redirect("partydays:theme", pk)
