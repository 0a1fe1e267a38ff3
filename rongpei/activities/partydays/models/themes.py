"""Themes set by the party office, and the reminders about them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import Field, ThemeForm, ThemeState
from rongpei.ground.notices.models import Batch
from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.gatherings.codes import Mode
from rongpei.org.units.models import Unit


class Theme(TenantModel):
    """A theme for the branches under `unit`, held between two days (both included), with a kit to start from.

    Branches plan by `plan_by_on` and record by `record_by_on`. The kit's surveys are written as text, see
    `papers.drafting`; `kit_minutes` is the length of the meeting in minutes.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(_("主题"), max_length=80)
    slogan = models.CharField(_("口号"), max_length=120, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    plan_by_on = models.DateField(_("安排期限"))
    record_by_on = models.DateField(_("记录期限"))
    fields = ArrayField(models.CharField(max_length=24, choices=Field), verbose_name=_("领域"))
    forms = ArrayField(models.CharField(max_length=16, choices=ThemeForm), verbose_name=_("形式"))
    mode = models.CharField(_("方式"), max_length=8, choices=Mode, default=Mode.ON_SITE)
    brief = models.TextField(_("要求"), blank=True)
    kit_agenda = models.TextField(_("议题模板"), blank=True)
    kit_minutes = models.PositiveSmallIntegerField(_("建议时长（分钟）"), default=120)
    kit_needs = models.TextField(_("会前需求调查"), blank=True)
    kit_after = models.TextField(_("会后评价和小测验"), blank=True)
    kit_change = models.TextField(_("三个月后回访"), blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=ThemeState, default=ThemeState.DRAFT)
    issued_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    audited = True

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="partydays_theme_period")
        ]
        indexes = [models.Index(fields=["tenant", "-starts_on", "-id"], name="partydays_themes")]

    def __str__(self) -> str:
        return self.title

    @property
    def field_words(self) -> str:
        """思想建设、院感防控."""
        return "、".join(str(Field(code).label) for code in self.fields)

    @property
    def form_words(self) -> str:
        """理论课堂、研讨交流."""
        return "、".join(str(ThemeForm(code).label) for code in self.forms)


class ThemeReminder(TenantModel):
    """One reminder sent about a theme; the batch of notices can be taken back within ten minutes."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="reminders")
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    branches = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.theme_id} {self.sent_at:%Y-%m-%d}"
