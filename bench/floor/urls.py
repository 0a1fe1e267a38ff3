"""Two addresses."""

from django.urls import path

from bench.floor.views import insert, select

urlpatterns = [path("s/<int:number>", select), path("i/<int:number>", insert)]
