"""What people say about a meeting: surveys before and after, reflections, and the best ones put forward."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.activities.partydays.codes import Audience, InquiryRole
from rongpei.activities.partydays.models.meetings import Meeting
from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.papers.models import Paper
from rongpei.org.people.models import Person


class Inquiry(TenantModel):
    """A questionnaire about a meeting; `role` says what it asks: needs before, judgement after, change in three months."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="inquiries", db_index=False)
    role = models.CharField(max_length=8, choices=InquiryRole)
    paper = models.OneToOneField(Paper, models.CASCADE, related_name="inquiry")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "role"], name="partydays_one_inquiry")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.role}"


class Reflection(TenantModel):
    """What somebody took home from a meeting; the author chooses who reads it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="reflections", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(_("心得"), max_length=3000)
    audience = models.CharField(_("给谁看"), max_length=10, choices=Audience, default=Audience.COMMITTEE)
    written_at = models.DateTimeField()

    audited = True
    personal_fields = ("text",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="partydays_one_reflection")]
        indexes = [models.Index(fields=["person", "-id"], name="partydays_reflections")]

    def __str__(self) -> str:
        return f"{self.person_id}@{self.meeting_id}"


class Nomination(TenantModel):
    """A theme day put forward as one of the best of a year (the award itself is conferred elsewhere)."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="nomination")
    reason = models.TextField(_("推荐理由"), max_length=1000)
    put_forward_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    audited = True

    class Meta:
        indexes = [models.Index(fields=["tenant", "-put_forward_at"], name="partydays_nominations")]

    def __str__(self) -> str:
        return f"{self.meeting_id}"
