"""Addresses of the privacy desk."""

from django.urls import path, re_path

from rongpei.org.privacy.web import consents, mine, office

app_name = "privacy"
urlpatterns = [
    path("", mine.home, name="mine"),
    path("data/", mine.data, name="data"),
    re_path(r"^data/copy\.(?P<form>json|xlsx)$", mine.copy, name="copy"),
    path("consents/<int:pk>/", consents.text_page, name="text"),
    re_path(
        r"^consents/(?P<pk>\d+)/(?P<choice>agree|refuse|skip|withdraw)/$", consents.answer, name="answer"
    ),
    re_path(r"^ask/(?P<kind>correct|delete|explain|transfer)/$", mine.ask, name="ask"),
    path("requests/<int:pk>/", mine.request_page, name="request"),
    path("requests/<int:pk>/withdraw/", mine.withdraw, name="withdraw"),
    path("desk/", office.desk, name="desk"),
    path("desk/<int:pk>/", office.work, name="work"),
    path("desk/<int:pk>/extend/", office.extend, name="extend"),
    path("desk/term/", office.term, name="term"),
]
