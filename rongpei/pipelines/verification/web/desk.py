"""The reviewers' desk: what I have claimed, the image beside the fields, the decision."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.forms import Form
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.verification import actions, rules
from rongpei.pipelines.verification.checking import remarks_on
from rongpei.pipelines.verification.codes import CLAIMED_AT_ONCE, Reason
from rongpei.pipelines.verification.models import Credential, Submission
from rongpei.pipelines.verification.queries import (
    claimed,
    files_in,
    free,
    policy_of,
    punctuality,
    queue_for,
    templates_of,
    waiting,
)


class DecisionForm(Form):
    """Reasons and words."""

    autofocus = False
    reasons = forms.MultipleChoiceField(
        label=_("不通过的原因（可多选）"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    message = forms.CharField(
        label=_("告诉申请人怎样改"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RevokeForm(Form):
    """Why a credential is taken back."""

    why = forms.CharField(
        label=_("撤销的原因（本人会看到）"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


def age(since: datetime, now: datetime) -> str:
    """7 小时 20 分, 3 天."""
    minutes = max(int((now - since).total_seconds() // 60), 0)
    if minutes >= 48 * 60:
        return _t("%(n)d 天") % {"n": minutes // (24 * 60)}
    if minutes >= 60:
        return _t("%(h)d 小时 %(m)02d 分") % {"h": minutes // 60, "m": minutes % 60}
    return _t("%(m)d 分") % {"m": minutes}


@door(*rules.REVIEWERS)
def desk(request: PageRequest) -> HttpResponse:
    """The desk; `at` chooses one of the own."""
    return _desk(request)


def _desk(
    request: PageRequest, form: DecisionForm | None = None, refused: Refused | None = None, at: str = ""
) -> HttpResponse:
    visit, now = request.visit, clock.now()
    mine = list(claimed(visit, now))
    asked = at or request.GET.get("at", "")
    current = next((one for one in mine if str(one.pk) == asked), mine[0] if mine else None)
    if current is None or str(current.pk) != at:
        form = None  # what was typed for one that is gone is not said of another
    queue = waiting(queue_for(visit))
    oldest = queue.order_by("submitted_at").values_list("submitted_at", flat=True).first()
    since = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    decided, timely = punctuality(visit.tenant_id, since)
    context: dict[str, Any] = {
        "mine": [(one, age(one.submitted_at, now), one.due_at < now, one.due_at < now + timedelta(hours=4)) for one in mine],
        "current": current, "waiting": queue.count(), "free": free(queue_for(visit), now).exclude(barred_id=visit.person_id).count(),
        "oldest": age(oldest, now) if oldest else "", "policy": policy_of(visit.tenant_id), "at_once": CLAIMED_AT_ONCE,
        "refused": refused,
    }  # fmt: skip
    context["sentence"] = _sentence(context, decided, timely)
    if current is not None:
        context |= _opened(request, current, form)
    return render(request, "verification/desk.html", context, status=refused.status if refused else 200)


def _sentence(context: dict[str, Any], decided: int, timely: int) -> str:
    """How many wait, how long the oldest, what is promised, whether it was kept today."""
    if context["waiting"]:
        words = _t("待审 %(n)d 份，最久 %(age)s。承诺 %(days)d 个工作日内答复。") % {
            "n": context["waiting"], "age": context["oldest"], "days": context["policy"].answer_days,
        }  # fmt: skip
    else:
        words = _t("没有待审的材料。")
    return words + (_t("今日按时率 %(n)d%%。") % {"n": round(100 * timely / decided)} if decided else "")


def _opened(request: PageRequest, current: Submission, form: DecisionForm | None) -> dict[str, Any]:
    """Everything about the one on the desk; looking is entered in the trail."""
    record(
        kind=EventKind.VIEW, code="verification.submission.viewed", actor=request.visit,
        table_name=Submission._meta.db_table, object_id=current.pk,
    )  # fmt: skip
    templates = list(templates_of(current.tenant_id))
    chosen = next((one for one in templates if str(one.pk) == request.GET.get("template")), None)
    initial = {"reasons": chosen.reasons, "message": chosen.body} if chosen else {}
    remarks = remarks_on(current)
    pictures = [file for file in files_in(current.application) if file.pk in current.file_ids]
    earlier = Submission.objects.filter(application_id=current.application_id, sequence__lt=current.sequence)
    return {
        "remarks": remarks, "odd": sum(not one.ok for one in remarks), "pictures": pictures,
        "form": form or DecisionForm(initial=initial), "templates": templates, "earlier": earlier.order_by("-sequence"),
    }  # fmt: skip


def _found(request: PageRequest, pk: int) -> Submission:
    found: Submission = get_object_or_404(queue_for(request.visit), pk=pk)
    return found


@door(*rules.REVIEWERS)
@require_POST
def claim_next(request: PageRequest) -> HttpResponse:
    """Take the oldest few."""
    taken = actions.claim_next(
        actor=request.visit, tenant_id=request.visit.tenant_id, count=CLAIMED_AT_ONCE, now=clock.now()
    )
    if taken:
        messages.success(request, _t("已领取 %(n)d 份。") % {"n": len(taken)})
    else:
        messages.info(request, _t("没有可以领取的，别人都领走了或没有人提交。"))
    return redirect("verification:desk")


@door(*rules.REVIEWERS)
@require_POST
def claim_many(request: PageRequest) -> HttpResponse:
    """Take what was ticked; what another took meanwhile is named."""
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdigit() and len(one) < 19][:50]
    done, left = 0, 0
    for submission in waiting(queue_for(request.visit)).filter(pk__in=ids):
        try:
            actions.claim(actor=request.visit, submission=submission, now=clock.now())
            done += 1
        except Refused:
            left += 1
    if done:
        messages.success(request, _t("已领取 %(n)d 份。") % {"n": done})
    if left:
        messages.warning(
            request, _t("有 %(n)d 份没有领到：别人已领取，或要由另一位审核员办理。") % {"n": left}
        )
    return redirect("verification:desk" if done else "verification:queue")


@door(*rules.REVIEWERS)
@require_POST
def release(request: PageRequest, pk: int) -> HttpResponse:
    """Put one back into the queue."""
    try:
        actions.release(actor=request.visit, submission=_found(request, pk))
    except Refused as refusal:
        messages.error(request, refusal.what)
    else:
        messages.success(request, _t("已放回队列，等候时间照算。"))
    return redirect("verification:desk")


@door(*rules.REVIEWERS)
@require_POST
def release_all(request: PageRequest) -> HttpResponse:
    """Put everything of one's own back."""
    rows = list(claimed(request.visit, clock.now()))
    for submission in rows:
        actions.release(actor=request.visit, submission=submission)
    messages.success(request, _t("已放回 %(n)d 份。") % {"n": len(rows)})
    return redirect("verification:desk")


