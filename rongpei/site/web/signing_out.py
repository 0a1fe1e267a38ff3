"""Signing out also empties what the site keeps in the browser."""

from allauth.account.views import LogoutView
from django.http import HttpRequest, HttpResponse

from rongpei.org.access.doors import door


class SignOut(LogoutView):  # type: ignore[misc]
    """allauth's page; once signed out, the browser drops the storage of this origin: lists taken along and their worker."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Sign out."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


sign_out = door(public=True)(SignOut.as_view())
