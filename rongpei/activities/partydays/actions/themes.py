"""Setting themes, starting a branch's plan from the kit, reminding those who are behind."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongpei.activities.partydays import rules
from rongpei.activities.partydays.actions.inquiries import attach_inquiry
from rongpei.activities.partydays.actions.planning import Slot, plan_meeting
from rongpei.activities.partydays.codes import Headway, InquiryRole, MeetingKind, ThemeState
from rongpei.activities.partydays.headway import branches_of, secretaries_of, steps_of
from rongpei.activities.partydays.hours import hours_for, rule_on
from rongpei.activities.partydays.models import Meeting, Theme, ThemeReminder
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.ground.notices import actions as notices
from rongpei.kernel.gatherings.codes import Mode, State
from rongpei.kernel.papers import drafting
from rongpei.org.units.models import Unit

USUAL_START = time(16, 30)
_KITS = {InquiryRole.NEEDS: "kit_needs", InquiryRole.AFTER: "kit_after", InquiryRole.CHANGE: "kit_change"}


@action("partydays.theme.set", may=rules.may_set_theme)
def set_theme(
    *, actor: Actor, unit: Unit, theme: Theme | None, values: Mapping[str, Any], now: datetime
) -> Theme:
    """Write a theme, new or changed; `values` are plain columns of Theme.

    Refuses days in a wrong order and a kit whose surveys cannot be read.
    """
    if not values["starts_on"] <= values["plan_by_on"] <= values["ends_on"] <= values["record_by_on"]:
        raise Refused(
            _("日期的先后不对。"),
            remedy=_("应是：开始日期、安排期限、结束日期、记录期限，依次不早于前一个。"),
        )
    for role, name in _KITS.items():
        if values.get(name, "").strip():
            try:
                drafting.parse(values[name])
            except Refused as refusal:
                raise Refused(f"{role.label}：{refusal.what}", remedy=refusal.remedy) from refusal
    if theme is None:
        return Theme.objects.create(tenant_id=unit.tenant_id, unit=unit, created_at=now, **values)
    for name, value in values.items():
        setattr(theme, name, value)
    theme.save(update_fields=list(values))
    return theme


@action("partydays.theme.issued", may=rules.may_run_theme, locks=("theme",), about="theme")
def issue_theme(*, actor: Actor, theme: Theme, now: datetime, today: date) -> Theme:
    """Give the theme to the branches and tell their secretaries what is asked by when. Doing it twice changes nothing."""
    if theme.state != ThemeState.DRAFT:
        return theme
    theme.state, theme.issued_at = ThemeState.ISSUED, now
    theme.save(update_fields=["state", "issued_at"])
    branches = list(branches_of(theme))
    body = _("请在 %(plan)s 前安排，%(record)s 前记录。可按方案一键安排。") % _days(theme)
    _tell(actor, theme, branches, _("新主题：%(title)s") % {"title": theme.title}, body, now, today)
    return theme


@action("partydays.theme.closed", may=rules.may_run_theme, locks=("theme",), about="theme")
def close_theme(*, actor: Actor, theme: Theme) -> Theme:
    """End a theme: branches are no longer asked; their meetings stay."""
    theme.state = ThemeState.CLOSED
    theme.save(update_fields=["state"])
    return theme


@action("partydays.theme.reminded", may=rules.may_run_theme, locks=("theme",), about="theme")
def remind(*, actor: Actor, theme: Theme, now: datetime, today: date) -> ThemeReminder:
    """Remind the secretaries of all branches that have not recorded yet; it can be taken back within ten minutes.

    Refuses a draft, and when everybody is done.
    """
    if theme.state != ThemeState.ISSUED:
        raise Refused(_("这个主题没有在进行，不用提醒。"))
    branches = list(branches_of(theme))
    rest = [step.branch for step in steps_of(theme, branches, today) if step.headway != Headway.RECORDED]
    if not rest:
        raise Refused(_("各支部都已开展并记录，没有要提醒的。"))
    body = _("还没有完成。请在 %(plan)s 前安排，%(record)s 前记录。") % _days(theme)
    title = _("提醒：%(title)s") % {"title": theme.title}
    return _tell(actor, theme, rest, title, body, now, today)


def _days(theme: Theme) -> dict[str, str]:
    words = _("%(month)d月%(day)d日")
    days = {"plan": theme.plan_by_on, "record": theme.record_by_on}
    return {name: words % {"month": on.month, "day": on.day} for name, on in days.items()}


def _tell(
    actor: Actor, theme: Theme, branches: Sequence[Unit], title: str, body: str, now: datetime, today: date
) -> ThemeReminder:
    batch = notices.send(
        actor=actor, tenant_id=theme.tenant_id, reader_ids=secretaries_of(branches, today), title=title,
        body=body, url=reverse("partydays:theme", args=[theme.pk]), now=now,
    )  # fmt: skip
    note(branches=len(branches), readers=batch.readers)
    return ThemeReminder.objects.create(
        tenant_id=theme.tenant_id, theme=theme, batch=batch, branches=len(branches), sent_at=now
    )


@action("partydays.theme.planned", may=rules.may_plan)
def plan_from_kit(*, actor: Actor, unit: Unit, theme: Theme, now: datetime, today: date) -> Meeting:
    """Start a branch's plan from the kit with one act: usual day and hours, agenda, hours by rule, the surveys.

    Everything can be changed afterwards. Refuses a theme that does not ask the unit or is over, and a second plan.
    """
    if theme.state != ThemeState.ISSUED or not unit.path.startswith(theme.unit.path):
        raise Refused(_("这个主题没有向本支部下发。"))
    planned = Meeting.objects.filter(theme=theme, gathering__unit=unit)
    if planned.exclude(gathering__state=State.CANCELLED).exists():
        raise Refused(_("本支部已经安排了这个主题。"))
    slots = _usual_slots(unit, theme, _usual_day(unit, theme, today))
    minutes = int((slots[0].ends_at - slots[0].starts_at).total_seconds() // 60)
    meeting = plan_meeting(
        actor=actor, unit=unit, kind=MeetingKind.THEME_DAY, title=f"{theme.title}"[:120], slots=slots,
        class_hours=hours_for(minutes, rule_on(unit.tenant_id, today)), agenda=theme.kit_agenda, now=now,
        theme=theme,
    )  # fmt: skip
    for role, name in _KITS.items():
        if text := getattr(theme, name).strip():
            attach_inquiry(
                actor=actor, meeting=meeting, role=role, text=text, anonymous=True, now=now, today=today
            )
    return meeting


def _past(unit: Unit) -> list[Meeting]:
    rows = Meeting.objects.filter(gathering__unit=unit, kind=MeetingKind.THEME_DAY)
    rows = rows.exclude(gathering__state=State.CANCELLED).select_related("gathering")
    return list(rows.order_by("-gathering__held_on")[:6])


def _usual_day(unit: Unit, theme: Theme, today: date) -> date:
    """The worked day of the period nearest to the branch's usual day of the month, tomorrow at the earliest."""
    first = max(theme.starts_on, today + timedelta(days=1))
    days = [first + timedelta(days=number) for number in range((theme.ends_on - first).days + 1)]
    if not days:
        raise Refused(_("这个主题已经结束，不能再按方案安排。"), remedy=_("可以补录，并写明原因。"))
    usual = round(median([one.gathering.held_on.day for one in _past(unit)] or [15]))
    work = WorkCalendar.load()
    worked = [day for day in days if work.is_worked(day)] or days
    return min(worked, key=lambda day: (abs(day.day - usual), day))


def _usual_slots(unit: Unit, theme: Theme, on: date) -> list[Slot]:
    """The sittings of the last theme day on another day: the same hours and room, the length of the kit."""
    past = _past(unit)[:1]
    last = list(past[0].gathering.sittings.order_by("starts_at")) if past else []
    length, mode = timedelta(minutes=theme.kit_minutes), Mode(theme.mode)
    if not last:
        starts_at = timezone.make_aware(datetime.combine(on, USUAL_START))
        return [Slot(starts_at, starts_at + length, "", mode)]
    found = []
    for sitting in last:
        starts_at = timezone.make_aware(datetime.combine(on, timezone.localtime(sitting.starts_at).time()))
        found.append(Slot(starts_at, starts_at + length, sitting.location, mode))
    return found
