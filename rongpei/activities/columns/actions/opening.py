"""Whether a text and its files are open to everybody: rows that the database guards repeat what columns and articles say."""

from django.db.models import Q, QuerySet

from rongpei.activities.columns.models import Article, ArticleFile, ArticleText

_OPEN = Q(article__state="published", article__is_public=True, article__gated=False)


def spread_access(articles: QuerySet[Article]) -> None:
    """Carry what column and article say (public, for professionals, in print) to text and files."""
    ids = list(articles.values_list("id", flat=True))
    for row in Article.objects.filter(pk__in=ids).select_related("column").iterator(500):
        gated = row.requires_hcp or row.column.requires_hcp
        public = row.column.is_public and row.column.closed_on is None
        if (row.gated, row.is_public) != (gated, public):
            Article.objects.filter(pk=row.pk).update(gated=gated, is_public=public)
            ArticleText.objects.filter(pk=row.pk).update(gated=gated, is_public=public)
    _follow(ArticleText.objects.filter(article__in=ids))
    _follow(ArticleFile.objects.filter(article__in=ids))


def _follow(rows: QuerySet[ArticleText] | QuerySet[ArticleFile]) -> None:
    open_ones = list(rows.filter(_OPEN).values_list("pk", flat=True))
    rows.filter(pk__in=open_ones, is_open=False).update(is_open=True)
    rows.exclude(pk__in=open_ones).filter(is_open=True).update(is_open=False)
