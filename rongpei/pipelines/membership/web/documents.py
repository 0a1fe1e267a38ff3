"""The pack of a case: every form with what is still empty; one by one, by stage, all at once; taking a 文号."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rongpei.ground import clock
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.official import WORD
from rongpei.ground.ui.sending import ZIP, sent, unnamed_file
from rongpei.kernel.procedures.models import Case, Record
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import issue_document
from rongpei.pipelines.membership.documents.catalogue import BY_CODE, FORMS, forms_of_stage
from rongpei.pipelines.membership.documents.numbering import numbering_unit
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.documents.printing import (
    batch,
    empty_fields,
    file_name,
    pack,
    paper_of,
)
from rongpei.pipelines.membership.documents.words import CaseWords
from rongpei.pipelines.membership.models import AdmissionBook, IssuedDocument
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web.board import of_unit
from rongpei.pipelines.membership.web.case import day_typed
from rongpei.pipelines.membership.web.reach import DESK, DOERS, case_of

_MOST = 100


@dataclass(frozen=True)
class FormRow:
    """One form as the page draws it."""

    form: WordForm
    done: bool
    empty: list[str]
    document: IssuedDocument | None
    may_number: bool

    @property
    def step(self) -> str:
        return str(MEMBERSHIP.step(self.form.step).label)


@door(*DESK)
def documents(request: PageRequest, pk: int) -> HttpResponse:
    """Forms by stage, with what each still lacks."""
    case = case_of(request, pk)
    words = CaseWords(case, clock.today())
    rows = [_row(request, form, words) for form in _forms(request, case, words)]
    books = AdmissionBook.objects.filter(case=case).order_by("-id")
    context: dict[str, Any] = {
        "case": case, "person": case.person, "groups": _groups(rows), "books": books, "today": clock.today(),
        "secret": rules.may_read_review(actor=request.visit, case=case), "number": len(rows),
        "is_office": request.visit.holds(*rules.OFFICE),
    }  # fmt: skip
    return render(request, "membership/documents.html", context)


def _forms(request: PageRequest, case: Case, words: CaseWords) -> list[WordForm]:
    """Those the visitor may print; what belongs to an event only once it happened."""
    secret = rules.may_read_review(actor=request.visit, case=case)
    return [
        form
        for form in FORMS
        if (secret or not form.secret) and (not form.event or words.done_on(form) is not None)
    ]


def _row(request: PageRequest, form: WordForm, words: CaseWords) -> FormRow:
    case, number = words.case, words.documents.get(form.code)
    unit = numbering_unit(form, case.unit)
    may = unit is not None and rules.may_number(actor=request.visit, case=case, unit=unit)
    done = words.done_on(form) is not None
    empty = empty_fields(form, words, secret=form.secret)
    return FormRow(form, done, empty, number, may and number is None)


def _groups(rows: Sequence[FormRow]) -> list[tuple[str, str, list[FormRow]]]:
    stages = [(stage.code, str(stage.label)) for stage in MEMBERSHIP.stages]
    found = [
        (code, label, [row for row in rows if MEMBERSHIP.step(row.form.step).stage == code])
        for code, label in stages
    ]
    return [one for one in found if one[2]]


def _form_or_404(request: PageRequest, case: Case, code: str) -> WordForm:
    form = BY_CODE.get(code)
    if form is None or (form.secret and not rules.may_read_review(actor=request.visit, case=case)):
        raise Http404
    return form


def _said(request: PageRequest, case: Case, forms: Sequence[WordForm]) -> None:
    """Papers leave the platform: said to the auditor; political review under its own code."""
    for code, some in (
        ("membership.document.printed", [form.code for form in forms if not form.secret]),
        ("membership.review.printed", [form.code for form in forms if form.secret]),
    ):
        if some:
            record(
                kind=EventKind.VIEW, code=code, actor=request.visit, table_name=Case._meta.db_table,
                object_id=case.pk, facts={"forms": some},
            )  # fmt: skip


@door(*DESK)
@require_safe
def document(request: PageRequest, pk: int, form: str) -> HttpResponseBase:
    """One form as Word."""
    case = case_of(request, pk)
    wanted = _form_or_404(request, case, form)
    content = paper_of(wanted, CaseWords(case, clock.today()), secret=wanted.secret)
    _said(request, case, [wanted])
    return sent(BytesIO(content), file_name(wanted, case), WORD)


@door(*DESK)
@require_safe
def document_pack(request: PageRequest, pk: int) -> HttpResponseBase:
    """All forms of steps that were done, or those of one stage (`?stage=`), as one archive."""
    case = case_of(request, pk)
    words = CaseWords(case, clock.today())
    stage = request.GET.get("stage", "")
    chosen = _forms(request, case, words)
    if stage:
        wanted = set(forms_of_stage(stage))
        chosen = [form for form in chosen if form in wanted]
    else:
        chosen = [form for form in chosen if words.done_on(form) is not None]
    if not chosen:
        raise Http404
    target = unnamed_file()
    pack(target, chosen, words)
    _said(request, case, chosen)
    label = {one.code: str(one.label) for one in MEMBERSHIP.stages}.get(stage, _("全套材料"))
    return sent(target, f"{case.person}-{label}.zip", ZIP)


@door(*DESK)
@require_safe
def document_batch(request: PageRequest) -> HttpResponseBase:
    """One form of several people: those of a branch (`?unit=`) who have done its step, at most a hundred."""
    form = BY_CODE.get(request.GET.get("form", ""))
    if form is None or form.secret or form.event:
        raise Http404
    rows = of_unit(request, rules.desk_cases(request.visit)).select_related(
        "person__place__department", "unit", "tenant"
    )
    stage = MEMBERSHIP.step(form.step).stage
    codes = [one.code for one in MEMBERSHIP.stages]
    rows = (
        rows.filter(stage__in=codes[codes.index(stage) :]).exclude(person=None).order_by("-reached_on", "-id")
    )
    recorded = rows.filter(Exists(Record.objects.filter(case=OuterRef("pk"), step=form.step)))
    every = [CaseWords(case, clock.today()) for case in recorded[:_MOST]]
    every = [words for words in every if words.done_on(form) is not None]
    if not every:
        messages.info(request, _("还没有人办过这一步，没有可以打印的。"))
        return redirect("membership:numbers")
    target = unnamed_file()
    batch(target, form, every)
    for words in every:
        _said(request, words.case, [form])
    return sent(target, f"{form.label}-{clock.today():%Y%m%d}.zip", ZIP)


@door(*DOERS)
@require_POST
def issue(request: PageRequest, pk: int, form: str) -> HttpResponse:
    """Take the next 文号 for a form; the day is the step's, or the one given."""
    case = case_of(request, pk)
    wanted = _form_or_404(request, case, form)
    unit = numbering_unit(wanted, case.unit)
    if unit is None or not rules.may_number(actor=request.visit, case=case, unit=unit):
        raise Http404
    on = day_typed(request.POST.get("on", ""))[0] or CaseWords(case, clock.today()).done_on(wanted)
    made = issue_document(
        actor=request.visit, case=case, unit=unit, form=wanted, on=on or clock.today(), today=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("已编号：%(number)s。") % {"number": made.shown})
    return redirect("membership:number", made.pk)
