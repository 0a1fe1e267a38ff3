"""The one rule of hours against the yearly quota: 正常, 落后, 免.

《中国共产党党员教育管理工作条例》(2019) art. 20: members 32 class hours a year; the national training plan asks 56 of
secretaries and committee members; a hospital may ask more (`partydays.HoursRule`), never less. What should be reached by a day is the quota times the elapsed share of the
calendar year, that day included. A person is behind below three quarters of it: whoever trails by less will catch up with one or
two meetings, and a list of everyone is a list of no one. Art. 23 asks nothing of the old and the ill: the retired
are exempt here (illness is not yet recorded as a fact).
"""

import calendar
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, Protocol

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.hours import rule_among, rules_of
from rongpei.activities.partydays.models import HoursRule
from rongpei.ground.tenancy.scope import OutsideScope, Scope, current_scope
from rongpei.ground.ui.marks import Status
from rongpei.org.people.codes import MEMBERS, EmploymentKind

LEEWAY = Decimal("0.75")
LAW_QUOTA = _("《党员教育管理工作条例》第二十条")
LAW_EXEMPT = _("《党员教育管理工作条例》第二十三条")
ZERO = Decimal(0)

State = Literal["normal", "behind", "exempt"]
WORDS: dict[State, tuple[Literal["ok", "warn", "line"], str | Promise]] = {
    "normal": ("ok", _("正常")),
    "behind": ("warn", _("落后")),
    "exempt": ("line", _("免")),
}


class Asked(Protocol):
    """What the rule must know of a person; `people.Person` is one."""

    @property
    def tenant_id(self) -> int: ...

    @property
    def party_status(self) -> str: ...

    @property
    def employment_kind(self) -> str: ...


@dataclass(frozen=True)
class Progress:
    """Hours of the year, the quota, and what should be reached by the day (class hours)."""

    hours: Decimal
    quota: int
    expected: Decimal
    state: State

    @property
    def behind(self) -> bool:
        return self.state == "behind"

    @property
    def exempt(self) -> bool:
        return self.state == "exempt"

    @property
    def to_quota(self) -> Decimal:
        """What is missing to the year's quota."""
        return max(self.quota - self.hours, ZERO)

    @property
    def to_expected(self) -> Decimal:
        """What is missing to the day's share; negative when ahead."""
        return self.expected - self.hours

    @property
    def ahead(self) -> Decimal:
        return self.hours - self.expected

    @property
    def mark(self) -> Status:
        """The status word."""
        kind, words = WORDS[self.state]
        return Status(kind, words)


_held: ContextVar[tuple[Scope, tuple[HoursRule, ...]] | None] = ContextVar("hours_rules", default=None)


def _rules() -> tuple[HoursRule, ...]:
    """The rules of the tenants in scope, read once a scope; outside one the national figures stand alone."""
    try:
        scope = current_scope()
    except OutsideScope:
        return ()
    held = _held.get()
    if held is None or held[0] is not scope:
        held = (scope, tuple(rules_of(scope.tenant_ids)))
        _held.set(held)
    return held[1]


def quota_of(tenant_id: int, committee: bool, on: date) -> int:
    """Class hours a year asks of a member, or of a secretary or committee member, by the rule in force on a day."""
    rule = rule_among(_rules(), tenant_id, on)
    return rule.committee_quota if committee else rule.member_quota


@lru_cache(maxsize=64)
def expected_by(quota: int, on: date) -> Decimal:
    """Class hours that should be reached by the end of a day, in hundredths."""
    days = 366 if calendar.isleap(on.year) else 365
    return (Decimal(quota) * on.timetuple().tm_yday / days).quantize(Decimal("0.01"))


def floor_by(quota: int, on: date) -> Decimal:
    """Below this a person is behind."""
    return expected_by(quota, on) * LEEWAY


def progress_of(*, person: Asked, hours: Decimal | None, committee: bool, on: date) -> Progress | None:
    """A person's progress on a day; None for those of whom the quota is not asked (not members)."""
    if person.party_status not in MEMBERS:
        return None
    reached = hours or ZERO
    quota = quota_of(person.tenant_id, committee, on)
    state: State = "normal"
    if person.employment_kind == EmploymentKind.RETIRED:
        state = "exempt"
    elif reached < floor_by(quota, on):
        state = "behind"
    return Progress(reached, quota, expected_by(quota, on), state)


def in_state(state: State, on: date) -> Q:
    """The queryset face, over rows with `status_seen`, `hours_seen` and `on_committee` (see `queries.people`)."""
    member = Q(status_seen__in=MEMBERS)
    retired = Q(employment_kind=EmploymentKind.RETIRED)
    below = _below(on)
    if state == "exempt":
        return member & retired
    return member & ~retired & (below if state == "behind" else ~below)


def _below(on: date) -> Q:
    """Below the day's floor; hospitals of one scope may ask different quotas."""
    strict = {rule.tenant_id for rule in _rules()}
    found = _under(0, on) & ~Q(tenant_id__in=strict) if strict else _under(0, on)
    for tenant_id in sorted(strict):
        found |= Q(tenant_id=tenant_id) & _under(tenant_id, on)
    return found


def _under(tenant_id: int, on: date) -> Q:
    floors = {committee: floor_by(quota_of(tenant_id, committee, on), on) for committee in (True, False)}
    return Q(on_committee=True, hours_seen__lt=floors[True]) | Q(
        on_committee=False, hours_seen__lt=floors[False]
    )
