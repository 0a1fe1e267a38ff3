"""The committee's meeting: candidates waiting for approval, decided one by one."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.actions import Unlawful
from rongpei.kernel.procedures.models import Case, Opening
from rongpei.kernel.procedures.queries import findings_if, standing_of
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.statutes.admission import APPROVAL, MEETING
from rongpei.pipelines.membership.statutes.probation import CONVERSION, CONVERSION_APPROVAL
from rongpei.pipelines.membership.web.case import asked_day
from rongpei.pipelines.membership.web.stepforms import StepForm

_MEETING_OF = {APPROVAL: MEETING, CONVERSION_APPROVAL: CONVERSION}
_MOST = 100


@door(*rules.OFFICE)
def approvals(request: PageRequest) -> HttpResponse:
    """Who waits, the case in hand, and its decision; then the next one."""
    on, _wrong = asked_day(request)
    on = on or clock.today()
    rows = rules.desk_openings(request.visit).filter(step__in=_MEETING_OF, holder="party_committee")
    waiting = list(rows.select_related("person", "unit", "case").order_by("due_on", "id")[:_MOST])
    asked = request.GET.get("case", "")
    current = next((one for one in waiting if str(one.case_id) == asked), waiting[0] if waiting else None)
    if current is None:
        return render(request, "membership/approvals.html", {"waiting": [], "on": on, "today": clock.today()})
    initial = {"on": on, "seen": current.case.records, "body": "party_committee", "approved": "yes"}
    form = StepForm(request.POST or None, step=current.step, initial=initial)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, current, form)
        except Refused as refused:
            refusal = refused
    context = {
        "waiting": waiting, "on": on, "today": clock.today(), "current": current, "case": current.case,
        "step": MEMBERSHIP.step(current.step), "form": form, "refusal": refusal,
        "vote": _vote(current.case, current.step),
        "judged": refusal.judgement.findings if isinstance(refusal, Unlawful) else _judged(current, on),
        "place": waiting.index(current) + 1,
    }  # fmt: skip
    return render(request, "membership/approvals.html", context, status=refusal.status if refusal else 200)


def _judged(current: Opening, on: date) -> Any:
    return findings_if(current.case, current.step, on=on, data={"body": "party_committee"}).findings


def _vote(case: Case, step: str) -> dict[str, Any]:
    """The meeting that asks for approval: its day and counts."""
    held = [one.done for one in standing_of(case) if one.done.step == _MEETING_OF[step]]
    return {"on": held[-1].on, **held[-1].data} if held else {}


def _decide(request: PageRequest, current: Opening, form: StepForm) -> HttpResponse:
    on = form.cleaned_data["on"]
    actions.perform(
        actor=request.visit, case=current.case, step=current.step, on=on, data=form.data_given(),
        reason=form.cleaned_data["reason"], today=clock.today(), now=clock.now(),
    )  # fmt: skip
    said = (
        _("已批准：%(name)s。")
        if form.cleaned_data["approved"] == "yes"
        else _("没有批准：%(name)s，请退回支部并告知本人。")
    )
    messages.success(request, said % {"name": current.person})
    return redirect(f"{reverse('membership:approvals')}?{urlencode({'on': on})}")
