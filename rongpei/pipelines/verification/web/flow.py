"""The flow for the person: where I stand, agreement, informed consent, staff record, the ways back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.consent.queries import current_text
from rongpei.org.people.models import Person
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.codes import MENDING, OPEN, Reason, State, Where
from rongpei.pipelines.verification.models import Submission
from rongpei.pipelines.verification.queries import (
    ahead_of,
    credential_of,
    newest_application,
    newest_submission,
    policy_of,
    profession_on_record,
    tries_used,
)
from rongpei.pipelines.verification.standing import CLOSED, Stand, stand_of
from rongpei.pipelines.verification.web import reach


@door()
def mine(request: PageRequest) -> HttpResponse:
    """Where I stand, and the one next act."""
    reach.remember_next(request)
    person, today = reach.me(request), clock.today()
    stand = stand_of(request.visit, today)
    if stand.where == Where.ASKED_AGAIN:
        return redirect("verification:agreement")
    application = newest_application(person.pk)
    if stand.where == Where.DRAFT and application is not None:
        return redirect(reach.step_url(person, application))
    if stand.where in (Where.PENDING, Where.REJECTED) and application is not None:
        submission = newest_submission(application)
        if submission is not None:
            return (
                _pending(request, submission)
                if stand.where == Where.PENDING
                else _rejected(request, submission)
            )
    if stand.verified:
        return _passed(request, stand)
    context = {
        "stand": stand,
        "by_record": reach.by_record(person),
        "why": CLOSED[stand.where][0],
        "policy": policy_of(person.tenant_id),
    }
    return render(request, "verification/start.html", context)


def _pending(request: PageRequest, submission: Submission) -> HttpResponse:
    context = {
        "submission": submission, "ahead": ahead_of(submission), "days": policy_of(submission.tenant_id).answer_days,
        "late": submission.due_at < clock.now(),
    }  # fmt: skip
    return render(request, "verification/pending.html", context)


def _rejected(request: PageRequest, submission: Submission) -> HttpResponse:
    mending = [(Reason(code), *MENDING[code]) for code in submission.reasons]
    steps = [step for _reason, _words, step in mending if step]
    left = policy_of(submission.tenant_id).tries - tries_used(submission.person_id, clock.today())
    context = {
        "submission": submission, "left": left, "mending": mending,
        "mend_url": reverse(f"verification:{steps[0] if steps else 'profile'}"),
        "may_appeal": not submission.appealed and submission.images_deleted_at is None,
    }  # fmt: skip
    return render(request, "verification/rejected.html", context)


def _passed(request: PageRequest, stand: Stand) -> HttpResponse:
    """The page goes on by itself once; whoever comes again finds it at rest."""
    seen = request.session.get("verification_seen") == str(stand.starts_on)
    target = reach.take_next(request)
    goes_on = reach.forget_next(request) or not seen
    request.session["verification_seen"] = str(stand.starts_on)
    context = {
        "stand": stand,
        "target": target,
        "goes_on": goes_on,
        "to_article": target.startswith("/read/") and target != "/read/",
    }
    return render(request, "verification/passed.html", context)


@door()
def agreement(request: PageRequest) -> HttpResponse:
    """The identity agreement; 同意 and 拒绝 weigh the same."""
    person, today = reach.me(request), clock.today()
    text = current_text(person.tenant_id, TextKind.IDENTITY_AGREEMENT)
    stand = stand_of(request.visit, today)
    if text is not None and request.method == "POST":
        answered = _answer(request, person, text)
        if answered is not None:
            return answered
    linked = [
        kind
        for kind in (TextKind.USER_AGREEMENT, TextKind.PRIVACY_POLICY)
        if current_text(person.tenant_id, kind)
    ]
    context = {
        "text": text, "paragraphs": reach.paragraphs(text.body) if text else (), "stand": stand, "links": linked,
        "again": stand.where == Where.ASKED_AGAIN, "by_record": reach.by_record(person),
    }  # fmt: skip
    return render(request, "verification/agreement.html", context)


def _answer(request: PageRequest, person: Person, text: ConsentText) -> HttpResponse | None:
    """Carry out what was pressed; None when the text on the page was not the one in force."""
    today, now = clock.today(), clock.now()
    if request.POST.get("text") != str(text.pk):
        messages.error(request, _("协议刚刚有了新版本，请看过再回答。"))
        return None
    given: dict[str, Any] = {
        "actor": request.visit,
        "person": person,
        "user": reach.account(person),
        "text": text,
    }
    if request.POST.get("choice") == "refuse":
        actions.refuse_agreement(**given, today=today, now=now)
        messages.info(request, _("已记下您的拒绝。专业内容没有开放，其他内容照常可看。"))
        return redirect("verification:mine")
    if request.POST.get("choice") != "agree":
        return None
    credential = credential_of(person.pk, today)
    opens = credential is None or "renew" in request.POST
    application = actions.accept_agreement(**given, opens=opens, today=today, now=now)
    if opens and application is not None and application.state == State.DRAFT:
        return redirect(reach.step_url(person, application))
    return redirect("verification:mine")


@door()
def informed(request: PageRequest) -> HttpResponse:
    """The informed consent; 同意 and 不同意并跳过 weigh the same, and both go on."""
    person = reach.me(request)
    text = current_text(person.tenant_id, TextKind.INFORMED_CONSENT)
    if text is None:
        return redirect("verification:mine")
    if request.method == "POST" and request.POST.get("choice") in ("agree", "skip"):
        if request.POST.get("text") != str(text.pk):
            messages.error(request, _("这一份刚刚有了新版本，请看过再回答。"))
            return redirect("verification:informed")
        actions.answer_informed(
            actor=request.visit, person=person, user=reach.account(person), text=text,
            agrees=request.POST["choice"] == "agree", today=clock.today(), now=clock.now(),
        )  # fmt: skip
        draft = reach.open_application(request, State.DRAFT)
        return redirect(reach.step_url(person, draft) if draft else "verification:mine")
    context = {"text": text, "paragraphs": reach.paragraphs(text.body), "by_record": reach.by_record(person)}
    return render(request, "verification/informed.html", context)


@door()
def record(request: PageRequest) -> HttpResponse:
    """Hospital staff: what the staff record says, and one button."""
    person, today = reach.me(request), clock.today()
    application = reach.open_application(request, State.DRAFT)
    if application is None or not reach.by_record(person):
        return redirect("verification:mine")
    refused: Refused | None = None
    if request.method == "POST":
        try:
            actions.verify_by_record(
                actor=request.visit, application=application, today=today, now=clock.now()
            )
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("verification:mine")
    context = {"person": person, "profession": profession_on_record(person, today), "refused": refused}
    return render(request, "verification/record.html", context)


@door()
@require_POST
def take_back(request: PageRequest) -> HttpResponse:
    """Stop the own application."""
    application = reach.open_application(request, *OPEN)
    if application is None:
        messages.warning(request, _("没有可以撤回的申请。"))
        return redirect("verification:mine")
    actions.take_back(actor=request.visit, application=application, today=clock.today(), now=clock.now())
    messages.success(request, _("申请已撤回，填写的信息和图片已删除。"))
    return redirect("verification:mine")
