"""One's own settings: account, sessions, second factor, roles."""

from django.http import HttpResponse
from django.shortcuts import render

from rongpei.ground.accounts.models import User
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
