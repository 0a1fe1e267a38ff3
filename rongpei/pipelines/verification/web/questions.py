"""Question forms: the builder's list, writing one, opening and closing, results; and answering."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.listing import ChoiceFilter, Column, Listing, SearchFilter
from rongpei.ground.ui.listing.sheet import XLSX, write_rows
from rongpei.ground.ui.marks import Kind, Status
from rongpei.kernel.papers import drafting
from rongpei.kernel.papers.forms import AnswerForm, initial_of
from rongpei.kernel.papers.models import Paper
from rongpei.kernel.papers.results import results_of, rows_of, summaries_of
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.verification import actions, asked, rules
from rongpei.pipelines.verification.codes import Audience, FormState, Profession, Purpose
from rongpei.pipelines.verification.models import QuestionForm

_KINDS: dict[str, Kind] = {FormState.DRAFT: "line", FormState.OPEN: "ok", FormState.CLOSED: ""}
_EXAMPLE = """您在哪一级医院工作？[单选]
- 三级
- 二级
- 基层
您最常看哪些专栏？[多选]
- 医院党建专家论坛
- 医院文化
- 和谐医患故事
- 其他
请写出其他专栏[填空][当第2题选“其他”]
每周大约看几篇？[数字][选填]"""


class BuildForm(Form):
    """Everything about a form; the questions as text."""

    title = forms.CharField(label=_("名称"), max_length=80)
    intro = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    purpose = forms.ChoiceField(label=_("用途"), choices=Purpose.choices)
    audience = forms.ChoiceField(label=_("谁来填"), choices=Audience.choices)
    profession = forms.ChoiceField(
        label=_("只问这一类"), choices=[("", _("都问")), *Profession.choices], required=False
    )
    text = forms.CharField(
        label=_("题目"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text=_("一行一题，题后写[单选][多选][打分][数字][日期][填空]，可加[选填]；选项另起一行，以“- ”开头。只在选了某项时才问的，写[当第2题选“其他”]。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The flow's own form asks applicants; and the questions can be read."""
        values = super().clean() or self.cleaned_data
        if values.get("purpose") == Purpose.PROFILE:
            values["audience"] = Audience.APPLICANTS
        try:
            drafting.parse(values.get("text", ""))
        except Refused as refusal:
            self.add_error("text", f"{refusal.what}{refusal.remedy}")
        return values


class FormList(Listing):
    """Forms of the tenant."""

    columns = (
        Column("title", _("名称"), main=True, link=lambda f: reverse("verification:form", args=[f.pk])),
        Column("purpose", _("用途"), lambda f: f.get_purpose_display(), phone="second"),
        Column("audience", _("谁来填"), lambda f: f.get_audience_display()),
        Column("version", _("版本"), kind="count", sort="version"),
        Column("answered", _("已填"), lambda f: f.answered, kind="count", link=lambda f: reverse("verification:results", args=[f.pk])),
        Column("changed_at", _("最近修改"), kind="moment", sort="changed_at", phone="second"),
        Column("state", _("状态"), lambda f: Status(_KINDS[f.state], f.get_state_display()), sort="state", phone="side"),
    )  # fmt: skip
    filters = (
        SearchFilter("q", _("名称"), fields=("title",)),
        ChoiceFilter("state", _("状态"), FormState.choices),
    )
    default_sort = "-changed_at"
    noun = _("问题表")
    measure = _("份")

    def attach(self, rows: Sequence[Any]) -> None:
        """How many answered the version in force, in one go."""
        found = summaries_of([row.paper_id for row in rows if row.paper_id])
        for row in rows:
            summary = found.get(row.paper_id)
            row.answered = summary.answered if summary else 0


def _built(request: PageRequest, pk: int) -> QuestionForm:
    found: QuestionForm = get_object_or_404(asked.forms_built(request.visit), pk=pk)
    return found


@door(*rules.BUILDERS)
def build_list(request: PageRequest) -> HttpResponseBase:
    """All forms."""
    return FormList(request, asked.forms_built(request.visit)).respond("verification/forms.html")


