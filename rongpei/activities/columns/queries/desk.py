"""What writers, editors and approvers work on."""

from django.db.models import QuerySet

from rongpei.activities.columns import rules
from rongpei.activities.columns.models import Article, Autosave, Column, Invitation, Revision, Step, Writing
from rongpei.ground.accounts.actor import Actor


def desk_articles(actor: Actor) -> QuerySet[Article]:
    """Articles the actor works on in the own tenant."""
    return Article.objects.filter(rules.visible_at_desk(actor)).select_related("column", "poster")


def own_columns(actor: Actor) -> QuerySet[Column]:
    """Open columns of the own tenant."""
    return Column.objects.filter(tenant_id=actor.tenant_id, closed_on=None).order_by("position", "id")


def all_columns(actor: Actor) -> QuerySet[Column]:
    """Columns of the own tenant, closed ones last."""
    return Column.objects.filter(tenant_id=actor.tenant_id).order_by("closed_on", "position", "id")


def writings_of(actor: Actor) -> dict[int, int]:
    """`{article id: its tenant}` of what the actor writes, wherever it belongs."""
    rows = Writing.objects.filter(person_id=rules.me(actor)).order_by("-id")
    return dict(rows.values_list("article_id", "article_tenant_id")[:200])


def newest_revision(article: Article) -> Revision | None:
    """What was saved last."""
    return Revision.objects.filter(article=article).order_by("-number").first()


def revision_of(article: Article, number: int) -> Revision | None:
    """One saved text."""
    return Revision.objects.filter(article=article, number=number).first()


def revisions_of(article: Article) -> list[Revision]:
    """Every saved text, newest first, without the text itself."""
    return list(Revision.objects.filter(article=article).defer("html").order_by("-number"))


def autosave_of(article: Article, actor: Actor) -> Autosave | None:
    """What the actor typed and did not save, unless somebody has saved since."""
    found = Autosave.objects.filter(article=article, user_id=actor.user_id or 0).first()
    return found if found is not None and found.base == article.revisions else None


def steps_of(article: Article) -> list[Step]:
    """The way so far, oldest first."""
    return list(Step.objects.filter(article=article).order_by("id"))


def invitations_of(column: Column) -> list[Invitation]:
    """Who was asked to write, newest first."""
    return list(Invitation.objects.filter(column=column).select_related("article").order_by("-id"))
