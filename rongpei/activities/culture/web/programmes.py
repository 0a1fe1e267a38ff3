"""Programmes: list with the year's proposals, one with its items and casts."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.activities.culture import queries, rules
from rongpei.activities.culture.actions import programmes as actions
from rongpei.activities.culture.codes import Education, Occasion, ProgrammeState
from rongpei.activities.culture.models import CastMember, Item, Programme
from rongpei.activities.culture.web.forms import CastForm, HeldForm, ItemForm, ProgrammeForm, tell_faults
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.ground.ui.forms import ReasonForm
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.ground.ui.marks import Kind, Status
from rongpei.org.access.doors import PageRequest, door

_KINDS: dict[str, Kind] = {"planned": "info", "held": "ok", "cancelled": "line"}


def educations_of(programme: Programme) -> str:
    """Its kinds of education in words."""
    return "、".join(str(Education(one).label) for one in programme.educations)


def state_mark(programme: Programme) -> Status:
    """The state in one or two words."""
    return Status(_KINDS[programme.state], ProgrammeState(programme.state).label)


class ProgrammeList(Listing):
    """Programmes of the house."""

    columns = (
        Column("title", _("活动"), main=True, link=lambda p: address("culture:programme", p.pk)),
        Column("occasion", _("节日"), lambda p: Occasion(p.occasion).label, phone="second"),
        Column("held_on", _("日期"), kind="day", sort="held_on", phone="second"),
        Column("educations", _("教育形式"), educations_of),
        Column("unit", _("承办"), lambda p: p.unit.name),
        Column("audience", _("到场"), kind="count", sort="audience"),
        Column("state", _("状态"), state_mark, phone="side"),
    )
    filters = (
        SearchFilter("q", _("活动名称"), fields=("title",)),
        ChoiceFilter("occasion", _("节日"), Occasion.choices),
        ChoiceFilter("state", _("状态"), ProgrammeState.choices),
        PeriodFilter("on", _("日期"), field="held_on"),
    )
    default_sort = "-held_on"
    noun = _("文化活动")
    measure = _("个")


@door()
def programmes(request: PageRequest) -> HttpResponseBase:
    """The list; keepers see the days that nobody has planned."""
    keeps = request.visit.holds(*rules.KEEPERS)
    found = queries.proposals(request.visit.tenant_id, clock.today()) if keeps else []
    context = {
        "keeps": keeps,
        "proposals": [(one, Occasion(one.occasion).label) for one in found],
    }
    return ProgrammeList(request, queries.programmes_for(request.visit)).respond(
        "culture/programmes.html", context
    )


@door(*rules.KEEPERS)
def new_programme(request: PageRequest) -> HttpResponse:
    """Plan one; a proposal fills in its day."""
    tenant_id = request.visit.tenant_id
    initial: dict[str, Any] = request.GET.dict()
    if initial.get("occasion") in Occasion.values and initial.get("held_on"):
        label = Occasion(initial["occasion"]).label
        initial["title"] = _t("%(year)s年%(day)s活动") % {"year": str(initial["held_on"])[:4], "day": label}
    form = ProgrammeForm(request.POST or None, initial=initial, tenant_id=tenant_id)
    if request.method == "POST" and form.is_valid():
        programme = actions.plan_programme(actor=request.visit, tenant_id=tenant_id, values=form.cleaned_data)
        messages.success(request, _t("已安排，接着登记节目和演职人员。"))
        return redirect("culture:programme", programme.pk)
    return render(
        request,
        "culture/form.html",
        {"form": form, "title": _t("安排文化活动"), "back": address("culture:programmes")},
    )


def _found(request: PageRequest, pk: int) -> Programme:
    programme: Programme = get_object_or_404(queries.programmes_for(request.visit), pk=pk)
    return programme


@door()
def programme_page(request: PageRequest, pk: int) -> HttpResponse:
    """One programme with its items and casts, and the one next act."""
    return _page(request, _found(request, pk))


def _page(request: PageRequest, programme: Programme, **refused: Any) -> HttpResponse:
    """The page; `refused` holds the small form that was not carried out, as it was typed. A phone shows the top first."""
    tell_faults(request, refused)
    keeps = rules.keeps(request.visit, programme.tenant_id)
    planned = programme.state == ProgrammeState.PLANNED
    items = list(programme.items.order_by("position").prefetch_related("cast"))
    context = {
        "programme": programme,
        "mark": state_mark(programme),
        "educations": educations_of(programme),
        "items": items,
        "minutes": sum(item.minutes for item in items),
        "keeps": keeps,
        "planned": planned,
        "may_hold": keeps and planned and programme.held_on <= clock.today(),
        "item_form": ItemForm(),
        "held_form": HeldForm(),
        "reason_form": ReasonForm(autofocus=False),
    } | refused
    return render(request, "culture/programme.html", context, status=400 if refused else 200)


@door(*rules.KEEPERS)
def edit_programme(request: PageRequest, pk: int) -> HttpResponse:
    """Change one that is not yet held."""
    programme = _found(request, pk)
    fresh = Programme.objects.get(pk=pk)  # the form writes into its own copy
    form = ProgrammeForm(request.POST or None, instance=fresh, tenant_id=programme.tenant_id)
    if request.method == "POST" and form.is_valid():
        actions.change_programme(actor=request.visit, programme=programme, values=form.cleaned_data)
        messages.success(request, _t("已修改。"))
        return redirect("culture:programme", pk)
    back = address("culture:programme", pk)
    return render(request, "culture/form.html", {"form": form, "title": programme.title, "back": back})


@door(*rules.KEEPERS)
@require_POST
def add_item(request: PageRequest, pk: int) -> HttpResponse:
    """Add a number."""
    programme, form = _found(request, pk), ItemForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, item_form=form)
    actions.add_item(actor=request.visit, programme=programme, **form.cleaned_data)
    messages.success(request, _t("节目已添加。"))
    return redirect("culture:programme", pk)


def _item(request: PageRequest, pk: int, item_pk: int) -> Item:
    item: Item = get_object_or_404(
        Item.objects.select_related("programme"), pk=item_pk, programme=_found(request, pk)
    )
    return item


@door(*rules.KEEPERS)
@require_POST
def remove_item(request: PageRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take a number off."""
    actions.remove_item(actor=request.visit, item=_item(request, pk, item_pk))
    messages.success(request, _t("节目已去掉。"))
    return redirect("culture:programme", pk)


