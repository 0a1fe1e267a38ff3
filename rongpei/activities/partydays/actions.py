"""Planning, recording, confirming and reopening meetings."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import LEDGER_ATTENDED, LEDGER_TAUGHT, SOURCE, MeetingKind
from rongpei.activities.partydays.models import Meeting
from rongpei.activities.partydays.queries import should_attend
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.gatherings import presence, signin
from rongpei.kernel.gatherings.codes import Means, Mode, Part, Presence, State
from rongpei.kernel.gatherings.models import Gathering, Sitting
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.ledger.queries import entries_from
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned sitting."""

    starts_at: datetime
    ends_at: datetime
    location: str = ""
    mode: Mode = Mode.ON_SITE


@action("partydays.meeting.planned", may=rules.may_plan)
def plan_meeting(
    *, actor: Actor, unit: Unit, kind: MeetingKind, title: str, slots: Sequence[Slot], class_hours: Decimal,
    now: datetime, agenda: str = "", host: Person | None = None, entered_later_reason: str = "",
) -> Meeting:  # fmt: skip
    """Plan a meeting (or record one afterwards, with a reason); those who should attend that day are listed."""
    if not slots:
        raise Refused(_("请至少安排一个场次。"))
    held_on = timezone.localdate(min(slot.starts_at for slot in slots))
    gathering = Gathering.objects.create(
        tenant_id=unit.tenant_id, unit=unit, title=title, held_on=held_on, created_at=now
    )
    Sitting.objects.bulk_create(
        Sitting(
            tenant_id=unit.tenant_id, gathering=gathering, starts_at=slot.starts_at, ends_at=slot.ends_at,
            location=slot.location, mode=slot.mode, secret=secrets.token_hex(24),
        )
        for slot in slots
    )  # fmt: skip
    presence.expect(gathering=gathering, person_ids=should_attend(unit, kind, held_on))
    return Meeting.objects.create(
        tenant_id=unit.tenant_id, gathering=gathering, kind=kind, class_hours=class_hours, agenda=agenda,
        host=host, entered_later_reason=entered_later_reason,
    )  # fmt: skip


@action("partydays.sign_in.done", may=rules.may_sign_in, about="sitting")
def sign_in(
    *, actor: Actor, person: Person, sitting: Sitting, read: signin.Read | None, spoken: str, device: str,
    now: datetime,
) -> presence.Mark:  # fmt: skip
    """Sign oneself in by the projected code or the spoken one.

    Refuses a code that died, one that is not genuine, and a meeting already confirmed or cancelled.
    """
    if sitting.gathering.state != State.PLANNED:
        raise Refused(
            _("这次会议已经结束，不能再签到。"), remedy=_("如确实到场，请书记更正。"), code="closed"
        )
    if read is not None:
        if not signin.is_genuine(read, sitting.secret):
            raise Refused(_("这个码不是本次会议的签到码。"), remedy=_("请扫屏幕上现在的码。"), code="forged")
        if not signin.is_fresh(read, now):
            raise Refused(
                _("这个码已失效，没有签到。"),
                why=_("签到码每 30 秒更换，照片和转发的码都不能用。"),
                remedy=_("请扫屏幕上现在的码，或输入口令。"),
                code="stale",
            )
    elif not signin.is_spoken(sitting.secret, spoken, now):
        raise Refused(
            _("口令不对，没有签到。"), remedy=_("口令每分钟更换，请看屏幕上现在的六位数。"), code="spoken"
        )
    means = Means.CODE if read else Means.SPOKEN
    return presence.sign_in(sitting=sitting, person_id=person.pk, means=means, device=device, now=now)


@action("partydays.attendance.ticked", may=rules.may_run, about="meeting")
def tick_attendance(
    *,
    actor: Actor,
    meeting: Meeting,
    marks: Mapping[int, tuple[Presence, str]],
    now: datetime,
    later: bool = False,
) -> int:
    """Set presence by the organiser's list, with reasons; `{person id: (presence, reason)}`."""
    _must_be_open(meeting)
    means = Means.LATER if later else Means.TICK
    changed = presence.tick(gathering=meeting.gathering, marks=marks, means=means, now=now)
    note(changed=changed)
    return changed


