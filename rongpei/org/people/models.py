"""Persons and their dated facts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.files.cipher import decipher, mask_id
from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.codes import (
    EmploymentKind,
    FactKind,
    PartyStatus,
    PositionType,
    Sex,
    Standing,
    TitleLevel,
)


class Person(TenantModel):
    """A person of one tenant. A move closes the row and opens a linked one (`moved_from`).

    The columns from `party_status` on repeat the facts of today; `actions.record_fact` keeps them.
    """

    staff_number = models.CharField(_("工号"), max_length=40, blank=True)
    name = models.CharField(_("姓名"), max_length=50)
    sort_key = models.CharField(max_length=200, db_collation="C")
    initials = models.CharField(max_length=50)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex, blank=True)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    native_place = models.CharField(_("籍贯"), max_length=60, blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    id_cipher = models.TextField(blank=True)
    id_index = models.CharField(max_length=32, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    school = models.CharField(_("毕业院校及专业"), max_length=120, blank=True)
    work_started_on = models.DateField(_("参加工作时间"), null=True, blank=True)
    remarks = models.CharField(_("备注"), max_length=300, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person"
    )
    moved_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="moved_to")
    standing = models.CharField(_("在册情况"), max_length=10, choices=Standing, default=Standing.PRESENT)
    closed_on = models.DateField(null=True, blank=True)

    party_status = models.CharField(
        _("人员类别"), max_length=20, choices=PartyStatus, default=PartyStatus.NONE
    )
    joined_on = models.DateField(_("入党时间"), null=True, blank=True)
    converted_on = models.DateField(_("转正时间"), null=True, blank=True)
    title = models.CharField(_("职称"), max_length=40, blank=True)
    title_level = models.CharField(_("职称级别"), max_length=12, choices=TitleLevel, default=TitleLevel.NONE)
    education = models.CharField(_("学历"), max_length=20, blank=True)
    degree = models.CharField(_("学位"), max_length=20, blank=True)
    position_type = models.CharField(_("岗位类别"), max_length=16, choices=PositionType, blank=True)
    employment_kind = models.CharField(_("用工性质"), max_length=20, choices=EmploymentKind, blank=True)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    party_post = models.CharField(_("党内职务"), max_length=60, blank=True)

    audited = True
    personal_fields = (
        "name", "sort_key", "initials", "native_place", "born_on", "id_cipher", "id_index", "phone", "school",
        "remarks", "ethnicity",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "staff_number"],
                condition=~models.Q(staff_number="") & models.Q(standing="present"),
                name="people_number_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "id_index"],
                condition=~models.Q(id_index="") & models.Q(standing="present"),
                name="people_id_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "standing", "sort_key", "id"], name="people_by_name"),
            models.Index(fields=["tenant", "party_status", "sort_key", "id"], name="people_by_status"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_member(self) -> bool:
        """Whether the person is a party member today, probationary ones included."""
        return self.party_status in (PartyStatus.PROBATIONARY, PartyStatus.FULL)

    @property
    def masked_id(self) -> str:
        """The ID number as everyone may see it."""
        return mask_id(decipher(self.id_cipher))


class Fact(TenantModel):
    """From `starts_on` the person's `kind` is `value`, until the next fact of that kind.

    Facts of one kind are change points, so two can never overlap; the empty value ends one. A correction
    supersedes the row and keeps it.
    """

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="facts", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=16, choices=FactKind)
    value = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField()
    source = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    audited = True
    set_checked = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "starts_on"],
                condition=models.Q(superseded_at=None),
                name="people_one_fact_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}={self.value} ({self.starts_on})"
