"""Campaign weeks: one page gathers what every activity has in those days."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.culture import queries, rules
from rongpei.activities.culture.actions import weeks as actions
from rongpei.activities.culture.events import events_between
from rongpei.activities.culture.models import Week
from rongpei.activities.culture.web.forms import WeekForm
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.org.access.doors import PageRequest, door


@door()
def weeks(request: PageRequest) -> HttpResponse:
    """Weeks to come, now, and past."""
    rows = list(queries.weeks_for(request.visit)[:60])
    return render(
        request,
        "culture/weeks.html",
        {"weeks": rows, "today": clock.today(), "keeps": request.visit.holds(*rules.KEEPERS)},
    )


@door()
def week_page(request: PageRequest, pk: int) -> HttpResponse:
    """Everything in the days of a week, as far as the visitor may know of it."""
    week = get_object_or_404(queries.weeks_for(request.visit), pk=pk)
    events = events_between(request.visit, week.starts_on, week.ends_on)
    kinds: dict[str, int] = {}
    for event in events:
        kinds[str(event.kind)] = kinds.get(str(event.kind), 0) + 1
    days = [(day, list(group)) for day, group in groupby(events, key=lambda event: event.on)]
    context = {
        "week": week, "days": days, "kinds": kinds, "count": len(events),
        "keeps": rules.keeps(request.visit, week.tenant_id), "today": clock.today(),
    }  # fmt: skip
    return render(request, "culture/week.html", context)


@door(*rules.KEEPERS)
def edit_week(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """Announce a week, or change one."""
    visit = request.visit
    week = (
        get_object_or_404(queries.weeks_for(visit).filter(tenant_id=visit.tenant_id), pk=pk) if pk else None
    )
    copy = Week.objects.get(pk=pk) if pk else None
    form = WeekForm(request.POST or None, instance=copy)
    if request.method == "POST" and form.is_valid():
        try:
            if week is None:
                week = actions.announce_week(actor=visit, tenant_id=visit.tenant_id, values=form.cleaned_data)
            else:
                actions.change_week(actor=visit, week=week, values=form.cleaned_data)
        except Refused as refusal:
            form.add_error("ends_on", refusal.what)
        else:
            messages.success(request, _("已保存。这几天的各项活动会自动汇到一页。"))
            return redirect("culture:week", week.pk)
    title = week.title if week is not None else _("设立活动周")
    return render(
        request, "culture/form.html", {"form": form, "title": title, "back": address("culture:weeks")}
    )


@door(*rules.KEEPERS)
@require_POST
def remove_week(request: PageRequest, pk: int) -> HttpResponse:
    """Take a week away."""
    rows = queries.weeks_for(request.visit).filter(tenant_id=request.visit.tenant_id)
    actions.remove_week(actor=request.visit, week=get_object_or_404(rows, pk=pk))
    messages.success(request, _("活动周已删除，其中的活动都还在。"))
    return redirect("culture:weeks")
