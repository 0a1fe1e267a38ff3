"""The record of a meeting; confirming it enters the hours, reopening takes them back."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.actions.planning import must_be_open
from rongpei.activities.partydays.codes import LEDGER_ATTENDED, LEDGER_TAUGHT, SOURCE
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.gatherings import presence
from rongpei.kernel.gatherings.codes import Part, Presence, State
from rongpei.kernel.gatherings.models import Gathering
from rongpei.kernel.ledger import actions as ledger
from rongpei.kernel.ledger.queries import entries_from


@action("partydays.minutes.recorded", may=rules.may_run, locks=("meeting",), about="meeting")
def record_minutes(
    *, actor: Actor, meeting: Meeting, agenda: str, minutes: str, resolution: str, class_hours: Decimal
) -> Meeting:
    """Write the record of a meeting that is not yet confirmed."""
    must_be_open(meeting)
    meeting.agenda, meeting.minutes, meeting.resolution = agenda, minutes, resolution
    meeting.class_hours = class_hours
    meeting.save(update_fields=["agenda", "minutes", "resolution", "class_hours"])
    return meeting


@action("partydays.meeting.confirmed", may=rules.may_run, locks=("meeting",), about="meeting")
def confirm_meeting(*, actor: Actor, meeting: Meeting, now: datetime) -> Meeting:
    """Close the list, and enter everybody's class hours in the ledger, once.

    Refuses a meeting without anyone present, and one already confirmed or cancelled.
    """
    must_be_open(meeting)
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
