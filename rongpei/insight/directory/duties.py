"""What the rules (`partydays.kinds`) ask of a branch each month, quarter and year, and what is missing.

A kind that no number binds, such as party lectures, is counted and never missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.kinds import rule_of
from rongpei.insight.directory.months import Month, month_of
from rongpei.insight.directory.queries.branches import Held


class Duty(NamedTuple):
    """A kind of meeting asked every `every` months (0: not asked), the article, and how many are asked (one a group)."""

    kind: MeetingKind
    every: int
    law: str | Promise
    times: int = 1


def _duty(kind: MeetingKind) -> Duty:
    rule = rule_of(kind)
    return Duty(kind, rule.every_months, rule.law)


THEME_DAY, COMMITTEE, GROUP, MEMBERS, LECTURE, LIFE = map(
    _duty,
    (
        MeetingKind.THEME_DAY, MeetingKind.COMMITTEE, MeetingKind.GROUP, MeetingKind.MEMBERS, MeetingKind.LECTURE,
        MeetingKind.LIFE,
    ),
)  # fmt: skip
SMALLEST_COMMITTEE = 3


def duties_of(officers: int, groups: int, temporary: bool) -> tuple[Duty, ...]:
    """The duties of a branch; one without a committee (fewer than three officers) holds no committee meetings.

    Each of its party groups meets on its own; a branch without groups holds no group meetings.

    A temporary branch studies and educates as its task allows: its meetings are counted, none is missed.
    """
    if temporary:
        return tuple(duty._replace(every=0) for duty in (THEME_DAY, COMMITTEE, MEMBERS, LECTURE))
    found = [THEME_DAY]
    if officers >= SMALLEST_COMMITTEE:
        found.append(COMMITTEE)
    if groups:
        found.append(GROUP._replace(times=groups))
    return (*found, MEMBERS, LECTURE, LIFE)


@dataclass(frozen=True)
class Span:
    """A month, quarter or year of a duty: what was held, what still waits, and whether it is missing."""

    duty: Duty
    months: Sequence[Month]
    held: Sequence[Held]
    missing: bool

    @property
    def confirmed(self) -> int:
        return sum(one.confirmed for one in self.held)

    @property
    def words(self) -> str:
        """5月, 一季度 by its months: 4月至6月."""
        first, last = self.months[0], self.months[-1]
        return first.words if first == last else f"{first.words}至{last.words}"


def spans(duty: Duty, year: int, meetings: Sequence[Held], opened_on: date, today: date) -> list[Span]:
    """The year's months or quarters of a duty, or the year itself.

    Missing: over, begun after the branch opened, and fewer held or waiting than asked.
    """
    length = duty.every or 1
    own = [one for one in meetings if one.kind == duty.kind]
    found = []
    for number in range(1, 13, length):
        months = [Month(date(year, at, 1)) for at in range(number, number + length)]
        held = [one for one in own if months[0].first <= one.on < months[-1].after]
        over = months[-1].after <= today and months[0].first >= month_of(opened_on).first
        found.append(Span(duty, months, held, bool(duty.every) and over and len(held) < duty.times))
    return found
