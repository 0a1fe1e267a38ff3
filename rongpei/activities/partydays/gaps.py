"""What is missing to the year's hours, and what would close the gap: meetings to come, studies to make up.

《党员教育管理工作条例》(2019) art. 20 asks the hours; art. 23 asks nothing of the old and the ill, so the retired are left out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Sum

from rongpei.activities.partydays.codes import MakeUpState, MeetingKind
from rongpei.activities.partydays.hours import ZERO, rule_on
from rongpei.activities.partydays.models import MakeUp
from rongpei.activities.partydays.queries import should_attend
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.ledger.queries import hours_of_people
from rongpei.org.people.codes import EmploymentKind
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.org.units.queries import committee_member_ids


@dataclass(frozen=True)
class Gap:
    """Class hours of one person in a year: reached, asked, to come by meetings planned, and to be made up."""

    hours: Decimal
    quota: int
    ahead: Decimal
    missed: Decimal

    @property
    def lacking(self) -> Decimal:
        """What is missing to the year's quota."""
        return max(self.quota - self.hours, ZERO)

    @property
    def left(self) -> Decimal:
        """What stays missing after all that is planned and may be made up."""
        return max(self.lacking - self.ahead - self.missed, ZERO)


def _year_of(on: date) -> tuple[date, date]:
    return date(on.year, 1, 1), date(on.year, 12, 31)


def _of_year(person_ids: Collection[int], first: date, last: date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        any_of("person", list(person_ids)), gathering__held_on__gte=first, gathering__held_on__lte=last,
        gathering__meeting__class_hours__gt=0,
    ).exclude(gathering__meeting__kind=MeetingKind.TALK)  # fmt: skip


def _missed(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Confirmed, missed, and not yet made up."""
    made_up = MakeUp.objects.filter(
        meeting__gathering=OuterRef("gathering"), person=OuterRef("person"),
        state__in=(MakeUpState.LOGGED, MakeUpState.ACCEPTED),
    )  # fmt: skip
    missed = rows.filter(gathering__state=State.CONFIRMED, presence__in=(Presence.LEAVE, Presence.ABSENT))
    return missed.filter(~Exists(made_up))


def _coming(rows: QuerySet[Attendance], on: date) -> QuerySet[Attendance]:
    """Planned from a day on, with the person still expected."""
    return rows.filter(gathering__state=State.PLANNED, gathering__held_on__gte=on, presence=Presence.EXPECTED)


class Listed(NamedTuple):
    """A meeting of the year as the panel of one person shows it."""

    meeting_id: int
    title: str
    held_on: date
    class_hours: Decimal
    presence: str

    @property
    def missed_by(self) -> str:
        """请假 or 缺席."""
        return str(Presence(self.presence).label)


class Closing(NamedTuple):
    """One person's gap, and what may still be attended or made up, soonest first."""

    gap: Gap
    coming: list[Listed]
    missed: list[Listed]


def closing_of(person: Person, on: date) -> Closing | None:
    """What would close one person's gap: two to five queries; None where nothing is missing or asked."""
    if not person.is_member or person.employment_kind == EmploymentKind.RETIRED:
        return None
    hours = hours_of_people([person.pk], on.year).get(person.pk, ZERO)
    rule, first, last = rule_on(person.tenant_id, on), *_year_of(on)
    if hours >= max(rule.member_quota, rule.committee_quota):
        return None
    quota = rule.committee_quota if committee_member_ids([person.pk], on) else rule.member_quota
    if hours >= quota:
        return None
    coming = [Listed(*row) for row in _listed_coming(ids=[person.pk], first=first, last=last, on=on)]
    missed = [Listed(*row) for row in _listed_missed(ids=[person.pk], first=first, last=last)]
    ahead, back = (sum((row.class_hours for row in rows), ZERO) for rows in (coming, missed))
    return Closing(Gap(hours, quota, ahead, back), coming, missed)


def _listed(rows: QuerySet[Attendance]) -> QuerySet[Attendance, Any]:
    return rows.order_by("gathering__held_on", "gathering_id").values_list(
        "gathering__meeting__id", "gathering__title", "gathering__held_on",
        "gathering__meeting__class_hours", "presence",
    )  # fmt: skip


@prepared
def _listed_coming(*, ids: list[int], first: date, last: date, on: date) -> QuerySet[Attendance, Any]:
    return _listed(_coming(_of_year(ids, first, last), on))


@prepared
def _listed_missed(*, ids: list[int], first: date, last: date) -> QuerySet[Attendance, Any]:
    return _listed(_missed(_of_year(ids, first, last)))


def _sums(rows: QuerySet[Attendance]) -> QuerySet[Attendance, Any]:
    return rows.order_by().values_list("person_id").annotate(sum=Sum("gathering__meeting__class_hours"))


@prepared
def _hours_coming(*, ids: list[int], first: date, last: date, on: date) -> QuerySet[Attendance, Any]:
    return _sums(_coming(_of_year(ids, first, last), on))


@prepared
def _hours_missed(*, ids: list[int], first: date, last: date) -> QuerySet[Attendance, Any]:
    return _sums(_missed(_of_year(ids, first, last)))


def gaps_of(person_ids: Collection[int], tenant_id: int, on: date) -> dict[int, Gap]:
    """The gap of each person; five queries whatever their number."""
    hours, rule = hours_of_people(person_ids, on.year), rule_on(tenant_id, on)
    committee = committee_member_ids(person_ids, on)
    ids, (first, last) = list(person_ids), _year_of(on)
    ahead: dict[int, Decimal] = dict(_hours_coming(ids=ids, first=first, last=last, on=on))
    missed: dict[int, Decimal] = dict(_hours_missed(ids=ids, first=first, last=last))
    return {
        ident: Gap(
            hours.get(ident, ZERO),
            rule.committee_quota if ident in committee else rule.member_quota,
            ahead.get(ident, ZERO),
            missed.get(ident, ZERO),
        )
        for ident in person_ids
    }


def gaps_of_branch(branch: Unit, on: date) -> list[tuple[Person, Gap]]:
    """Members who have not reached the year's hours, the largest gap first; the retired are not asked."""
    people = {
        one.pk: one
        for one in Person.objects.filter(pk__in=should_attend(branch, MeetingKind.MEMBERS, on))
        if one.employment_kind != EmploymentKind.RETIRED
    }
    found = gaps_of(list(people), branch.tenant_id, on)
    rows = [(people[ident], gap) for ident, gap in found.items() if gap.lacking]
    return sorted(rows, key=lambda row: (-row[1].lacking, row[0].sort_key, row[0].pk))
