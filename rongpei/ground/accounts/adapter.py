"""How allauth asks us: lockout before the password is looked at, sign-ins recorded, no open sign-up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground import clock
from rongpei.ground.accounts import lockout
from rongpei.ground.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's door, with our lock."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _lazy("单位代码、工号或密码不对，请核对后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by activation, never by open sign-up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when this place has failed too often."""
        if lockout.is_locked(request, _account(credentials), clock.now()):
            raise forms.ValidationError(
                _("这台设备试错次数太多，请 15 分钟后再试。您常用的手机或电脑不受影响。")
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the failure."""
        lockout.count_failure(request, _account(credentials), clock.now())

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Remember this browser, so that strangers cannot lock its owner out."""
        response = super().post_login(request, user, **kwargs)
        lockout.forget_failures(request, user.username)
        lockout.mark_known(response, user.username, request.is_secure())
        return response


def _account(credentials: dict[str, Any]) -> str:
    """One key per account, whatever name was typed; unknown names keep their own key."""
    from rongpei.ground.accounts.signing import account_named  # allauth loads the adapter before the models

    code, name = str(credentials.get("code", "")), str(credentials.get("username", ""))
    user = account_named(name, code)
    return user.username if user else f"{code}/{name}".lower()
