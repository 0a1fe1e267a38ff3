"""One article: text, pictures, what readers said."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.counting import count_read
from rongpei.activities.columns.models import Article, Comment
from rongpei.activities.columns.queries import reading, talk
from rongpei.activities.columns.standing import beside
from rongpei.activities.columns.web.forms import CommentForm, ReportForm
from rongpei.activities.columns.web.front import frame
from rongpei.activities.columns.web.reader import fresh_key, number, passage_to, reader_of
from rongpei.ground import clock
from rongpei.org.access.doors import door
from rongpei.org.access.visit import Visit


def found_article(visit: Visit | None, pk: int) -> Article:
    """The article in print, if the reader may find it; else 404."""
    article: Article = get_object_or_404(reading.articles_for(visit), pk=pk)
    return article


@door(public=True)
def article_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The article, or what is said about it and the way in where it is closed."""
    article = found_article(reader_of(request), pk)
    count_read(article, clock.today(), request.headers.get("User-Agent", ""))
    return answer(request, article)


def answer(
    request: HttpRequest, article: Article, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:  # fmt: skip
    """The page, with a comment form that may hold what was typed."""
    visit = reader_of(request)
    passage = passage_to(visit, article)
    context: dict[str, Any] = {
        **frame(visit, article.column),
        "article": article,
        "column": article.column,
        "passage": passage,
        "beside": reading.beside_article(article, visit),
        "count": reading.article_counts([article.column], visit).get(article.column_id, 0),
        "editors": reading.editors_of(article.column),
        "subscribed": reading.subscribes_to(visit, article.column),
    }
    if not passage.is_open:
        return render(request, "columns/article.html", context, status=status)
    with beside(visit, article.tenant_id):
        files = reading.files_of(article)
        context |= {
            "text": reading.text_of(article),
            "cover": next((one for one in files if one.part == FilePart.COVER), None),
            "attachments": [one for one in files if one.part == FilePart.ATTACHMENT],
            "marks": reading.marks_of(visit, article),
            **_talk(request, article, visit),
            "form": form or CommentForm(initial={"key": fresh_key()}, visit=visit),
        }
        return render(request, "columns/article.html", context, status=status)


def _talk(request: HttpRequest, article: Article, visit: Visit | None) -> dict[str, Any]:
    said = talk.talk_of(article, visit, before=number(request.GET.get("before")))
    counts = reading.counts_of([article.pk]).get(article.pk, reading.Counts())
    answered = number(request.GET.get("reply"))
    return {
        "talk": said,
        "counts": counts,
        "left": max(0, counts.comments - len(said.threads)) if not request.GET.get("before") else 0,
        "own": talk.own_unshown(article, visit),
        "answered": talk.comment_on(article, answered) if answered else None,
        "report_form": ReportForm(),
    }


@door(public=True)
@require_safe
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The next comments, as a part."""
    visit = reader_of(request)
    article = found_article(visit, pk)
    if not passage_to(visit, article).is_open:
        raise Http404
    with beside(visit, article.tenant_id):
        said = talk.talk_of(article, visit, before=number(request.GET.get("before")))
        context = {"article": article, "talk": said, "report_form": ReportForm()}
        return render(request, "columns/_threads.html", context)


@door(public=True)
@require_safe
def replies(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """More answers to one comment, as a part."""
    visit = reader_of(request)
    article = found_article(visit, pk)
    if not passage_to(visit, article).is_open:
        raise Http404
    with beside(visit, article.tenant_id):
        comment: Comment | None = talk.comment_on(article, comment_pk)
        if comment is None:
            raise Http404
        found, after = talk.replies_to(comment, after=number(request.GET.get("after")))
        context = {"article": article, "comment": comment, "replies": found, "after": after}
        return render(request, "columns/_replies.html", context)
