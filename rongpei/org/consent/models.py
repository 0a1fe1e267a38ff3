"""Texts and answers. Answers are append-only: the newest one counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.consent.codes import Answer, TextKind


class ConsentText(TenantModel):
    """One version of a text; `digest` is the SHA-256 of its body."""

    kind = models.CharField(max_length=20, choices=TextKind)
    version = models.PositiveIntegerField()
    body = models.TextField(_("正文"))
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "kind", "version"], name="consent_version")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class ConsentAnswer(TenantModel):
    """What an account answered to a version of a text."""

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer)
    channel = models.CharField(max_length=20)
    answered_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["user", "text", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.answer}"
