"""What a reader finds: columns, articles, one article with its text, and search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from rongpei.activities.columns import rules
from rongpei.activities.columns.codes import FilePart, MarkKind
from rongpei.activities.columns.models import (
    Article,
    ArticleFile,
    ArticleText,
    Column,
    ColumnEditor,
    Mark,
    Subscription,
    Tally,
)
from rongpei.activities.columns.wording import query_of
from rongpei.ground.accounts.actor import Actor


def columns_for(actor: Actor | None) -> QuerySet[Column]:
    """Open columns the reader may see: public ones, and those of the own tenants."""
    inside = Q(tenant_id__in=actor.tenant_ids) if actor is not None else Q(pk__in=[])
    return Column.everywhere.filter(Q(is_public=True) | inside, closed_on=None).order_by("position", "id")


def articles_for(actor: Actor | None) -> QuerySet[Article]:
    """Articles in print that the reader may find, newest first; their text is another question."""
    rows = Article.everywhere.filter(rules.readable(actor), column__closed_on=None).select_related("column")
    return rows.order_by("-published_at", "-id")


def text_of(article: Article) -> ArticleText | None:
    """The printed text, as far as the database shows it in this scope."""
    return ArticleText.everywhere.filter(pk=article.pk).first()


def files_of(article: Article) -> list[ArticleFile]:
    """Cover, pictures and attachments, likewise."""
    rows = ArticleFile.everywhere.filter(article=article).order_by("position", "id")
    return list(rows.select_related("file"))


@dataclass(frozen=True, slots=True)
class Counts:
    """Shown comments, likes and keeps of an article."""

    comments: int = 0
    likes: int = 0
    keeps: int = 0


def counts_of(article_ids: Sequence[int]) -> dict[int, Counts]:
    """Counts of several articles whose tenants are in scope, in one query."""
    rows = Tally.objects.filter(article__in=article_ids).values("article_id")
    found = rows.annotate(c=Sum("comments"), n=Sum("likes"), k=Sum("keeps")).values_list(
        "article_id", "c", "n", "k"
    )
    return {ident: Counts(comments, likes, keeps) for ident, comments, likes, keeps in found}


def subscribes_to(actor: Actor | None, column: Column) -> bool:
    """Whether the reader is told of new articles of the column."""
    if actor is None or actor.person_id is None:
        return False
    return Subscription.objects.filter(person_id=actor.person_id, column=column).exists()


def kept_by(actor: Actor) -> QuerySet[Article]:
    """Articles the reader keeps and can still find, the latest kept first."""
    kept = Mark.objects.filter(person_id=rules.me(actor), kind=MarkKind.KEEP)
    order = {
        ident: place
        for place, ident in enumerate(kept.order_by("-id").values_list("article_id", flat=True)[:100])
    }
    return articles_for(actor).filter(pk__in=order)


def subscribed_by(actor: Actor) -> QuerySet[Column]:
    """Columns the reader subscribes to and can still see."""
    ids = Subscription.objects.filter(person_id=rules.me(actor)).values_list("column_id", flat=True)
    return columns_for(actor).filter(pk__in=list(ids))


def editors_of(column: Column) -> list[str]:
    """Names of a column's editors, for its card."""
    return list(ColumnEditor.everywhere.filter(column=column).order_by("id").values_list("name", flat=True))


def article_counts(columns: Iterable[Column], actor: Actor | None) -> dict[int, int]:
    """`{column id: articles in print that the reader finds}`."""
    rows = Article.everywhere.filter(rules.readable(actor), column__in=[one.pk for one in columns])
    return dict(rows.values_list("column_id").annotate(n=Count("id")))


def covers_of(articles: Sequence[Article]) -> dict[int, int]:
    """`{article id: ArticleFile id of its cover}` where the reader may see it."""
    rows = ArticleFile.everywhere.filter(article__in=[one.pk for one in articles], part=FilePart.COVER)
    return dict(rows.order_by("id").values_list("article_id", "id"))


def search_articles(actor: Actor | None, text: str, *, passes: bool, most: int = 50) -> list[Article]:
    """Articles that hold every word asked for, titles first, then the newest.

    A closed text is searched only for those whom the gate lets in; its title, author and tags for everybody.
    """
    asked = query_of(text[:60])
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT columns_search(%s::tsquery, %s, %s)", [asked, passes, most])
        ids = [row[0] for row in cursor.fetchall()]
    found = {article.pk: article for article in articles_for(actor).filter(pk__in=ids)}
    return [found[ident] for ident in ids if ident in found]
