"""How far branches have come with a theme, and what is asked of a branch by when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from rongpei.activities.partydays.codes import Headway, ThemeState
from rongpei.activities.partydays.models import Meeting, Theme
from rongpei.ground.accounts.actor import Actor
from rongpei.kernel.gatherings.codes import State
from rongpei.org.access.rules import units_below
from rongpei.org.units.codes import Office, Tree, UnitKind
from rongpei.org.units.models import Unit
from rongpei.org.units.queries import offices_on

_ORDER = (Headway.NOT_PLANNED, Headway.PLANNED, Headway.HELD, Headway.RECORDED)


@dataclass(frozen=True)
class Step:
    """One branch under one theme; `meeting` is the furthest one."""

    branch: Unit
    headway: Headway
    meeting: Meeting | None = None
    secretary: str = ""

    def is_late(self, theme: Theme, on: date) -> bool:
        """Not planned after the day to plan by, or not recorded after the day to record by."""
        if self.headway == Headway.NOT_PLANNED:
            return theme.plan_by_on < on
        return self.headway != Headway.RECORDED and theme.record_by_on < on


def branches_of(theme: Theme) -> QuerySet[Unit]:
    """The branches a theme asks: those open under its unit; temporary ones may join, and are not asked."""
    rows = Unit.objects.filter(tree=Tree.PARTY, kind=UnitKind.BRANCH, closed_on=None)
    return rows.filter(path__under=theme.unit.path).order_by("path")


def themes_for(actor: Actor) -> QuerySet[Theme]:
    """Themes of the hospitals one belongs to or oversees; drafts are the office's own."""
    return Theme.objects.filter(tenant_id__in=actor.tenant_ids).select_related("unit")


def themes_asking(unit: Unit, on: date) -> QuerySet[Theme]:
    """Issued themes that ask a unit on a day and are not over, the one due first."""
    above = [int(part) for part in unit.path.split("/") if part]
    rows = Theme.objects.filter(unit_id__in=above, state=ThemeState.ISSUED, ends_on__gte=on)
    return rows.order_by("plan_by_on", "id")


def theme_of(unit: Unit, on: date) -> Theme | None:
    """The theme a theme day of this unit and day belongs to: the one given out for the day that the unit has no meeting for.

    None where there is none, and where several could be meant.
    """
    above = [int(part) for part in unit.path.split("/") if part]
    rows = Theme.objects.filter(unit_id__in=above, starts_on__lte=on, ends_on__gte=on).exclude(
        state=ThemeState.DRAFT
    )
    standing = Meeting.objects.filter(theme__in=rows, gathering__unit=unit).exclude(
        gathering__state=State.CANCELLED
    )
    found = list(rows.exclude(pk__in=standing.values("theme_id"))[:2])
    return found[0] if len(found) == 1 else None


def headway_of(meeting: Meeting) -> Headway:
    """Recorded when confirmed with minutes; held when confirmed."""
    if meeting.gathering.state == State.CONFIRMED:
        return Headway.RECORDED if meeting.minutes.strip() else Headway.HELD
    return Headway.PLANNED


def steps_of(theme: Theme, branches: Sequence[Unit], on: date) -> list[Step]:
    """Every branch with its headway; two queries."""
    rows = (
        Meeting.objects.filter(theme=theme)
        .exclude(gathering__state=State.CANCELLED)
        .select_related("gathering__unit")
    )
    found: dict[int, Meeting] = {}
    for meeting in rows.order_by("gathering__held_on", "id"):
        for branch_id in (int(part) for part in meeting.gathering.unit.path.split("/") if part):
            known = found.get(branch_id)
            if known is None or _ORDER.index(headway_of(known)) < _ORDER.index(headway_of(meeting)):
                found[branch_id] = meeting
    held_by = offices_on(on).filter(unit__in=[branch.pk for branch in branches], office=Office.SECRETARY)
    secretaries = dict(held_by.values_list("unit_id", "person__name"))
    return [_step(branch, found.get(branch.pk), secretaries.get(branch.pk, "")) for branch in branches]


def _step(branch: Unit, meeting: Meeting | None, secretary: str) -> Step:
    headway = headway_of(meeting) if meeting else Headway.NOT_PLANNED
    return Step(branch, headway, meeting, secretary)


def counts_by_theme(themes: Iterable[Theme]) -> dict[int, dict[Headway, int]]:
    """For a page of themes: how many branches stand at each headway; two queries."""
    listed = list(themes)
    asked = list(Unit.objects.filter(tree=Tree.PARTY, kind=UnitKind.BRANCH, closed_on=None))
    rows = (
        Meeting.objects.filter(theme__in=listed)
        .exclude(gathering__state=State.CANCELLED)
        .select_related("gathering__unit")
        .only("theme", "minutes", "gathering__state", "gathering__unit__path")
    )
    best: dict[tuple[int, int], Headway] = {}
    for meeting in rows:
        reached = headway_of(meeting)
        for unit_id in (int(part) for part in meeting.gathering.unit.path.split("/") if part):
            key = (meeting.theme_id or 0, unit_id)
            best[key] = max(best.get(key, Headway.NOT_PLANNED), reached, key=_ORDER.index)
    found: dict[int, dict[Headway, int]] = {}
    for theme in listed:
        counted = dict.fromkeys(_ORDER, 0)
        for unit in asked:
            if unit.path.startswith(theme.unit.path):
                counted[best.get((theme.pk, unit.pk), Headway.NOT_PLANNED)] += 1
        found[theme.pk] = counted
    return found


def secretaries_of(branches: Sequence[Unit], on: date) -> list[int]:
    """Ids of those to remind: secretaries and deputies of the branches."""
    rows = offices_on(on).filter(
        unit__in=[branch.pk for branch in branches], office__in=(Office.SECRETARY, Office.DEPUTY)
    )
    return sorted(set(rows.values_list("person_id", flat=True)))


def own_branches(actor: Actor, roles: tuple[str, ...]) -> QuerySet[Unit]:
    """Branches the actor runs, regular and temporary."""
    paths = actor.places(*roles)
    at = Q() if "/" in paths else units_below(paths)
    kinds = (UnitKind.BRANCH, UnitKind.TEMPORARY_BRANCH)
    rows = Unit.objects.filter(at, tenant_id=actor.tenant_id, tree=Tree.PARTY, kind__in=kinds, closed_on=None)
    return rows.order_by("path")
