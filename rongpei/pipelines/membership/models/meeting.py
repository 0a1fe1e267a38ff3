"""The kit of a members' meeting that admits or converts: who may vote, who came, and each candidate's count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case, Record
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import KitKind


class MeetingKit(TenantModel):
    """One meeting of one branch, with candidates taken one by one.

    marks: `{person id: code of Mark}`. stated: `{person id: code of Exclusion}`, exclusions facts cannot tell.
    online_counts: the party office said that those online count as present.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("议题"), max_length=10, choices=KitKind)
    held_on = models.DateField(_("开会日期"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    host = models.CharField(_("主持人"), max_length=40, blank=True)
    recorder = models.CharField(_("记录人"), max_length=40, blank=True)
    tellers = models.CharField(_("监票计票人"), max_length=80, blank=True)
    marks = models.JSONField(default=dict)
    stated = models.JSONField(default=dict)
    online_counts = models.BooleanField(default=False)

    audited = True

    class Meta:
        indexes = [models.Index(fields=["unit", "-held_on", "-id"], name="membership_kits")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.held_on}"


class Candidate(TenantModel):
    """One candidate of a meeting: what was counted (never who voted how), and the record once it is settled."""

    kit = models.ForeignKey(MeetingKit, models.CASCADE, related_name="candidates", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    counts = models.JSONField(default=dict)
    outcome = models.CharField(_("决议"), max_length=10, blank=True)
    performance = models.TextField(_("主要表现"), blank=True)
    record = models.OneToOneField(Record, models.PROTECT, null=True, related_name="+")

    audited = True
    personal_fields = ("performance",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "case"], name="membership_candidate_once")]
        ordering = ("place", "id")

    def __str__(self) -> str:
        return f"{self.kit_id} {self.case_id}"