@door(*rules.REVIEWERS)
@require_POST
def decide(request: PageRequest, pk: int) -> HttpResponse:
    """Carry out the decision; what was typed stays when it is refused."""
    submission, form = _found(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _desk(request, form, at=str(pk))
    passed = request.POST.get("decision") == "pass"
    try:
        actions.decide(
            actor=request.visit, application=submission.application, submission=submission, passed=passed,
            reasons=form.cleaned_data["reasons"], message=form.cleaned_data["message"], today=clock.today(), now=clock.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _desk(request, form, refusal, at=str(pk))
    messages.success(request, _t("已通过，会通知本人。") if passed else _t("已退回修改，会通知本人。"))
    return redirect("verification:desk")


@door(*rules.REVIEWERS)
def case(request: PageRequest, pk: int) -> HttpResponse:
    """One submission that was decided or is with somebody else: what was decided, why, and the credential."""
    submission = _found(request, pk)
    if claimed(request.visit, clock.now()).filter(pk=pk).exists():
        return redirect(f"{reverse('verification:desk')}?at={pk}")
    record(
        kind=EventKind.VIEW, code="verification.submission.viewed", actor=request.visit,
        table_name=Submission._meta.db_table, object_id=pk,
    )  # fmt: skip
    credential = Credential.objects.filter(case_id=submission.application.case_id).first()
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and credential is not None and form.is_valid():
        try:
            actions.revoke(
                actor=request.visit,
                credential=credential,
                why=form.cleaned_data["why"],
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("why", refusal.what)
        else:
            messages.success(request, _t("已撤销，会通知本人。"))
            return redirect("verification:case", pk)
    others = (
        Submission.objects.filter(application_id=submission.application_id)
        .exclude(pk=pk)
        .order_by("sequence")
    )
    context = {"one": submission, "credential": credential, "form": form, "others": others}
    return render(request, "verification/case.html", context)
