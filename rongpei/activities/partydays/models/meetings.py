"""Meetings."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import Field, MeetingKind, ThemeForm
from rongpei.activities.partydays.models.themes import Theme
from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.gatherings.models import Gathering
from rongpei.org.people.models import Person


class Meeting(TenantModel):
    """A meeting of a party unit: the gathering says who came; this says what it was and what was decided."""

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="meeting")
    kind = models.CharField(_("会议类型"), max_length=24, choices=MeetingKind)
    host = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="meetings")
    field = models.CharField(_("领域"), max_length=24, choices=Field, blank=True, default="", db_default="")
    form = models.CharField(
        _("形式"), max_length=16, choices=ThemeForm, blank=True, default="", db_default=""
    )
    class_hours = models.DecimalField(_("学时"), max_digits=4, decimal_places=1, default=Decimal(1))
    agenda = models.TextField(_("议题"), blank=True)
    minutes = models.TextField(_("发言摘要"), blank=True)
    resolution = models.TextField(_("决议"), blank=True)
    entered_later_reason = models.CharField(_("补录原因"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmations = models.PositiveSmallIntegerField(default=0)

    audited = True
    personal_fields = ("minutes",)

    class Meta:
        indexes = [models.Index(fields=["tenant", "kind"], name="partydays_by_kind")]

    def __str__(self) -> str:
        return self.gathering.title


class Motion(TenantModel):
    """Something voted on at a meeting, in the order of `number`: ballots in the room, and written ones of absentees."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="motions", db_index=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("表决事项"), max_length=200)
    yes = models.PositiveSmallIntegerField(_("赞成"))
    no = models.PositiveSmallIntegerField(_("反对"), default=0)
    abstain = models.PositiveSmallIntegerField(_("弃权"), default=0)
    written_yes = models.PositiveSmallIntegerField(_("书面赞成"), default=0)
    written_no = models.PositiveSmallIntegerField(_("书面反对"), default=0)

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="partydays_motion_once")]

    def __str__(self) -> str:
        return self.text
