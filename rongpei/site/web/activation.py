"""Activation: an imported person makes an account with a one-time code."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.queries import tenant_of_code
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.forms import Form
from rongpei.org.access.activation import VALID_FOR, activate_account, issue_codes
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import people_at
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.people.rules import KEEPER_ROLES
from rongpei.org.units.models import Unit


class ActivationForm(Form):
    """Tenant code, number, one-time code, and a new password twice."""

    hospital = forms.CharField(label=gettext_lazy("单位代码"), max_length=20)
    number = forms.CharField(label=gettext_lazy("工号"), max_length=40)
    code = forms.CharField(
        label=gettext_lazy("激活码"), max_length=20, help_text=gettext_lazy("印在通知单上，或由短信发送。")
    )
    password1 = forms.CharField(label=gettext_lazy("新密码"), widget=forms.PasswordInput)
    password2 = forms.CharField(label=gettext_lazy("再输一次"), widget=forms.PasswordInput)

    def clean(self) -> dict[str, Any]:
        """Both passwords alike, and good enough for the profile."""
        values = super().clean() or self.cleaned_data
        first, second = values.get("password1", ""), values.get("password2", "")
        if first and second and first != second:
            self.add_error("password2", _("两次输入不一样。"))
        elif first:
            try:
                validate_password(first)
            except ValidationError as error:
                self.add_error("password1", error)
        return values


@door(*KEEPER_ROLES)
def codes(request: PageRequest) -> HttpResponse:
    """One-time codes for the people of one unit who have no account yet, on a sheet to be printed and cut."""
    units = Unit.objects.filter(tenant_id=request.visit.tenant_id, closed_on=None).order_by("tree", "path")
    chosen = units.filter(pk=request.POST["unit"]).first() if request.POST.get("unit", "").isdigit() else None
    if request.method != "POST" or chosen is None:
        return render(request, "site/activation_codes.html", {"units": list(units)})
    waiting = Person.objects.filter(people_at((chosen.path,)), user=None, standing=Standing.PRESENT)
    people = list(waiting.exclude(staff_number="").order_by("sort_key", "id")[:500])
    tenant_id, now = request.visit.tenant_id, clock.now()
    given = issue_codes(actor=request.visit, tenant_id=tenant_id, people=people, now=now)
    tenant = Tenant.objects.get(pk=tenant_id)
    slips = [(person, given[person.pk]) for person in people if person.pk in given]
    context = {"unit": chosen, "tenant": tenant, "slips": slips, "until": now + VALID_FOR}
    context["address"] = settings.RONGPEI_PUBLIC_URL
    return render(request, "site/activation_sheet.html", context)


@door(public=True)
def activate(request: PageRequest) -> HttpResponse:
    """The form, and the act."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _activate(form):
        messages.success(request, _("账号已激活，请登录。"))
        return redirect("account_login")
    return render(request, "account/activate.html", {"form": form})


def _activate(form: ActivationForm) -> bool:
    values = form.cleaned_data
    tenant = tenant_of_code(values["hospital"])
    if tenant is None:
        form.add_error("hospital", _("没有这个单位代码，请看通知单。"))
        return False
    with scope([tenant.pk]):
        try:
            activate_account(
                tenant_id=tenant.pk, number=values["number"].strip(), code=values["code"], password=values["password1"],
                now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("code", refusal.what)
            return False
    return True
