"""The life of a case: send back, suspend, resume, transfer, end, reopen. Each asks for a reason."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.kernel.procedures import actions
from rongpei.kernel.procedures.codes import State
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.queries import standing_of
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import BRANCH_KINDS, Outcome
from rongpei.pipelines.membership.statutes import MEMBERSHIP
from rongpei.pipelines.membership.web.reach import DOERS, case_of, may_do

_ENDINGS = (Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.TRANSFERRED)
_VERBS = {
    "return": _lazy("退回到某一步"), "suspend": _lazy("中止"), "resume": _lazy("恢复"), "transfer": _lazy("转接到另一支部"),
    "end": _lazy("结束"), "reopen": _lazy("重新办理"),
}  # fmt: skip


class LifeForm(Form):
    """What is done with the case, on which day, and why."""

    verb = forms.ChoiceField(label=_lazy("要做什么"), widget=forms.RadioSelect)
    step = forms.ChoiceField(label=_lazy("退回到"), required=False)
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_lazy("转到"), queryset=None, required=False
    )
    outcome = forms.ChoiceField(
        label=_lazy("结束的情形"),
        required=False,
        choices=[("", "—"), *((one.value, one.label) for one in _ENDINGS)],
    )
    on = forms.DateField(label=_lazy("日期"))
    reason = forms.CharField(label=_lazy("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = _verbs_of(case)
        done = list(dict.fromkeys(one.done.step for one in standing_of(case)))
        self.fields["verb"].choices = [(code, _VERBS[code]) for code in verbs]  # type: ignore[attr-defined]
        self.fields["step"].choices = [("", "—")] + [  # type: ignore[attr-defined]
            (code, MEMBERSHIP.step(code).label) for code in done if MEMBERSHIP.step(code).number
        ]
        rows = Unit.objects.filter(
            tenant_id=case.tenant_id, tree=Tree.PARTY, kind__in=BRANCH_KINDS, closed_on=None
        )
        self.offer("unit", rows.exclude(pk=case.unit_id).order_by("sort_key"))
        for name, verb in (("step", "return"), ("unit", "transfer"), ("outcome", "end")):
            if verb not in verbs:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        wanted = {"return": ("step", _("请选择退回到哪一步。")), "transfer": ("unit", _("请选择转到哪个党支部。")),
                  "end": ("outcome", _("请选择结束的情形。"))}  # fmt: skip
        name, sentence = wanted.get(values.get("verb", ""), ("", ""))
        if name and not values.get(name):
            self.add_error(name, sentence)
        return values


def _verbs_of(case: Case) -> tuple[str, ...]:
    if case.state == State.OPEN:
        return ("return", "suspend", "transfer", "end")
    return ("resume", "end") if case.state == State.SUSPENDED else ("reopen",)


@door(*DOERS)
def life(request: PageRequest, pk: int) -> HttpResponse:
    """One page for everything that is no step."""
    case = case_of(request, pk)
    if not may_do(request, case, ""):
        return redirect("membership:case", pk)
    form = LifeForm(
        request.POST or None, case=case, initial={"on": clock.today(), "verb": _verbs_of(case)[0]}
    )
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, case, form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("已登记：%(what)s。") % {"what": _VERBS[form.cleaned_data["verb"]]})
            return redirect("membership:case", pk)
    context = {"case": case, "person": case.person, "form": form, "refusal": refusal}
    return render(request, "membership/life.html", context, status=refusal.status if refusal else 200)


def _carry_out(request: PageRequest, case: Case, values: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "actor": request.visit, "case": case, "on": values["on"], "reason": values["reason"], "today": clock.today(),
        "now": clock.now(),
    }  # fmt: skip
    verb = values["verb"]
    if verb == "return":
        actions.return_case(step=values["step"], **given)
    elif verb == "transfer":
        actions.transfer(unit=values["unit"], step="transfer_in", **given)
    elif verb == "end":
        actions.end(outcome=values["outcome"], **given)
    else:
        {"suspend": actions.suspend, "resume": actions.resume, "reopen": actions.reopen}[verb](**given)
