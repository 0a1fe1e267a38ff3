"""Planning a meeting, changing the plan, calling it off."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.actions.inquiries import move_inquiries
from rongpei.activities.partydays.actions.places import send_places
from rongpei.activities.partydays.codes import MeetingKind
from rongpei.activities.partydays.headway import theme_of
from rongpei.activities.partydays.hours import hours_for, rule_on
from rongpei.activities.partydays.kinds import rule_of
from rongpei.activities.partydays.models import Meeting, Theme
from rongpei.activities.partydays.queries import should_attend
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.gatherings import places, presence
from rongpei.kernel.gatherings.codes import Mode, PlaceState, Presence, State
from rongpei.kernel.gatherings.models import Gathering, Registration, Sitting
from rongpei.org.people.models import Person
from rongpei.org.units.codes import UnitKind
from rongpei.org.units.models import Unit


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned sitting; `capacity` is the number of places, None as many as come."""

    starts_at: datetime
    ends_at: datetime
    location: str = ""
    mode: Mode = Mode.ON_SITE
    capacity: int | None = None
    signs_out: bool = False


@action("partydays.meeting.planned", may=rules.may_plan)
def plan_meeting(
    *, actor: Actor, unit: Unit, kind: MeetingKind, title: str, slots: Sequence[Slot], class_hours: Decimal,
    now: datetime, agenda: str = "", host: Person | None = None, entered_later_reason: str = "",
    by_registration: bool = False, people: Collection[int] = (), theme: Theme | None = None, field: str = "",
    form: str = "",
) -> Meeting:  # fmt: skip
    """Plan a meeting (or record one afterwards, with a reason); those who should attend that day are listed.

    people: ids of those a talk or a visit concerns, instead of the list by rule. With `by_registration` nobody is listed
    before getting a place. A theme day belongs to the theme given out for its day. Refuses a kind its unit does not hold, and more hours than the rule gives for the time.
    """
    if not slots:
        raise Refused(_("请至少安排一个场次。"))
    _must_suit(unit, kind)
    must_fit_hours(
        unit.tenant_id, kind, class_hours, max(slot.ends_at - slot.starts_at for slot in slots), slots[0]
    )
    held_on = timezone.localdate(min(slot.starts_at for slot in slots))
    if kind == MeetingKind.THEME_DAY:
        theme = theme or theme_of(unit, held_on)
    gathering = Gathering.objects.create(
        tenant_id=unit.tenant_id, unit=unit, title=title, held_on=held_on, created_at=now,
        by_registration=by_registration,
    )  # fmt: skip
    Sitting.objects.bulk_create(_sitting(gathering, slot) for slot in slots)
    if not by_registration:
        presence.expect(gathering=gathering, person_ids=people or should_attend(unit, kind, held_on))
    return Meeting.objects.create(
        tenant_id=unit.tenant_id, gathering=gathering, kind=kind, class_hours=class_hours, agenda=agenda,
        host=host, entered_later_reason=entered_later_reason, theme=theme,
        field=field or next(iter(theme.fields if theme else ()), ""), form=form or next(iter(theme.forms if theme else ()), ""),
    )  # fmt: skip


def _must_suit(unit: Unit, kind: MeetingKind) -> None:
    """Centre-group study is of committees and general branches, group meetings of groups and branches."""
    if kind == MeetingKind.CENTRE and unit.kind not in (UnitKind.COMMITTEE, UnitKind.GENERAL_BRANCH):
        raise Refused(_("中心组学习由党委或党总支安排。"), remedy=_("请在“组织”里选党委或党总支。"))
    if kind == MeetingKind.GROUP and unit.kind not in (
        UnitKind.GROUP,
        UnitKind.BRANCH,
        UnitKind.TEMPORARY_BRANCH,
    ):
        raise Refused(_("党小组会由党小组或党支部安排。"), remedy=_("请在“组织”里选党小组。"))