@action("partydays.minutes.recorded", may=rules.may_run, locks=("meeting",), about="meeting")
def record_minutes(
    *, actor: Actor, meeting: Meeting, agenda: str, minutes: str, resolution: str, class_hours: Decimal
) -> Meeting:
    """Write the record of a meeting that is not yet confirmed."""
    _must_be_open(meeting)
    meeting.agenda, meeting.minutes, meeting.resolution = agenda, minutes, resolution
    meeting.class_hours = class_hours
    meeting.save(update_fields=["agenda", "minutes", "resolution", "class_hours"])
    return meeting


@action("partydays.meeting.confirmed", may=rules.may_run, locks=("meeting",), about="meeting")
def confirm_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """Close the list, and enter everybody's class hours in the ledger, once.

    Refuses a meeting without anyone present, and one already confirmed or cancelled.
    """
    _must_be_open(meeting)
    gathering = meeting.gathering
    came = list(gathering.attendances.filter(presence=Presence.PRESENT).values_list("person_id", "part"))
    if not came:
        raise Refused(_("还没有人签到，不能确认。"), remedy=_("请先在名单上勾选到场的人。"))
    absent = presence.close_list(gathering=gathering, now=now)
    Gathering.objects.filter(pk=gathering.pk).update(state=State.CONFIRMED)
    meeting.confirmed_at, meeting.confirmations = now, meeting.confirmations + 1
    meeting.save(update_fields=["confirmed_at", "confirmations"])
    note(present=len(came), absent=absent)
    ledger.enter(
        actor=actor,
        tenant_id=meeting.tenant_id,
        source=ledger.Source(SOURCE, meeting.pk, gathering.title),
        lines=[
            ledger.Line(
                kind=LEDGER_TAUGHT if part == Part.LECTURER else LEDGER_ATTENDED,
                occurred_on=gathering.held_on,
                person_id=person_id,
                class_hours=meeting.class_hours,
            )
            for person_id, part in came
        ],
        now=now,
    )
    return meeting


@action("partydays.meeting.reopened", may=rules.may_run, locks=("meeting",), about="meeting")
def reopen_meeting(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> Meeting:
    """Take the hours back by reversing entries, and open the list for correction.

    Refuses a meeting that is not confirmed, and an empty reason.
    """
    if meeting.gathering.state != State.CONFIRMED:
        raise Refused(_("这次会议还没有确认，可以直接修改。"))
    if not reason.strip():
        raise Refused(_("请写明更正的原因。"))
    Gathering.objects.filter(pk=meeting.gathering_id).update(state=State.PLANNED)
    meeting.gathering.attendances.filter(presence=Presence.ABSENT).update(presence=Presence.EXPECTED)
    meeting.confirmed_at = None
    meeting.save(update_fields=["confirmed_at"])
    note(reason_length=len(reason))
    ledger.reverse(actor=actor, entries=list(entries_from(source_kind=SOURCE, source_id=meeting.pk)), now=now)
    return meeting


@action("partydays.meeting.cancelled", may=rules.may_run, locks=("meeting",), about="meeting")
def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """Cancel a meeting that was not confirmed; it stays in the list with its reason."""
    _must_be_open(meeting)
    Gathering.objects.filter(pk=meeting.gathering_id).update(state=State.CANCELLED)
    meeting.resolution = _("已取消：%(reason)s") % {"reason": reason}
    meeting.save(update_fields=["resolution"])
    return meeting


def _must_be_open(meeting: Meeting) -> None:
    if meeting.gathering.state == State.CONFIRMED:
        raise Refused(_("这次会议已经确认，不能直接修改。"), remedy=_("请先点“更正”，写明原因后再改。"))
    if meeting.gathering.state == State.CANCELLED:
        raise Refused(_("这次会议已经取消。"))
