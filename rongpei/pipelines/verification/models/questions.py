"""Question forms an operator builds; questions and answers are the papers'."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.papers.models import Paper
from rongpei.pipelines.verification.codes import Audience, FormState, Profession, Purpose


class QuestionForm(TenantModel):
    """A form and its newest version. Every version is a paper of its own (`owner_id`), so that answers keep their questions."""

    title = models.CharField(_("名称"), max_length=80)
    intro = models.CharField(_("说明"), max_length=300, blank=True)
    purpose = models.CharField(_("用途"), max_length=8, choices=Purpose, default=Purpose.COLLECT)
    audience = models.CharField(_("谁来填"), max_length=12, choices=Audience, default=Audience.VERIFIED)
    profession = models.CharField(_("只问这一类"), max_length=12, choices=Profession, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=FormState, default=FormState.DRAFT)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(_("题目"))
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(purpose="profile", state="open"),
                name="verification_one_profile_form",
            )
        ]
        indexes = [models.Index(fields=["tenant", "state", "-changed_at"], name="verification_forms")]

    def __str__(self) -> str:
        return self.title
