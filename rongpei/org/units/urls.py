"""Addresses of the roster import."""

from django.urls import path

from rongpei.org.units.web import files, roster

app_name = "units"
urlpatterns = [
    path("", roster.roster_home, name="roster"),
    path("template/", files.template, name="roster-template"),
    path("export/", files.export, name="roster-export"),
    path("<int:pk>/", roster.preview, name="roster-run"),
    path("<int:pk>/progress/", roster.progress, name="roster-progress"),
    path("<int:pk>/marked/", files.marked, name="roster-marked"),
    path("<int:pk>/import/", roster.start_import, name="roster-import"),
    path("<int:pk>/undo/", roster.undo, name="roster-undo"),
]
