"""Joining: telephone, code, password; and the texts, for everybody to read."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Refused
from rongpei.ground.notices.codes import Channel
from rongpei.ground.notices.senders import Message, sender_for
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.ground.ui.forms import CodeField, Form, PhoneField
from rongpei.org.access.doors import PageRequest, door, visitor_of
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.consent.queries import current_text
from rongpei.pipelines.verification.actions import ask_code, join
from rongpei.pipelines.verification.codes import CODE_LASTS
from rongpei.pipelines.verification.queries import operator
from rongpei.pipelines.verification.web.reach import paragraphs, remember_next

_SALT, _BACKEND = "verification.join", "rongpei.ground.accounts.signing.NumberOrNameBackend"
_TEXTS = (TextKind.USER_AGREEMENT, TextKind.PRIVACY_POLICY)


class PhoneForm(Form):
    """The telephone, and two ticks of their own."""

    phone = PhoneField(help_text=_("只用来登录和通知认证结果。"))
    agreed = forms.BooleanField(label=_("我已阅读并同意《用户服务协议》"))
    known = forms.BooleanField(label=_("我已阅读并同意《隐私政策》"))


class JoinForm(Form):
    """The code, and a password twice."""

    code = CodeField(label=_("验证码"), max_length=12)
    password1 = forms.CharField(
        label=_("设一个密码"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    password2 = forms.CharField(
        label=_("再输一次"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Both alike, and good enough."""
        values = super().clean() or self.cleaned_data
        first, second = values.get("password1", ""), values.get("password2", "")
        if first and second and first != second:
            self.add_error("password2", _t("两次输入不一样。"))
        elif first:
            try:
                validate_password(first)
            except ValidationError as error:
                self.add_error("password1", error)
        return values


def _house() -> tuple[Tenant, dict[TextKind, ConsentText]]:
    """The operator, and both texts; 404 where the portal takes nobody in."""
    found = operator()
    if found is None:
        raise Http404
    with scope([found.pk]):
        texts = {kind: text for kind in _TEXTS if (text := current_text(found.pk, kind)) is not None}
    return found, texts


@door(public=True)
def begin(request: PageRequest) -> HttpResponse:
    """Ask for the telephone and send a code."""
    house, texts = _house()
    remember_next(request)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and len(texts) == len(_TEXTS) and form.is_valid():
        try:
            shown = _send(request, house, form.cleaned_data["phone"])
        except Refused as refusal:
            form.add_error("phone", f"{refusal.what}{refusal.remedy}")
        else:
            request.session["verification_shown"] = shown
            token = signing.dumps(
                {"phone": form.cleaned_data["phone"], "texts": [one.pk for one in texts.values()]}, salt=_SALT
            )
            request.session["verification_join"] = token
            return redirect("verification:join-code")
    context = {"form": form, "house": house, "closed": len(texts) < len(_TEXTS)}
    return render(request, "verification/join.html", context)


def _send(request: HttpRequest, house: Tenant, phone: str) -> str:
    """Send a code; gives it back only where it went into a file of a demonstration."""
    sender = sender_for(Channel.SMS)
    if sender is None:
        raise Refused(_t("短信还没有开通，现在不能注册。"), remedy=_t("请联系运营方。"))
    with scope([house.pk]):
        code = ask_code(
            actor=System(house.pk),
            tenant_id=house.pk,
            phone=phone,
            place=request.META.get("REMOTE_ADDR", ""),
            now=clock.now(),
        )
    minutes = int(CODE_LASTS.total_seconds() // 60)
    body = _t("验证码 %(code)s，%(n)d 分钟内有效，请勿告诉别人。") % {"code": code, "n": minutes}
    outcome = sender.send([Message(0, phone, _t("融培注册"), body, "", reference="join")])
    if not all(one.ok for one in outcome):
        raise Refused(_t("短信没有发出，请稍后再试。"))
    return code if settings.RONGPEI_DEMONSTRATION and settings.MODE != "test" else ""


@door(public=True)
def code(request: PageRequest) -> HttpResponse:
    """Check the code and open the account."""
    try:
        asked = signing.loads(request.session.get("verification_join", ""), salt=_SALT, max_age=3600)
    except signing.BadSignature:
        return redirect("verification:join")
    house, texts = _house()
    form = JoinForm(request.POST or None)
    if request.method == "POST" and "again" in request.POST:
        form = JoinForm()
        try:
            request.session["verification_shown"] = _send(request, house, asked["phone"])
        except Refused as refusal:
            form.warnings["code"] = refusal.what
    elif request.method == "POST" and form.is_valid():
        answer = _open(request, form, house, texts, asked)
        if answer is not None:
            return answer
    context = {
        "form": form, "tail": asked["phone"][-4:], "shown": request.session.get("verification_shown", ""),
    }  # fmt: skip
    return render(request, "verification/join_code.html", context)


def _open(
    request: PageRequest,
    form: JoinForm,
    house: Tenant,
    texts: dict[TextKind, ConsentText],
    asked: dict[str, Any],
) -> HttpResponse | None:
    if sorted(one.pk for one in texts.values()) != sorted(asked["texts"]):
        return redirect("verification:join")  # a text changed meanwhile: it is read anew
    with scope([house.pk]):
        try:
            user = join(
                tenant_id=house.pk, phone=asked["phone"], code=form.cleaned_data["code"], password=form.cleaned_data["password1"],
                texts=list(texts.values()), today=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("code", f"{refusal.what}{refusal.remedy}")
            return None
    kept = request.session.get("verification_next")
    request.session.pop("verification_join", None)
    login(request, user, backend=_BACKEND)
    request.session.pop("verification_shown", None)
    if kept:
        request.session["verification_next"] = kept
    return redirect("verification:mine")


@door(public=True)
def text(request: PageRequest, kind: str) -> HttpResponse:
    """One text in force, with its version: of the own tenant for those signed in, else of the operator."""
    if kind not in TextKind.values:
        raise Http404
    visit = visitor_of(request)
    house = operator()
    tenant_id = visit.tenant_id if visit is not None else house.pk if house else 0
    with scope([tenant_id]):
        found = current_text(tenant_id, TextKind(kind))
    if found is None:
        raise Http404
    context = {"text": found, "title": TextKind(kind).label, "paragraphs": paragraphs(found.body)}
    return render(request, "verification/text.html", context)
