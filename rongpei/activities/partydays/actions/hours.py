"""The rule of hours, and studies made up."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import LEDGER_MADE_UP, SOURCE_MAKE_UP, MakeUpState
from rongpei.activities.partydays.models import HoursRule, MakeUp, Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.ledger.queries import entries_from
from rongpei.org.people.models import Person

MISSED = (Presence.LEAVE, Presence.ABSENT)


@action("partydays.hours_rule.set", may=rules.may_set_hours)
def set_hours_rule(*, actor: Actor, values: Mapping[str, Any], now: datetime) -> HoursRule:
    """Set how hours are counted from a day on; what was confirmed before stays as it was counted.

    Refuses quotas below the national ones, and half a day that is longer than a day.
    """
    if values["member_quota"] < 32 or values["committee_quota"] < 56:
        raise Refused(
            _("全年应达学时不能低于党员 32、书记和委员 56。"),
            why=_("本院可以更严，不能更松。"),
            article=_("《党员教育管理工作条例》第二十条、《全国党员教育培训工作规划》"),
        )
    if (
        values["half_day_from"] >= values["full_day_from"]
        or values["half_day_hours"] > values["full_day_hours"]
    ):
        raise Refused(_("半天的时长和学时应小于一天的。"))
    rule, _made = HoursRule.objects.update_or_create(
        tenant_id=actor.tenant_id, starts_on=values["starts_on"],
        defaults=dict(values), create_defaults={**values, "created_at": now},
    )  # fmt: skip
    return rule


@action("partydays.make_up.logged", may=rules.may_log_make_up)
def log_make_up(
    *, actor: Actor, meeting: Meeting, person: Person, studied_on: date, content: str, hours: Decimal,
    today: date, now: datetime,
) -> MakeUp:  # fmt: skip
    """Log what somebody studied to make up for a meeting missed; the branch accepts it before it counts.

    Refuses a meeting that was not missed or not yet confirmed, more hours than it gave, a day to come, and a second one.
    """
    gathering = meeting.gathering
    missed = gathering.attendances.filter(person_id=person.pk, presence__in=MISSED).exists()
    if gathering.state != State.CONFIRMED or not missed:
        raise Refused(_("只有确认过的会议，请假或缺席的人才要补学。"))
    if not gathering.held_on <= studied_on <= today:
        raise Refused(_("补学日期应在会议当天之后、今天之前。"))
    if not content.strip():
        raise Refused(_("请写明补学的内容。"))
    if not 0 < hours <= meeting.class_hours:
        raise Refused(
            _("补学最多计 %(hours)s 学时，即这次会议的学时。") % {"hours": f"{meeting.class_hours:.1f}"}
        )
    try:
        with transaction.atomic():
            return MakeUp.objects.create(
                tenant_id=meeting.tenant_id, meeting=meeting, person=person, studied_on=studied_on,
                content=content.strip()[:300], hours=hours, logged_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("这次会议已经登记过补学。")) from error


@action("partydays.make_up.accepted", may=rules.may_judge_make_up, locks=("make_up",), about="make_up")
def accept_make_up(*, actor: Actor, make_up: MakeUp, now: datetime) -> MakeUp:
    """Accept a make-up study and enter its hours, as a kind of its own; the attendance stays what it was."""
    _must_wait(make_up)
    make_up.state, make_up.decided_at = MakeUpState.ACCEPTED, now
    make_up.save(update_fields=["state", "decided_at"])
    label = _("补学：%(title)s") % {"title": make_up.meeting.gathering.title}
    ledger.enter(
        actor=actor,
        tenant_id=make_up.tenant_id,
        source=ledger.Source(SOURCE_MAKE_UP, make_up.pk, label),
        lines=[
            ledger.Line(
                kind=LEDGER_MADE_UP, occurred_on=make_up.studied_on, person_id=make_up.person_id,
                class_hours=make_up.hours,
            )
        ],
        now=now,
    )  # fmt: skip
    return make_up


@action("partydays.make_up.returned", may=rules.may_judge_make_up, locks=("make_up",), about="make_up")
def return_make_up(*, actor: Actor, make_up: MakeUp, remark: str, now: datetime) -> MakeUp:
    """Give a make-up back with a remark; it may be logged again."""
    _must_wait(make_up)
    if not remark.strip():
        raise Refused(_("请写明退回的原因。"))
    make_up.state, make_up.remark, make_up.decided_at = MakeUpState.RETURNED, remark.strip()[:200], now
    make_up.save(update_fields=["state", "remark", "decided_at"])
    return make_up


def _must_wait(make_up: MakeUp) -> None:
    if make_up.state != MakeUpState.LOGGED:
        raise Refused(_("这条补学已经处理过了。"))


def void_make_ups(actor: Actor, meeting: Meeting, present: set[int], now: datetime) -> int:
    """Whoever turns out to have been present keeps the meeting's hours, not those of making it up: take these back."""
    rows = list(
        MakeUp.objects.filter(
            meeting=meeting, person__in=present, state__in=(MakeUpState.LOGGED, MakeUpState.ACCEPTED)
        )
    )
    for row in rows:
        standing = list(entries_from(source_kind=SOURCE_MAKE_UP, source_id=row.pk))
        row.state, row.decided_at = MakeUpState.VOID, now
        row.save(update_fields=["state", "decided_at"])
        ledger.reverse(actor=actor, entries=standing, now=now)
    note(make_ups_void=len(rows))
    return len(rows)
