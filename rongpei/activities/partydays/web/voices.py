"""What stands beside a meeting: materials and photographs, reflections, make-up studies, the best put forward."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import MEETING_OWNER, Audience
from rongpei.activities.partydays.evidence import Evidence, evidence_of
from rongpei.activities.partydays.models import Nomination
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.web.forms import NominationForm, ReflectionForm, UploadForm
from rongpei.activities.partydays.web.lists import with_label
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.files.actions import delete_blob, store_upload
from rongpei.ground.files.models import StoredFile
from rongpei.ground.ui.listing import Column, Listing, PeriodFilter, SearchFilter
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person


def me(request: PageRequest) -> Person:
    """The visitor as a person, without asking the database."""
    return Person(pk=request.visit.person_id, tenant_id=request.visit.tenant_id)


@door(*rules.RUNNERS)
@require_POST
def materials(request: PageRequest, pk: int) -> HttpResponse:
    """Add a material or photograph, or remove one."""
    meeting = meeting_of(request, pk)
    if gone := request.POST.get("remove", ""):
        mine = StoredFile.objects.filter(owner_kind=MEETING_OWNER, owner_id=meeting.pk, deleted_at=None)
        file = get_object_or_404(mine, pk=int(gone) if gone.isdigit() else 0)
        delete_blob(actor=request.visit, file=file, now=clock.now())
        messages.success(request, _("已删除。"))
        return redirect("partydays:meeting", pk)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        store_upload(
            actor=request.visit, tenant_id=meeting.tenant_id, owner_kind=MEETING_OWNER, owner_id=meeting.pk,
            upload=form.cleaned_data["upload"], now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("已上传。"))
    else:
        messages.error(request, _("请先选择要上传的文件。"))
    return redirect("partydays:meeting", pk)


@door()
@require_POST
def reflection(request: PageRequest, pk: int) -> HttpResponse:
    """Write what one took home, or take it away."""
    meeting = meeting_of(request, pk)
    if "remove" in request.POST:
        actions.remove_reflection(actor=request.visit, meeting=meeting, person=me(request))
        messages.success(request, _("心得已删除。"))
        return redirect("partydays:meeting", pk)
    form = ReflectionForm(request.POST)
    text, audience = ("", Audience.SELF)
    if form.is_valid():
        text, audience = form.cleaned_data["text"], Audience(form.cleaned_data["audience"])
    actions.write_reflection(
        actor=request.visit, meeting=meeting, person=me(request), text=text, audience=audience, now=clock.now()
    )  # fmt: skip
    messages.success(request, _("心得已保存，%(audience)s能看到。") % {"audience": audience.label})
    return redirect("partydays:meeting", pk)


@door(*rules.RUNNERS)
@require_POST
def nominate(request: PageRequest, pk: int) -> HttpResponse:
    """Put a theme day forward, or take that back."""
    meeting = meeting_of(request, pk)
    if "withdraw" in request.POST:
        actions.withdraw_nomination(actor=request.visit, meeting=meeting, now=clock.now())
        messages.success(request, _("已撤回推荐。"))
        return redirect("partydays:meeting", pk)
    form = NominationForm(request.POST)
    reason = form.cleaned_data["nomination_reason"] if form.is_valid() else ""
    actions.put_forward(actor=request.visit, meeting=meeting, reason=reason, now=clock.now())
    messages.success(request, _("已推荐为优秀主题党日候选，依据随推荐一起列出。"))
    return redirect("partydays:meeting", pk)


def _of(name: str) -> Any:
    return lambda row: getattr(row.evidence, name)


class NominationList(Listing):
    """Theme days put forward, with what speaks for them."""

    columns = (
        Column(
            "title", _lazy("主题党日"), lambda row: row.meeting.gathering.title, main=True, width=30,
            link=lambda row: reverse("partydays:meeting", args=[row.meeting_id]),
        ),
        Column("unit", _lazy("支部"), lambda row: row.meeting.gathering.unit.name, sort="meeting__gathering__unit__sort_key", phone="second"),
        Column("held_on", _lazy("日期"), lambda row: row.meeting.gathering.held_on, sort="meeting__gathering__held_on", kind="day", phone="second"),
        Column(
            "rate", _lazy("出勤率"), lambda row: with_label(_("出勤率"), row.evidence.rate_words),
            export=_of("rate_words"), phone="side",
        ),
        Column("mean", _lazy("评价均分"), _of("mean_words")),
        Column("score", _lazy("测验"), _of("score_words")),
        Column("change", _lazy("三个月后"), _of("change_words")),
        Column("photos", _lazy("照片和材料"), _of("files"), kind="count"),
        Column("reflections", _lazy("心得"), _of("reflections"), kind="count"),
        Column("reason", _lazy("推荐理由"), width=40),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _lazy("名称"), fields=("meeting__gathering__title",)),
        PeriodFilter("on", _lazy("日期"), field="meeting__gathering__held_on"),
    )
    default_sort = "-held_on"
    noun = _lazy("优秀主题党日候选")
    measure = _lazy("个")

    def attach(self, rows: Any) -> None:
        """The evidence of the page's rows, in a fixed number of queries."""
        found = evidence_of([row.meeting for row in rows])
        for row in rows:
            row.evidence = found.get(row.meeting_id, Evidence())


@door(*rules.READERS)
def nominations(request: PageRequest) -> HttpResponseBase:
    """All that were put forward."""
    seen = meetings_for(request.visit).order_by().values("id")
    rows = Nomination.objects.filter(meeting__in=seen, withdrawn_at=None)
    rows = rows.select_related("meeting__gathering__unit")
    return NominationList(request, rows).respond("partydays/nominations.html")
