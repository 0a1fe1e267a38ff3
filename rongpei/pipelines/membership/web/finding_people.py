"""Finding people to name in a form: ticks that survive the next search, with or without script."""

from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.shortcuts import render

from rongpei.org.access.doors import PageRequest, door
from rongpei.org.people.codes import Standing
from rongpei.org.people.models import Person
from rongpei.org.people.queries import search_ids
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.roll import home_ids
from rongpei.pipelines.membership.web.reach import DESK

FIELDS = ("mentors", "introducers", "person", "contact")
_SHOWN = 12


def people_choices(
    request: PageRequest,
    *,
    chosen: Collection[int],
    text: str,
    near: Collection[int] = (),
    mentors: Collection[int] = (),
) -> list[tuple[Person, bool, bool]]:
    """(person, whether ticked, whether of `mentors`): the ticked, then what is found; without text the mentors and those near."""
    rows = Person.objects.filter(tenant_id=request.visit.tenant_id, standing=Standing.PRESENT)
    rows = rows.select_related("place__department")
    ids = search_ids(text, 60) if text.strip() else list(near)
    ticked = list(rows.filter(pk__in=chosen).order_by("sort_key", "id"))
    ahead = (
        []
        if text.strip()
        else list(rows.filter(pk__in=mentors).exclude(pk__in=chosen).order_by("sort_key", "id"))
    )
    known = {*chosen, *(person.pk for person in ahead)}
    found = list(rows.filter(pk__in=ids).exclude(pk__in=known).order_by("sort_key", "id")[:_SHOWN])
    ticks = [(person, True) for person in ticked] + [(person, False) for person in (*ahead, *found)]
    return [(person, chosen, person.pk in mentors) for person, chosen in ticks]


def near_at_hand(unit: Unit, on: object) -> list[int]:
    """Full members of a branch today, for a first suggestion."""
    ids = home_ids(unit, on)  # type: ignore[arg-type]
    return list(Person.objects.filter(pk__in=ids, party_status="full").values_list("pk", flat=True))


@door(*DESK)
def people(request: PageRequest) -> HttpResponse:
    """The ticks of one field, asked by htmx: `name` of the field, `q_name` what was typed, the ids ticked so far."""
    name = request.GET.get("name", "")
    if name not in FIELDS:
        raise Http404
    chosen = [int(one) for one in request.GET.getlist(name) if one.isdigit()][:10]
    text = request.GET.get(f"q_{name}", "")[:40]
    single = request.GET.get("single") == "1"
    choices = people_choices(request, chosen=chosen, text=text)
    return render(
        request, "membership/_ticks.html", {"name": name, "choices": choices, "text": text, "single": single}
    )
