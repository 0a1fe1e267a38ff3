"""The unit trees with counts of people, counted no further than the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.tenancy.any_of import any_of
from rongpei.insight.directory.rules import people_of_tree
from rongpei.org.access.rules import visible_units
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit

_HOMES = {
    Tree.ADMIN: F("place__department_id"),
    Tree.PARTY: Coalesce("place__group_id", "place__branch_id"),
    Tree.LEAGUE: F("place__league_id"),
}
_HOME_COLUMNS = {
    Tree.ADMIN: ("place__department",),
    Tree.PARTY: ("place__branch", "place__group"),
    Tree.LEAGUE: ("place__league",),
}


@dataclass
class Node:
    """A unit in its tree; `count` holds the people at and below it, None when the asker counts nobody."""

    unit: Unit
    children: list["Node"] = field(default_factory=list)
    count: int | None = None
    found: bool = True
    open: bool = False


def open_units(actor: Actor, tree: str, on: date) -> QuerySet[Unit]:
    """Units of a tree that exist on a day."""
    rows = visible_units(actor).filter(tree=tree, opened_on__lte=on)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("tenant_id", "sort_key", "id")


def counts_by_unit(
    actor: Actor, tree: str, units: Iterable[Unit], under: Unit | None = None
) -> dict[int, int]:
    """People at and below each unit, by unit id; one query. `under`: the units are those of this subtree."""
    people = people_of_tree(actor, tree).annotate(home=_HOMES[Tree(tree)]).order_by()
    if under is not None:
        people = people.filter(lives_under(under))
    at = dict(people.values_list("home").annotate(Count("pk")))
    paths = {unit.pk: unit.path for unit in units}
    found = dict.fromkeys(paths, 0)
    for pk, path in paths.items():
        for step in path.strip("/").split("/"):
            if int(step) in found:
                found[int(step)] += at.get(pk, 0)
    return found


def lives_under(unit: Unit) -> Q:
    """People whose home in the unit's tree lies at or under it; a temporary place never counts."""
    below = Unit.objects.filter(path__under=unit.path).values("id")
    wanted = Q()
    for column in _HOME_COLUMNS[Tree(unit.tree)]:
        wanted |= any_of(column, below)
    return wanted


def grow(units: Iterable[Unit], counts: dict[int, int] | None, text: str = "") -> list[Node]:
    """The roots of the trees; with a text only the units found by it and those above them, opened."""
    nodes = {
        unit.pk: Node(unit, count=counts.get(unit.pk, 0) if counts is not None else None) for unit in units
    }
    roots: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.unit.parent_id or 0)
        (parent.children if parent else roots).append(node)
        node.found = not text or text in node.unit.name or text in node.unit.short_name
        node.open = parent is None
    return [root for root in roots if _prune(root)] if text else roots


def _prune(node: Node) -> bool:
    """Keep what was found, with the way to it."""
    kept = [child for child in node.children if _prune(child)]
    node.open = bool(kept)
    if node.found and not kept:
        return True
    node.children = kept
    return node.found or bool(kept)


def crumbs_of(actor: Actor, unit: Unit) -> list[Unit]:
    """The units above, from the root down; one query."""
    above = [int(step) for step in unit.path.strip("/").split("/")][:-1]
    found = visible_units(actor).in_bulk(above)
    return [found[pk] for pk in above if pk in found]
