"""What the rules (`partydays.kinds`) ask of a branch each month, quarter and year, and what is missing.

A kind that no number binds, such as party lectures, is counted and never missed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.kinds import is_near, rule_of
from rongpei.activities.partydays.owed import SMALLEST_COMMITTEE
from rongpei.insight.directory.months import Month, month_of
from rongpei.insight.directory.queries.branches import Held

_YEAR = 12


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
    """A month, quarter or year of a duty: what was held or still waits, whether it is missing, or falls due soon."""

    duty: Duty
    months: Sequence[Month]
    held: Sequence[Held]
    missing: bool
    near: bool = False

    @property
    def confirmed(self) -> int:
        return sum(one.confirmed for one in self.held)

    @property
    def lacking(self) -> int:
        """How many fewer than asked are held or wait."""
        return max(self.duty.times - len(self.held), 0)

    @property
    def words(self) -> str:
        """5月, a quarter by its months: 4月至6月, a year: 2026年."""
        first, last = self.months[0], self.months[-1]
        if len(self.months) == _YEAR:
            return f"{first.first.year}年"
        return first.words if first == last else f"{first.words}至{last.words}"


def spans(duty: Duty, year: int, meetings: Sequence[Held], opened_on: date, today: date) -> list[Span]:
    """The year's months or quarters of a duty, or the year itself.

    Missing: over, begun after the branch opened, and fewer held or waiting than asked. Near: the same of the running one
    in its last days (`partydays.kinds`).
    """
    length = duty.every or 1
    own = [one for one in meetings if one.kind == duty.kind]
    found = []
    for number in range(1, 13, length):
        months = [Month(date(year, at, 1)) for at in range(number, number + length)]
        held = [one for one in own if months[0].first <= one.on < months[-1].after]
        lacks = bool(duty.every) and len(held) < duty.times and months[0].first >= month_of(opened_on).first
        over, runs = months[-1].after <= today, months[0].first <= today < months[-1].after
        near = lacks and runs and is_near(duty.kind, today)
        found.append(Span(duty, months, held, lacks and over, near))
    return found
