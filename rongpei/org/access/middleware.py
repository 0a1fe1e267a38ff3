"""Every request in one scope: the actor is known, the tenant list is set, refusals become pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.accounts.doors import door_of
from rongpei.ground.accounts.models import User
from rongpei.ground.accounts.passwords import is_too_old
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.visit import Visit, tenant_ids_of, visit_of

_FREE = ("/accounts/", "/static/", "/demonstration/")


class ScopeMiddleware:
    """Opens the scope around view and rendering; an answer of 500 or above undoes the transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        known = isinstance(user, User)
        tenant_ids = tenant_ids_of(user) if isinstance(user, User) else ()
        with scope(tenant_ids, user_id=user.pk if known else None):
            visit = visit_of(user, clock.today()) if isinstance(user, User) else None
            request.visit = visit  # type: ignore[attr-defined]
            if visit and self._lacks_second_factor(request, visit):
                return redirect("mfa_index")
            if isinstance(user, User) and self._lacks_new_password(request, user):
                messages.warning(request, _("密码已用满 90 天，请换一个新密码，换好后继续。"))
                return redirect("account_change_password")
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """No rule, no page: a view without a door is refused."""
        return door_of(view, request).answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal is an answer, not a fault."""
        if isinstance(error, Refused):
            return render(request, "refused.html", {"refusal": error}, status=error.status)
        return None

    def _lacks_new_password(self, request: HttpRequest, user: User) -> bool:
        return not request.path.startswith(_FREE) and is_too_old(user, clock.today())

    def _lacks_second_factor(self, request: HttpRequest, visit: Visit) -> bool:
        if settings.RONGPEI_DEMONSTRATION or not visit.is_privileged:
            return False
        if request.path.startswith(_FREE):
            return False
        from allauth.mfa.utils import is_mfa_enabled  # needs the app registry

        return not is_mfa_enabled(request.user)
