"""The system admin: the four texts with their versions, and the limits."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.ui.forms import Form, ModelForm
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.consent.queries import current_text
from rongpei.pipelines.verification import actions, rules
from rongpei.pipelines.verification.models import Policy
from rongpei.pipelines.verification.queries import policy_of
from rongpei.pipelines.verification.texts import FOR_STAFF, STANDARD


class TextForm(Form):
    """The next version of a text."""

    body = forms.CharField(
        label=_("正文"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("一行一段。行首写“谁来处理：”这样的短词和冒号，会加粗显示。"),
    )  # fmt: skip


class PolicyForm(ModelForm):
    """Limits."""

    class Meta:
        model = Policy
        fields = ("tries", "keep_days", "valid_months", "answer_days")


@door(*rules.KEEPERS)
def texts(request: PageRequest) -> HttpResponse:
    """The four texts as they are in force, and the limits."""
    tenant_id = request.visit.tenant_id
    form = PolicyForm(request.POST or None, instance=policy_of(tenant_id))
    if request.method == "POST" and form.is_valid():
        actions.keep_policy(actor=request.visit, tenant_id=tenant_id, values=form.cleaned_data)
        messages.success(request, _t("已保存，从现在起按新的期限办理。"))
        return redirect("verification:texts")
    rows = [(kind, current_text(tenant_id, kind)) for kind in TextKind]
    return render(request, "verification/texts.html", {"rows": rows, "form": form})


@door(*rules.KEEPERS)
def publish(request: PageRequest, kind: str) -> HttpResponse:
    """Write and publish the next version; what it asks of people is said before."""
    if kind not in TextKind.values:
        raise Http404
    tenant_id, chosen = request.visit.tenant_id, TextKind(kind)
    now_in_force = current_text(tenant_id, chosen)
    form = TextForm(
        request.POST or None,
        initial={"body": now_in_force.body if now_in_force else _proposed(request, chosen)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = publish_text(
                actor=request.visit,
                tenant_id=tenant_id,
                kind=chosen,
                body=form.cleaned_data["body"],
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("body", refusal.what)
        else:
            messages.success(
                request, _t("已发布第 %(n)d 版，会请每个人重新看过再回答。") % {"n": made.version}
            )
            return redirect("verification:texts")
    versions = ConsentText.objects.filter(tenant_id=tenant_id, kind=kind).order_by("-version")
    context: dict[str, Any] = {"form": form, "kind": chosen, "current": now_in_force, "versions": versions}
    return render(request, "verification/publish.html", context)


def _proposed(request: PageRequest, kind: TextKind) -> str:
    """A standard text with the name of the tenant, to begin with."""
    house = Tenant.objects.get(pk=request.visit.tenant_id)
    by_record = kind == TextKind.IDENTITY_AGREEMENT and rules.verifies_by_record(house.kind)
    return (FOR_STAFF if by_record else STANDARD[kind]) % {"operator": house.name}
