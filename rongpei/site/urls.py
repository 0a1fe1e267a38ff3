"""Addresses. Every one has a door; `contracts/test_doors.py` holds the table."""

from django.conf import settings
from django.urls import include, path

from rongpei.ground.files import web as files
from rongpei.ground.notices import web as notices
from rongpei.org.access.doors import door
from rongpei.site.web import activation, demonstration, home, search, signing_out
from rongpei.site.web import settings as settings_page

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("inbox/", door()(notices.inbox), name="inbox"),
    path("files/<int:pk>/", door()(files.download), name="file"),
    path("settings/", settings_page.settings_page, name="settings"),
    path("activate/", activation.activate, name="activate"),
    path("settings/sessions/<int:pk>/end/", settings_page.session_end, name="session-end"),
    path("accounts/sessions/", settings_page.sessions, name="usersessions_list"),
    path("accounts/logout/", signing_out.sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("meetings/", include("rongpei.activities.partydays.urls")),
    path("", include("rongpei.activities.columns.urls")),
    path("", include("rongpei.pipelines.verification.urls")),
    path("development/", include("rongpei.pipelines.membership.urls")),
    path("culture/", include("rongpei.activities.culture.urls")),
    path("roster/", include("rongpei.org.units.urls")),
    path("roster/codes/", activation.codes, name="activation-codes"),
    path("security/", include("rongpei.org.access.urls")),
    path("privacy/", include("rongpei.org.privacy.urls")),
    path("", include("rongpei.insight.directory.urls")),
]
if settings.RONGPEI_DEMONSTRATION:
    urlpatterns += [
        path("demonstration/", demonstration.choose, name="demonstration"),
        path("demonstration/enter/", demonstration.enter, name="demonstration-enter"),
        path("demonstration/date/", demonstration.set_date, name="demonstration-date"),
        path("ui/", include("rongpei.ground.ui.urls")),
    ]
