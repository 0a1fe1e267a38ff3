"""Surveys about meetings: writing them, answering, results."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.activities.partydays import actions, rules
from rongpei.activities.partydays.codes import InquiryRole
from rongpei.activities.partydays.models import Inquiry, Meeting
from rongpei.activities.partydays.queries import meetings_for
from rongpei.activities.partydays.standard import TEXTS
from rongpei.activities.partydays.web.record import meeting_of
from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.listing.sheet import XLSX, write_rows
from rongpei.kernel.papers import drafting
from rongpei.kernel.papers.answering import invitation_of, is_open
from rongpei.kernel.papers.codes import FEWEST_SHOWN
from rongpei.kernel.papers.forms import AnswerForm, initial_of
from rongpei.kernel.papers.models import Invitation, Paper
from rongpei.kernel.papers.results import is_shown, results_of, rows_of, summaries_of
from rongpei.org.access.doors import PageRequest, door

ROLES = {role.value: role for role in InquiryRole}


@door(*rules.RUNNERS)
def set_survey(request: PageRequest, pk: int, role: str) -> HttpResponse:
    """Write or change a survey of a meeting; a standard text is offered, and shown as those asked will see it."""
    meeting = meeting_of(request, pk)
    asked = ROLES.get(role)
    if asked is None:
        return redirect("partydays:meeting", pk)
    inquiry = meeting.inquiries.filter(role=role).select_related("paper").first()
    text = (
        drafting.as_text(list(inquiry.paper.questions.order_by("number"))) if inquiry else str(TEXTS[asked])
    )
    refused, preview = None, None
    try:
        if request.method == "POST":
            text = request.POST.get("text", "")
            if "preview" not in request.POST:
                _save(request, meeting, asked, inquiry, text)
                messages.success(request, _("“%(role)s”已保存。") % {"role": asked.label})
                return redirect("partydays:meeting", pk)
        paper = Paper(tenant_id=meeting.tenant_id)
        preview = AnswerForm(questions=drafting.questions_of(paper, drafting.parse(text)), auto_id="shown_%s")
    except Refused as refusal:
        refused = refusal
    context = {
        "meeting": meeting, "role": asked, "inquiry": inquiry, "text": text, "refused": refused, "preview": preview,
        "anonymous": "anonymous" in request.POST or request.method == "GET",
    }  # fmt: skip
    return render(request, "partydays/survey_edit.html", context)


def _save(
    request: PageRequest, meeting: Meeting, role: InquiryRole, inquiry: Inquiry | None, text: str
) -> None:
    if inquiry is not None:
        actions.rewrite_inquiry(actor=request.visit, meeting=meeting, inquiry=inquiry, text=text)
        return
    actions.attach_inquiry(
        actor=request.visit, meeting=meeting, role=role, text=text, anonymous="anonymous" in request.POST,
        now=clock.now(), today=clock.today(),
    )  # fmt: skip


@door()
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """The survey, for those who are asked."""
    mine = Invitation.objects.filter(person_id=request.visit.person_id or 0).values("paper")
    paper = get_object_or_404(Paper.objects.filter(pk__in=mine, inquiry__isnull=False), pk=pk)
    asked = invitation_of(paper, request.visit.person_id or 0)
    sheet = (
        paper.sheets.filter(person_id=request.visit.person_id or 0).first() if not paper.anonymous else None
    )
    form = AnswerForm(
        request.POST or None,
        questions=list(paper.questions.order_by("number")),
        initial=initial_of(sheet.answers) if sheet else None,
    )
    if request.method == "POST" and form.is_valid():
        actions.answer(actor=request.visit, paper=paper, answers=form.answers(), today=clock.today())
        messages.success(request, _("已提交，谢谢您。"))
        return redirect("home")
    context = {"paper": paper, "form": form, "asked": asked, "is_open": is_open(paper, clock.today())}
    return render(request, "partydays/survey.html", context)


def _inquiry(request: PageRequest, pk: int) -> Inquiry:
    """The inquiry of a paper of a meeting whose list the visitor reads; else 404."""
    seen = meetings_for(request.visit).order_by().values("id")
    rows = Inquiry.objects.filter(meeting__in=seen)
    return get_object_or_404(rows.select_related("paper", "meeting__gathering__unit"), paper_id=pk)


@door(*rules.READERS)
def results(request: PageRequest, pk: int) -> HttpResponseBase:
    """What was answered, question by question, and as a workbook."""
    inquiry = _inquiry(request, pk)
    paper = inquiry.paper
    if request.GET.get("export") == "xlsx":
        book = write_rows(title=paper.title, rows=rows_of(paper))
        return FileResponse(book, as_attachment=True, filename=f"{paper.title}.xlsx", content_type=XLSX)
    summary = summaries_of([paper.pk]).get(paper.pk)
    context = {
        "inquiry": inquiry,
        "paper": paper,
        "meeting": inquiry.meeting,
        "summary": summary,
        "found": results_of(paper),
        "shown": is_shown(paper, summary.answered if summary else 0),
        "fewest": FEWEST_SHOWN,
    }
    return render(request, "partydays/survey_results.html", context)


@door(*rules.RUNNERS)
@require_POST
def remind_survey(request: PageRequest, pk: int) -> HttpResponse:
    """Remind those who have not answered."""
    inquiry = _inquiry(request, pk)
    count = actions.remind_unanswered(
        actor=request.visit, meeting=inquiry.meeting, inquiry=inquiry, now=clock.now()
    )
    messages.success(request, _("已提醒 %(count)d 人。") % {"count": count})
    return redirect("partydays:survey-results", pk)
