"""What the secretary's and the office's desks keep beside cases."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.membership.codes import (
    ApplicationState,
    ContactOutcome,
    ContactWhy,
    LetterKind,
    LetterState,
)


class Application(TenantModel):
    """An application handed in on the phone. The signed paper is the original: its receipt opens the case."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    written_on = models.DateField(_("落款日期"))
    body = models.TextField(_("申请书"), blank=True)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.WAITING)
    handed_in_at = models.DateTimeField()
    received_on = models.DateField(_("收到日期"), null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    audited = True
    personal_fields = ("body",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="waiting"), name="membership_one_waiting"
            )
        ]
        indexes = [models.Index(fields=["unit", "state", "handed_in_at"], name="membership_waiting")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"


class Contact(TenantModel):
    """Conversations with somebody who has not applied: who talks, when next, what came of it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(_("联系对象"), max_length=16, choices=ContactWhy)
    starts_on = models.DateField(_("开始联系"))
    next_on = models.DateField(_("下次谈话"), null=True, blank=True)
    talks = models.PositiveSmallIntegerField(_("已谈"), default=0)
    last_on = models.DateField(_("最近谈话"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=10, choices=ContactOutcome, default=ContactOutcome.OPEN)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(outcome="open"), name="membership_one_contact"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "outcome", "next_on", "id"], name="membership_contacts"),
            models.Index(fields=["contact", "outcome", "next_on"], name="membership_my_contacts"),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} → {self.person_id}"


class ContactTalk(TenantModel):
    """One conversation; append-only."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="talked", db_index=False)
    talked_on = models.DateField(_("谈话日期"))
    summary = models.TextField(_("谈话情况"))
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["contact", "-talked_on", "-id"], name="membership_talks")]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.talked_on}"


class YearPlan(TenantModel):
    """How many probationary members a year may admit: of the whole tenant (unit null), and of each branch."""

    year = models.PositiveSmallIntegerField(_("年度"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    places = models.PositiveIntegerField(_("名额"))
    document = models.CharField(_("下达文件"), max_length=120, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "year", "unit"], name="membership_plan_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_id} {self.places}"


class RelationLetter(TenantModel):
    """组织关系介绍信: until its return slip is received, the person belongs to the old branch and to no other."""

    kind = models.CharField(_("类别"), max_length=8, choices=LetterKind)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    outside = models.CharField(_("外单位党组织"), max_length=120, blank=True)
    number = models.CharField(_("介绍信编号"), max_length=60)
    issued_on = models.DateField(_("开出日期"))
    due_on = models.DateField(_("回执期限"))
    received_on = models.DateField(_("接收日期"), null=True, blank=True)
    slip_number = models.CharField(_("回执编号"), max_length=60, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=LetterState, default=LetterState.ISSUED)
    reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="issued"), name="membership_one_letter"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("issued_on")), name="membership_letter_due"),
        ]
        indexes = [models.Index(fields=["tenant", "state", "due_on", "id"], name="membership_letters")]

    def __str__(self) -> str:
        return self.number


class ReviewMaterial(TenantModel):
    """Material of a political review; append-only, read by those entitled, and every reading is logged."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("类别"), max_length=60)
    obtained_on = models.DateField(_("取得日期"))
    body = models.TextField(_("内容摘要"))
    recorded_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="membership_reviewed")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
