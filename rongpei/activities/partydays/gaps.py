"""What is missing to the year's hours, and what would close the gap: meetings to come, studies to make up.

《党员教育管理工作条例》(2019) art. 20 asks the hours; art. 23 asks nothing of the old and the ill, so the retired are left out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet, Sum

from rongpei.activities.partydays.codes import MakeUpState, MeetingKind
from rongpei.activities.partydays.hours import ZERO, rule_on
from rongpei.activities.partydays.models import MakeUp
from rongpei.activities.partydays.queries import should_attend
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


def _of_year(person_ids: Collection[int], on: date) -> QuerySet[Attendance]:
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    return Attendance.objects.filter(
        person_id__in=person_ids, gathering__held_on__gte=first, gathering__held_on__lte=last,
        gathering__meeting__class_hours__gt=0,
    ).exclude(gathering__meeting__kind=MeetingKind.TALK)  # fmt: skip


def missed_meetings(person_ids: Collection[int], on: date) -> QuerySet[Attendance]:
    """Confirmed meetings of the year that were missed and not yet made up."""
    made_up = MakeUp.objects.filter(
        meeting__gathering=OuterRef("gathering"), person=OuterRef("person"),
        state__in=(MakeUpState.LOGGED, MakeUpState.ACCEPTED),
    )  # fmt: skip
    rows = _of_year(person_ids, on).filter(
        gathering__state=State.CONFIRMED, presence__in=(Presence.LEAVE, Presence.ABSENT)
    )
    return rows.filter(~Exists(made_up))


def coming_meetings(person_ids: Collection[int], on: date) -> QuerySet[Attendance]:
    """Planned meetings of the rest of the year on whose list somebody stands."""
    rows = _of_year(person_ids, on).filter(gathering__state=State.PLANNED, gathering__held_on__gte=on)
    return rows.filter(presence=Presence.EXPECTED)


def _sums(rows: QuerySet[Attendance]) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list("person_id").annotate(sum=Sum("gathering__meeting__class_hours")))


def gaps_of(person_ids: Collection[int], tenant_id: int, on: date) -> dict[int, Gap]:
    """The gap of each person; five queries whatever their number."""
    hours, rule = hours_of_people(person_ids, on.year), rule_on(tenant_id, on)
    committee = committee_member_ids(person_ids, on)
    ahead, missed = _sums(coming_meetings(person_ids, on)), _sums(missed_meetings(person_ids, on))
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
