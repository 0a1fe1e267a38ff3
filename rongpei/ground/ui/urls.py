"""The gallery; the site mounts it in demonstration mode."""

from django.urls import path

from rongpei.ground.ui import web

app_name = "ui"
urlpatterns = [
    path("", web.gallery, name="gallery"),
    path("list/", web.sample_list, name="list"),
    path("form/", web.sample_form, name="form"),
    path("paper/", web.sample_paper, name="paper"),
    path("plain/", web.sample_plain, name="plain"),
    path("refused/", web.sample_refused, name="refused"),
    path("progress/", web.sample_progress, name="progress"),
]
