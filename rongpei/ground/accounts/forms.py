"""The sign-in form."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]
    """Tenant code (optional), number or name or phone, password."""

    code = forms.CharField(label=_("单位代码"), max_length=20, required=False)

    field_order = ["code", "login", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update({"autocomplete": "organization"})
        self.fields["login"] = forms.CharField(label=_("工号、用户名或手机号"), max_length=80)
        self.fields["login"].widget.attrs.update({"autocomplete": "username"})
        self.fields["password"].label = _("密码")
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields.pop("remember", None)
        self.order_fields(self.field_order)

    def user_credentials(self) -> dict[str, Any]:
        """What the backend needs to find the account."""
        return {
            "username": self.cleaned_data["login"],
            "password": self.cleaned_data["password"],
            "code": self.cleaned_data.get("code", ""),
        }
