"""Asking for a place, giving it back; those who move up are told at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.notices import actions as notices
from rongpei.kernel.gatherings import places
from rongpei.kernel.gatherings.codes import PlaceState, State
from rongpei.kernel.gatherings.models import Registration, Sitting
from rongpei.org.people.models import Person


@action("partydays.place.asked", may=rules.may_register, about="sitting")
def register(
    *, actor: Actor, meeting: Meeting, person: Person, sitting: Sitting, now: datetime
) -> places.Outcome:
    """Ask for a place at a sitting, or choose the sitting one will come to.

    Refuses a meeting that is over or begun. When all places are taken, the answer says one is waiting.
    """
    if meeting.gathering.state != State.PLANNED or sitting.starts_at <= now:
        raise Refused(_("这一场已经开始或结束，不能报名。"), code="closed")
    outcome = places.register(sitting=sitting, person_id=person.pk, now=now)
    note(state=str(outcome.state))
    return outcome


@action("partydays.place.given_back", may=rules.may_give_back, about="registration")
def withdraw(
    *, actor: Actor, meeting: Meeting, registration: Registration, reason: str, now: datetime
) -> Sequence[Registration]:
    """Give a place back; the next in line moves up and is told."""
    if meeting.gathering.state != State.PLANNED:
        raise Refused(_("这次会议已经结束，不能取消报名。"), code="closed")
    waited = registration.state == PlaceState.WAITING
    moved = places.withdraw(registration=registration, reason=reason, now=now)
    note(waited=waited, moved_up=len(moved))
    send_places(actor, meeting, [row.person_id for row in moved], now)
    return moved


def send_places(actor: Actor, meeting: Meeting, person_ids: Collection[int], now: datetime) -> None:
    """Tell people that they have a place now, without the ten minutes of grace."""
    if person_ids:
        notices.send(
            actor=System(meeting.tenant_id),
            tenant_id=meeting.tenant_id,
            reader_ids=person_ids,
            title=_("有名额了：%(title)s") % {"title": meeting.gathering.title},
            body=_("您在候补名单上，现在已经有了名额，不用再报名。不能参加的，请尽早取消，让给下一位。"),
            url=reverse("partydays:places", args=[meeting.pk]),
            urgent=True,
            now=now,
        )
