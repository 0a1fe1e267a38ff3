"""Material of a political review: for those entitled, every opening of the page is logged."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.recording import record
from rongpei.ground.ui.forms import Form
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import standing_of
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import keep_review_material
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.models import ReviewMaterial
from rongpei.pipelines.membership.web.stepforms import shown_data

KINDS = (
    _("同本人谈话"), _("查阅有关档案材料"), _("函调"), _("外调"), _("征求纪检意见"), _("政审联审"), _("结论性材料"),
)  # fmt: skip


class MaterialForm(Form):
    """One piece of material."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=[(str(index), word) for index, word in enumerate(KINDS)]
    )
    obtained_on = forms.DateField(label=_("取得日期"))
    body = forms.CharField(label=_("内容摘要"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


@door(*rules.REVIEWERS)
def review(request: PageRequest, pk: int) -> HttpResponse:
    """What was gathered, and one more piece; never for the person concerned."""
    case = get_object_or_404(Case.objects.filter(procedure=PROCEDURE).select_related("person", "unit"), pk=pk)
    if not rules.may_read_review(actor=request.visit, case=case):
        raise Http404
    form = MaterialForm(request.POST or None, initial={"obtained_on": clock.today()})
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            keep_review_material(
                actor=request.visit, case=case, kind=str(KINDS[int(form.cleaned_data["kind"])]),
                obtained_on=form.cleaned_data["obtained_on"], body=form.cleaned_data["body"], today=clock.today(),
                now=clock.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _now("政审材料已登记。"))
            return redirect("membership:review", pk)
    record(
        kind=EventKind.VIEW, code="membership.review.viewed", actor=request.visit, table_name=Case._meta.db_table,
        object_id=case.pk,
    )  # fmt: skip
    rows = list(ReviewMaterial.objects.filter(case=case).order_by("-id"))
    writers = dict(Person.objects.filter(pk__in={row.recorded_by for row in rows}).values_list("pk", "name"))
    done = [one.done for one in standing_of(case) if one.done.step == "political_review"]
    context = {
        "case": case, "person": case.person, "rows": [(row, writers.get(row.recorded_by or 0, "")) for row in rows],
        "form": form, "refusal": refusal, "concluded": [(one.on, shown_data(one.step, one.data, {})) for one in done],
        "may_open_case": rules.may_see(request.visit, case),
    }  # fmt: skip
    return render(request, "membership/review.html", context, status=refusal.status if refusal else 200)
