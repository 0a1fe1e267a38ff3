"""One article: text, pictures, what readers said."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rongpei.activities.columns.actions.readers import usual_name_of
from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.counting import count_read
from rongpei.activities.columns.models import Article, ArticleFile, Comment
from rongpei.activities.columns.queries import hot, reading, talk
from rongpei.activities.columns.standing import reading_beside
from rongpei.activities.columns.web.forms import CommentForm
from rongpei.activities.columns.web.front import frame
from rongpei.activities.columns.web.reader import fresh_key, number, passage_to
from rongpei.ground import clock
from rongpei.org.access.doors import door, visitor_of
from rongpei.org.access.visit import Visit


def found_article(visit: Visit | None, pk: int) -> Article:
    """The article in print, if the reader may find it; else 404."""
    article = hot.article_in_print(visit, pk)
    if article is None:
        raise Http404
    return article


@door(public=True)
def article_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The article, or what is said about it and the way in where it is closed."""
    article = found_article(visitor_of(request), pk)
    count_read(article, clock.today(), request.headers.get("User-Agent", ""))
    return answer(request, article)


def answer(
    request: HttpRequest, article: Article, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    """The page; `form` holds a comment that was refused."""
    visit = visitor_of(request)
    passage = passage_to(visit, article)
    card = hot.card_of(visit, article.column)
    context: dict[str, Any] = {
        **frame(visit, article.column),
        "article": article,
        "column": article.column,
        "passage": passage,
        "beside": hot.beside_article(visit, article, card),
        "count": card.articles,
        "editors": card.editors,
    }
    if not passage.is_open:
        context["subscribed"] = reading.subscribes_to(visit, article.column)
        return render(request, "columns/article.html", context, status=status)
    with reading_beside(visit, article.tenant_id):
        shown = hot.shown_of(article)
        person = visit.person_id if visit is not None else None
        reader = hot.reader_facts(person, article) if person else None
        context |= {
            "subscribed": reader is not None and reader.subscribed,
            "shown": shown,
            "attachments": _attachments(article) if shown.attachments else [],
            "marks": reader.marks if reader else (),
            "own": talk.own_unshown(article, visit) if reader and reader.waits else [],
            **_talk(request, article, visit, shown.comments),
            "form": form,
            "fresh_key": fresh_key(),
            "called": called(reader),
        }
        return render(request, "columns/article.html", context, status=status)


def called(reader: hot.Reader | None) -> str:
    """The name a reader comments under: the chosen one, or the usual."""
    if reader is None:
        return ""
    return reader.penname or usual_name_of(reader.name or "", reader.position_type or "")


def _attachments(article: Article) -> list[ArticleFile]:
    return [one for one in reading.files_of(article) if one.part == FilePart.ATTACHMENT]


def _talk(request: HttpRequest, article: Article, visit: Visit | None, count: int) -> dict[str, Any]:
    before, answered = number(request.GET.get("before")), number(request.GET.get("reply"))
    said = talk.talk_of(article, visit, before=before)
    return {
        "talk": said,
        "left": max(0, count - len(said.threads)) if not before else 0,
        "answered": talk.comment_on(article, answered) if answered else None,
    }


@door(public=True)
@require_safe
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The next comments, as a part."""
    visit = visitor_of(request)
    article = found_article(visit, pk)
    if not passage_to(visit, article).is_open:
        raise Http404
    with reading_beside(visit, article.tenant_id):
        said = talk.talk_of(article, visit, before=number(request.GET.get("before")))
        context = {"article": article, "talk": said}
        return render(request, "columns/_threads.html", context)


@door(public=True)
@require_safe
def replies(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """More answers to one comment, as a part."""
    visit = visitor_of(request)
    article = found_article(visit, pk)
    if not passage_to(visit, article).is_open:
        raise Http404
    with reading_beside(visit, article.tenant_id):
        comment: Comment | None = talk.comment_on(article, comment_pk)
        if comment is None:
            raise Http404
        found, after = talk.replies_to(comment, after=number(request.GET.get("after")))
        context = {"article": article, "comment": comment, "replies": found, "after": after}
        return render(request, "columns/_replies.html", context)
