"""Filling in: profile, certificate with its images, what was handed in last, the appeal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.audit import Refused
from rongpei.ground.ui.forms import Form
from rongpei.org.access.doors import PageRequest, door
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.asked import profile_form
from rongpei.pipelines.verification.checking import remark_on_id, remark_on_number
from rongpei.pipelines.verification.codes import CHANGEABLE, MOST_PICTURES, Certificate, Profession, State
from rongpei.pipelines.verification.models import Application
from rongpei.pipelines.verification.queries import files_in, newest_application, newest_submission
from rongpei.pipelines.verification.standing import stand_of
from rongpei.pipelines.verification.web import reach


class ProfileForm(Form):
    """Who and where."""

    name = forms.CharField(label=_("姓名"), max_length=50, help_text=_("与证书上的一致。"))
    id_number = forms.CharField(label=_("身份证号"), max_length=20, help_text=_("加密保存，只给审核员核对。"))
    profession = forms.ChoiceField(label=_("专业类别"), choices=[("", _("请选择")), *Profession.choices])
    workplace = forms.CharField(label=_("工作单位"), max_length=120, help_text=_("请写全称；学生写学校。"))
    department = forms.CharField(label=_("科室"), max_length=60, required=False)
    title = forms.CharField(label=_("职称"), max_length=40, required=False)


class CertificateForm(Form):
    """Which document, its number."""

    autofocus = False
    certificate = forms.ChoiceField(label=_("证书种类"), choices=[("", _("请选择")), *Certificate.choices])
    number = forms.CharField(label=_("证书编号"), max_length=60)

    def __init__(self, *args: Any, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = whole  # a draft may lack either


class AppealForm(Form):
    """What somebody does not accept."""

    words = forms.CharField(
        label=_("您不认可的地方"), max_length=500, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("由另一位审核员看同一份材料。请不要写患者信息。"),
    )  # fmt: skip


def _mine(request: PageRequest) -> Application | None:
    person = reach.me(request)
    return None if reach.by_record(person) else reach.open_application(request, *CHANGEABLE)


@door()
def profile(request: PageRequest) -> HttpResponse:
    """Name, ID number, workplace. An unusual number is asked about once, and may stay."""
    application = _mine(request)
    if application is None:
        return redirect("verification:mine")
    initial = {
        name: getattr(application, name)
        for name in ("name", "profession", "workplace", "department", "title")
    }
    form = ProfileForm(request.POST or None, initial=initial | {"id_number": application.id_number})
    odd = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        odd = remark_on_id("".join(values["id_number"].split()).upper())
        if odd and request.POST.get("confirmed") != values["id_number"]:
            form.warnings["id_number"] = _t("%(odd)s。确认无误也可继续。") % {"odd": odd}
        else:
            actions.save_profile(
                actor=request.visit, application=application, values=values, id_number="".join(values["id_number"].split()),
                today=clock.today(), now=clock.now(),
            )  # fmt: skip
            form_asked = profile_form(request.visit, clock.today())
            if form_asked is not None:
                return redirect("verification:answer", form_asked.pk)
            return redirect("verification:certificate")
    proposed = bool(application.name) and not reach.states_profile(application)
    context = {"form": form, "odd": odd, "application": application, "proposed": proposed}
    return render(request, "verification/profile.html", context)


@door()
def certificate(request: PageRequest) -> HttpResponse:
    """The document: kind, number, images. 存草稿 keeps, 提交审核 hands in; images are kept at either."""
    application = _mine(request)
    if application is None:
        return redirect("verification:mine")
    initial = {"certificate": application.certificate, "number": application.number}
    whole = request.method != "POST" or request.POST.get("do") == "submit"
    form = CertificateForm(request.POST or None, initial=initial, whole=whole)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        refused = _keep(request, application, form.cleaned_data)
        if refused is None and request.POST.get("do") == "submit":
            try:
                actions.submit(
                    actor=request.visit, application=application, today=clock.today(), now=clock.now()
                )
            except Refused as refusal:
                refused = refusal
            else:
                return _handed_in(request)
        elif refused is None:
            if request.POST.get("do") == "save":
                messages.success(request, _t("已存草稿，可以以后接着填。"))
            return redirect("verification:certificate")
    _warn(form, application)
    files = list(files_in(application))
    context = {
        "form": form, "files": files, "refused": refused, "room": MOST_PICTURES - len(files), "application": application,
    }  # fmt: skip
    return render(
        request, "verification/certificate.html", context, status=refused.status if refused else 200
    )


def _handed_in(request: PageRequest) -> HttpResponse:
    """To the page that waits; whoever renews reads on meanwhile, and is told so."""
    if not stand_of(request.visit, clock.today()).verified:
        return redirect("verification:mine")
    messages.success(request, _t("续期材料已提交，有结果会通知您。现在的认证继续有效。"))
    return redirect("verification:consents")


def _keep(request: PageRequest, application: Application, values: dict[str, Any]) -> Refused | None:
    """Keep what was typed, then the images one by one; the first that cannot be kept is told."""
    now = clock.now()
    try:
        actions.save_certificate(
            actor=request.visit,
            application=application,
            certificate=values["certificate"],
            number=values["number"],
            now=now,
        )
        for upload in request.FILES.getlist("pictures"):
            actions.add_document(actor=request.visit, application=application, upload=upload, now=now)
    except Refused as refusal:
        application.refresh_from_db()
        return refusal
    application.refresh_from_db()
    return None


def _warn(form: CertificateForm, application: Application) -> None:
    odd = remark_on_number(application.certificate, application.number, application.id_number)
    if odd:
        form.warnings["number"] = _t("%(odd)s确认无误也可提交。") % {"odd": odd}


@door()
@require_POST
def remove_picture(request: PageRequest, pk: int) -> HttpResponse:
    """Delete one image of the own application."""
    application = _mine(request)
    file = files_in(application).filter(pk=pk).first() if application else None
    if application is None or file is None:
        raise Http404
    actions.remove_picture(actor=request.visit, application=application, file=file, now=clock.now())
    messages.success(request, _t("图片已删除。"))
    return redirect("verification:certificate")


@door()
def last(request: PageRequest) -> HttpResponse:
    """What was handed in, every time, with what was said to it."""
    application = newest_application(reach.me(request).pk)
    rows = list(application.submissions.order_by("-sequence")) if application else []
    return render(request, "verification/last.html", {"application": application, "rows": rows})


@door()
def appeal(request: PageRequest) -> HttpResponse:
    """Ask that somebody else looks at it."""
    application = reach.open_application(request, State.REJECTED)
    submission = newest_submission(application) if application else None
    if application is None or submission is None:
        return redirect("verification:mine")
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal(
                actor=request.visit,
                application=application,
                words=form.cleaned_data["words"],
                today=clock.today(),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error("words", " ".join(filter(None, (refusal.what, refusal.why, refusal.remedy))))
        else:
            messages.success(request, _t("已申请复核，由另一位审核员查看。"))
            return redirect("verification:mine")
    return render(request, "verification/appeal.html", {"form": form, "submission": submission})
