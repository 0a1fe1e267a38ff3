"""Who was there: by code, by list, by a phone without a network; leave, observers, guests."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.actions.planning import must_be_open
from rongpei.activities.partydays.kinds import is_chosen
from rongpei.activities.partydays.models import Meeting
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.gatherings import presence, signin
from rongpei.kernel.gatherings.codes import Means, Mode, Part, Presence, State
from rongpei.kernel.gatherings.models import Guest, OfflineSheet, Sitting
from rongpei.org.people.models import Person


@action("partydays.sign_in.done", may=rules.may_sign_in, about="sitting")
def sign_in(
    *, actor: Actor, person: Person, sitting: Sitting, read: signin.Read | None, spoken: str, device: str,
    now: datetime, online: bool = False,
) -> presence.Mark:  # fmt: skip
    """Sign oneself in by the projected code or the spoken one; where one signs out, a later scan is the leaving.

    online: present from afar, which counts only where the sitting is held both ways. Refuses a code that died, one
    that is not genuine, and a meeting already confirmed or cancelled.
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
    afar = sitting.mode == Mode.ONLINE or (sitting.mode == Mode.BOTH and online)
    return presence.sign_in(
        sitting=sitting, person_id=person.pk, means=means, device=device, now=now, online=afar
    )


@action("partydays.attendance.ticked", may=rules.may_run, about="meeting")
def tick_attendance(
    *, actor: Actor, meeting: Meeting, marks: Mapping[int, tuple[Presence, str]], now: datetime,
    later: bool = False, online: Collection[int] = (), parts: Mapping[int, Part] | None = None,
) -> int:  # fmt: skip
    """Set presence by the organiser's list, with reasons; `{person id: (presence, reason)}`."""
    must_be_open(meeting)
    means = Means.LATER if later else Means.TICK
    changed = presence.tick(
        gathering=meeting.gathering, marks=marks, means=means, now=now, online=online, parts=parts
    )
    note(changed=changed)
    return changed


@action("partydays.attendance.handed_over", may=rules.may_run, locks=("meeting",), about="meeting")
def hand_over_sheet(
    *, actor: Actor, meeting: Meeting, key: UUID, marks: Mapping[int, tuple[Presence, str]], now: datetime
) -> OfflineSheet:
    """Take over a list ticked without a network; handing it over again changes nothing."""
    must_be_open(meeting)
    sheet = presence.accept_offline(gathering=meeting.gathering, key=key, marks=marks, now=now)
    note(ticked=sheet.ticked, changed=sheet.changed)
    return sheet


@action("partydays.leave.asked", may=rules.may_excuse, about="meeting")
def ask_leave(*, actor: Actor, meeting: Meeting, person: Person, reason: str, now: datetime) -> None:
    """Excuse oneself, with a reason, before the meeting begins; the organiser may judge otherwise."""
    must_be_open(meeting)
    presence.ask_leave(gathering=meeting.gathering, person_id=person.pk, reason=reason, now=now)


@action("partydays.leave.taken_back", may=rules.may_excuse, about="meeting")
def take_back_leave(*, actor: Actor, meeting: Meeting, person: Person, now: datetime) -> None:
    """Come after all."""
    must_be_open(meeting)
    presence.take_back_leave(gathering=meeting.gathering, person_id=person.pk, now=now)


@action("partydays.observer.added", may=rules.may_run, about="meeting")
def add_observer(*, actor: Actor, meeting: Meeting, person: Person, part: Part = Part.OBSERVER) -> None:
    """Say in what capacity a colleague comes; whoever was not on the list joins it. Only attendees count as expected."""
    must_be_open(meeting)
    presence.set_part(gathering=meeting.gathering, person_id=person.pk, part=part)


@action("partydays.people.chosen", may=rules.may_run, locks=("meeting",), about="meeting")
def choose_people(*, actor: Actor, meeting: Meeting, person_ids: Collection[int]) -> tuple[int, int]:
    """Whom a talk or a training concerns: exactly these stand on its list. Return how many came and went.

    Whoever has signed in stays. Refuses kinds whose list follows the facts, people of another house, and an empty list.
    """
    must_be_open(meeting)
    if not is_chosen(meeting.kind):
        raise Refused(
            _("这类会议的名单按党员身份和所在支部自动列出。"), remedy=_("个别变化请用列席或请假登记。")
        )
    wanted = set(
        Person.objects.filter(tenant_id=meeting.tenant_id, pk__in=person_ids).values_list("pk", flat=True)
    )
    if not wanted:
        raise Refused(_("请至少选一个人。"))
    listed = meeting.gathering.attendances.filter(part=Part.ATTENDEE)
    gone, _by = listed.exclude(person_id__in=wanted).exclude(presence=Presence.PRESENT).delete()
    came = wanted - set(listed.values_list("person_id", flat=True))
    presence.expect(gathering=meeting.gathering, person_ids=sorted(came))
    meeting.gathering.attendances.filter(person_id__in=came).update(
        part=Part.ATTENDEE
    )  # observers among them
    return len(came), gone


@action("partydays.guest.added", may=rules.may_run, about="meeting")
def add_guest(
    *, actor: Actor, meeting: Meeting, name: str, organisation: str, part: Part = Part.OBSERVER
) -> Guest:
    """Note somebody from outside who came or taught."""
    must_be_open(meeting)
    if not name.strip():
        raise Refused(_("请填写来宾的姓名。"))
    return Guest.objects.create(
        tenant_id=meeting.tenant_id, gathering=meeting.gathering, name=name.strip()[:40],
        organisation=organisation.strip()[:80], part=part,
    )  # fmt: skip


@action("partydays.guest.removed", may=rules.may_run, about="meeting")
def remove_guest(*, actor: Actor, meeting: Meeting, guest: Guest) -> None:
    """Take a guest off the record."""
    must_be_open(meeting)
    guest.delete()
