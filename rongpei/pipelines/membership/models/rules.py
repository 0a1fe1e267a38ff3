"""Special documents, helpers of a case, and thought reports."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person
from rongpei.pipelines.membership.codes import HelperKind


class SpecialRule(TenantModel):
    """A document by which something of the regulation is lifted for a time (such as front-line admission).

    waives: codes of `Waivable`. valid_to belongs to the period; null is open.
    """

    document = models.CharField(_("文件名称"), max_length=120)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=80)
    issued_on = models.DateField(_("发文日期"))
    valid_from = models.DateField(_("适用自"))
    valid_to = models.DateField(_("适用至"), null=True, blank=True)
    waives = models.JSONField(default=list)
    allows_temporary_org = models.BooleanField(_("临时党组织可以接收"), default=False)
    quota_exempt = models.BooleanField(_("不占年度计划"), default=False)
    recorded_at = models.DateTimeField()

    audited = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="membership_rule_period"
            )
        ]
        indexes = [models.Index(fields=["tenant", "valid_from"], name="membership_rules")]

    def __str__(self) -> str:
        return self.document


class Helper(TenantModel):
    """Who is mentor or introducer of a case from a date; derived from the case's records, kept by the same action."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="helpers", db_index=False)
    kind = models.CharField(max_length=10, choices=HelperKind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    starts_on = models.DateField()

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "person"], name="membership_helper_once")
        ]
        indexes = [models.Index(fields=["person", "kind"], name="membership_helps")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.person_id}"


class ThoughtReport(TenantModel):
    """思想汇报 of an activist or probationary member; append-only, the text is the person's own."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="thought_reports", db_index=False)
    written_on = models.DateField(_("汇报日期"))
    received_on = models.DateField(_("收到日期"))
    body = models.TextField(_("内容"), blank=True)
    paper = models.BooleanField(_("纸质原件"), default=False)
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["case", "-received_on", "-id"], name="membership_reports")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.written_on}"
