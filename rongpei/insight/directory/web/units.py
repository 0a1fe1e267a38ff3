"""The trees of units, and one unit."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from rongpei.ground import clock
from rongpei.ground.ui.dates import day_full
from rongpei.insight.directory.queries.branches import officers_of
from rongpei.insight.directory.queries.people import people_for
from rongpei.insight.directory.queries.units import (
    Node,
    counts_by_unit,
    crumbs_of,
    grow,
    lives_under,
    open_units,
)
from rongpei.insight.directory.rules import branches_for, people_of_tree, reads_party, sees_officers
from rongpei.insight.directory.web.history import period_words, state_of
from rongpei.insight.directory.web.listing import PeopleList
from rongpei.org.access.codes import READERS
from rongpei.org.access.doors import PageRequest, door
from rongpei.org.access.rules import visible_units
from rongpei.org.access.visit import Visit
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Affiliation, Unit
from rongpei.org.units.queries import in_force


def counts_anybody(actor: Visit, tree: str) -> bool:
    """Whether the asker reads people of this tree; without, a tree has no numbers rather than zeroes."""
    return actor.holds(*READERS) if tree == Tree.ADMIN else reads_party(actor)


@door()
def unit_tree(request: PageRequest) -> HttpResponse:
    """One tree; the organisation chart is known to everyone who works in the tenant."""
    tree = request.GET.get("tree", "")
    tree = tree if tree in Tree.values else Tree.ADMIN.value
    text = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    units = list(open_units(request.visit, tree, clock.today()))
    counts = counts_by_unit(request.visit, tree, units) if counts_anybody(request.visit, tree) else None
    context = {
        "trees": [(code, label, code == tree) for code, label in Tree.choices],
        "tree": tree,
        "text": text,
        "roots": grow(units, counts, text),
        "number": len(units),
    }
    return render(request, "directory/units.html", context)


class UnitView:
    """What the page of a unit shows besides its people."""

    def __init__(self, *, actor: Visit, unit: Unit, today: date) -> None:
        self.actor, self.unit, self.today = actor, unit, today

    @cached_property
    def crumbs(self) -> list[Unit]:
        return crumbs_of(self.actor, self.unit)

    @property
    def sentence(self) -> str:
        words = [str(self.unit.get_kind_display()), _("%s成立") % day_full(self.unit.opened_on)]
        if self.unit.closed_on:
            words.append(_("%s撤销") % day_full(self.unit.closed_on))
        return "，".join(words)

    @cached_property
    def officers(self) -> list[dict[str, Any]]:
        """Officers of today; of a party unit only for party roles over it."""
        if not sees_officers(self.actor, self.unit):
            return []
        rows = officers_of(self.unit).filter(in_force(self.today))
        known = set(
            people_for(self.actor).filter(pk__in=rows.values("person_id")).values_list("pk", flat=True)
        )
        return [
            {
                "person": row.person, "open": row.person_id in known, "office": row.get_office_display(),
                "period": period_words(row.starts_on, row.ends_on), "state": state_of(row.starts_on, row.ends_on, self.today),
            }
            for row in rows
        ]  # fmt: skip

    @cached_property
    def children(self) -> list[Node]:
        """Sub-units with the people at and below each."""
        below = list(open_units(self.actor, self.unit.tree, self.today).filter(path__under=self.unit.path))
        counts = counts_by_unit(self.actor, self.unit.tree, below, self.unit) if self.counted else None
        return next((node.children for node in grow(below, counts) if node.unit.pk == self.unit.pk), [])

    @cached_property
    def counted(self) -> bool:
        return counts_anybody(self.actor, self.unit.tree)

    @cached_property
    def is_branch(self) -> bool:
        """Whether the asker may open its branch page."""
        return branches_for(self.actor).filter(pk=self.unit.pk).exists()

    @cached_property
    def guests(self) -> list[Affiliation]:
        """People placed here for a time; never counted at home and here."""
        people = people_of_tree(self.actor, self.unit.tree).values("id")
        rows = Affiliation.objects.filter(
            in_force(self.today), unit__path__under=self.unit.path, person__in=people
        )
        return list(rows.select_related("person", "unit").order_by("person__sort_key", "id")[:200])


@door()
def unit_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """A unit, and the people of its subtree whom the asker may see there."""
    unit = get_object_or_404(visible_units(request.visit), pk=pk)
    seen = people_of_tree(request.visit, unit.tree).values("id")
    rows = people_for(request.visit).filter(lives_under(unit), pk__in=seen)
    people = PeopleList(request, rows, actor=request.visit, within=unit)
    page = UnitView(actor=request.visit, unit=unit, today=clock.today())
    return people.respond("directory/unit.html", {"page": page, "unit": unit})
