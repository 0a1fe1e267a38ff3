"""What the operator sets: limits and terms, and sentences that reviewers use again."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel


def _bounds(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [
        MinValueValidator(least, _("至少是 %(n)d。") % {"n": least}),
        MaxValueValidator(most, _("至多是 %(n)d。") % {"n": most}),
    ]


class Policy(TenantModel):
    """One tenant's limits; where there is no row, the defaults hold."""

    tries = models.PositiveSmallIntegerField(_("最多提交几次"), default=3, validators=_bounds(1, 10))
    keep_days = models.PositiveSmallIntegerField(
        _("证书图片在结论后保留几天"), default=30, validators=_bounds(1, 90)
    )
    valid_months = models.PositiveSmallIntegerField(
        _("认证有效几个月"), default=24, validators=_bounds(1, 60)
    )
    answer_days = models.PositiveSmallIntegerField(
        _("几个工作日内答复"), default=1, validators=_bounds(1, 20)
    )

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="verification_one_policy")]

    def __str__(self) -> str:
        return f"{self.tenant_id}"


class AnswerTemplate(TenantModel):
    """A sentence reviewers use again, with the reasons it goes with."""

    title = models.CharField(_("名称"), max_length=40)
    body = models.CharField(_("正文"), max_length=500)
    reasons = models.JSONField(default=list)

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "title"], name="verification_template_once")]

    def __str__(self) -> str:
        return self.title
