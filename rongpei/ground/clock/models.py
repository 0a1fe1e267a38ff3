"""The holiday table and the demonstration's settings; both belong to the whole installation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.codes import DayKind


class Holiday(models.Model):
    """A day that is off, or a weekend day that is worked, by a published notice."""

    day_on = models.DateField(_("日期"), unique=True)
    kind = models.CharField(_("类型"), max_length=8, choices=DayKind)
    name = models.CharField(_("名称"), max_length=40)

    def __str__(self) -> str:
        return f"{self.day_on} {self.get_kind_display()} {self.name}"


class Setting(models.Model):
    """The one row of dates that a demonstration sets; absent in production."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    anchor_on = models.DateField(_("示范数据基准日"))
    business_on = models.DateField(_("业务日期"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_one_setting")]

    def __str__(self) -> str:
        return f"{self.business_on} ({self.anchor_on})"
