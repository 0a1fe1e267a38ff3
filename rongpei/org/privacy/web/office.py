"""The office's side: the queue, one request, the term."""

from datetime import date

from django.contrib import messages
from django.db.models import Case, DateField, F, QuerySet, Value, When
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, PeriodFilter, SearchFilter
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.privacy import actions, copies, queries, rules
from rongpei.org.privacy.codes import ANSWERING, Outcome, RequestKind, RequestState
from rongpei.org.privacy.models import Request, Term
from rongpei.org.privacy.web.forms import AnswerForm, LaterForm, TermForm
from rongpei.org.privacy.web.mine import facts_of, mark_of, what_becomes


class RequestList(Listing):
    """Requests of the tenant, the most urgent first."""

    columns = (
        Column("person", _("申请人"), lambda r: r.person.name, main=True, link=lambda r: reverse("privacy:work", args=[r.pk])),
        Column("kind", _("要求"), lambda r: RequestKind(r.kind).label, phone="second"),
        Column("asked_at", _("提出时间"), kind="moment", sort="asked_at"),
        Column("due_on", _("答复期限"), kind="day", sort="due_on", phone="second"),
        Column("answered_at", _("答复时间"), kind="moment"),
        Column("state", _("状态"), lambda r: mark_of(r, clock.today()), phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("申请人"), fields=("person__name",)),
        ChoiceFilter("kind", _("要求"), RequestKind.choices),
        ChoiceFilter("state", _("状态"), RequestState.choices),
        PeriodFilter("due", _("期限"), field="due_on"),
    )
    default_sort = "waits"
    noun = _("个人信息申请")
    measure = _("件")


def waiting_first(rows: "QuerySet[Request]") -> "QuerySet[Request]":
    """With `waits`: the due date of what is open, the end of time for what is not."""
    last = Value(date.max, output_field=DateField())
    return rows.annotate(waits=Case(When(state=RequestState.OPEN, then=F("due_on")), default=last))


@door(*rules.OFFICE)
def desk(request: PageRequest) -> HttpResponseBase:
    """The queue."""
    rows = rules.worked_by(request.visit).select_related("person")
    waiting = rows.filter(state=RequestState.OPEN)
    context = {
        "open": waiting.count(),
        "late": waiting.filter(due_on__lt=clock.today()).count(),
        "term": queries.term_on(request.visit.tenant_id, clock.today()),
        "article": ANSWERING,
    }
    return RequestList(request, waiting_first(rows)).respond("privacy/desk.html", context)


def _worked(request: PageRequest, pk: int) -> Request:
    rows = rules.worked_by(request.visit).select_related("person")
    found: Request = get_object_or_404(rows, pk=pk)
    return found


@door(*rules.OFFICE)
def work(request: PageRequest, pk: int) -> HttpResponse:
    """One request: what is asked, what is there, what the law keeps; the answer."""
    found = _worked(request, pk)
    form = AnswerForm(request.POST or None)
    chosen = request.POST.getlist("about") if request.method == "POST" else list(found.about)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                actor=request.visit, request=found, outcome=Outcome(form.cleaned_data["outcome"]),
                words=form.cleaned_data["words"], about=chosen, now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _t("已答复，申请人会收到通知。"))
            return redirect("privacy:work", pk)
    return _page(request, found, form=form, chosen=chosen, refused=refused)


def _page(
    request: PageRequest, found: Request, *, form: AnswerForm | None = None, later: LaterForm | None = None,
    chosen: list[str] | None = None, refused: Refused | None = None,
) -> HttpResponse:  # fmt: skip
    """The page; the forms hold what was typed and not carried out."""
    deletes, is_open = found.kind == RequestKind.DELETE, found.state == RequestState.OPEN
    subject = queries.subject_of(found.person)
    rows = copies.overview(request.visit, subject, frozenset(found.about)) if deletes and is_open else []
    context = facts_of(found) | {
        "is_open": is_open, "own": found.person_id == request.visit.person_id, "form": form or AnswerForm(),
        "later": later or LaterForm(auto_id="later_%s"),
        "may_extend": is_open and found.extended_on is None and clock.today() <= found.due_on, "refused": refused,
        "asked": [(one, what_becomes(one)) for one in rows],
        "chosen": list(found.about) if chosen is None else chosen,
        "term": queries.term_on(found.tenant_id, clock.today()), "law": ANSWERING,
    }  # fmt: skip
    faulty = 400 if later is not None else 200
    return render(request, "privacy/work.html", context, status=409 if refused else faulty)


@door(*rules.OFFICE)
@require_POST
def extend(request: PageRequest, pk: int) -> HttpResponse:
    """Answer later."""
    found, form = _worked(request, pk), LaterForm(request.POST, auto_id="later_%s")
    if not form.is_valid():
        messages.error(request, form.said())  # on a phone the form stands far below
        return _page(request, found, later=form)
    try:
        found = actions.extend(
            actor=request.visit, request=found, reason=form.cleaned_data["reason"], today=clock.today(), now=clock.now()
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, found, later=form, refused=refusal)
    messages.success(request, _t("已延长到 %s，申请人会收到通知。") % day_full(found.due_on))
    return redirect("privacy:work", pk)


@door(*rules.OFFICE)
def term(request: PageRequest) -> HttpResponse:
    """The term in force, those before it, and a new one."""
    tenant_id, today = request.visit.tenant_id, clock.today()
    now = queries.term_on(tenant_id, today)
    initial = {"starts_on": today, "working_days": now.working_days, "extension_days": now.extension_days}
    form = TermForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_term(actor=request.visit, tenant_id=tenant_id, today=today, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("starts_on", refusal.what)
        else:
            messages.success(request, _t("已设好，从那天起提出的申请按新的期限答复。"))
            return redirect("privacy:desk")
    terms = list(Term.objects.filter(tenant_id=tenant_id).order_by("-starts_on")[:20])
    return render(
        request, "privacy/term.html", {"form": form, "terms": terms, "now": now, "article": ANSWERING}
    )
