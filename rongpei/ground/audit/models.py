"""The audit trail and its seals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.tenancy.models import Tenant, TenantModel


class AuditEvent(TenantModel):
    """One act, refusal, data change or sensitive view. Holds ids and plain values, never names or secrets.

    `actor` is "user:person" as ids; `xid` is the writing transaction, by which sealing knows what is final.
    """

    tenant = models.ForeignKey(
        Tenant, models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )  # type: ignore[assignment]
    at = models.DateTimeField(_("时间"))
    xid = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=EventKind)
    code = models.CharField(_("操作"), max_length=80)
    result = models.CharField(_("结果"), max_length=8, choices=Result)
    reason = models.CharField(_("原因"), max_length=300, blank=True, db_default="")
    actor = models.CharField(_("操作人"), max_length=48, db_default="")
    table_name = models.CharField(_("对象"), max_length=64, db_default="")
    first_id = models.BigIntegerField(null=True)
    last_id = models.BigIntegerField(null=True)
    count = models.IntegerField(db_default=1)
    before = models.JSONField(db_default=models.Value({}, output_field=models.JSONField()))
    after = models.JSONField(db_default=models.Value({}, output_field=models.JSONField()))

    append_only = True

    class Meta:
        db_table = "audit_event"
        indexes = [
            models.Index(fields=["tenant", "-id"], name="audit_recent"),
            models.Index(fields=["tenant", "actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["tenant", "code", "-id"], name="audit_by_code"),
            models.Index(fields=["tenant", "table_name", "first_id", "-id"], name="audit_by_object"),
            models.Index(fields=["xid", "id"], name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.result}"


class AuditSeal(models.Model):
    """One link of the chain: the event's digest, and the chain value up to here (SHA-256, hex)."""

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    xid = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    append_only = True

    class Meta:
        db_table = "audit_seal"

    def __str__(self) -> str:
        return f"{self.seq} {self.chain[:12]}"


class AuditHead(models.Model):
    """A signed head of the chain; the same line is written outside the database."""

    seq = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    append_only = True

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.seq} {self.chain[:12]}"
