"""Campaign weeks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rongpei.activities.culture import rules
from rongpei.activities.culture.models import Week
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action

LONGEST_DAYS = 31


@action("culture.week.announced", may=rules.may_keep)
def announce_week(*, actor: Actor, tenant_id: int, values: Mapping[str, Any]) -> Week:
    """Announce a week; what happens in it is asked of every activity."""
    _must_be_a_week(values)
    return Week.objects.create(tenant_id=tenant_id, **values)


@action("culture.week.changed", may=rules.may_keep_week, locks=("week",), about="week")
def change_week(*, actor: Actor, week: Week, values: Mapping[str, Any]) -> Week:
    """Change its title or days."""
    _must_be_a_week(values)
    for name, value in values.items():
        setattr(week, name, value)
    week.save(update_fields=list(values))
    return week


@action("culture.week.removed", may=rules.may_keep_week, locks=("week",), about="week")
def remove_week(*, actor: Actor, week: Week) -> None:
    """Take a week away; the events in it stay where they are."""
    Week.objects.filter(pk=week.pk).delete()


def _must_be_a_week(values: Mapping[str, Any]) -> None:
    days = (values["ends_on"] - values["starts_on"]).days + 1  # both ends belong to it
    if days < 1:
        raise Refused(_("结束日期要在开始日期当天或以后。"))
    if days > LONGEST_DAYS:
        raise Refused(_("活动周最长 %d 天。") % LONGEST_DAYS)
