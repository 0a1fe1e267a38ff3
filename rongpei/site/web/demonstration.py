"""The demonstration's own pages: enter as somebody, set the business date. Mounted in demonstration mode only."""

from datetime import date

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.ground.clock.models import Setting
from rongpei.org.access.doors import PageRequest, door
from rongpei.site.demonstration.accounts import demonstration_accounts

_BACKEND = "rongpei.ground.accounts.signing.NumberOrNameBackend"


@door(public=True)
def choose(request: PageRequest) -> HttpResponse:
    """Accounts to enter with, and the business date."""
    setting = Setting.objects.first()
    return render(
        request,
        "site/demonstration.html",
        {"demonstration_accounts": demonstration_accounts(), "setting": setting},
    )


@door(public=True)
@require_POST
def enter(request: PageRequest) -> HttpResponse:
    """Sign in as one of the demonstration's accounts, and no other."""
    name = request.POST.get("number", "")
    if name not in {account["username"] for account in demonstration_accounts()}:
        raise Http404
    user = User.objects.get(username=name)
    login(request, user, backend=_BACKEND)
    return redirect("home")


@door(public=True)
@require_POST
def set_date(request: PageRequest) -> HttpResponse:
    """Set the business date of the demonstration."""
    try:
        chosen = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        messages.error(request, _("日期没有读懂，请写成 2026-06-12。"))
        return redirect("demonstration")
    setting = Setting.objects.first()
    if setting is not None:
        setting.business_on = chosen
        Setting.objects.bulk_update([setting], ["business_on"])
        clock.reading.forget()
        messages.success(request, _("业务日期已改。规则按这一天判断，审计和签到仍按真实时间。"))
    return redirect("demonstration")
