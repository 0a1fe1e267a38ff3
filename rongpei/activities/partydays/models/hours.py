"""How hours are counted, and studies made up."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import MakeUpState
from rongpei.activities.partydays.models.meetings import Meeting
from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.models import Person


class HoursRule(TenantModel):
    """How a hospital counts class hours from a day on, until the next rule; the newest one in force judges an act.

    Defaults are the common practice: 1 hour = 1, half a day = 4, a day = 8. Quotas: 《党员教育管理工作条例》(2019) art. 20 asks 32
    a year of members; the national training plan 56 and one concentrated training of secretaries and committee members.
    """

    starts_on = models.DateField(_("从哪天起"))
    per_hour = models.DecimalField(_("每小时计"), max_digits=4, decimal_places=1, default=Decimal(1))
    half_day_from = models.PositiveSmallIntegerField(_("满多少分钟算半天"), default=210)
    half_day_hours = models.DecimalField(_("半天计"), max_digits=4, decimal_places=1, default=Decimal(4))
    full_day_from = models.PositiveSmallIntegerField(_("满多少分钟算一天"), default=390)
    full_day_hours = models.DecimalField(_("一天计"), max_digits=4, decimal_places=1, default=Decimal(8))
    lecturer_factor = models.DecimalField(
        _("授课人按几倍计"), max_digits=3, decimal_places=1, default=Decimal(1)
    )
    daily_cap = models.DecimalField(_("一人一天最多计"), max_digits=4, decimal_places=1, default=Decimal(8))
    member_quota = models.PositiveSmallIntegerField(_("党员全年应达"), default=32)
    committee_quota = models.PositiveSmallIntegerField(_("书记、委员全年应达"), default=56)
    committee_trainings = models.PositiveSmallIntegerField(_("书记、委员每年集中培训"), default=1)
    online_counts = models.BooleanField(_("线上参加计入表决的到会人数"), default=False)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    created_at = models.DateTimeField()

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "starts_on"], name="partydays_one_rule_a_day"),
            models.CheckConstraint(
                condition=Q(member_quota__gte=32) & Q(committee_quota__gte=56),
                name="partydays_quota_not_weaker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"


class MakeUp(TenantModel):
    """Study made up for a meeting somebody missed. It is counted by itself: the attendance stays what it was."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="make_ups", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    studied_on = models.DateField(_("补学日期"))
    content = models.CharField(_("补学内容"), max_length=300)
    hours = models.DecimalField(_("学时"), max_digits=4, decimal_places=1)
    state = models.CharField(_("状态"), max_length=8, choices=MakeUpState, default=MakeUpState.LOGGED)
    remark = models.CharField(_("审核意见"), max_length=200, blank=True)
    logged_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(state__in=["logged", "accepted"]),
                name="partydays_made_up_once",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-studied_on"], name="partydays_made_up_by"),
            models.Index(fields=["tenant", "state", "-studied_on"], name="partydays_make_ups"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}→{self.meeting_id}"
