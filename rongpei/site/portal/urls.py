"""Addresses of the portal apart: reading, verification, question forms, one's own account. Nothing of a hospital's inside."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from rongpei.ground.files import web as files
from rongpei.ground.notices import web as notices
from rongpei.org.access.doors import door
from rongpei.org.privacy import urls as privacy
from rongpei.site.web import demonstration
from rongpei.site.web import settings as settings_page

# Requests are asked here and worked inside: to carry one out takes rights that the portal's role does not have.
_OWN_DATA = [one for one in privacy.urlpatterns if not str(one.pattern).startswith("desk/")]
urlpatterns = [
    path("", door(public=True)(RedirectView.as_view(pattern_name="columns:home")), name="home"),
    path("inbox/", door()(notices.inbox), name="inbox"),
    path("files/<int:pk>/", door()(files.download), name="file"),
    path("settings/", settings_page.settings_page, name="settings"),
    path("settings/sessions/<int:pk>/end/", settings_page.session_end, name="session-end"),
    path("accounts/sessions/", settings_page.sessions, name="usersessions_list"),
    path("accounts/", include("allauth.urls")),
    path("", include("rongpei.activities.columns.urls")),
    path("", include("rongpei.pipelines.verification.urls")),
    path("privacy/", include((_OWN_DATA, privacy.app_name))),
]
if settings.RONGPEI_DEMONSTRATION:
    urlpatterns += [
        path("demonstration/", demonstration.choose, name="demonstration"),
        path("demonstration/enter/", demonstration.enter, name="demonstration-enter"),
    ]