def must_fit_hours(
    tenant_id: int, kind: MeetingKind, class_hours: Decimal, length: timedelta, slot: Slot
) -> None:
    """Refuse more class hours than the rule in force that day gives for the time; fewer are the branch's choice."""
    if not rule_of(kind).hours:
        return
    minutes = int(length.total_seconds() // 60)
    most = hours_for(minutes, rule_on(tenant_id, timezone.localdate(slot.starts_at)))
    if class_hours > most:
        raise Refused(
            _("%(minutes)d 分钟最多计 %(most)s 学时。") % {"minutes": minutes, "most": f"{most:.1f}"},
            why=_("按本院的学时规则：按小时计，半天和一天各有定数。"),
            remedy=_("请改时长或学时。"),
            code="too_many_hours",
        )


def _sitting(gathering: Gathering, slot: Slot) -> Sitting:
    return Sitting(
        tenant_id=gathering.tenant_id, gathering=gathering, starts_at=slot.starts_at, ends_at=slot.ends_at,
        location=slot.location, mode=slot.mode, secret=secrets.token_hex(24), capacity=slot.capacity,
        signs_out=slot.signs_out,
    )  # fmt: skip


@action("partydays.meeting.replanned", may=rules.may_run, locks=("meeting",), about="meeting")
def change_plan(
    *, actor: Actor, meeting: Meeting, title: str, slots: Sequence[Slot], now: datetime, agenda: str | None = None
) -> Meeting:  # fmt: skip
    """Move a planned meeting: its title, day, sittings and places. The list follows the day.

    Refuses another day once somebody has signed in, and dropping a sitting for which people registered or signed in.
    """
    must_be_open(meeting)
    if not slots:
        raise Refused(_("请至少安排一个场次。"))
    gathering = meeting.gathering
    held_on = timezone.localdate(min(slot.starts_at for slot in slots))
    moved = held_on != gathering.held_on
    if moved and gathering.attendances.filter(presence=Presence.PRESENT).exists():
        raise Refused(_("已经有人签到，不能改日期。"), remedy=_("请另外安排一次。"))
    gathering.title, gathering.held_on = title, held_on
    gathering.save(update_fields=["title", "held_on"])
    move_inquiries(meeting, timezone.localdate(now))
    _change_sittings(actor, meeting, slots, now)
    if moved and not gathering.by_registration:
        _list_again(meeting)
    if agenda is not None:
        meeting.agenda = agenda
        meeting.save(update_fields=["agenda"])
    return meeting


def _change_sittings(actor: Actor, meeting: Meeting, slots: Sequence[Slot], now: datetime) -> None:
    """Sittings keep their order; what is left over goes, unless somebody counts on it."""
    gathering = meeting.gathering
    held = list(gathering.sittings.order_by("starts_at", "id"))
    for sitting, slot in zip(held, slots, strict=False):
        if sitting.capacity != slot.capacity:
            tell_moved_up(
                actor, meeting, places.resize(sitting=sitting, capacity=slot.capacity, now=now), now
            )
        fields = ("starts_at", "ends_at", "location", "mode", "signs_out")
        Sitting.objects.filter(pk=sitting.pk).update(**{name: getattr(slot, name) for name in fields})
    for sitting in held[len(slots) :]:
        registered = sitting.registrations.exclude(state=PlaceState.WITHDRAWN).exists()
        if registered or gathering.attendances.filter(sitting=sitting).exists():
            raise Refused(_("有人报了这一场或在这一场签到，不能减少场次。"))
        sitting.delete()
    Sitting.objects.bulk_create(_sitting(gathering, slot) for slot in slots[len(held) :])


def _list_again(meeting: Meeting) -> None:
    """Whoever should not attend on the new day leaves the list; newcomers join it; leaves already given stay."""
    gathering = meeting.gathering
    due = set(should_attend(gathering.unit, MeetingKind(meeting.kind), gathering.held_on))
    gathering.attendances.filter(presence=Presence.EXPECTED).exclude(person_id__in=due).delete()
    presence.expect(gathering=gathering, person_ids=due)


@action("partydays.meeting.cancelled", may=rules.may_run, locks=("meeting",), about="meeting")
def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """Cancel a meeting that was not confirmed; it stays in the list with its reason."""
    must_be_open(meeting)
    if not reason.strip():
        raise Refused(_("请写明取消的原因。"))
    Gathering.objects.filter(pk=meeting.gathering_id).update(state=State.CANCELLED)
    meeting.resolution = _("已取消：%(reason)s") % {"reason": reason}
    meeting.save(update_fields=["resolution"])
    return meeting


def must_be_open(meeting: Meeting) -> None:
    """Refuse a meeting that was confirmed or called off."""
    if meeting.gathering.state == State.CONFIRMED:
        raise Refused(_("这次会议已经确认，不能直接修改。"), remedy=_("请先点“更正”，写明原因后再改。"))
    if meeting.gathering.state == State.CANCELLED:
        raise Refused(_("这次会议已经取消。"))


def tell_moved_up(actor: Actor, meeting: Meeting, rows: Sequence[Registration], now: datetime) -> None:
    """Tell those who came up from the waiting list that they have a place now."""
    if rows:
        note(moved_up=len(rows))
        send_places(actor, meeting, [row.person_id for row in rows], now)
