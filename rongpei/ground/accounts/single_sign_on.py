"""Sign-in through an organisation's own identity provider (OIDC): it tells who comes, the account stays ours."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rongpei.ground.accounts.signing import account_named


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The first time, the provider's staff number finds the account; later its own subject does."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the provider's identity to the account of that number, or say that there is none.

        Raises ImmediateHttpResponse (back to the sign-in page) where no active account has the number.
        """
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                self._turn_away(request)
            return
        told = sociallogin.account.extra_data
        told = told.get("userinfo") or told.get("id_token") or told
        number = str(told.get(settings.RONGPEI_OIDC_CLAIM, "")).strip()
        tenant = settings.RONGPEI_OIDC_TENANT
        user = account_named(number, tenant) if number and tenant else None
        if user is None:
            self._turn_away(request)
        sociallogin.connect(request, user)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are made by activation, never by a provider."""
        return False

    def _turn_away(self, request: HttpRequest) -> None:
        messages.error(request, _("单点登录的工号在这里没有可用的账号，请先用激活码开通，或联系系统管理员。"))
        raise ImmediateHttpResponse(redirect("account_login"))