@door(*rules.BUILDERS)
def new(request: PageRequest) -> HttpResponse:
    """Write a form, beginning with an example."""
    form = BuildForm(
        request.POST or None,
        initial={"text": _EXAMPLE, "purpose": Purpose.COLLECT, "audience": Audience.VERIFIED},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.begin_form(
            actor=request.visit, tenant_id=request.visit.tenant_id, values=form.cleaned_data, now=clock.now()
        )
        messages.success(request, _t("已存为草稿。看过预览后可以开始收集。"))
        return redirect("verification:form", made.pk)
    return render(request, "verification/form_new.html", {"form": form})


@door(*rules.BUILDERS)
def edit(request: PageRequest, pk: int) -> HttpResponse:
    """One form: its text beside what people will see."""
    found = _built(request, pk)
    initial = {name: getattr(found, name) for name in BuildForm.base_fields}
    form = BuildForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        before = found.version
        try:
            found = actions.save_form(
                actor=request.visit,
                form=found,
                values=form.cleaned_data,
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("text", f"{refusal.what}{refusal.remedy}")
        else:
            newer = _t("已有人填过，题目改成第 %(n)d 版，旧的回答保留。") % {"n": found.version}
            messages.success(request, newer if found.version > before else _t("已保存。"))
            return redirect("verification:form", pk)
    preview = AnswerForm(questions=_drafted(found), prefix="preview")
    context = {"one": found, "form": form, "preview": preview, "closed": found.state == FormState.CLOSED}
    return render(request, "verification/form_edit.html", context)


def _drafted(form: QuestionForm) -> list[Any]:
    """The questions of the text as they would be stored."""
    return drafting.questions_of(Paper(tenant_id=form.tenant_id), drafting.parse(form.text))


@door(*rules.BUILDERS)
@require_POST
def act(request: PageRequest, pk: int, verb: str) -> HttpResponse:
    """Open or close."""
    found = _built(request, pk)
    try:
        if verb == "open":
            actions.open_form(actor=request.visit, form=found, today=clock.today(), now=clock.now())
            messages.success(request, _t("已开始收集。"))
        else:
            actions.close_form(actor=request.visit, form=found, now=clock.now())
            messages.success(request, _t("已结束收集，回答都保留。"))
    except Refused as refusal:
        messages.error(request, f"{refusal.what}{refusal.remedy}")
    return redirect("verification:form", pk)


@door(*rules.BUILDERS)
def results(request: PageRequest, pk: int) -> HttpResponseBase:
    """What was answered, version by version, as charts and as a workbook."""
    found = _built(request, pk)
    papers = list(asked.papers_of(found))
    chosen = next(
        (one for one in papers if str(one.pk) == request.GET.get("paper")), papers[0] if papers else None
    )
    if chosen is not None and request.GET.get("export") == "xlsx":
        book = write_rows(title=chosen.title, rows=rows_of(chosen))
        return FileResponse(book, as_attachment=True, filename=f"{chosen.title}.xlsx", content_type=XLSX)
    versions = [(one, len(papers) - at) for at, one in enumerate(papers)]
    answers = results_of(chosen) if chosen else []
    context = {
        "one": found, "versions": versions, "chosen": chosen, "found": answers,
        "summary": summaries_of([chosen.pk]).get(chosen.pk) if chosen else None,
    }  # fmt: skip
    return render(request, "verification/form_results.html", context)


@door()
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """A form that asks me: answered once, changed as long as it is open."""
    form = get_object_or_404(asked.forms_asking(request.visit, clock.today()), pk=pk)
    if form.paper is None:
        raise Http404
    sheet = asked.own_sheet(form, request.visit.person_id)
    initial = sheet.answers if sheet else asked.earlier_answers(form, request.visit.person_id)
    questions = list(form.paper.questions.order_by("number"))
    filled = AnswerForm(request.POST or None, questions=questions, initial=initial_of(initial))
    if request.method == "POST" and filled.is_valid():
        try:
            actions.answer_form(actor=request.visit, form=form, answers=filled.answers(), today=clock.today())
        except Refused as refusal:
            filled.add_error(None, refusal.what)
        else:
            messages.success(request, _t("已提交，谢谢您。结束收集前都可以改。"))
            return redirect(
                "verification:certificate" if form.purpose == Purpose.PROFILE else "verification:consents"
            )
    context = {"one": form, "form": filled, "sheet": sheet, "in_flow": form.purpose == Purpose.PROFILE}
    return render(request, "verification/answer.html", context)
