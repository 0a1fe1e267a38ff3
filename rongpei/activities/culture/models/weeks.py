"""Campaign weeks: a span of days under one title. What happens in it is asked of every activity, never stored here."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel


class Week(TenantModel):
    """科技创新周, 护理文化周 and others; both ends belong to it."""

    title = models.CharField(_("名称"), max_length=40)
    introduction = models.TextField(_("说明"), max_length=1000, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "title", "starts_on"], name="culture_week_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=F("starts_on")), name="culture_week_order"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-starts_on"], name="culture_weeks")]

    def __str__(self) -> str:
        return self.title
