"""Addresses of the directory; the site mounts them at the root."""

from django.urls import path

from rongpei.insight.directory.web import attendance, branch, ledger, overview, people, person, units

app_name = "directory"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", person.person_page, name="person"),
    path("me/", person.me, name="me"),
    path("units/", units.unit_tree, name="units"),
    path("units/<int:pk>/", units.unit_page, name="unit"),
    path("branches/", overview.branches, name="branches"),
    path("branches/<int:pk>/", branch.branch_page, name="branch"),
    path("branches/<int:pk>/attendance/", attendance.matrix, name="attendance"),
    path("branches/<int:pk>/attendance/lines/", attendance.lines, name="attendance-lines"),
    path("ledger/", ledger.ledger, name="ledger"),
]
