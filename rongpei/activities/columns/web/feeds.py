"""RSS, and the same articles as JSON: what is open to whoever asks, and not a word more."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongpei.activities.columns.models import Article, ArticleText, Column
from rongpei.activities.columns.queries import reading
from rongpei.activities.columns.standing import beside
from rongpei.activities.columns.web.article import found_article
from rongpei.activities.columns.web.front import page_of
from rongpei.activities.columns.web.reader import number, passage_to
from rongpei.ground.ui.addresses import address
from rongpei.org.access.doors import door, visitor_of

_ITEMS = 30


@door(public=True)
@require_safe
def feed(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The newest public articles, of one column or of all. A feed reader signs in to nothing: closed texts stay out."""
    column = get_object_or_404(reading.columns_for(None), pk=pk) if pk else None
    rows = reading.articles_for(None)
    articles = list((rows.filter(column=column) if column else rows)[:_ITEMS])
    texts = dict(
        ArticleText.everywhere.filter(pk__in=[one.pk for one in articles], is_open=True).values_list(
            "pk", "html"
        )
    )
    made = Rss201rev2Feed(
        title=column.name if column else _("融培专业园地"),
        link=request.build_absolute_uri(_home(column)),
        description=column.introduction if column else _("医院党建、医院文化和医患故事。"),
        language="zh-cn",
    )
    for one in articles:
        link = request.build_absolute_uri(address("columns:article", one.pk))
        made.add_item(
            title=one.title, link=link, unique_id=link, pubdate=one.published_at, author_name=one.author_name,
            categories=[*one.specialties, *one.tags], description=_told(request, one, texts.get(one.pk)),
        )  # fmt: skip
    return HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _home(column: Column | None) -> str:
    return address("columns:column", column.pk) if column else address("columns:home")


def _told(request: HttpRequest, article: Article, html: str | None) -> str:
    if html is None:
        return f"{article.summary} {_('（认证后可看全文）')}".strip()
    return html.replace('src="/', f'src="{request.build_absolute_uri("/")}')


@door(public=True)
@require_safe
def articles_json(request: HttpRequest) -> JsonResponse:
    """A page of articles, newest first; `before` asks on."""
    visit = visitor_of(request)
    rows = reading.articles_for(visit)
    if column := number(request.GET.get("column")):
        rows = rows.filter(column_id=column)
    found, before = page_of(rows, number(request.GET.get("before")))
    return JsonResponse({"articles": [_said(request, one) for one in found], "before": before or None})


@door(public=True)
@require_safe
def article_json(request: HttpRequest, pk: int) -> JsonResponse:
    """One article; `text` is null, with the reason, where it is closed to whoever asks."""
    visit = visitor_of(request)
    article = found_article(visit, pk)
    passage = passage_to(visit, article)
    said = _said(request, article)
    if not passage.is_open:
        return JsonResponse(said | {"text": None, "plain": None, "closed": str(passage.what)}, status=403)
    with beside(visit, article.tenant_id):
        text = reading.text_of(article)
        files = [
            {
                "url": reverse("columns:file", args=[article.pk, one.pk]),
                "part": one.part,
                "caption": one.caption,
            }
            for one in reading.files_of(article)
        ]
    return JsonResponse(
        said
        | {
            "text": text.html if text else "",
            "plain": text.plain if text else "",
            "files": files,
            "closed": None,
        }
    )


def _said(request: HttpRequest, article: Article) -> dict[str, Any]:
    return {
        "id": article.pk,
        "url": request.build_absolute_uri(address("columns:article", article.pk)),
        "title": article.title,
        "subtitle": article.subtitle,
        "column": {"id": article.column_id, "name": article.column.name},
        "part": article.part,
        "author": {"name": article.author_name, "kind": article.author_kind, "post": article.author_post},
        "source": article.source,
        "original": article.original,
        "published_at": article.published_at,
        "specialties": article.specialties,
        "tags": article.tags,
        "summary": strip_tags(article.summary),
        "gated": article.gated,
    }
