"""Entries and their roll-ups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Entry(TenantModel):
    """One fact of growth about a person, a unit or an activity.

    class_hours 学时, service_hours 小时 and person_times 人次 are never added to one another. The home units and
    `snapshot` (title, degree, status as codes) are those of the day it happened. `reverses` points at the entry
    this one takes back, with negated measures.
    """

    subject_kind = models.CharField(max_length=8)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="entries", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    activity_id = models.BigIntegerField(null=True)
    kind = models.CharField(_("类别"), max_length=40)
    occurred_on = models.DateField(_("日期"))
    class_hours = models.DecimalField(_("学时"), max_digits=7, decimal_places=2, default=0)
    service_hours = models.DecimalField(_("服务小时"), max_digits=7, decimal_places=2, default=0)
    person_times = models.IntegerField(_("人次"), default=0)
    source_kind = models.CharField(max_length=40)
    source_id = models.BigIntegerField()
    source_label = models.CharField(_("来源"), max_length=120)
    branch = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    department = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    snapshot = models.JSONField(default=dict)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    append_only = True

    class Meta:
        db_table = "ledger_entry"
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_kind="person", person__isnull=False)
                | Q(subject_kind="unit", unit__isnull=False)
                | Q(subject_kind="activity", activity_id__isnull=False),
                name="ledger_has_subject",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-occurred_on", "-id"], name="ledger_of_person"),
            models.Index(fields=["branch", "-occurred_on", "-id"], name="ledger_of_branch"),
            models.Index(fields=["department", "-occurred_on", "-id"], name="ledger_of_department"),
            models.Index(fields=["tenant", "source_kind", "source_id"], name="ledger_of_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_on} {self.source_label}"


class Rollup(TenantModel):
    """Sums of a month; `month_on` is its first day. Written by the trigger alone."""

    kind = models.CharField(max_length=40)
    month_on = models.DateField()
    class_hours = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    service_hours = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    person_times = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class PersonMonth(Rollup):
    """A person's sums by kind and month."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "ledger_person_month"
        constraints = [
            models.UniqueConstraint(fields=["person", "month_on", "kind"], name="ledger_person_key")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.month_on}"


class UnitMonth(Rollup):
    """A leaf unit's sums by kind and month: home branch, home department, or the unit as subject."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "ledger_unit_month"
        constraints = [models.UniqueConstraint(fields=["unit", "month_on", "kind"], name="ledger_unit_key")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month_on}"
