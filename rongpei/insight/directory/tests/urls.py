"""The directory with the addresses its frame mentions, so that these tests stand without the site's other rooms."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from rongpei.org.access.doors import door


@door()
def nothing(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A page of another room."""
    return HttpResponse("")


_access = ([path(f"{name}/", nothing, name=name) for name in ("roles", "holidays", "audit")], "access")
_units = ([path("", nothing, name="roster")], "units")
_frame = ("search", "inbox", "settings", "demonstration", "file", "activate")

urlpatterns = [
    path("", nothing, name="home"),
    *(path(f"{name}/", nothing, name=name) for name in _frame),
    path("accounts/", include("allauth.urls")),
    path("meetings/", include("rongpei.activities.partydays.urls")),
    path("roster/", include(_units)),
    path("security/", include(_access)),
    path("", include("rongpei.insight.directory.urls")),
]
