"""Reflections, and theme days put forward as the best."""

from datetime import datetime

from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.codes import Audience, MeetingKind
from rongpei.activities.partydays.models import Meeting, Nomination, Reflection
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.org.people.models import Person


@action("partydays.reflection.written", may=rules.may_excuse)
def write_reflection(
    *, actor: Actor, meeting: Meeting, person: Person, text: str, audience: Audience, now: datetime
) -> Reflection:
    """Write, or rewrite, what one took home; the author chooses who reads it.

    Refuses an empty text, and somebody who was not there.
    """
    if not text.strip():
        raise Refused(_("请写几句心得。"))
    if not meeting.gathering.attendances.filter(person_id=person.pk, presence=Presence.PRESENT).exists():
        raise Refused(_("到场的人才能写这次会议的心得。"))
    values = {"text": text.strip()[:3000], "audience": audience, "written_at": now}
    reflection, _made = Reflection.objects.update_or_create(
        meeting=meeting, person_id=person.pk, defaults=values,
        create_defaults={**values, "tenant_id": meeting.tenant_id},
    )  # fmt: skip
    return reflection


@action("partydays.reflection.removed", may=rules.may_excuse, about="meeting")
def remove_reflection(*, actor: Actor, meeting: Meeting, person: Person) -> None:
    """Take one's own reflection away."""
    Reflection.objects.filter(meeting=meeting, person_id=person.pk).delete()


@action("partydays.nomination.put_forward", may=rules.may_run, about="meeting")
def put_forward(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> Nomination:
    """Put a theme day forward as one of the best, with the reason; the evidence is asked from what is there.

    Refuses what is no confirmed theme day, and an empty reason.
    """
    if meeting.kind != MeetingKind.THEME_DAY or meeting.gathering.state != State.CONFIRMED:
        raise Refused(_("只有确认过的主题党日才能推荐。"))
    if not reason.strip():
        raise Refused(_("请写明推荐的理由。"))
    values = {"reason": reason.strip()[:1000], "put_forward_at": now, "withdrawn_at": None}
    nomination, _made = Nomination.objects.update_or_create(
        meeting=meeting, defaults=values, create_defaults={**values, "tenant_id": meeting.tenant_id}
    )
    return nomination


@action("partydays.nomination.withdrawn", may=rules.may_run, about="meeting")
def withdraw_nomination(*, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Take the recommendation back."""
    Nomination.objects.filter(meeting=meeting, withdrawn_at=None).update(withdrawn_at=now)
