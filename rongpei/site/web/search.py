"""One search over people, units and meetings."""

from django.http import HttpResponse
from django.shortcuts import render

from rongpei.activities.partydays.queries import meetings_for
from rongpei.org.access.codes import READERS
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import visible_people, visible_units
from rongpei.org.people.models import Person
from rongpei.org.people.queries import search_ids

_EACH = 20


@door()
def search(request: PageRequest) -> HttpResponse:
    """What the visitor may see, people first; `q` finds names, pinyin, initials, numbers, units and titles."""
    text = request.GET.get("q", "").strip()[:40]
    context: dict[str, object] = {"q": text}
    if text:
        context["people"] = people_found(request, text)
        units = visible_units(request.visit).filter(name__contains=text, closed_on=None)
        context["units"] = list(units.order_by("sort_key")[:_EACH])
        found = meetings_for(request.visit).filter(gathering__title__contains=text)
        context["meetings"] = list(found[:_EACH])
    return render(request, "site/search.html", context)


def people_found(request: PageRequest, text: str) -> list[Person]:
    """People by name or pinyin. Whoever reads the whole tenant asks the index; others ask their own few people."""
    rows = visible_people(request.visit).select_related("place__department", "place__branch")
    if "/" in request.visit.places(*READERS):
        ids = search_ids(text, _EACH)
        return list(rows.filter(pk__in=ids).order_by("standing", "sort_key", "id"))
    ids = search_ids(text, 500)
    return list(rows.filter(pk__in=ids).order_by("standing", "sort_key", "id")[:_EACH])
