"""Health science (科普): pieces, expert reviews, and what the public worries about."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.culture.codes import PieceState
from rongpei.ground.tenancy.models import EveryoneManager, TenantManager, TenantModel
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit


class Concern(TenantModel):
    """The public worries: a question that calls for pieces, until it is closed."""

    question = models.CharField(_("公众关切"), max_length=80)
    why = models.TextField(_("背景"), max_length=600, blank=True)
    topics = ArrayField(models.CharField(max_length=20), verbose_name=_("主题词"), default=list)
    raised_on = models.DateField(_("提出日期"))
    needed_by = models.DateField(_("希望回应日期"))
    closed_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    public_when = "is_public AND closed_on IS NULL"

    class Meta:
        indexes = [models.Index(fields=["tenant", "-raised_on"], name="culture_concerns")]

    def __str__(self) -> str:
        return self.question


class Piece(TenantModel):
    """An answer in words that everybody understands, by somebody who knows, read by an expert before it goes out."""

    title = models.CharField(_("标题"), max_length=80)
    question = models.CharField(_("回答什么问题"), max_length=120, blank=True)
    body = models.TextField(_("正文"), max_length=8000, blank=True)
    topics = ArrayField(models.CharField(max_length=20), verbose_name=_("主题词"), default=list, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("科室")
    )
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    author_line = models.CharField(_("作者署名"), max_length=80)
    state = models.CharField(_("状态"), max_length=10, choices=PieceState, default=PieceState.DRAFT)
    is_public = models.BooleanField(default=True)
    published_on = models.DateField(null=True, blank=True)
    checked_until = models.DateField(_("有效到"), null=True, blank=True)
    changed_at = models.DateTimeField()

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    public_when = "state = 'published' AND is_public"

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "state", "-changed_at"], name="culture_pieces"),
            models.Index(fields=["author", "-changed_at"], name="culture_pieces_of"),
            models.Index(
                fields=["-published_on", "-id"], condition=Q(state="published"), name="culture_pieces_out"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Review(TenantModel):
    """An expert was asked to read a piece, and what the expert said. Never changed afterwards: a new round is a new row."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="reviews", db_index=False)
    expert = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField()
    due_on = models.DateField()
    opinion = models.TextField(_("意见"), max_length=1000, blank=True)
    passes = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    audited = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["piece", "expert"], condition=Q(answered_at=None), name="culture_review_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["piece", "id"], name="culture_reviews"),
            models.Index(
                fields=["expert", "due_on"], condition=Q(answered_at=None), name="culture_reviews_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piece_id}/{self.expert_id}"


class ConcernPiece(TenantModel):
    """A piece answers a concern."""

    concern = models.ForeignKey(Concern, models.CASCADE, related_name="answers", db_index=False)
    piece = models.ForeignKey(Piece, models.CASCADE, related_name="concerns")

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    public_when = (
        "(SELECT c.is_public AND c.closed_on IS NULL FROM culture_concern c WHERE c.id = concern_id)"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "piece"], name="culture_answer_once")]

    def __str__(self) -> str:
        return f"{self.concern_id}/{self.piece_id}"
