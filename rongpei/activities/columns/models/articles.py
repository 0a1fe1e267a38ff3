"""Columns and articles, from draft to print."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns.codes import (
    ArticleState,
    AuthorKind,
    EditorialStep,
    FilePart,
    Moderation,
)
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.models import EveryoneManager, TenantManager, TenantModel
from rongpei.kernel.procedures.models import Case
from rongpei.org.people.models import Person


class Column(TenantModel):
    """A column (专栏): the operator's, or a hospital's own.

    `is_public` lets everybody see it; otherwise only its tenant does. `requires_hcp` closes the text of every article.
    """

    name = models.CharField(_("名称"), max_length=40)
    introduction = models.TextField(_("栏目介绍"), max_length=600, blank=True)
    host = models.CharField(_("主持"), max_length=60, blank=True)
    guiding_unit = models.CharField(_("指导单位"), max_length=80, blank=True)
    parts = ArrayField(models.CharField(max_length=30), verbose_name=_("栏目分部"), default=list, blank=True)
    requires_hcp = models.BooleanField(_("认证后可看"), default=False)
    is_public = models.BooleanField(_("对外公开"), default=False)
    comments_open = models.BooleanField(_("开放评论"), default=True)
    moderation = models.CharField(_("评论审核"), max_length=4, choices=Moderation, default=Moderation.PRE)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    created_at = models.DateTimeField()
    closed_on = models.DateField(_("停办日期"), null=True, blank=True)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    public_when = "is_public"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="columns_name_once")]

    def __str__(self) -> str:
        return self.name


class ColumnEditor(TenantModel):
    """Somebody named as editor of a column; where nobody is, every editor of the tenant is."""

    column = models.ForeignKey(Column, models.CASCADE, related_name="editors")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=50)

    audited = True
    personal_fields = ("name",)
    public_when = "(SELECT c.is_public FROM columns_column c WHERE c.id = column_id)"
    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["column", "person"], name="columns_editor_once")]

    def __str__(self) -> str:
        return f"{self.column_id}/{self.person_id}"


class Article(TenantModel):
    """What is said about an article before one reads it. Its text is apart, so that it can be closed.

    `gated` and `is_public` repeat what column and article say, kept by the actions that change either. The author is
    whoever is printed; `writer_id` is the person who wrote it here (perhaps of another tenant), `poster` who posted it.
    `revisions` counts what was saved, `printed` is the number of the one in print.
    """

    column = models.ForeignKey(Column, models.PROTECT, related_name="articles", db_index=False)
    part = models.CharField(_("分部"), max_length=30, blank=True)
    title = models.CharField(_("标题"), max_length=80)
    subtitle = models.CharField(_("副标题"), max_length=80, blank=True)
    summary = models.CharField(_("摘要"), max_length=200, blank=True)
    author_kind = models.CharField(
        _("作者类型"), max_length=12, choices=AuthorKind, default=AuthorKind.PERSON
    )
    author_name = models.CharField(_("作者"), max_length=60, blank=True)
    author_post = models.CharField(_("单位和职务"), max_length=80, blank=True)
    author_note = models.TextField(_("作者的话"), max_length=600, blank=True)
    source = models.CharField(_("来源"), max_length=80, blank=True)
    original = models.BooleanField(_("原创"), default=True)
    specialties = ArrayField(
        models.CharField(max_length=20), verbose_name=_("专业"), default=list, blank=True
    )
    tags = ArrayField(models.CharField(max_length=20), verbose_name=_("标签"), default=list, blank=True)
    serves = models.CharField(_("服务的主题或典型"), max_length=80, blank=True)
    related_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    requires_hcp = models.BooleanField(_("认证后可看"), default=False)
    comments_open = models.BooleanField(_("开放评论"), default=True)
    gated = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    state = models.CharField(_("状态"), max_length=10, choices=ArticleState, default=ArticleState.DRAFT)
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="+")
    writer_id = models.BigIntegerField(null=True, blank=True)
    poster = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(_("最近修改"))
    scheduled_at = models.DateTimeField(_("定时"), null=True, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=200, blank=True)
    revisions = models.PositiveIntegerField(default=0)
    printed = models.PositiveIntegerField(default=0)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    personal_fields = ("author_note",)
    public_when = "state = 'published' AND is_public"

    class Meta:
        indexes = [
            models.Index(
                fields=["column", "-published_at", "-id"],
                condition=Q(state="published"),
                name="columns_newest",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state="published", is_public=True),
                name="columns_front",
            ),
            models.Index(fields=["tenant", "state", "-changed_at"], name="columns_desk"),
            models.Index(fields=["scheduled_at"], condition=Q(state="scheduled"), name="columns_due"),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleText(TenantModel):
    """The printed text, clean HTML, and its plain words.

    Migrations add its words (tsvector), which the search function reads together with what is repeated here of the
    article: when it was printed (None once withdrawn), whether it is public, whether it is closed.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="text", primary_key=True)
    html = models.TextField()
    plain = models.TextField()
    is_open = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    gated = models.BooleanField(default=False)
    printed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    public_when = "is_open"

    def __str__(self) -> str:
        return f"{self.article_id}: {len(self.plain)}"


class Revision(TenantModel):
    """What a writer or editor once saved. Nothing is overwritten: restoring one saves it again."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="saved", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    html = models.TextField()
    remark = models.CharField(max_length=80, blank=True)
    saved_by = models.CharField(max_length=50)
    saved_by_id = models.BigIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField()

    append_only = True
    personal_fields = ("saved_by",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="columns_revision_once")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"


class Autosave(TenantModel):
    """What somebody has typed and not yet saved; one for each person and article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="autosaves", db_index=False)
    user_id = models.BigIntegerField()
    base = models.PositiveIntegerField()
    title = models.CharField(max_length=80, blank=True)
    html = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user_id"], name="columns_autosave_once")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.user_id}"


class ArticleFile(TenantModel):
    """A cover, picture or attachment of an article; open to everybody exactly when the text is."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="files", db_index=False)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=FilePart)
    caption = models.CharField(_("图注"), max_length=120, blank=True)
    is_open = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    everywhere: ClassVar[EveryoneManager[Self]] = EveryoneManager()
    audited = True
    public_when = "is_open"

    class Meta:
        indexes = [models.Index(fields=["article", "part", "position"], name="columns_files")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.part}"


class Step(TenantModel):
    """One step on the way to print: who, when, with what opinion."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="steps", db_index=False)
    step = models.CharField(max_length=12, choices=EditorialStep)
    person_id = models.BigIntegerField(null=True, blank=True)
    person_name = models.CharField(max_length=50, blank=True)
    opinion = models.CharField(_("意见"), max_length=300, blank=True)
    secrecy_checked = models.BooleanField(_("保密审查"), default=False)
    revision = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField()

    append_only = True

    class Meta:
        indexes = [models.Index(fields=["article", "id"], name="columns_steps")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.step}"
