"""Works, their episodes, those shown in them, and who studied what."""

from decimal import Decimal
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.culture.codes import PARTS, ConsentState, Rights, WorkKind
from rongpei.ground.tenancy.models import EveryoneManager, TenantManager, TenantModel
from rongpei.org.people.models import Person


class Work(TenantModel):
    """A collection, product, series or film.

    `is_shown` repeats what rights and consents say today, kept by every action that changes either; `on_view` is the
    wish to show it at all, and `is_public` to show it to everybody.
    """

    kind = models.CharField(_("类型"), max_length=14, choices=WorkKind)
    title = models.CharField(_("名称"), max_length=80)
    introduction = models.TextField(_("介绍"), max_length=2000, blank=True)
    makers = models.CharField(_("主创"), max_length=200, blank=True)
    made_on = models.DateField(_("完成日期"), null=True, blank=True)
    rights = models.CharField(_("权利依据"), max_length=14, choices=Rights, blank=True)
    rights_holder = models.CharField(_("权利人"), max_length=80, blank=True)
    rights_until = models.DateField(_("授权到"), null=True, blank=True)
    on_view = models.BooleanField(_("展出"), default=False)
    is_public = models.BooleanField(_("对外公开"), default=False)
    is_shown = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    public_when = "is_shown AND is_public"

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "-made_on", "-id"], name="culture_works"),
            models.Index(
                fields=["-made_on", "-id"],
                condition=Q(is_shown=True, is_public=True),
                name="culture_exhibition",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def part(self) -> str:
        """What one part of it is called: 篇 of a collection, 集 of a series."""
        return str(PARTS.get(WorkKind(self.kind), _("集")))


class Episode(TenantModel):
    """One part of a series, or the one text of a collection; studied by itself."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="episodes", db_index=False)
    number = models.PositiveSmallIntegerField(_("集"))
    title = models.CharField(_("标题"), max_length=80)
    summary = models.TextField(_("内容"), max_length=4000, blank=True)
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"), default=0)
    class_hours = models.DecimalField(_("学时"), max_digits=3, decimal_places=1, default=Decimal(0))
    link = models.URLField(_("观看地址"), blank=True)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    public_when = "(SELECT w.is_shown AND w.is_public FROM culture_work w WHERE w.id = work_id)"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="culture_episode_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Appearance(TenantModel):
    """Somebody who can be recognised in a work, and what that person says to it."""

    work = models.ForeignKey(Work, models.CASCADE, related_name="appearances", db_index=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField(_("姓名"), max_length=50)
    where = models.CharField(_("出现在"), max_length=80, blank=True)
    state = models.CharField(_("同意"), max_length=10, choices=ConsentState, default=ConsentState.ASKED)
    basis = models.CharField(_("凭据"), max_length=120, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    audited = True
    personal_fields = ("name",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["work", "person"], condition=Q(person__isnull=False), name="culture_appearance_once"
            )
        ]
        indexes = [
            models.Index(fields=["work", "state"], name="culture_consents"),
            models.Index(fields=["person", "work"], condition=Q(person__isnull=False), name="culture_shown"),
        ]

    def __str__(self) -> str:
        return f"{self.work_id} {self.state}"


class Study(TenantModel):
    """A person studied an episode, once, and wrote what stayed."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="studies", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    thoughts = models.TextField(_("心得"), max_length=1000)
    class_hours = models.DecimalField(max_digits=3, decimal_places=1)
    studied_on = models.DateField()
    recorded_at = models.DateTimeField()

    personal_fields = ("thoughts",)
    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "episode"], name="culture_studied_once")]
        indexes = [models.Index(fields=["episode", "-id"], name="culture_studies")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.episode_id}"
