"""An application as it is being filled in, and every submission as it was handed in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.ground.files.cipher import decipher, mask_id
from rongpei.ground.tenancy.models import TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person
from rongpei.pipelines.verification.codes import Certificate, Profession, Reason, State


class Stated(TenantModel):
    """What a person says about oneself. Numbers are enciphered; their blind indexes find the same one elsewhere."""

    name = models.CharField(_("姓名"), max_length=50, blank=True)
    id_cipher = models.TextField(blank=True)
    id_index = models.CharField(max_length=32, blank=True)
    workplace = models.CharField(_("工作单位"), max_length=120, blank=True)
    department = models.CharField(_("科室"), max_length=60, blank=True)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    profession = models.CharField(_("专业类别"), max_length=12, choices=Profession, blank=True)
    certificate = models.CharField(_("证书种类"), max_length=24, choices=Certificate, blank=True)
    number_cipher = models.TextField(blank=True)
    number_index = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True

    @property
    def id_number(self) -> str:
        """The ID number in clear; for the person and the reviewer at work."""
        return decipher(self.id_cipher)

    @property
    def number(self) -> str:
        """The certificate's number in clear."""
        return decipher(self.number_cipher)

    @property
    def masked_id(self) -> str:
        """The ID number as it may be shown."""
        return mask_id(self.id_number)


PERSONAL = (
    "name", "id_cipher", "id_index", "workplace", "department", "title", "number_cipher", "number_index",
)  # fmt: skip
STATED = (*PERSONAL, "profession", "certificate")


class Application(Stated):
    """One case's application: what the person fills in until it is submitted. `state` repeats what the case says."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="verification")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    audited = True
    personal_fields = PERSONAL

    class Meta:
        indexes = [
            models.Index(fields=["person", "-id"], name="verification_of_person"),
            models.Index(fields=["tenant", "id_index"], name="verification_same_id", condition=~Q(id_index="")),
            models.Index(fields=["tenant", "number_index"], name="verification_same_number", condition=~Q(number_index="")),
            models.Index(fields=["tenant", "state", "changed_at"], name="verification_by_state"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


# What awaits a decision.
WAITING = Q(decided_at=None, withdrawn=False)


class Submission(Stated):
    """One handing-in, frozen, with who has it and what was decided. `tries` numbers those that count.

    An appeal is the same papers before somebody else: `appealed` holds the person's words, `barred` whoever
    decided before. `digest` is of everything handed in and outlives the images.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    sequence = models.PositiveSmallIntegerField()
    tries = models.PositiveSmallIntegerField(_("第几次提交"))
    file_ids = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(_("提交时间"))
    due_at = models.DateTimeField(_("最晚答复"))
    appealed = models.CharField(_("复核理由"), max_length=500, blank=True)
    barred_id = models.BigIntegerField(null=True)
    claimed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    claimed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(_("结论时间"), null=True)
    passed = models.BooleanField(null=True)
    withdrawn = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    message = models.CharField(_("怎样改"), max_length=500, blank=True)
    images_deleted_at = models.DateTimeField(null=True)

    audited = True
    personal_fields = (*PERSONAL, "appealed", "message")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "sequence"], name="verification_sequence"),
            models.UniqueConstraint(
                fields=["application"], condition=WAITING, name="verification_one_waiting"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "due_at", "id"], name="verification_queue", condition=WAITING),
            models.Index(fields=["tenant", "-decided_at", "id"], name="verification_decided", condition=Q(decided_at__isnull=False)),
            models.Index(fields=["tenant", "decided_by", "-decided_at"], name="verification_own_decisions"),
            models.Index(fields=["claimed_by"], name="verification_claimed", condition=WAITING),
            models.Index(fields=["tenant", "decided_at"], name="verification_images", condition=Q(images_deleted_at=None)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.application_id}#{self.sequence}"

    @property
    def waits(self) -> bool:
        """Whether a decision is awaited (`WAITING` of one that is at hand)."""
        return self.decided_at is None and not self.withdrawn

    @property
    def reason_labels(self) -> list[str]:
        """The reasons in words."""
        return [str(Reason(code).label) for code in self.reasons]
