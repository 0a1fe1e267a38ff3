"""Gatherings, their sittings, and attendance."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.gatherings.codes import Means, Mode, Part, PlaceState, Presence, State
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Gathering(TenantModel):
    """One occasion of one unit, in one or several sittings; a person attends it at most once.

    With `by_registration` only those who got a place are on the list; otherwise registering chooses the sitting.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    created_at = models.DateTimeField()
    by_registration = models.BooleanField(_("需要报名"), default=False, db_default=False)
    late_after = models.PositiveSmallIntegerField(_("开始后多少分钟算迟到"), default=10, db_default=10)

    audited = True

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-held_on", "-id"], name="gatherings_of_unit"),
            models.Index(fields=["tenant", "-held_on", "-id"], name="gatherings_of_tenant"),
        ]

    def __str__(self) -> str:
        return self.title


class Sitting(TenantModel):
    """One time and place of a gathering; `secret` signs its rotating codes and is never shown.

    `capacity` is the number of places (null: as many as come). With `signs_out` a second scan says when one left.
    """

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="sittings", db_index=False)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    location = models.CharField(_("地点"), max_length=80, blank=True)
    mode = models.CharField(_("方式"), max_length=8, choices=Mode, default=Mode.ON_SITE)
    secret = models.CharField(max_length=64)
    capacity = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    signs_out = models.BooleanField(_("需要签退"), default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="gatherings_sitting_period")
        ]
        indexes = [models.Index(fields=["gathering", "starts_at"], name="gatherings_sittings")]

    def __str__(self) -> str:
        return f"{self.gathering_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Attendance(TenantModel):
    """A person at a gathering. `device` is a digest of the browser's mark: one browser signs in one person.

    `online` says the person was present from afar; `left_at` is the last sign-out.
    """

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="attendances", db_index=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", db_index=False)
    part = models.CharField(max_length=10, choices=Part, default=Part.ATTENDEE)
    presence = models.CharField(_("出勤"), max_length=10, choices=Presence, default=Presence.EXPECTED)
    means = models.CharField(max_length=8, choices=Means, blank=True)
    device = models.CharField(max_length=64, null=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    marked_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    online = models.BooleanField(_("线上"), default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "person"], name="gatherings_once"),
            models.UniqueConstraint(fields=["sitting", "device"], name="gatherings_one_device"),
        ]
        indexes = [models.Index(fields=["person", "-gathering"], name="gatherings_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.gathering_id} {self.presence}"


class Registration(TenantModel):
    """Somebody asked for a place at a sitting. The queue is the order of ids; a withdrawn row stays as history."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="registrations", db_index=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="registrations", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("报名"), max_length=9, choices=PlaceState)
    asked_at = models.DateTimeField(_("报名时间"))
    placed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"],
                condition=~Q(state="withdrawn"),
                name="gatherings_registered_once",
            )
        ]
        indexes = [
            models.Index(fields=["sitting", "state", "id"], name="gatherings_queue"),
            models.Index(fields=["person", "-id"], name="gatherings_registered"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.sitting_id} {self.state}"


class Guest(TenantModel):
    """Somebody from outside who was there: a visiting lecturer, an observer of a superior office."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="guests")
    name = models.CharField(_("姓名"), max_length=40)
    organisation = models.CharField(_("单位及职务"), max_length=80, blank=True)
    part = models.CharField(_("身份"), max_length=10, choices=Part, default=Part.OBSERVER)

    audited = True
    personal_fields = ("name", "organisation")

    def __str__(self) -> str:
        return f"guest {self.pk}@{self.gathering_id}"


class OfflineSheet(TenantModel):
    """A tick-list that an organiser's phone kept without a network and handed over. `key` makes it count once."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="+", db_index=False)
    key = models.UUIDField()
    received_at = models.DateTimeField()
    ticked = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "key"], name="gatherings_sheet_once")]

    def __str__(self) -> str:
        return f"{self.key}"
