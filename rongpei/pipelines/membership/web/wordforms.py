"""The office's templates: download, replace, put back; the details forms need; 机关代字 of this year's numbers."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.ground.ui.official import WORD
from rongpei.ground.ui.sending import sent
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.actions import (
    name_series,
    replace_template,
    restore_template,
    set_details,
)
from rongpei.pipelines.membership.documents.catalogue import BY_CODE, FORMS
from rongpei.pipelines.membership.documents.fields import GROUPS, LISTS, SECRET
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.documents.templates import fields_of, own_templates, template_of
from rongpei.pipelines.membership.models import OfficeDetails, Series
from rongpei.pipelines.membership.statutes import MEMBERSHIP


class DetailsForm(Form):
    """What every form needs of the office."""

    autofocus = False

    phone = forms.CharField(label=_("受理电话"), max_length=40, required=False)
    mailbox = forms.CharField(label=_("受理信箱"), max_length=120, required=False)
    place = forms.CharField(label=_("受理地点"), max_length=120, required=False)
    signer = forms.CharField(
        label=_("上行文签发人"), max_length=40, required=False, help_text=_("一般是党委书记。")
    )
    day_before = forms.BooleanField(
        label=_("预备期止写到期前一天"),
        required=False,
        help_text=_("不勾选就写到期当天；期限都按到期日判断。"),
    )


class TemplateForm(Form):
    """A Word file."""

    autofocus = False

    upload = forms.FileField(label=_("Word 文件（docx）"))


@door(*rules.OFFICE)
def templates(request: PageRequest) -> HttpResponse:
    """All forms with the template in use, and the details."""
    tenant_id = request.visit.tenant_id
    details = OfficeDetails.objects.filter(tenant_id=tenant_id).first() or OfficeDetails()
    names = ("phone", "mailbox", "place", "signer", "day_before")
    form = DetailsForm(request.POST or None, initial={name: getattr(details, name) for name in names})
    if request.method == "POST" and form.is_valid():
        set_details(actor=request.visit, tenant_id=tenant_id, **form.cleaned_data)
        messages.success(request, _now("已保存，以后打印的表格按新的填写。"))
        return redirect("membership:templates")
    own = own_templates(tenant_id)
    rows = [(one, own.get(one.code), str(MEMBERSHIP.step(one.step).label)) for one in FORMS]
    year = clock.today().year
    series = (
        Series.objects.filter(tenant_id=tenant_id, year=year)
        .select_related("unit")
        .order_by("unit__sort_key")
    )
    context = {"rows": rows, "form": form, "series": series, "year": year, "replaced": len(own)}
    return render(request, "membership/templates.html", context)


def _form_or_404(code: str) -> WordForm:
    if code not in BY_CODE:
        raise Http404
    return BY_CODE[code]


@door(*rules.OFFICE)
def template(request: PageRequest, form: str) -> HttpResponse:
    """One template: its placeholders, and another file in its place."""
    wanted = _form_or_404(form)
    upload = TemplateForm(request.POST, request.FILES) if "replace" in request.POST else TemplateForm()
    given: dict[str, Any] = {"actor": request.visit, "tenant_id": request.visit.tenant_id, "form": wanted}
    refusal: Refused | None = None
    if request.method == "POST":
        if "restore" in request.POST:
            restore_template(now=clock.now(), **given)
            messages.success(request, _now("已换回平台的模板。"))
            return redirect("membership:template", form)
        if upload.is_valid():
            try:
                replace_template(upload=upload.cleaned_data["upload"], now=clock.now(), **given)
            except Refused as refused:
                refusal = refused
            else:
                messages.success(request, _now("模板已换上，占位符都认识。"))
                return redirect("membership:template", form)
    own = own_templates(request.visit.tenant_id)
    used = set(fields_of(wanted, own))
    groups = [
        (group, [(name, name in used) for name in names])
        for group, names in GROUPS
        if wanted.secret or not SECRET & set(names)
    ]
    lists = [
        (name, cells, name in used) for name, cells in LISTS.items() if wanted.secret or name not in SECRET
    ]
    context = {
        "wanted": wanted, "own": own.get(wanted.code), "upload": upload, "refusal": refusal, "groups": groups,
        "lists": lists, "step": str(MEMBERSHIP.step(wanted.step).label),
    }  # fmt: skip
    return render(request, "membership/template.html", context, status=refusal.status if refusal else 200)


@door(*rules.OFFICE)
@require_safe
def template_file(request: PageRequest, form: str) -> HttpResponseBase:
    """The template in use, to be changed in Word and put back."""
    wanted = _form_or_404(form)
    content = template_of(wanted, own_templates(request.visit.tenant_id))
    return sent(BytesIO(content), f"{wanted.label}-{_now('模板')}.docx", WORD)


@door(*rules.OFFICE)
@require_POST
def series_word(request: PageRequest, pk: int) -> HttpResponse:
    """Set the 机关代字 of an organisation's coming numbers."""
    row = get_object_or_404(Series, pk=pk, tenant_id=request.visit.tenant_id)
    name_series(actor=request.visit, series=row, word=request.POST.get("word", ""))
    messages.success(request, _now("机关代字已保存，从下一个号起使用。"))
    return redirect("membership:templates")
