"""The gallery where the site mounts it, and the addresses the frame names."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("ui/", include("rongpei.ground.ui.urls")),
    path("accounts/logout/", nothing, name="account_logout"),
    path("accounts/login/", nothing, name="account_login"),
]
