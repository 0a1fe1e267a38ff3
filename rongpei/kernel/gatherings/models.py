"""Gatherings, their sittings, and attendance."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.gatherings.codes import Means, Mode, Part, Presence, State
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Gathering(TenantModel):
    """One occasion of one unit, in one or several sittings; a person attends it at most once."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    created_at = models.DateTimeField()

    audited = True

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-held_on", "-id"], name="gatherings_of_unit"),
            models.Index(fields=["tenant", "-held_on", "-id"], name="gatherings_of_tenant"),
        ]

    def __str__(self) -> str:
        return self.title


class Sitting(TenantModel):
    """One time and place of a gathering; `secret` signs its rotating codes and is never shown."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="sittings", db_index=False)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    location = models.CharField(_("地点"), max_length=80, blank=True)
    mode = models.CharField(_("方式"), max_length=8, choices=Mode, default=Mode.ON_SITE)
    secret = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gatherings_sitting_period")
        ]
        indexes = [models.Index(fields=["gathering", "starts_at"], name="gatherings_sittings")]

    def __str__(self) -> str:
        return f"{self.gathering_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Attendance(TenantModel):
    """A person at a gathering. `device` is a digest of the browser's mark: one browser signs in one person."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="attendances", db_index=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", db_index=False)
    part = models.CharField(max_length=10, choices=Part, default=Part.ATTENDEE)
    presence = models.CharField(_("出勤"), max_length=10, choices=Presence, default=Presence.EXPECTED)
    means = models.CharField(max_length=8, choices=Means, blank=True)
    device = models.CharField(max_length=64, null=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="gatherings_once"),
            models.UniqueConstraint(fields=["sitting", "device"], name="gatherings_one_device"),
        ]
        indexes = [models.Index(fields=["person", "-gathering"], name="gatherings_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.gathering_id} {self.presence}"
