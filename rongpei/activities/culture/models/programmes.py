"""Programmes on memorial days, their items and casts."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.culture.codes import Education, ItemKind, Occasion, ProgrammeState
from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Programme(TenantModel):
    """What a hospital does on a day it keeps. `class_hours` go to each of the cast when it has been held."""

    occasion = models.CharField(_("节日"), max_length=12, choices=Occasion)
    title = models.CharField(_("名称"), max_length=80)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("承办"))
    educations = ArrayField(models.CharField(max_length=10, choices=Education), verbose_name=_("教育形式"))
    purpose = models.TextField(_("目的和内容"), max_length=1000, blank=True)
    class_hours = models.DecimalField(_("演职人员学时"), max_digits=3, decimal_places=1, default=Decimal(1))
    audience = models.PositiveIntegerField(_("到场人数"), null=True, blank=True)
    summary = models.TextField(_("小结"), max_length=2000, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ProgrammeState, default=ProgrammeState.PLANNED)
    held_at = models.DateTimeField(null=True, blank=True)

    audited = True

    class Meta:
        indexes = [models.Index(fields=["tenant", "-held_on", "-id"], name="culture_programmes")]

    def __str__(self) -> str:
        return self.title


class Item(TenantModel):
    """One number of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="items", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("形式"), max_length=10, choices=ItemKind)
    title = models.CharField(_("节目"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=5)

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "position"], name="culture_item_once")]

    def __str__(self) -> str:
        return self.title


class CastMember(TenantModel):
    """Somebody in an item: a person of the house, or a guest by name."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="cast", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField(_("姓名"), max_length=50)
    part = models.CharField(_("担任"), max_length=40, blank=True)

    audited = True
    personal_fields = ("name",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(person__isnull=False), name="culture_cast_once"
            )
        ]
        indexes = [models.Index(fields=["item", "id"], name="culture_cast")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.part}"
