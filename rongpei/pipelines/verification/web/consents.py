"""My verification: where I stand, everything I answered, who looked at my documents, and withdrawing in one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.personal import Subject
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.queries import answers_of
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.asked import forms_asking
from rongpei.pipelines.verification.codes import RENEW_BEFORE, Where
from rongpei.pipelines.verification.models import Credential
from rongpei.pipelines.verification.personal import document_looks
from rongpei.pipelines.verification.standing import CLOSED, stand_of
from rongpei.pipelines.verification.web import reach

_WITHDRAWABLE = (TextKind.IDENTITY_AGREEMENT, TextKind.INFORMED_CONSENT)


@door()
def consents(request: PageRequest) -> HttpResponse:
    """Everything about my verification on one page."""
    person, today = reach.me(request), clock.today()
    user = reach.account(person)
    answers = answers_of(user)
    newest = {one.text.kind: one for one in reversed(answers)}
    agreed = [kind for kind in _WITHDRAWABLE if kind in newest and newest[kind].answer == Answer.AGREE]
    stand = stand_of(request.visit, today)
    context = {
        "stand": stand, "why": CLOSED.get(stand.where, ("", ""))[0], "answers": answers, "agreed": agreed,
        "credentials": Credential.objects.filter(person=person).order_by("-starts_on", "-id")[:10],
        "looks": document_looks(Subject(person.tenant_id, person.pk, user.pk)),
        "renewable": stand.where == Where.VERIFIED and stand.ends_on is not None and stand.ends_on <= today + RENEW_BEFORE,
        "forms": forms_asking(request.visit, today)[:20],
    }  # fmt: skip
    return render(request, "verification/consents.html", context)


@door()
@require_POST
def withdraw(request: PageRequest) -> HttpResponse:
    """Take a consent back: one press, as it was given."""
    kind = request.POST.get("kind", "")
    if kind not in _WITHDRAWABLE:
        return redirect("verification:consents")
    person = reach.me(request)
    try:
        actions.withdraw_consent(
            actor=request.visit,
            person=person,
            user=reach.account(person),
            kind=TextKind(kind),
            today=clock.today(),
            now=clock.now(),
        )
    except Refused as refusal:
        messages.error(request, refusal.what)
    else:
        gone = kind == TextKind.IDENTITY_AGREEMENT
        messages.success(
            request,
            _("已撤回。专业内容已关闭，填写的信息和图片已删除。") if gone else _("已撤回，认证不受影响。"),
        )
    return redirect("verification:consents")
