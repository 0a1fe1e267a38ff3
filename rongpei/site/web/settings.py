"""One's own settings: account, sessions, second factor, roles."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongpei.ground.accounts.models import User
from rongpei.org.access.actions import end_session
from rongpei.org.access.codes import Role
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.models import Person


@door()
def settings_page(request: PageRequest) -> HttpResponse:
    """Who one is here, and where to change what."""
    user = User.objects.select_related("tenant").get(pk=request.visit.user_id or 0)
    roles = [(Role(held.role).label, held.unit_name) for held in request.visit.held]
    person = Person.objects.filter(pk=request.visit.person_id or 0).first()
    return render(request, "site/settings.html", {"account": user, "roles": roles, "person": person})


@door()
def sessions(request: PageRequest) -> HttpResponse:
    """The browsers in which one is signed in."""
    rows = list(UserSession.objects.filter(user_id=request.visit.user_id).order_by("-last_seen_at"))
    for row in rows:
        row.is_current = row.session_key == request.session.session_key
        row.revoke_url = reverse("session-end", args=[row.pk])
    return render(
        request, "usersessions/usersession_list.html", {"sessions": rows, "session_count": len(rows)}
    )


@door()
@require_POST
def session_end(request: PageRequest, pk: int) -> HttpResponse:
    """Sign one of them out."""
    row = get_object_or_404(UserSession, pk=pk, user_id=request.visit.user_id)
    end_session(actor=request.visit, session=row)
    messages.success(request, _("那台设备已退出登录。"))
    return redirect("usersessions_list")
