"""Roles held."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.access.codes import SEPARATED, Role
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit, id_range, period


class Holding(TenantModel):
    """A person holds a role at a unit for a half-open period."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings", db_index=False)
    role = models.CharField(_("角色"), max_length=24, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="access_period"
            ),
            ExclusionConstraint(
                name="access_three_separate_roles",
                condition=Q(role__in=[role.value for role in SEPARATED]),
                expressions=[
                    (id_range("person_id"), RangeOperators.OVERLAPS),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["person", "role"], name="access_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}@{self.unit_id}"