@door(*rules.KEEPERS)
@require_POST
def name_cast(request: PageRequest, pk: int, item_pk: int) -> HttpResponse:
    """Add people to a number."""
    item = _item(request, pk, item_pk)
    form = CastForm(request.POST, tenant_id=item.tenant_id)
    if not form.is_valid():
        return _page(request, item.programme, cast_form=form, cast_item=item)
    values = form.cleaned_data
    count = actions.name_cast(
        actor=request.visit, item=item, people=values["people"], guests=values["guests"], part=values["part"]
    )
    messages.success(request, _t("已登记 %d 人。") % count)
    return redirect("culture:programme", pk)


@door(*rules.KEEPERS)
@require_POST
def drop_cast(request: PageRequest, pk: int, member_pk: int) -> HttpResponse:
    """Take somebody off."""
    rows = CastMember.objects.select_related("item__programme")
    member = get_object_or_404(rows, pk=member_pk, item__programme=_found(request, pk))
    actions.drop_cast(actor=request.visit, member=member)
    messages.success(request, _t("已去掉。"))
    return redirect("culture:programme", pk)


@door(*rules.KEEPERS)
@require_POST
def hold(request: PageRequest, pk: int) -> HttpResponse:
    """It was held: the cast gets its hours."""
    programme, form = _found(request, pk), HeldForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, held_form=form)
    try:
        actions.hold_programme(
            actor=request.visit, programme=programme, on=clock.today(), now=clock.now(), **form.cleaned_data
        )
    except Refused as refusal:
        messages.error(request, " ".join(filter(None, (refusal.what, refusal.remedy))))
        return _page(request, programme, held_form=form)
    messages.success(request, _t("已确认举办，演职人员的学时已记入成长档案。"))
    return redirect("culture:programme", pk)


@door(*rules.KEEPERS)
@require_POST
def turn(request: PageRequest, pk: int, verb: str) -> HttpResponse:
    """Correct (hours taken back) or cancel, with a reason."""
    programme, form = _found(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, reason_form=form)
    reason = form.cleaned_data["reason"]
    try:
        if verb == "reopen":
            actions.reopen_programme(actor=request.visit, programme=programme, reason=reason, now=clock.now())
            messages.success(request, _t("已冲回学时，可以修改。"))
        else:
            actions.cancel_programme(actor=request.visit, programme=programme, reason=reason)
            messages.success(request, _t("已取消。"))
    except Refused as refusal:
        messages.error(request, refusal.what)
        return _page(request, programme, reason_form=form)
    return redirect("culture:programme", pk)
