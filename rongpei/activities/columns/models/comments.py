"""Comments. They belong to the tenant of their article, whoever writes them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns.codes import CommentState, ReportReason, WordAct
from rongpei.activities.columns.models.articles import Article
from rongpei.ground.tenancy.models import TenantModel


class Comment(TenantModel):
    """What a reader says about an article, or in answer to another (`parent`; one level deep).

    Shown under `display_name`; the real name is enciphered and read by moderators only, under log. `key` is made by the
    page: the same key from the same person is the same comment, however often it arrives.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", db_index=False
    )
    person_id = models.BigIntegerField()
    key = models.UUIDField()
    display_name = models.CharField(max_length=30)
    real_name_cipher = models.TextField()
    title = models.CharField(max_length=40, blank=True)
    is_author = models.BooleanField(default=False)
    body = models.TextField(max_length=1000)
    state = models.CharField(_("状态"), max_length=10, choices=CommentState)
    held_for = models.CharField(_("为何先审"), max_length=60, blank=True)
    likes = models.PositiveIntegerField(default=0)
    reports = models.PositiveIntegerField(default=0)
    posted_at = models.DateTimeField(_("时间"))
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("未通过的原因"), max_length=120, blank=True)

    audited = True
    personal_fields = ("display_name", "real_name_cipher", "body", "title")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "key"], name="columns_comment_once")]
        indexes = [
            models.Index(
                fields=["article", "-id"], condition=Q(state="shown", parent=None), name="columns_talk"
            ),
            models.Index(fields=["parent", "id"], condition=Q(state="shown"), name="columns_replies"),
            models.Index(fields=["article", "person_id"], name="columns_own"),
            models.Index(fields=["person_id", "-id"], name="columns_comments_of"),
            models.Index(fields=["tenant", "state", "-id"], name="columns_queue"),
            models.Index(
                fields=["tenant", "-id"], condition=Q(reports__gt=0, state="shown"), name="columns_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.pk}"


class CommentLike(TenantModel):
    """Somebody likes a comment, once."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", db_index=False)
    person_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person_id"], name="columns_like_once")]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.person_id}"


class CommentReport(TenantModel):
    """Somebody reports a comment, once, with a reason."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reported", db_index=False)
    person_id = models.BigIntegerField()
    reason = models.CharField(max_length=12, choices=ReportReason)
    words = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()

    audited = True
    personal_fields = ("words",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person_id"], name="columns_report_once")]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.reason}"


class SensitiveWord(TenantModel):
    """A word of the tenant's own list: it holds a comment back, or stops it."""

    word = models.CharField(_("词"), max_length=40)
    act = models.CharField(_("处理"), max_length=8, choices=WordAct, default=WordAct.HOLD)
    added_at = models.DateTimeField(_("添加时间"))

    audited = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "word"], name="columns_word_once")]

    def __str__(self) -> str:
        return self.word


class Tally(TenantModel):
    """Shown comments and likes of an article, added up over `slot`s, so that many writers do not wait for one row."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="tallies", db_index=False)
    slot = models.PositiveSmallIntegerField()
    comments = models.IntegerField(default=0)
    likes = models.IntegerField(default=0)
    keeps = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "slot"], name="columns_tally_once")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.slot}"
