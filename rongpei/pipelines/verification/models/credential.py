"""That somebody is a professional, from a day to a day."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person
from rongpei.pipelines.verification.codes import Method, Profession


def in_force(on: date) -> Q:
    """Credentials that hold on a day."""
    return Q(starts_on__lte=on, ends_on__gt=on, stopped_on=None)


class Credential(TenantModel):
    """Verified from `starts_on` until `ends_on` (half-open), unless it ended before: `stopped_on`.

    `revoked` tells whether a reviewer took it back; otherwise the person did.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="credentials", db_index=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="credential")
    method = models.CharField(_("依据"), max_length=12, choices=Method)
    profession = models.CharField(_("专业类别"), max_length=12, choices=Profession)
    starts_on = models.DateField()
    ends_on = models.DateField()
    stopped_on = models.DateField(null=True)
    revoked = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    reminded_on = models.DateField(null=True)

    audited = True
    personal_fields = ("why",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="verification_period")
        ]
        indexes = [
            models.Index(fields=["person", "-ends_on"], name="verification_credentials"),
            models.Index(fields=["tenant", "ends_on"], name="verification_expiring", condition=Q(stopped_on=None)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}–{self.ends_on}"
