"""(S) one indexed SELECT, (I) one INSERT commit."""

from django.http import HttpRequest, HttpResponse

from bench.floor.models import Added, Kept


def select(request: HttpRequest, number: int) -> HttpResponse:
    """One row by its key."""
    return HttpResponse(Kept.objects.get(pk=number).words)


def insert(request: HttpRequest, number: int) -> HttpResponse:
    """One row in a transaction of its own."""
    return HttpResponse(str(Added.objects.create(number=number).pk))
