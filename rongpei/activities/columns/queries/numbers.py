"""Numbers of a tenant's columns over a span of days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum
from django.utils import timezone

from rongpei.activities.columns.codes import ArticleState, CommentState
from rongpei.activities.columns.models import Article, Column, Comment, ReadCount, Tally

_MOST = 20


@dataclass(frozen=True, slots=True)
class Numbers:
    """Readings, prints, comments, likes with keeps; readings by day; the most read articles; columns with both."""

    reads: int
    published: int
    comments: int
    marks: int
    by_day: dict[date, int]
    articles: list[tuple[Article, int]]
    columns: list[tuple[Column, int, int]]


def numbers_of(tenant_id: int, first: date, last: date) -> Numbers:
    """Everything of the page in seven queries, each over an index of the span."""
    reads = ReadCount.objects.filter(tenant_id=tenant_id, on__gte=first, on__lte=last)
    by_day = dict(reads.values_list("on").annotate(n=Sum("reads")))
    most = dict(reads.values_list("article_id").annotate(n=Sum("reads")).order_by("-n")[:_MOST])
    rows = Article.objects.filter(pk__in=most).select_related("column")
    begins, ends = _midnight(first), _midnight(last + timedelta(days=1))
    printed = Article.objects.filter(
        tenant_id=tenant_id, state=ArticleState.PUBLISHED, published_at__gte=begins, published_at__lt=ends
    )
    said = Comment.objects.filter(
        tenant_id=tenant_id, state=CommentState.SHOWN, posted_at__gte=begins, posted_at__lt=ends
    )
    columns = list(Column.objects.filter(tenant_id=tenant_id, closed_on=None).order_by("position", "id"))
    by_column = dict(reads.values_list("article__column_id").annotate(n=Sum("reads")))
    held = dict(
        Article.objects.filter(tenant_id=tenant_id, state=ArticleState.PUBLISHED)
        .values_list("column_id")
        .annotate(n=Count("id"))
    )
    return Numbers(
        reads=sum(by_day.values()),
        published=printed.count(),
        comments=said.count(),
        marks=sum(
            Tally.objects.filter(tenant_id=tenant_id)
            .aggregate(n=Sum("likes", default=0), k=Sum("keeps", default=0))
            .values()
        ),
        by_day=by_day,
        articles=sorted(((row, most[row.pk]) for row in rows), key=lambda pair: -pair[1]),
        columns=[(one, by_column.get(one.pk, 0), held.get(one.pk, 0)) for one in columns],
    )


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
