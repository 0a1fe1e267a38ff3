"""Keeping the holiday table after the State Council's yearly notice.

The table has no tenant, so no trigger records its changes: the action's own audit row says what was there before.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.clock.codes import DayKind
from rongpei.ground.clock.models import Holiday
from rongpei.ground.clock.queries import NoticeDay, holidays_of, is_possible
from rongpei.org.access.codes import Role


def may_keep_holidays(*, actor: Actor) -> bool:
    """The system admin alone; the table belongs to the whole installation."""
    return actor.holds(Role.SYSTEM_ADMIN)


@action("clock.holiday.added", may=may_keep_holidays)
def add_holiday(*, actor: Actor, day_on: date, kind: DayKind, name: str) -> Holiday:
    """Enter an exceptional day.

    Refuses a day that is in the table, and a worked day that is a weekday.
    """
    _refuse_impossible(NoticeDay(day_on, kind, name))
    if Holiday.objects.filter(day_on=day_on).exists():
        raise Refused(_("这一天已在节假日表里。"), remedy=_("请直接修改这一天。"))
    note(day_on=day_on, kind=kind, name=name)
    return Holiday.objects.create(day_on=day_on, kind=kind, name=name)


@action("clock.holiday.changed", may=may_keep_holidays, locks=("holiday",), about="holiday")
def change_holiday(*, actor: Actor, holiday: Holiday, kind: DayKind, name: str) -> Holiday:
    """Change what a day is, or its name."""
    _refuse_impossible(NoticeDay(holiday.day_on, kind, name))
    note(day_on=holiday.day_on, was={"kind": holiday.kind, "name": holiday.name}, kind=kind, name=name)
    holiday.kind, holiday.name = kind, name
    holiday.save(update_fields=["kind", "name"])
    return holiday


@action("clock.holiday.removed", may=may_keep_holidays, locks=("holiday",), about="holiday")
def remove_holiday(*, actor: Actor, holiday: Holiday) -> None:
    """Take a day out of the table; it becomes an ordinary day."""
    note(day_on=holiday.day_on, was={"kind": holiday.kind, "name": holiday.name})
    Holiday.objects.filter(pk=holiday.pk).delete()


@action("clock.holidays.imported", may=may_keep_holidays)
def import_holidays(*, actor: Actor, year: int, days: Sequence[NoticeDay]) -> int:
    """Put the notice of a year in the place of what the table holds for it; return the number of days.

    Refuses an empty notice, days of another year, a day named twice and a worked weekday.
    """
    if not days:
        raise Refused(_("没有读到任何一天，节假日表没有改动。"))
    if any(day.on.year != year for day in days):
        raise Refused(_("只能导入 %(year)d 年的日期。") % {"year": year})
    if len({day.on for day in days}) != len(days):
        raise Refused(_("有日期写了两次，节假日表没有改动。"))
    for day in days:
        _refuse_impossible(day)
    removed, _kinds = holidays_of(year).delete()
    Holiday.objects.bulk_create([Holiday(day_on=day.on, kind=day.kind, name=day.name) for day in days])
    note(year=year, days=len(days), removed=removed)
    return len(days)


def _refuse_impossible(day: NoticeDay) -> None:
    if not is_possible(day):
        raise Refused(
            _("%(on)s不是周末，本来就上班，不能写成调休上班。") % {"on": day.on.isoformat()},
            remedy=_("调休上班只写周六、周日。"),
        )
