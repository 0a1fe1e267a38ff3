"""Calendars of open steps to subscribe to: a secret address for one's own, and for each unit whose desk one works at."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.accounts.models import User
from rongpei.ground.notices.todos import as_ics
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.todos import procedure_todos, unit_calendar
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.visit import Visit, tenant_ids_of, visit_of
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import PROCEDURE
from rongpei.pipelines.membership.web.opening import branches_run_by

_SALT = "membership.feed"
_OWN = 0


class Feed(NamedTuple):
    """One address."""

    label: str
    address: str


def token_of(user: User, unit_id: int = _OWN) -> str:
    """What makes an address secret; it dies with the password."""
    return signing.dumps([user.pk, user.get_session_auth_hash()[:16], unit_id], salt=_SALT)


@door()
def feeds(request: PageRequest) -> HttpResponse:
    """The addresses to put into a phone's calendar."""
    user = User.objects.get(pk=request.visit.user_id or 0)
    units: Sequence[Unit] = list(branches_run_by(request.visit)[:100])
    rows = [Feed(_("我的待办"), _address(user))]
    rows += [Feed(unit.name, _address(user, unit.pk)) for unit in units]
    return render(request, "membership/feeds.html", {"rows": rows})


def _address(user: User, unit_id: int = _OWN) -> str:
    return settings.RONGPEI_PUBLIC_URL.rstrip("/") + reverse(
        "membership:feed", args=[token_of(user, unit_id)]
    )


@door(public=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Open steps as a calendar. No sign-in, since phones cannot; what its owner may no longer see is not in it."""
    try:
        user_id, mark, unit_id = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.get_session_auth_hash()[:16] != mark:
        raise Http404
    today = clock.today()
    with scope(tenant_ids_of(user), user_id=user.pk):
        written = _written(visit_of(user, today), unit_id)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _written(visit: Visit, unit_id: int) -> bytes:
    given: dict[str, Any] = {"now": clock.now(), "public_url": settings.RONGPEI_PUBLIC_URL}
    if unit_id == _OWN:
        return as_ics(procedure_todos(visit, clock.today()), **given)
    unit = branches_run_by(visit).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    return unit_calendar(unit, procedure=PROCEDURE, without=visit.person_id or 0, **given)
