"""All branches at one glance: exceptions on top, then branches against months."""

from django.http import HttpResponse
from django.shortcuts import render

from rongpei.ground import clock
from rongpei.insight.directory.rules import BRANCH_READERS
from rongpei.insight.directory.web.overviewview import MEASURES, OverviewView
from rongpei.org.access.doors import PageRequest, door


@door(*BRANCH_READERS)
def branches(request: PageRequest) -> HttpResponse:
    """The branches the asker reads."""
    measure = request.GET.get("measure", "")
    page = OverviewView(
        actor=request.visit, today=clock.today(), measure=measure if measure in MEASURES else "theme"
    )
    return render(request, "directory/branches.html", {"page": page})
