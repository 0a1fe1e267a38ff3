"""Requests of people about their own data, and the term in which the office answers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.models import Person
from rongpei.org.privacy.codes import Outcome, RequestKind, RequestState


class Term(TenantModel):
    """From a day on requests are answered within so many working days; the newest one in force judges a request.

    The law gives no number (art. 50 asks for a convenient way and for reasons), so it is the house's own rule.
    """

    starts_on = models.DateField(_("从哪天起"))
    working_days = models.PositiveSmallIntegerField(_("几个工作日内答复"), default=15)
    extension_days = models.PositiveSmallIntegerField(_("最多延长几个工作日"), default=15)
    basis = models.CharField(_("依据"), max_length=200, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "starts_on"], name="privacy_one_term_a_day"),
            models.CheckConstraint(
                condition=Q(working_days__gte=1, working_days__lte=30, extension_days__lte=30),
                name="privacy_term_is_short",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.working_days}"


class Request(TenantModel):
    """One request. `about` names what it is about (`app.Model`); `result` says how many rows of each were erased."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("要求"), max_length=10, choices=RequestKind)
    about = ArrayField(models.CharField(max_length=60), verbose_name=_("涉及的信息"), default=list)
    wish = models.TextField(_("说明"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("提出时间"))
    due_on = models.DateField(_("答复期限"))
    extended_on = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(_("延长原因"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.BigIntegerField(null=True, blank=True)
    result = models.JSONField(default=dict)

    audited = True
    personal_fields = ("wish", "answer", "extension_reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(state="open"), name="privacy_one_open_of_a_kind"
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "due_on", "id"], name="privacy_queue"),
            models.Index(fields=["person", "-id"], name="privacy_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
