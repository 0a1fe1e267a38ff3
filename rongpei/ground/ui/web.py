"""The gallery: every component in every state, on one page and a few sample pages.

Its doors are open: it holds invented content only, and is mounted in demonstration mode only.
"""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.ground.accounts.doors import door
from rongpei.ground.ui import parts, samples
from rongpei.ground.ui.forms import Form, PhoneField, ReasonForm


class SampleForm(Form):
    """One field of each kind."""

    autofocus = False

    name = forms.CharField(label=_("姓名"), max_length=20)
    phone = PhoneField(help_text=_("只用来通知，不会给别人看。"))
    born_on = forms.DateField(label=_("出生日期"))
    hours = forms.DecimalField(label=_("学时"), min_value=0, max_digits=5, decimal_places=1)
    place = forms.ChoiceField(
        label=_("小组"), choices=[("", _("请选择")), ("a", _("东楼一组")), ("b", _("西楼组"))]
    )
    kind = forms.ChoiceField(
        label=_("方式"), choices=[("x", _("到场")), ("y", _("线上"))], widget=forms.RadioSelect
    )
    remark = forms.CharField(label=_("备注"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=_("我确认以上内容属实"))


@door(public=True)
def gallery(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    faulty = SampleForm({"name": "", "phone": "12", "born_on": "2026-02-30", "hours": "5"})
    faulty.warnings["hours"] = _t("一般不超过 4 学时。确认无误也可提交。")
    context = {
        "today": samples.TODAY,
        "todos": samples.TODOS,
        "entries": samples.ENTRIES,
        "steps": samples.STEPS,
        "kpis": samples.KPIS,
        "days": samples.DAYS,
        "matrix": samples.matrix(),
        "charts": samples.CHARTS,
        "form": SampleForm(),
        "faulty": faulty,
        "reason_form": ReasonForm(autofocus=False),
        "job": parts.Progress(_t("正在导出 560 人"), 347, 560, "#", failed=True, cancel_url="#"),
        "finished": parts.Progress(
            _t("已导入 3,000 人"), 3000, 3000, "#", finished=True, next_url="#", next_text=_t("看名册")
        ),
        "refused": REFUSED,
    }
    return render(request, "ui/gallery.html", context)


REFUSED = parts.Refusal(
    what=_("这一天还不能讨论，差 3 天"),
    why=_("考察要满一年，从 2025年6月20日算起。"),
    article=_("《细则》（2026年）第十三条"),
    remedy=_("6月20日起可以讨论。"),
)


@door(public=True)
def sample_list(request: HttpRequest) -> HttpResponseBase:
    """The list page; a POST of the selection bar says how many were chosen."""
    if request.method == "POST":
        messages.success(request, _t("已选 %d 人。") % len(request.POST.getlist("ids")))
        return redirect("ui:list")
    return samples.SampleList(request, samples.sample_rows()).respond("ui/gallery_list.html")


@door(public=True)
def sample_form(request: HttpRequest) -> HttpResponse:
    """A form that only checks itself."""
    form = SampleForm(request.POST or None)
    if form.is_valid():
        messages.success(request, _t("填写无误，这里不保存。"))
        return redirect("ui:form")
    return render(request, "ui/gallery_form.html", {"form": form})


@door(public=True)
def sample_paper(request: HttpRequest) -> HttpResponse:
    """Official paper."""
    return render(request, "ui/gallery_paper.html", {"back_url": "../"})


@door(public=True)
def sample_plain(request: HttpRequest) -> HttpResponse:
    """The two-column page outside the frame."""
    return render(request, "ui/gallery_plain.html", {"form": SampleForm()})


@door(public=True)
def sample_refused(request: HttpRequest) -> HttpResponse:
    """A refusal inside the frame."""
    return render(request, "ui/gallery_refused.html", {"refusal": REFUSED}, status=409)


@door(public=True)
def sample_progress(request: HttpRequest) -> HttpResponse:
    """Long work that advances by itself; htmx asks this address for the part alone."""
    done = min(int(request.GET.get("done", "0") if request.GET.get("done", "0").isdigit() else 0) + 80, 560)
    job = parts.Progress(
        _t("正在导出 560 人"),
        done,
        560,
        f"{request.path}?done={done}",
        finished=done >= 560,
        next_url="../",
        next_text=_t("返回"),
    )
    template = (
        "ui/gallery_progress_part.html" if request.headers.get("HX-Request") else "ui/gallery_progress.html"
    )
    return render(request, template, {"job": job})
