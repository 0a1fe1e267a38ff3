"""The front of the portal: newest articles, one column, search."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from rongpei.activities.columns.models import Article, Column
from rongpei.activities.columns.queries import hot, reading
from rongpei.activities.columns.web.reader import number, passes
from rongpei.org.access.doors import door, visitor_of
from rongpei.org.access.visit import Visit

PAGE = 12


def frame(visit: Visit | None, column: Column | None = None) -> dict[str, Any]:
    """What surrounds every page of the portal: the columns along the top."""
    return {"portal_columns": hot.top_columns(visit), "here": column}


def dressed(articles: list[Article]) -> list[Article]:
    """The articles with the id of their cover, where the reader may see it."""
    covers = reading.covers_of(articles)
    for article in articles:
        article.cover_pk = covers.get(article.pk)  # type: ignore[attr-defined]  # for the page
    return articles


def page_of(rows: QuerySet[Article], before: int) -> tuple[list[Article], int]:
    """Articles older than one, and the id to ask on from (0 at the end)."""
    if before:
        last = rows.filter(pk=before).values_list("published_at", flat=True).first()
        rows = rows.filter(Q(published_at__lt=last) | Q(published_at=last, pk__lt=before)) if last else rows
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


@door(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """The newest articles of every column the visitor may see."""
    visit = visitor_of(request)
    articles, before = page_of(reading.articles_for(visit), number(request.GET.get("before")))
    columns = list(reading.columns_for(visit))
    counts = reading.article_counts(columns, visit)
    context = {
        **frame(visit),
        "articles": dressed(articles),
        "before": before,
        "columns": [(one, counts.get(one.pk, 0)) for one in columns],
    }
    return render(request, "columns/home.html", context)


@door(public=True)
def column_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One column: what it is about, its parts, its articles."""
    visit = visitor_of(request)
    column = get_object_or_404(reading.columns_for(visit), pk=pk)
    rows = reading.articles_for(visit).filter(column=column)
    part = request.GET.get("part", "")
    if part in column.parts:
        rows = rows.filter(part=part)
    articles, before = page_of(rows, number(request.GET.get("before")))
    context = {
        **frame(visit, column),
        "column": column,
        "part": part if part in column.parts else "",
        "articles": dressed(articles),
        "before": before,
        "count": reading.article_counts([column], visit).get(column.pk, 0),
        "editors": reading.editors_of(column),
        "subscribed": reading.subscribes_to(visit, column),
    }
    return render(request, "columns/column.html", context)


@door(public=True)
def search(request: HttpRequest) -> HttpResponse:
    """Articles that hold every word asked for; a closed text is not searched for those outside."""
    visit = visitor_of(request)
    text = request.GET.get("q", "").strip()[:60]
    articles = reading.search_articles(visit, text, passes=passes(visit)) if text else []
    context = {**frame(visit), "q": text, "articles": dressed(articles)}
    return render(request, "columns/search.html", context)
