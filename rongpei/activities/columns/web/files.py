"""Pictures and attachments: open to exactly those to whom the text of their article is."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.models import Article, ArticleFile
from rongpei.activities.columns.queries import reading
from rongpei.activities.columns.standing import beside
from rongpei.activities.columns.web.reader import passage_to
from rongpei.activities.columns.web.work import at_work
from rongpei.ground.files.serving import serve
from rongpei.org.access.doors import door, visitor_of
from rongpei.org.access.visit import Visit


@door(public=True)
@require_safe
def file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """The file, in place for pictures; to everybody who may not read the article it is not there."""
    visit = visitor_of(request)
    article = reading.articles_for(visit).filter(pk=pk).first()
    if article is not None and passage_to(visit, article).is_open:
        with beside(visit, article.tenant_id):
            found = _printed(article, file_pk)
            if found is not None:
                return _served(found)
    return _at_work(visit, pk, file_pk)


def _printed(article: Article, file_pk: int) -> ArticleFile | None:
    rows = ArticleFile.objects.select_related("file").filter(article=article, pk=file_pk)
    return (rows if article.gated or not article.is_public else rows.filter(is_open=True)).first()


def _at_work(visit: Visit | None, pk: int, file_pk: int) -> HttpResponseBase:
    if visit is None:
        raise Http404
    with at_work(visit, pk) as (article, _actor):
        found = ArticleFile.objects.select_related("file").filter(article=article, pk=file_pk).first()
        if found is None:
            raise Http404
        return _served(found)


def _served(found: ArticleFile) -> HttpResponseBase:
    response = serve(found.file, inline=found.part != FilePart.ATTACHMENT)
    if found.is_open:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response
