"""All branches against months: one grouped query over meetings, one over roll-ups, three over members."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import TruncMonth

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.insight.directory.queries.branches import Held
from rongpei.insight.directory.queries.people import in_branches, people_for, progress_by_person
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.gatherings.queries import Tally
from rongpei.kernel.ledger.models import UnitMonth
from rongpei.org.people.codes import MEMBERS, Standing
from rongpei.org.units.codes import COMMITTEE_OFFICES, Office, UnitKind
from rongpei.org.units.models import Unit
from rongpei.org.units.queries import offices_on


@dataclass
class MonthSum:
    """Meetings of a branch in a month: held (confirmed), waiting for confirmation or planned, and who came."""

    held: int = 0
    open: int = 0
    open_on: date | None = None
    expected: int = 0
    present: int = 0
    last_on: date | None = None

    @property
    def rate(self) -> int | None:
        """Present of expected in whole percent."""
        return round(100 * self.present / self.expected) if self.expected else None


@dataclass
class HoursShare:
    """Of those of whom the quota is asked, how many keep up."""

    asked: int = 0
    normal: int = 0

    @property
    def percent(self) -> int | None:
        return round(100 * self.normal / self.asked) if self.asked else None


BranchMonths = dict[int, dict[date, MonthSum]]


def within(branches: Sequence[Unit]) -> dict[str, int]:
    """`{path: branch id}`, to find the branch of a unit (the branch itself, or a group of it)."""
    return {branch.path: branch.pk for branch in branches}


def _branch_of(path: str, known: dict[str, int]) -> int | None:
    while path.count("/") > 1:
        if path in known:
            return known[path]
        path = path[: path.rstrip("/").rfind("/") + 1]
    return None


def _units_of(branches: Sequence[Unit]) -> Q:
    """The branches and their groups, two levels at most."""
    ids = [branch.pk for branch in branches]
    return Q(pk__in=ids) | Q(parent_id__in=ids)


def meeting_months(
    branches: Sequence[Unit], begin: date, end: date, kind: MeetingKind | None = None
) -> BranchMonths:
    """Sums by branch and month between two days (half-open); the branches must come from `branches_for`."""
    due = Q(gathering__attendances__part=Part.ATTENDEE)
    came = due & Q(gathering__attendances__presence=Presence.PRESENT)
    units = Unit.objects.filter(_units_of(branches)).values("id")
    rows = Meeting.objects.filter(
        gathering__unit__in=units, gathering__held_on__gte=begin, gathering__held_on__lt=end
    ).exclude(gathering__state=State.CANCELLED)
    if kind is not None:
        rows = rows.filter(kind=kind)
    grouped = (
        rows.order_by()
        .annotate(month_on=TruncMonth("gathering__held_on"))
        .values_list("gathering__unit__path", "month_on", "gathering__state")
        .annotate(
            number=Count("pk", distinct=True),
            newest_on=Max("gathering__held_on"),
            expected=Count("gathering__attendances", filter=due),
            present=Count("gathering__attendances", filter=came),
        )
    )
    known = within(branches)
    found: BranchMonths = defaultdict(lambda: defaultdict(MonthSum))
    for path, month_on, state, number, last_on, expected, present in grouped:
        branch = _branch_of(path, known)
        if branch is not None:
            _add(found[branch][month_on], state, number, last_on, expected, present)
    return found


def _add(total: MonthSum, state: str, number: int, last_on: date, expected: int, present: int) -> None:
    if state == State.CONFIRMED:
        total.held += number
        total.expected += expected
        total.present += present
        total.last_on = max(total.last_on or last_on, last_on)
    else:
        total.open += number
        total.open_on = max(total.open_on or last_on, last_on)


def hours_months(branches: Sequence[Unit], begin: date, end: date) -> dict[int, dict[date, Decimal]]:
    """Class hours by branch and month from the roll-ups: those of the home branch on the day."""
    units = Unit.objects.filter(_units_of(branches)).values("id")
    rows = (
        UnitMonth.objects.filter(unit__in=units, month_on__gte=begin, month_on__lt=end)
        .order_by()
        .values_list("unit__path", "month_on")
        .annotate(hours=Sum("class_hours"))
    )
    known = within(branches)
    found: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for path, month_on, hours in rows:
        branch = _branch_of(path, known)
        if branch is not None:
            found[branch][month_on] = found[branch].get(month_on, Decimal(0)) + hours
    return found


def hours_shares(actor: Actor, branches: Sequence[Unit], on: date) -> dict[int, HoursShare]:
    """How many members of each branch keep up with the quota; three queries."""
    rows = people_for(actor).filter(standing=Standing.PRESENT, status_seen__in=MEMBERS)
    rows = in_branches(rows, [branch.pk for branch in branches])
    people = list(rows.select_related(None).only("id", "tenant_id", "party_status", "employment_kind"))
    progress = progress_by_person(people, on)
    found: dict[int, HoursShare] = defaultdict(HoursShare)
    for person in people:
        state = progress[person.pk].state
        if state != "exempt":
            share = found[person.branch_seen]
            share.asked += 1
            share.normal += state == "normal"
    return found


def secretaries(branches: Sequence[Unit], on: date) -> dict[int, str]:
    """The secretary's name by branch."""
    rows = offices_on(on).filter(unit__in=[branch.pk for branch in branches], office=Office.SECRETARY)
    return dict(rows.values_list("unit_id", "person__name"))


def days_since(on: date | None, today: date) -> int | None:
    """Whole days from a date to today."""
    return (today - on) // timedelta(days=1) if on else None


def kinds_held(branches: Sequence[Unit], begin: date, end: date) -> dict[int, list[Held]]:
    """Meetings of each branch and its groups between two days (half-open), cancelled ones left out; without tallies."""
    units = Unit.objects.filter(_units_of(branches)).values("id")
    rows = Meeting.objects.filter(
        gathering__unit__in=units, gathering__held_on__gte=begin, gathering__held_on__lt=end
    ).exclude(gathering__state=State.CANCELLED)
    known = within(branches)
    found: dict[int, list[Held]] = defaultdict(list)
    listed = rows.order_by().values_list(
        "gathering__unit__path", "pk", "kind", "gathering__held_on", "gathering__state"
    )
    for path, pk, kind, on, state in listed:
        branch = _branch_of(path, known)
        if branch is not None:
            found[branch].append(Held(pk, kind, on, state == State.CONFIRMED, Tally()))
    return found


def committees(branches: Sequence[Unit], on: date) -> dict[int, int]:
    """How many sit on the committee of each branch."""
    rows = offices_on(on).filter(unit__in=[branch.pk for branch in branches], office__in=COMMITTEE_OFFICES)
    counted = rows.order_by().values_list("unit_id").annotate(number=Count("person", distinct=True))
    return dict(counted)


def group_counts(branches: Sequence[Unit]) -> dict[int, int]:
    """How many open party groups each branch has."""
    rows = Unit.objects.filter(
        parent__in=[branch.pk for branch in branches], kind=UnitKind.GROUP, closed_on=None
    )
    return dict(rows.order_by().values_list("parent_id").annotate(number=Count("pk")))
