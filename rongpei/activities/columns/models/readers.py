"""What readers and invited writers leave: rows of their own tenant, pointing at articles that may be another's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns.codes import MarkKind
from rongpei.activities.columns.models.articles import Article, Column
from rongpei.ground.tenancy.models import TenantModel
from rongpei.org.people.models import Person


class Penname(TenantModel):
    """The name under which a person comments."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="penname", primary_key=True)
    name = models.CharField(_("显示名"), max_length=30)

    audited = True
    personal_fields = ("name",)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Subscription(TenantModel):
    """A reader is told of new articles of a column."""

    column = models.ForeignKey(Column, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    began_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "column"], name="columns_subscribed_once")]
        indexes = [models.Index(fields=["column", "tenant"], name="columns_subscribers")]

    def __str__(self) -> str:
        return f"{self.column_id}/{self.person_id}"


class Mark(TenantModel):
    """A reader likes or keeps an article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=4, choices=MarkKind)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "article", "kind"], name="columns_mark_once")
        ]
        indexes = [models.Index(fields=["person", "kind", "-id"], name="columns_marks_of")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.person_id} {self.kind}"


class Writing(TenantModel):
    """A person of this tenant writes an article, which may belong to another tenant."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="+", db_index=False)
    article_tenant_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "article"], name="columns_writing_once")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.person_id}"


class Invitation(TenantModel):
    """A column asks somebody to write; whoever opens the signed link and accepts becomes the writer of one article."""

    column = models.ForeignKey(Column, models.CASCADE, related_name="invitations")
    guest = models.CharField(_("约稿对象"), max_length=60)
    topic = models.CharField(_("选题"), max_length=80, blank=True)
    message = models.CharField(_("说明"), max_length=300, blank=True)
    due_on = models.DateField(_("截稿日期"))
    invited_by = models.CharField(max_length=50)
    invited_at = models.DateTimeField()
    article = models.OneToOneField(Article, models.SET_NULL, null=True, blank=True, related_name="invitation")
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    audited = True
    personal_fields = ("guest", "message", "invited_by")

    def __str__(self) -> str:
        return f"{self.column_id} {self.due_on}"


class ReadCount(TenantModel):
    """How often an article was read on a day: added up in memory, written every few seconds; see `counting`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="read_counts", db_index=False)
    on = models.DateField()
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "on"], name="columns_reads_once")]
        indexes = [models.Index(fields=["tenant", "on"], name="columns_reads_by_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.on}"
